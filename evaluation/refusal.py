"""Whether a system knows when it knows: calibration of its confidence, and its refusals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import mannwhitneyu

from evaluation.errors import DatasetError
from evaluation.measurement import Measurement, Outcome

_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence.

    Attributes:
        confidence: Their mean confidence.
        accuracy: Share of them whose first passage answers.
        count: How many.
    """

    confidence: float
    accuracy: float
    count: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a system tells questions that the corpus answers from those that it does not.

    Attributes:
        bins: Reliability diagram, by rising confidence, about equally many answers in each.
        ece: Expected calibration error: mean gap of confidence and accuracy.
        brier: Mean squared gap of confidence and outcome.
        auroc: By language and kind of unanswerable question (``all`` for all of them): the
            probability that an answerable question has the higher confidence.
        precision: Share of the refused questions that have no answer; None if none was refused.
        recall: Share of the questions without answer that were refused; None if there are none.
        wrongly_refused: Share of the answerable questions that were refused.
    """

    bins: tuple[Bin, ...]
    ece: float
    brier: float
    auroc: dict[str, dict[str, float]]
    precision: float | None
    recall: float | None
    wrongly_refused: float


def refusal(measurement: Measurement) -> Refusal:
    """Returns how well the confidence of a measurement is calibrated and what it refuses.

    Raises:
        DatasetError: The system measured gives no confidence.
    """
    outcomes = [o for o in measurement.outcomes if o.confidence is not None]
    if not outcomes:
        raise DatasetError(
            f"{measurement.identity.system} gives no confidence: there is nothing to calibrate."
        )
    confidences = np.array([o.confidence for o in outcomes], dtype=float)
    right = np.array([float(o.rank == 1) for o in outcomes])
    bins = reliability(confidences, right)
    refused = [o for o in outcomes if o.answerable is False]
    without = [o for o in outcomes if not o.expected]
    caught = sum(not o.expected for o in refused)
    answerable = [o for o in outcomes if o.expected]
    return Refusal(
        bins=bins,
        ece=sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / len(outcomes),
        brier=float(np.mean((confidences - right) ** 2)),
        auroc=_auroc_table(answerable, without),
        precision=caught / len(refused) if refused else None,
        recall=caught / len(without) if without else None,
        wrongly_refused=(len(refused) - caught) / max(1, len(answerable)),
    )


def reliability(
    confidences: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]],
    right: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[Bin, ...]:
    """Returns a reliability diagram with bins of equal mass.

    Source: M. P. Naeini, G. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using
    Bayesian Binning", AAAI 2015.
    """
    scores, hits = np.asarray(confidences, dtype=float), np.asarray(right, dtype=float)
    order = np.argsort(scores, kind="stable")
    parts = np.array_split(order, min(_BINS, len(order)))
    return tuple(
        Bin(float(scores[part].mean()), float(hits[part].mean()), len(part)) for part in parts
    )


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Returns the probability that a positive outscores a negative, ties counting half.

    Source: J. A. Hanley, B. J. McNeil, 1982, doi:10.1148/radiology.143.1.7063747.
    """
    statistic = mannwhitneyu(positive, negative, method="asymptotic").statistic
    return float(statistic) / (len(positive) * len(negative))


def _auroc_table(
    answerable: Sequence[Outcome], without: Sequence[Outcome]
) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    languages = list(dict.fromkeys(o.language for o in answerable))
    for language in (*languages, *(["all"] if len(languages) > 1 else [])):
        positive = [o.confidence for o in answerable if language in (o.language, "all")]
        groups: dict[str, list[float]] = {}
        for outcome in without:
            if language in (outcome.language, "all") and outcome.confidence is not None:
                for kind in dict.fromkeys((outcome.kind or "all", "all")):
                    groups.setdefault(kind, []).append(outcome.confidence)
        known = [value for value in positive if value is not None]
        if known and groups:
            table[language] = {kind: auroc(known, scores) for kind, scores in groups.items()}
    return table
