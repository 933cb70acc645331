"""Baselines: words with their places, and those that stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands.

    Attributes:
        text: Its letters; a space that must not break a line is one of them.
        left: Distance of its left edge from the page's left edge.
        right: Distance of its right edge from the page's left edge.
        base: Distance of its baseline from the page's top edge.
        height: Height of its letters.
        run: Number of the line that the file sets in one go, with its spaces; words beside each
            other that have different ones may stand in different cells. 0 where unknown.
        spaced: Whether the file has a space before it, on the same line.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    run: int = 0
    spaced: bool = False


Row = list[Word]


def rows_of(words: Sequence[Word], height: float) -> list[Row]:
    """Words of about the same baseline, from the top of the page down.

    Args:
        words: Words in any order.
        height: The usual height of their letters.
    """
    rows: list[Row] = []
    base = 0.0
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - base <= 0.5 * height:
            rows[-1].append(word)
        else:
            rows.append([word])
            base = word.base
    for row in rows:
        row.sort(key=lambda word: word.left)
    return rows
