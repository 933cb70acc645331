"""Chunks: words beside each other that the file sets as one line of text, on their baselines.

The words of one line of text are set in one go or have spaces between them; those of two cells
beside each other have neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.readers.baselines import Row, Word, rows_of

ROOM = 0.3
"""Least room between two cells, in heights of a letter."""
ALIGNED = 0.4
"""How far apart the edges of one column lie at most, in heights of a letter."""
# In heights of a letter: how uneven spaces are; how far apart two baselines of one table lie.
_UNEVEN, _FARTHEST = 0.25, 4.0
# A dash that stands so near to both neighbours, in heights of a letter, is no empty cell.
_BESIDE_DASH = 1.2
_DASHES = frozenset("-–—")

Edges = tuple[float, float]
"""The left and right edge of a column."""


@dataclass(eq=False, slots=True)
class Chunk:
    """Words beside each other that the file sets as one line."""

    words: Row
    column: int = 0

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.words[-1].right

    @property
    def base(self) -> float:
        """Its baseline."""
        return self.words[0].base


Strip = list[Chunk]
"""What stands on one baseline."""


def strips_of(words: Sequence[Word], height: float, edge: float) -> list[Strip]:
    """The baselines of a page, from its top down.

    Args:
        words: The words of a page.
        height: The usual height of their letters.
        edge: How far to the right the text goes.
    """
    return [_chunks(row, height, edge) for row in rows_of(words, height)]


def _chunks(row: Row, height: float, edge: float) -> Strip:
    """The chunks of one baseline.

    Args:
        row: Its words.
        height: The usual height of their letters.
        edge: How far to the right the text goes.
    """
    pairs = list(pairwise(row))
    gaps = [word.left - before.right for before, word in pairs]
    # A link is set anew, and in a justified line there may be no spaces, but it is full and even.
    is_full = abs(row[-1].right - edge) <= ROOM * height
    if is_full and len(gaps) > 1 and max(gaps) - min(gaps) <= 2 * _UNEVEN * height:
        return [Chunk(row)]
    unspaced = [
        gap for gap, (before, word) in zip(gaps, pairs, strict=True)
        if word.run == before.run and not word.spaced
    ]  # fmt: skip
    chunks = [Chunk([row[0]])]
    for index, (gap, (before, word)) in enumerate(zip(gaps, pairs, strict=True)):
        if word.spaced:
            # A line that goes on on the next page ends in a space.
            others = [gaps[i] for i, (_, one) in enumerate(pairs) if one.spaced and i != index]
            one = not others or gap <= max(others) + _UNEVEN * height
        else:
            one = bool(unspaced) and gap <= median(unspaced) + _UNEVEN * height
        one = one or _is_by_dash(pairs, gaps, index, height)
        if word.run == before.run or gap < ROOM * height or one:
            chunks[-1].words.append(word)
        else:
            chunks.append(Chunk([word]))
    return chunks


def _is_by_dash(
    pairs: Sequence[tuple[Word, Word]], gaps: Sequence[float], index: int, height: float
) -> bool:
    """Whether a gap is one of the two around a dash in a sentence."""
    before, word = pairs[index]
    other = index + 1 if word.text in _DASHES else index - 1 if before.text in _DASHES else -1
    if not 0 <= other < len(gaps):
        return False
    return max(gaps[index], gaps[other]) <= _BESIDE_DASH * height


def text_of(words: Sequence[Word]) -> str:
    """The words with spaces between them."""
    return " ".join(word.text for word in words)


def overlap(chunk: Chunk, edges: Edges, height: float) -> bool:
    """Whether a chunk stands, at least in part, between two edges."""
    left, right = edges
    least = min(ALIGNED * height, right - left, chunk.right - chunk.left) / 2
    return min(chunk.right, right) - max(chunk.left, left) >= least


def step(above: Chunk, below: Chunk) -> float:
    """Distance of two baselines."""
    return below.base - above.base


def is_near(above: Strip, below: Strip, height: float) -> bool:
    """Whether two baselines may be of one table."""
    return below[0].base - above[0].base <= _FARTHEST * height
