"""Letter sequences of words, as numbers: ``#қазақ#`` holds ``#қ``, ``қа``, ``аз`` and so on.

A sequence is known by a 64-bit polynomial hash of its letters, computed for many words at once.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

SPELLING: Final = (2, 3, 4)
"""Lengths by which the spelling of two words is compared."""

COVERED: Final = (3, 4, 5)
"""Lengths that count how much of a question a passage covers."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_END = "#"


def letter_sequences(words: Sequence[str], lengths: Sequence[int]) -> tuple[Numbers, Hashes]:
    """Returns the letter sequences of words, with ``#`` at both ends of each word.

    Args:
        words: Words without ``#``.
        lengths: How many letters a sequence has.

    Returns:
        For each sequence, in no special order, the number of its word and its hash. Repeats within
        a word are kept.
    """
    if not words:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    marked = "".join(f"{_END}{word}{_END}" for word in words)
    letters = np.frombuffer(marked.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    sizes = np.array([len(word) + 2 for word in words])
    owner = np.repeat(np.arange(len(words)), sizes)
    # How many letters are left in the word from each place on.
    left = np.cumsum(sizes)[owner] - np.arange(len(letters))
    owners, hashes = [], []
    for length in lengths:
        starts = np.flatnonzero(left >= length)
        value = np.full(len(starts), np.uint64(length))
        for step in range(length):
            value = (value ^ letters[starts + step]) * _FACTOR
            value ^= value >> np.uint64(29)
        owners.append(owner[starts])
        hashes.append(value)
    return np.concatenate(owners), np.concatenate(hashes)


def distinct_pairs(owners: Numbers, hashes: Hashes) -> tuple[Numbers, Hashes]:
    """Returns each pair of owner and hash once, ordered by owner, then hash."""
    order = np.lexsort((hashes, owners))
    owners, hashes = owners[order], hashes[order]
    first = np.ones(len(owners), dtype=bool)
    first[1:] = (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1])
    return owners[first], hashes[first]
