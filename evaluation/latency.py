"""Times of answers, summed up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that answers took, one question after another.

    Attributes:
        p50: Half of the answers took no longer.
        p95: 95 % of them.
        p99: 99 % of them.
        per_second: Questions a second of one caller.
    """

    p50: float
    p95: float
    p99: float
    per_second: float


def latency(milliseconds: Sequence[float]) -> Latency:
    """Sums up the times of at least one answer."""
    times = np.asarray(milliseconds, dtype=float)
    p50, p95, p99 = (float(value) for value in np.percentile(times, (50, 95, 99)))
    return Latency(p50, p95, p99, 1000 * len(times) / float(times.sum()))
