"""Evidence of items whose editions are not in the same languages.

A Russian question meets more of its own words in any Russian text. Of an item with editions in
three languages the mean is taken; one that only Russian has would stand before it for having no
others. What the missing editions would bring down is foretold by the items that have them all.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.languages.codes import LANGUAGES
from indexer.stores.base import Scores

_FEWEST: Final = 16
"""Items in all languages that tell what an item in fewer would have."""


def item_evidence(
    totals: Scores, item: NDArray[np.int64], tongues: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Returns the evidence for each item: the mean of its editions, missing ones foretold.

    Items with the most languages tell by the line of least squares what the mean of all is where
    that of some is so high.

    Args:
        totals: The evidence for each row, shape ``(n,)``.
        item: The number of its item, from 0 without gaps, shape ``(n,)``.
        tongues: The number of its language, shape ``(n,)``.

    Returns:
        Shape ``(items,)``; plain means where too few items have more languages than others.
    """
    size = int(item.max(initial=-1)) + 1
    cells = np.zeros((size, len(LANGUAGES)))
    counts = np.zeros_like(cells)
    np.add.at(cells, (item, tongues), totals)
    np.add.at(counts, (item, tongues), 1)
    has = counts > 0
    means: NDArray[np.float64] = cells.sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
    cells = np.divide(cells, counts, out=cells, where=has)
    kinds, kind, frequency = np.unique(has, axis=0, return_inverse=True, return_counts=True)
    many = np.flatnonzero(frequency >= _FEWEST)
    if not len(many):
        return means
    widest = many[np.argmax(kinds[many].sum(axis=1))]
    full = kind == widest
    for number, languages in enumerate(kinds):
        if number != widest and languages.any() and (languages <= kinds[widest]).all():
            known, whole = cells[full][:, languages].mean(axis=1), means[full]
            slope, level = _line(known, whole)
            some = kind == number
            # Nothing is raised by texts that it does not have.
            means[some] = np.minimum(level + slope * means[some], means[some])
    return means


def _line(known: NDArray[np.float64], whole: NDArray[np.float64]) -> tuple[float, float]:
    """Returns slope and level of the line of least squares; the slope is 0 to 1."""
    varied = float(known.var())
    shared = float(((known - known.mean()) * (whole - whole.mean())).mean())
    slope = min(1.0, max(0.0, shared / varied)) if varied else 1.0
    return slope, float(whole.mean()) - slope * float(known.mean())
