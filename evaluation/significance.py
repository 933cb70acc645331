"""Whether one system is better than another, or the difference is noise.

Differences are taken question by question; questions that ask one thing (in two languages, typed in
several ways) are one observation. Source: M. D. Smucker, J. Allan, B. Carterette, "A Comparison of
Statistical Significance Tests for Information Retrieval Evaluation", CIKM 2007,
doi:10.1145/1321440.1321528.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from scipy.stats import permutation_test

from evaluation.errors import DatasetError
from evaluation.measurement import Measurement
from evaluation.metrics import NAMES, Clusters

PERMUTATIONS = 10_000
LEVEL = 0.05
_SEED = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of two systems over the same questions.

    Attributes:
        measure: Name of the measure.
        first: Name of one system.
        second: Name of the other.
        questions: Number of questions.
        units: Number of independent units among them.
        means: Mean of each system.
        difference: Mean of ``first`` minus mean of ``second``.
        low: Lower end of the difference's paired 95 % bootstrap interval.
        high: Upper end.
        effect: Cohen's d of the paired differences: their mean in standard deviations.
        p: Two-sided paired randomisation test.
        adjusted: ``p`` after Holm's correction over all comparisons made together.
    """

    measure: str
    first: str
    second: str
    questions: int
    units: int
    means: tuple[float, float]
    difference: float
    low: float
    high: float
    effect: float
    p: float
    adjusted: float

    @property
    def is_noise(self) -> bool:
        """Whether chance alone explains the difference."""
        return self.adjusted >= LEVEL


def compare(
    measurements: Mapping[str, Measurement], measures: Sequence[str] = NAMES
) -> tuple[Comparison, ...]:
    """Compares every two measurements; p-values are corrected over all of it.

    Raises:
        DatasetError: Fewer than two, or they do not answer the same questions.
    """
    if len(measurements) < 2:
        raise DatasetError("comparing needs at least two measurements.")
    for (first, a), (second, b) in combinations(measurements.items(), 2):
        if a.qrels != b.qrels:
            differing = [q for q in {**a.qrels, **b.qrels} if a.qrels.get(q) != b.qrels.get(q)]
            raise DatasetError(
                f"{first} and {second} do not judge the same questions: {len(differing)} differ, "
                f"the first is {differing[0]!r}; measure both over one dataset and split."
            )
    raw = [
        difference(measure, (first, second), (a.values[measure], b.values[measure]), a.units)
        for measure in measures
        for (first, a), (second, b) in combinations(measurements.items(), 2)
    ]
    adjusted = holm([comparison.p for comparison in raw])
    return tuple(replace(c, adjusted=p) for c, p in zip(raw, adjusted, strict=True))


def difference(
    measure: str,
    names: tuple[str, str],
    values: tuple[Mapping[str, float], Mapping[str, float]],
    units: Mapping[str, str],
    alternative: str = "two-sided",
) -> Comparison:
    """Compares two systems by one measure; ``adjusted`` is the plain p-value.

    Args:
        measure: Name of the measure.
        names: Names of the systems.
        values: The measure of every question, of each system.
        units: What each question id belongs to.
        alternative: ``less`` to ask only whether the first is worse.
    """
    first, second = (Clusters.of(system, units) for system in values)
    gaps = Clusters(first.sums - second.sums, first.counts)
    low, high = gaps.interval()
    each = gaps.sums / gaps.counts
    spread = float(each.std(ddof=1)) if len(each) > 1 else 0.0
    p = _randomise(first, second, alternative)
    return Comparison(
        measure=measure,
        first=names[0],
        second=names[1],
        questions=len(values[0]),
        units=len(each),
        means=(first.mean, second.mean),
        difference=gaps.mean,
        low=low,
        high=high,
        effect=float(each.mean()) / spread if spread else 0.0,
        p=p,
        adjusted=p,
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Returns the p-values corrected for their number, in the order given.

    Source: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979,
    Scandinavian Journal of Statistics 6 (2), 65-70.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for place, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[i]))
        adjusted[i] = highest
    return adjusted


def _randomise(first: Clusters, second: Clusters, alternative: str) -> float:
    if np.array_equal(first.sums, second.sums):
        return 1.0
    result = permutation_test(
        (first.sums, second.sums),
        _gap,
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        alternative=alternative,
        rng=np.random.default_rng(_SEED),
    )
    return float(result.pvalue)


def _gap(first: Any, second: Any, axis: int = -1) -> Any:
    return (first - second).sum(axis=axis)
