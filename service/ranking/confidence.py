"""Confidence: the probability that the passage found first answers the question.

A logistic regression on features of the evidence, none of which compares the first passage with
the next: several may answer. Its coefficients are data, fitted for each embedding model by
``python -m evaluation fit-confidence`` on questions kept apart from those that are reported.

Source: J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999, for the method.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from service.ranking.fusion import Evidence

FEATURES = ("nearest", "known", "words", "names", "lacking")
"""Names of the features, in the order of :func:`features`."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted logistic regression.

    Attributes:
        weights: One for each of :data:`FEATURES`.
        intercept: The constant.
        threshold: Confidence from which a question counts as answered.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def confidence(self, values: tuple[float, ...]) -> float:
        """Returns the probability for the values of :func:`features`, 0 to 1."""
        odds = self.intercept + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


@cache
def _calibrations() -> dict[str, Calibration]:
    content = (files("service.ranking") / "data" / "confidence.json").read_text(encoding="utf-8")
    return {
        model: Calibration(tuple(fitted["weights"]), fitted["intercept"], fitted["threshold"])
        for model, fitted in json.loads(content).items()
    }


def calibration_for(model: str) -> Calibration:
    """Returns the calibration of an embedding model, of the first model where it has none."""
    calibrations = _calibrations()
    return calibrations.get(model) or next(iter(calibrations.values()))


def features(evidence: Evidence, first: int, *, lacking: bool) -> tuple[float, ...]:
    """Returns what confidence is judged by.

    Args:
        evidence: The evidence for every passage.
        first: Row of the passage found first.
        lacking: Whether the question asks for a kind of thing of which that passage has none
            (:func:`service.ranking.expectation.lacks`).
    """
    return (
        float(evidence.dense.max()),
        evidence.known,
        float(evidence.words[first]),
        float(evidence.names[first]),
        float(lacking),
    )


def probabilities(
    evidence: Evidence, order: NDArray[np.int64], confidence: float
) -> NDArray[np.float32]:
    """Returns a probability for each passage of ``order``: the first one's, shared out downwards.

    It falls with the distance to the first in the same way everywhere, so thresholds work.
    """
    if not len(order):
        return np.empty(0, dtype=np.float32)
    behind = np.minimum(evidence.total[order] - evidence.total[order[0]], 0)
    falling: NDArray[np.float32] = np.minimum.accumulate(confidence * np.exp(behind))
    return falling.astype(np.float32)
