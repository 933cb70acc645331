"""Retrieval metrics, all computed by ir-measures, with bootstrap intervals.

Source: S. MacAvaney et al., "Streamlining Evaluation with ir-measures", ECIR 2022,
doi:10.1007/978-3-030-99739-7_38.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray
from scipy.stats import bootstrap

MEASURES = (Success @ 1, R @ 5, RR @ 10, nDCG @ 10)
NAMES = tuple(str(measure) for measure in MEASURES)
"""Names of the measures, in the order in which tables show them."""

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

    def __str__(self) -> str:
        """Returns ``.912 [.889, .934]``."""
        return f"{decimal(self.mean)} [{decimal(self.low)}, {decimal(self.high)}]"


def decimal(value: float) -> str:
    """Returns ``value`` with three decimals and no leading zero, as tables of measures have it."""
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.3f}"


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
    values: dict[str, dict[str, float]] = {name: dict.fromkeys(qrels, 0.0) for name in NAMES}
    for metric in ir_measures.iter_calc(MEASURES, judged, scored):
        values[str(metric.measure)][metric.query_id] = float(metric.value)
    return values


@dataclass(frozen=True, slots=True)
class Clusters:
    """Values summed over what belongs together: the unit that is resampled.

    A question in Kazakh and the same in Russian, or typed in five ways, is one observation, not
    several: intervals that take them for independent are too narrow.

    Attributes:
        sums: Sum of the values of each unit, shape ``(units,)``.
        counts: Number of values of each unit, shape ``(units,)``.
    """

    sums: NDArray[np.float64]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, values: Mapping[str, float], units: Mapping[str, str]) -> "Clusters":
        """Groups ``values``, by query id, by the unit that ``units`` names for each query id."""
        rows: dict[str, int] = {}
        for query_id in values:
            rows.setdefault(units.get(query_id, query_id), len(rows))
        sums, counts = np.zeros(len(rows)), np.zeros(len(rows))
        for query_id, value in values.items():
            row = rows[units.get(query_id, query_id)]
            sums[row] += value
            counts[row] += 1
        return cls(sums, counts)

    @property
    def mean(self) -> float:
        """Mean of all values."""
        return float(self.sums.sum() / self.counts.sum())

    def interval(self) -> tuple[float, float]:
        """Returns the 95 % percentile bootstrap interval of the mean.

        Source: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
        """
        if len(self.sums) < 2 or np.ptp(self.sums / self.counts) == 0:
            return self.mean, self.mean
        interval = bootstrap(
            (self.sums, self.counts),
            _ratio,
            paired=True,
            n_resamples=_RESAMPLES,
            method="percentile",
            vectorized=True,
            rng=np.random.default_rng(_SEED),
        ).confidence_interval
        return float(interval.low), float(interval.high)


def estimate(values: Mapping[str, float], units: Mapping[str, str] | None = None) -> Estimate:
    """Returns the mean of ``values`` with its 95 % interval.

    Args:
        values: Values by query id; at least one.
        units: What each query id belongs to; units are resampled whole.
    """
    clusters = Clusters.of(values, units or {})
    return Estimate(clusters.mean, *clusters.interval())


def _ratio(sums: Any, counts: Any, axis: int = -1) -> Any:
    return sums.sum(axis=axis) / counts.sum(axis=axis)
