"""The words of a whole corpus: the analyses of its editions put together into mapped tables.

Ranking looks things up here. Everything is an array of numbers in a file of its own that the
operating system maps, so opening costs nothing and processes share the memory.
"""

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.sequences import (
    COVERED,
    SPELLING,
    Hashes,
    Numbers,
    distinct_pairs,
    letter_sequences,
)
from indexer.analysis.texts import Analysis
from indexer.distinct import distinct

Words = NDArray[np.int32]
Scores = NDArray[np.float32]

_HELD = 2
"""Threads that rank at once, for which the words of the candidates are kept."""


class Spellings(Sequence[str]):
    """Sorted words in one block of UTF-8."""

    def __init__(self, letters: NDArray[np.uint8], offsets: Numbers) -> None:
        """Takes the block and where each word begins in it, and where the last one ends."""
        # Views of memory give single bytes and numbers three times as fast as arrays.
        self._letters = letters.data
        self._offsets = offsets.data

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: Any) -> Any:
        start, end = self._offsets[number], self._offsets[number + 1]
        return str(self._letters[start:end], "utf-8")

    def find(self, word: str) -> int | None:
        """Returns the number of a word; None where it is not there."""
        number = bisect_left(self, word)
        return number if number < len(self) and self[number] == word else None

    def starting(self, beginning: str) -> Iterator[tuple[int, str]]:
        """Yields the words that start with ``beginning``, with their numbers."""
        for number in range(bisect_left(self, beginning), len(self)):
            word = self[number]
            if not word.startswith(beginning):
                return
            yield number, word


@dataclass(frozen=True)
class Table:
    """Lists of numbers, one list after another.

    Attributes:
        offsets: Where each list begins in ``values``, and where the last one ends.
        values: The numbers.
    """

    offsets: Numbers
    values: NDArray[Any]

    def __getitem__(self, number: int) -> NDArray[Any]:
        return self.values[self.offsets[number] : self.offsets[number + 1]]

    def gather(self, numbers: NDArray[Any]) -> tuple[NDArray[Any], Numbers, Numbers]:
        """Returns several lists one after another.

        Returns:
            Their numbers; for each number the place of its list in ``numbers``; and the place of
            each number in ``values``.
        """
        starts = self.offsets[numbers]
        sizes = self.offsets[np.asarray(numbers) + 1] - starts
        total = int(sizes.sum())
        begins = np.cumsum(sizes) - sizes
        places = np.arange(total) + np.repeat(starts - begins, sizes)
        return self.values[places], np.repeat(np.arange(len(sizes)), sizes), places


@dataclass(frozen=True, slots=True)
class Held:
    """The words of some rows, one row after the other.

    Attributes:
        words: Numbers of words.
        owners: The place of the row that holds each.
        places: The place of each in the table.
        distinct: The words, each once.
        numbers: For each of ``words`` its number among ``distinct``, from 1.
    """

    words: Words
    owners: Numbers
    places: Numbers
    distinct: Words
    numbers: Words


