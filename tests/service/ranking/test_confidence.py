import json
import math
import random
from collections.abc import Callable, Sequence
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.passages import Passage
from indexer.stores.base import Snapshot
from service.ranking.confidence import Calibration, calibration_for, probabilities
from service.ranking.fusion import Evidence, Ranker, feature_names
from service.ranking.signals import Measured, Query

NUMBERS = st.floats(-100, 100)
TOTALS = st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=12)


def _models() -> list[str]:
    text = (files("service.ranking") / "data" / "confidence.json").read_text(encoding="utf-8")
    return list(json.loads(text))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5), NUMBERS)
def test_confidence_lies_between_0_and_1(pairs: list[tuple[float, float]], constant: float) -> None:
    """Whatever the weights and the values, also far out, it is a probability."""
    weights, values = zip(*pairs, strict=True)
    assert 0 <= Calibration(weights, constant, 0.5).confidence(values) <= 1


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS), NUMBERS, st.floats(0, 50))
def test_a_feature_moves_confidence_by_the_sign_of_its_weight(
    weights: tuple[float, float], values: tuple[float, float], constant: float, more: float
) -> None:
    """More of a feature of positive weight never lowers confidence, of a negative never raises."""
    calibration = Calibration(weights, constant, 0.5)
    before = calibration.confidence(values)
    after = calibration.confidence((values[0] + more, values[1]))
    if weights[0] >= 0:
        assert after >= before
    if weights[0] <= 0:
        assert after <= before


def test_more_evidence_is_more_confidence() -> None:
    """A shipped feature in the middle of its range moves confidence, not only within rounding."""
    calibration = Calibration((2.0, 1.0), -1.0, 0.5)
    assert calibration.confidence((0.9, 0.5)) > calibration.confidence((0.1, 0.5)) + 0.1


def test_no_evidence_leaves_the_constant() -> None:
    """Where every feature is 0, the odds are those of the intercept."""
    assert Calibration((3.0,), math.log(3), 0.5).confidence((0.0,)) == pytest.approx(0.75)


def test_a_missing_value_is_refused() -> None:
    """One value for each weight."""
    with pytest.raises(ValueError, match="zip"):
        Calibration((1.0, 2.0), 0.0, 0.5).confidence((1.0,))


@pytest.mark.parametrize("model", _models())
def test_a_shipped_calibration_fits_the_features(model: str) -> None:
    """It has a weight for each feature and a threshold that some questions pass and some do not."""
    calibration = calibration_for(model)
    assert calibration is not None
    assert len(calibration.weights) == len(feature_names())
    assert 0 < calibration.threshold < 1
    assert calibration.confidence((0.0,) * len(feature_names())) < calibration.threshold


def test_a_model_without_a_calibration_has_none() -> None:
    """That of another model says nothing of it."""
    assert calibration_for("no such model") is None


def test_features_are_those_named(
    generation: Callable[[Sequence[Passage]], Snapshot], passage: Callable[..., Passage]
) -> None:
    """The values come in the order of their names."""
    ranker = Ranker(generation([passage("Елдер"), passage("Елдер"), passage("Бес ел")]))
    rows = np.arange(3)
    zeros = np.zeros(3, np.float32)
    measured = {
        "dense": Measured(np.float32([0.25, 0.5, 1.0])),
        "words": Measured(
            np.float32([0.125, 0.75, 0.5]),
            {"names": np.float32([1.0, 0.375, 0.0])},
            {"known": 0.25},
        ),
        "coverage": Measured(zeros),
        "asked": Measured(np.float32([0.0, 0.625, 0.0]), {"written": np.float32([1, 1, 0])}),
        "expectation": Measured(zeros, {"rows": rows}),
    }
    query = Query("Неше ел?", "kk", (), zeros)
    evidence = Evidence(query, rows, measured, np.float32([1, 3, 2]), {})
    found = ranker.features(evidence, 1)
    assert dict(zip(feature_names(), found, strict=True)) == {
        "nearest": 1.0,
        "size": math.log(400),
        "known": 0.25,
        "words": 0.75,
        "names": 0.375,
        "asked": 0.625,
        "lacking": 1.0,
    }
    assert dict(zip(feature_names(), ranker.features(evidence, 2), strict=True))["lacking"] == 0


@given(TOTALS, st.floats(0, 1, width=32))
def test_probabilities_fall_down_the_list(total: list[float], confidence: float) -> None:
    """The first has the confidence, none has more than the one above it, none is below 0."""
    found = probabilities(np.float32(sorted(total, reverse=True)), confidence)
    assert found.dtype == np.float32
    assert found[0] == np.float32(confidence)
    assert (np.diff(found) <= 0).all()
    assert found.min() >= 0


@given(TOTALS, st.floats(0, 1, width=32), st.randoms(use_true_random=False))
def test_probabilities_fall_in_any_order(
    total: list[float], confidence: float, chance: random.Random
) -> None:
    """A passage that was put first for being named is not overtaken by those after it."""
    chance.shuffle(total)
    found = probabilities(np.float32(total), confidence)
    assert found[0] == np.float32(confidence)
    assert (np.diff(found) <= 0).all()


def test_a_passage_far_behind_is_less_probable() -> None:
    """The fall grows with the distance to the first."""
    first, near, far = probabilities(np.float32([5, 4.5, 2]), 0.8)
    assert first > near > far > 0


@given(TOTALS, st.floats(-10, 10))
def test_only_distances_matter(total: list[float], shift: float) -> None:
    """The same distances to the first give the same probabilities, wherever the totals lie."""
    totals = np.float32(sorted(total, reverse=True))
    here = probabilities(totals, 0.9)
    there = probabilities(totals + np.float32(shift), 0.9)
    assert np.allclose(here, there, atol=1e-4)


def test_nothing_found_has_no_probabilities() -> None:
    """An empty list stays empty."""
    assert probabilities(np.empty(0, np.float32), 0.9).shape == (0,)
