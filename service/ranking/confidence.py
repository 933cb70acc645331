"""Confidence: the probability that a passage answers, from the evidence for it."""

import numpy as np
from numpy.typing import NDArray

from service.ranking.fusion import Evidence


def probabilities(evidence: Evidence, order: NDArray[np.int64], named: int) -> NDArray[np.float32]:
    """Returns the probability that each passage of ``order`` answers, never rising.

    Args:
        evidence: The evidence for every passage.
        order: Rows of the passages found, best first.
        named: How many of the first were named by the question itself; those are certain.
    """
    raw = np.clip(evidence.dense[order], 0, 1)
    raw[:named] = 1
    falling: NDArray[np.float32] = np.minimum.accumulate(raw)
    return falling