@dataclass(frozen=True)
class CorpusWords:
    """The words of a corpus of rows: its passages in a fixed order.

    Attributes:
        arrays: The tables by name, as :func:`merge` makes them.
    """

    arrays: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        """Returns the number of rows."""
        return len(self.arrays["row_offsets"]) - 1

    @cached_property
    def spellings(self) -> Spellings:
        """The distinct words."""
        return Spellings(self.arrays["letters"], self.arrays["letter_offsets"])

    @cached_property
    def _roots(self) -> tuple[Spellings, Table]:
        arrays = self.arrays
        return (
            Spellings(arrays["root_letters"], arrays["root_letter_offsets"]),
            Table(arrays["root_offsets"], arrays["root_words"]),
        )

    def rooted(self, keys: Iterable[str]) -> Words:
        """Returns the words with any of the roots ``keys``, ascending, each once."""
        roots, words = self._roots
        numbers = [number for number in map(roots.find, keys) if number is not None]
        found, _, _ = words.gather(np.array(numbers, dtype=np.int64))
        return distinct(found).astype(np.int32)

    @cached_property
    def words(self) -> Table:
        """The words of each row, each once."""
        return Table(self.arrays["row_offsets"], self.arrays["row_words"])

    def held(self, rows: NDArray[np.int64]) -> Held:
        """Returns the words of ``rows``: of the same rows once."""
        found: Held = self._held(rows.tobytes())
        return found

    @cached_property
    def _held(self) -> Any:
        return lru_cache(_HELD)(lambda rows: self._find_held(np.frombuffer(rows, np.int64)))

    def _find_held(self, rows: NDArray[np.int64]) -> Held:
        words, owners, places = self.words.gather(rows)
        numbers = self._numbers_of_thread()
        each = np.arange(1, len(words) + 1, dtype=np.int32)
        numbers[words] = each
        distinct = words[numbers[words] == each]
        with self.numbering(distinct) as numbers:
            return Held(words, owners, places, distinct, numbers[words])

    @contextmanager
    def numbering(self, distinct: Words) -> Iterator[Words]:
        """Gives the number of every word among ``distinct``, from 1; 0 for others.

        Looking up what many words are is then linear in them, whatever the corpus holds.
        """
        numbers = self._numbers_of_thread()
        numbers[distinct] = np.arange(1, len(distinct) + 1, dtype=np.int32)
        try:
            yield numbers
        finally:
            numbers[distinct] = 0

    def _numbers_of_thread(self) -> Words:
        """Returns a zero for each word, of this thread: to make them costs more than to fill."""
        known: Words | None = getattr(self._local, "numbers", None)
        if known is None:
            known = self._local.numbers = np.zeros(len(self.spellings), dtype=np.int32)
        return known

    @cached_property
    def _local(self) -> threading.local:
        return threading.local()

    @property
    def counts(self) -> NDArray[Any]:
        """How often each of ``words.values`` stands in its row."""
        return self.arrays["row_counts"]

    @cached_property
    def rows(self) -> Table:
        """The rows that hold each word."""
        return Table(self.arrays["word_offsets"], self.arrays["word_rows"])

    @cached_property
    def frequency(self) -> Numbers:
        """How many rows hold each word."""
        return np.diff(self.arrays["word_offsets"])

    @property
    def lengths(self) -> Scores:
        """How many letter sequences each row has, repeats counted."""
        return self.arrays["row_lengths"]

    @cached_property
    def mean_length(self) -> float:
        """The mean of ``lengths``."""
        return float(self.lengths.mean()) if len(self) else 1.0

    @cached_property
    def spelled(self) -> Table:
        """The words that hold each letter sequence of :attr:`spelling_hashes`."""
        return Table(self.arrays["spelling_offsets"], self.arrays["spelling_words"])

    @property
    def spelling_hashes(self) -> Hashes:
        """The letter sequences by which spellings are compared, ascending."""
        return self.arrays["spelling_hashes"]

    @property
    def spelling_sizes(self) -> NDArray[Any]:
        """How many distinct sequences of that kind each word has."""
        return self.arrays["spelling_sizes"]

    @cached_property
    def sequences(self) -> Table:
        """The words that hold each letter sequence of :attr:`sequence_hashes`."""
        return Table(self.arrays["sequence_offsets"], self.arrays["sequence_words"])

    @property
    def sequence_times(self) -> NDArray[Any]:
        """How often each of ``sequences.values`` holds the sequence."""
        return self.arrays["sequence_times"]

    @property
    def sequence_hashes(self) -> Hashes:
        """The letter sequences that count for coverage, ascending."""
        return self.arrays["sequence_hashes"]

    @property
    def sequence_frequency(self) -> NDArray[np.int32]:
        """How many rows hold each of them."""
        return self.arrays["sequence_frequency"]


