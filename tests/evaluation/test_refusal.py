import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.errors import DatasetError
from evaluation.measurement import Measurement
from evaluation.refusal import auroc, refusal, reliability

metrics = pytest.importorskip("sklearn.metrics")

Make = Callable[..., Measurement]
SCORES = st.lists(st.floats(0, 1, width=16), min_size=1, max_size=30)


@given(SCORES, SCORES)
def test_auroc_is_that_of_scikit_learn(positive: list[float], negative: list[float]) -> None:
    """Ties and all, the area equals scikit-learn's."""
    labels = [1] * len(positive) + [0] * len(negative)

    assert auroc(positive, negative) == pytest.approx(
        metrics.roc_auc_score(labels, positive + negative)
    )


def test_honest_confidence_is_calibrated() -> None:
    """Where eight in ten answers given with .8 are right, the error is small."""
    chance = np.random.default_rng(1)
    confidences = chance.random(20_000)
    right = (chance.random(20_000) < confidences).astype(float)

    bins = reliability(confidences, right)

    assert len(bins) == 10
    assert max(abs(b.confidence - b.accuracy) for b in bins) < 0.03


def test_boasting_is_measured(confident: Make) -> None:
    """Confidence .9 with half of the answers right is an error of .4."""
    found = refusal(confident([(0.9, 1 if i % 2 else 2, True) for i in range(20)]))

    assert found.ece == pytest.approx(0.4)
    assert found.brier == pytest.approx(0.5 * 0.01 + 0.5 * 0.81)


def test_refusals_are_counted(confident: Make) -> None:
    """Precision and recall are those of refused questions that have no answer."""
    found = refusal(
        confident(
            [(0.9, 1, True)] * 6
            + [(0.3, 1, False)] * 2
            + [(0.2, None, False)] * 3
            + [(0.8, None, True)]
        )
    )

    assert found.precision == pytest.approx(3 / 5)
    assert found.recall == pytest.approx(3 / 4)
    assert found.wrongly_refused == pytest.approx(2 / 8)


def test_the_area_is_given_by_kind(confident: Make) -> None:
    """Each kind of unanswerable question has its own area."""
    found = refusal(confident([(0.9, 1, True), (0.5, 2, True), (0.7, None, True)]))

    assert found.auroc == {"kk": {"unrelated": 0.5, "all": 0.5}}


def test_nothing_refused_has_no_precision(confident: Make) -> None:
    """A system that never refuses has no precision, and recall 0."""
    found = refusal(confident([(0.9, 1, True), (0.2, None, True)]))

    assert (found.precision, found.recall) == (None, 0.0)


def test_a_system_without_confidence_cannot_be_calibrated(measured: Make) -> None:
    """BM25 gives no probability: that is an error, not a zero."""
    with pytest.raises(DatasetError, match="gives no confidence"), warnings.catch_warnings():
        refusal(measured([1, 2]))
