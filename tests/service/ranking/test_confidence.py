import json
import math
import random
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ranking.confidence import (
    FEATURES,
    Calibration,
    calibration_for,
    features,
    probabilities,
)
from service.ranking.fusion import Evidence

NUMBERS = st.floats(-100, 100)
TOTALS = st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=12)


def _evidence(total: list[float], **kinds: list[float]) -> Evidence:
    zeros = [0.0] * len(total)
    dense, words, names = (np.float32(kinds.get(k, zeros)) for k in ("dense", "words", "names"))
    return Evidence((), dense, words, names, np.float32(zeros), np.float32(total), known=0.25)


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
    assert len(calibration.weights) == len(FEATURES)
    assert 0 < calibration.threshold < 1
    assert calibration.confidence((0.0,) * len(FEATURES)) < calibration.threshold


def test_a_model_without_a_calibration_has_the_first() -> None:
    """A model nobody fitted is judged all the same."""
    assert calibration_for("no such model") == calibration_for(_models()[0])


def test_features_are_those_named() -> None:
    """The values come in the order of their names."""
    evidence = _evidence(
        [1, 3, 2], dense=[0.25, 0.5, 1.0], words=[0.125, 0.75, 0.5], names=[1.0, 0.375, 0.0]
    )
    found = features(evidence, 1, lacking=True)
    assert dict(zip(FEATURES, found, strict=True)) == {
        "nearest": 1.0,
        "known": 0.25,
        "words": 0.75,
        "names": 0.375,
        "lacking": 1.0,
    }


@given(TOTALS, st.floats(0, 1, width=32))
def test_probabilities_fall_down_the_list(total: list[float], confidence: float) -> None:
    """The first has the confidence, none has more than the one above it, none is below 0."""
    order = np.argsort(-np.float32(total), kind="stable")
    found = probabilities(_evidence(total), order, confidence)
    assert found.dtype == np.float32
    assert found[0] == np.float32(confidence)
    assert (np.diff(found) <= 0).all()
    assert found.min() >= 0


@given(TOTALS, st.floats(0, 1, width=32), st.randoms(use_true_random=False))
def test_probabilities_fall_in_any_order(
    total: list[float], confidence: float, chance: random.Random
) -> None:
    """A passage that was put first for being named is not overtaken by those after it."""
    order = list(range(len(total)))
    chance.shuffle(order)
    found = probabilities(_evidence(total), np.array(order), confidence)
    assert found[0] == np.float32(confidence)
    assert (np.diff(found) <= 0).all()


def test_a_passage_far_behind_is_less_probable() -> None:
    """The fall grows with the distance to the first."""
    first, near, far = probabilities(_evidence([5, 4.5, 2]), np.array([0, 1, 2]), 0.8)
    assert first > near > far > 0


@given(TOTALS, st.floats(-10, 10))
def test_only_distances_matter(total: list[float], shift: float) -> None:
    """The same distances to the first give the same probabilities, wherever the totals lie."""
    order = np.argsort(-np.float32(total), kind="stable")
    here = probabilities(_evidence(total), order, 0.9)
    there = probabilities(_evidence([value + shift for value in total]), order, 0.9)
    assert np.allclose(here, there, atol=1e-4)


def test_nothing_found_has_no_probabilities() -> None:
    """An empty list stays empty."""
    assert probabilities(_evidence([1.0]), np.array([], dtype=np.int64), 0.9).shape == (0,)
