"""Retrieval metrics, all computed by ir-measures, with bootstrap intervals.

Source: S. MacAvaney et al., "Streamlining Evaluation with ir-measures", ECIR 2022,
doi:10.1007/978-3-030-99739-7_38.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from scipy.stats import bootstrap

MEASURES = (Success @ 1, R @ 5, RR @ 10, nDCG @ 10)
_RESAMPLES = 2_000
_SEED = 0

Run = Mapping[str, Sequence[tuple[str, float]]]
"""Passage ids with scores, best first, by query id."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def per_query(qrels: Mapping[str, Mapping[str, int]], run: Run) -> dict[str, dict[str, float]]:
    """Returns, by measure and query id, the value of every judged question.

    Rank decides, not the score: equal scores keep the run's order.
    """
    judged = [
        ir_measures.Qrel(query, passage, grade)
        for query, grades in qrels.items()
        for passage, grade in grades.items()
    ]
    scored = [
        ir_measures.ScoredDoc(query, passage, float(-rank))
        for query in qrels
        for rank, (passage, _) in enumerate(run.get(query, ()), start=1)
    ]
    values: dict[str, dict[str, float]] = {str(m): dict.fromkeys(qrels, 0.0) for m in MEASURES}
    for metric in ir_measures.iter_calc(MEASURES, judged, scored):
        values[str(metric.measure)][metric.query_id] = float(metric.value)
    return values


def estimate(values: Iterable[float]) -> Estimate:
    """Returns the mean of ``values`` and its percentile bootstrap interval.

    Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
    """
    sample = np.fromiter(values, dtype=float)
    mean = float(sample.mean())
    if np.ptp(sample) == 0:
        return Estimate(mean, mean, mean)
    interval = bootstrap(
        (sample,),
        np.mean,
        n_resamples=_RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Estimate(mean, float(interval.low), float(interval.high))
