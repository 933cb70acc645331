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
from typing import Final

import numpy as np
from numpy.typing import NDArray

UNASKED: Final = " without written questions"
"""What the name of a model ends with where nobody wrote questions for the passages."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted logistic regression.

    Attributes:
        weights: One for each of :func:`service.ranking.fusion.feature_names`.
        intercept: The constant.
        threshold: Confidence from which a question counts as answered.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def confidence(self, values: tuple[float, ...]) -> float:
        """Returns the probability for the values of the features, 0 to 1."""
        odds = self.intercept + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


@cache
def _calibrations() -> dict[str, Calibration]:
    content = (files("service.ranking") / "data" / "confidence.json").read_text(encoding="utf-8")
    return {
        model: Calibration(tuple(fitted["weights"]), fitted["intercept"], fitted["threshold"])
        for model, fitted in json.loads(content).items()
    }


def calibration_for(model: str, *, with_questions: bool = True) -> Calibration | None:
    """Returns the calibration of an embedding model; None where none was fitted.

    That of another model says nothing: its cosines lie elsewhere.

    Args:
        model: Name of the model.
        with_questions: Whether questions were written for the passages.
    """
    return _calibrations().get(model if with_questions else f"{model}{UNASKED}")


def probabilities(totals: NDArray[np.float32], confidence: float) -> NDArray[np.float32]:
    """Returns a probability for each candidate: the first one's, shared out downwards.

    It falls with the distance to the first in the same way everywhere, so thresholds work.

    Args:
        totals: The evidence for each, best first.
        confidence: Probability that the first answers.
    """
    if not len(totals):
        return np.empty(0, dtype=np.float32)
    behind = np.minimum(totals - totals[0], 0)
    falling: NDArray[np.float32] = np.minimum.accumulate(confidence * np.exp(behind))
    return falling.astype(np.float32)