def merge(analyses: Sequence[Analysis]) -> dict[str, NDArray[Any]]:
    """Returns the tables of :class:`CorpusWords` for the rows of ``analyses``, in their order."""
    words = sorted(set().union(*(analysis.words for analysis in analyses)))
    numbers = {word: number for number, word in enumerate(words)}
    row_words, row_counts, sizes = [], [], []
    numbered = [
        np.array([numbers[word] for word in analysis.words], dtype=np.int32)
        for analysis in analyses
    ]
    for analysis, own in zip(analyses, numbered, strict=True):
        row_words.append(own[analysis.held])
        row_counts.append(analysis.counts)
        sizes.append(np.diff(analysis.offsets))
    held = _joined(row_words, np.int32)
    counts = _joined(row_counts, np.int32)
    row_offsets = np.concatenate([[0], np.cumsum(_joined(sizes, np.int64))])
    rows = np.repeat(np.arange(len(row_offsets) - 1, dtype=np.int32), np.diff(row_offsets))
    by_word = np.argsort(held, kind="stable")
    owners, hashes = letter_sequences(words, COVERED)
    sequences = _sequences(owners, hashes)
    per_word = np.bincount(owners, minlength=len(words))
    return {
        **_letters("", words),
        **_rooted(analyses, numbered, len(words)),
        "row_offsets": row_offsets,
        "row_words": held,
        "row_counts": _narrow(counts),
        "row_lengths": _sums(per_word[held] * counts, row_offsets).astype(np.float32),
        "word_offsets": np.searchsorted(held[by_word], np.arange(len(words) + 1)),
        "word_rows": rows[by_word],
        **_spelling(words),
        **sequences,
        "sequence_frequency": _frequencies(analyses, sequences["sequence_hashes"]),
    }


def _letters(name: str, words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Returns what :class:`Spellings` takes, under names that begin with ``name``."""
    letters = [word.encode() for word in words]
    return {
        f"{name}letters": np.frombuffer(b"".join(letters), dtype=np.uint8),
        f"{name}letter_offsets": np.cumsum([0, *map(len, letters)]).astype(np.int64),
    }


def _rooted(
    analyses: Sequence[Analysis], numbered: Sequence[Words], count: int
) -> dict[str, NDArray[Any]]:
    """Returns the roots of all words, and the words of each.

    Args:
        analyses: The editions.
        numbered: For each the numbers of its words.
        count: How many words there are.
    """
    roots = sorted(set().union(*(analysis.roots for analysis in analyses)))
    places = {root: place for place, root in enumerate(roots)}
    pairs = [np.empty(0, dtype=np.int64)]
    for analysis, words in zip(analyses, numbered, strict=True):
        held = np.array([places[root] for root in analysis.roots], dtype=np.int64)
        root = np.repeat(held, np.diff(analysis.root_offsets))
        pairs.append(root * count + words[analysis.root_words])
    known = distinct(*pairs)
    return {
        **_letters("root_", roots),
        "root_offsets": np.searchsorted(known, np.arange(len(roots) + 1) * count),
        "root_words": (known % max(1, count)).astype(np.int32),
    }


def _spelling(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    owners, hashes = distinct_pairs(*letter_sequences(words, SPELLING))
    order = np.argsort(hashes, kind="stable")
    known, starts = np.unique(hashes[order], return_index=True)
    return {
        "spelling_hashes": known,
        "spelling_offsets": np.append(starts, len(hashes)),
        "spelling_words": owners[order].astype(np.int32),
        "spelling_sizes": _narrow(np.bincount(owners, minlength=len(words))),
    }


def _sequences(owners: Numbers, hashes: Hashes) -> dict[str, NDArray[Any]]:
    """Returns each sequence with the words that hold it, and how often each does."""
    order = np.lexsort((owners, hashes))
    owners, hashes = owners[order], hashes[order]
    is_new = np.ones(len(owners), dtype=bool)
    is_new[1:] = (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1])
    first = np.flatnonzero(is_new)
    known, starts = np.unique(hashes[first], return_index=True)
    return {
        "sequence_hashes": known,
        "sequence_offsets": np.append(starts, len(first)),
        "sequence_words": owners[first].astype(np.int32),
        "sequence_times": _narrow(np.diff(np.append(first, len(owners)))),
    }


def _frequencies(analyses: Sequence[Analysis], hashes: Hashes) -> NDArray[np.int32]:
    found = np.zeros(len(hashes), dtype=np.int32)
    for analysis in analyses:
        found[np.searchsorted(hashes, analysis.sequences)] += analysis.frequencies
    return found


def _narrow(numbers: NDArray[Any]) -> NDArray[Any]:
    """Returns numbers in the smallest type that holds them: of most tables a byte does."""
    return numbers.astype(np.min_scalar_type(numbers.max(initial=0)))


def _joined(parts: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)


def _sums(values: NDArray[Any], offsets: Numbers) -> NDArray[Any]:
    totals = np.concatenate([[0], np.cumsum(values)])
    sums: NDArray[Any] = totals[offsets[1:]] - totals[offsets[:-1]]
    return sums
