"""Meetings: which words of a corpus meet a unit of a question, and how well.

They are found once for each unit, without a look at the passages.
"""

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from indexer.analysis.corpus import CorpusWords
from indexer.analysis.sequences import SPELLING, distinct_pairs, letter_sequences
from indexer.analysis.texts import root_keys
from indexer.distinct import is_among
from indexer.languages import Language, language
from indexer.stores.base import Scores
from service.ranking.closeness import DICTIONARY
from service.ranking.dictionary import Unit

LEAST_ALIKE = 0.4
"""Words that are less alike bring no passages."""

_NEAR = LEAST_ALIKE - 1e-3
_MOST_HOLDERS = 8_192
"""Words that are compared with one, counted once for each letter sequence that they share."""

_MOST_COUNTED = 16_384
"""The same of a vocabulary however large: only the rarest sequences, of which forms share some."""

_RARITY_POWER = 8
_FORMS = 2_048
_REMEMBERED_BYTES = 2**22
_REMEMBERED_BYTES_A_WORD = 64
"""Of the corpus: a long question's meetings are kept until it is answered, and more."""
_LEAST_BYTES = 1_024
"""What a meeting takes with its unit, even where nothing is met."""

Numbers = NDArray[np.int64]
Words = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Alike:
    """Words of the corpus that are alike a word by spelling.

    Attributes:
        words: Their numbers, ascending.
        likeness: 0 to 1.
        near: Those of at least :data:`LEAST_ALIKE`: their places in ``words``.
        frequency: About how many rows hold a word that is much alike.
        best: The greatest likeness.
    """

    words: Words
    likeness: Scores
    near: Words
    frequency: float
    best: float


@dataclass(frozen=True, slots=True)
class Forms:
    """Words of the corpus that are forms of one word.

    Attributes:
        words: Their numbers, ascending.
        frequency: How many rows hold each, summed up.
    """

    words: Words
    frequency: int


@dataclass(frozen=True, slots=True)
class Called:
    """What a unit is called in one language.

    Attributes:
        forms: The words that are forms of an equivalent of one word.
        phrases: For each equivalent of several words, the words that are forms of each of them.
    """

    forms: Words
    phrases: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """How the words of the corpus meet one unit of a question.

    Attributes:
        alike: For each word of the unit, the words that are alike it.
        called: What the unit is called, by the language of the passages.
        weight: What an equivalent counts.
        frequency: About how many rows meet it well.
        best: Its best match anywhere, 0 to 1.
    """

    alike: tuple[Alike, ...]
    called: Mapping[Language, Called]
    weight: float
    frequency: float
    best: float

    @property
    def size(self) -> int:
        """How much memory it takes, in bytes, about."""
        lists = [each for one in self.alike for each in (one.words, one.likeness, one.near)]
        for called in self.called.values():
            lists += [called.forms, *(part for parts in called.phrases for part in parts)]
        return _LEAST_BYTES + sum(one.nbytes for one in lists)


class Meetings:
    """Finds meetings, and keeps the last ones; safe to use from several threads."""

    def __init__(self, words: CorpusWords, languages: Sequence[Language]) -> None:
        """Takes the words of a corpus and the languages of its passages."""
        self._words = words
        self._languages = languages
        self.forms = lru_cache(_FORMS)(self._find_forms)
        # Proposing and measuring meet the same units, and questions repeat them.
        size = max(_REMEMBERED_BYTES, _REMEMBERED_BYTES_A_WORD * len(words.spellings))
        self.kept: LRUCache[Unit, Meeting] = LRUCache(size, lambda one: one.size)
        self._lock = threading.Lock()

    def of(self, units: Sequence[Unit]) -> list[Meeting]:
        """Returns the meeting of each unit."""
        with self._lock:
            known = {unit: self.kept.get(unit) for unit in units}
        missing = [unit for unit, one in known.items() if one is None]
        if missing:
            words = list(dict.fromkeys(word for unit in missing for word in unit.words))
            alike = dict(zip(words, self._alike(words), strict=True))
            made = {unit: self._meeting(unit, [alike[w] for w in unit.words]) for unit in missing}
            known |= made
            with self._lock:
                for unit, meeting in made.items():
                    if meeting.size <= self.kept.maxsize:
                        self.kept[unit] = meeting
        return [found for unit in units if (found := known[unit]) is not None]

    def _meeting(self, unit: Unit, alike: Sequence[Alike]) -> Meeting:
        weight = 1.0 if unit.is_name else DICTIONARY
        frequency = min(one.frequency for one in alike)
        best = float(
            np.mean([one.best for one in alike], dtype=np.float32) if alike[1:] else alike[0].best
        )
        called = {}
        for code in self._languages:
            forms, phrases = [], []
            for equivalent in unit.equivalents:
                if equivalent.language != code:
                    continue
                parts = [self.forms(word, code) for word in equivalent.words]
                share = sum(len(part.words) > 0 for part in parts) / len(parts)
                if not share:
                    continue
                best = max(best, weight * share)
                frequency += min(part.frequency for part in parts) * weight**_RARITY_POWER
                if len(parts) == 1:
                    forms.append(parts[0].words)
                else:
                    phrases.append(tuple(part.words for part in parts))
            called[code] = Called(joined(forms), tuple(phrases))
        return Meeting(tuple(alike), called, weight, frequency, best)

    def _alike(self, asked: Sequence[str]) -> list[Alike]:
        """Returns the words that are alike each of ``asked``."""
        words = self._words
        owners, hashes = distinct_pairs(*letter_sequences(asked, SPELLING))
        sizes = np.bincount(owners, minlength=len(asked))
        if not len(words.spelling_hashes):
            return [_NOTHING for _ in asked]
        places = np.searchsorted(words.spelling_hashes, hashes)
        places[places == len(words.spelling_hashes)] = 0
        known = np.flatnonzero(words.spelling_hashes[places] == hashes)
        ends = np.searchsorted(owners[known], np.arange(len(asked) + 1))
        return [
            self._sharing(places[known[start:end]], size)
            for (start, end), size in zip(pairwise(ends.tolist()), sizes.tolist(), strict=True)
        ]

    def _sharing(self, sequences: Numbers, size: int) -> Alike:
        """Returns the words that share ``sequences`` of the ``size`` that a word has.

        Where very many do, only those that are alike enough to bring passages.
        """
        words = self._words
        sequences, common = self._without_common(sequences, size)
        if not len(sequences):
            return _NOTHING
        held, shared = _counted(words.spelled.gather(sequences)[0])
        least = _NEAR / 2 * (words.spelling_sizes[held].astype(np.float64) + size)
        for left, sequence in zip(range(len(common), 0, -1), common.tolist(), strict=True):
            possible = shared + left >= least
            held, shared, least = held[possible], shared[possible], least[possible]
            shared = shared + is_among(held, words.spelled[sequence])
        if len(common):
            held, shared = held[shared >= least], shared[shared >= least]
        if not len(held):
            return _NOTHING
        sizes = words.spelling_sizes[held].astype(np.int64)
        likeness = (2 * shared / (sizes + size)).astype(np.float32)
        return Alike(
            held,
            likeness,
            np.flatnonzero(likeness >= _NEAR).astype(np.int32),
            float(_to_the_eighth(likeness) @ words.frequency[held]),
            float(likeness.max()),
        )

    def _without_common(self, sequences: Numbers, size: int) -> tuple[Numbers, Numbers]:
        """Parts the commonest sequences of a word from the others, where very many words hold any.

        A word that is alike enough has at least one of the others: it shares more than are parted.
        Source: S. Chaudhuri, V. Ganti, R. Kaushik, "A Primitive Operator for Similarity Joins in
        Data Cleaning", ICDE 2006, doi:10.1109/ICDE.2006.9 (prefix filter).
        """
        offsets = self._words.spelled.offsets
        holders = offsets[sequences + 1] - offsets[sequences]
        if holders.sum() <= _MOST_HOLDERS:
            return sequences, sequences[:0]
        parted = min(max(0, math.ceil(size * _NEAR / (2 - _NEAR)) - 1), len(sequences))
        order = np.argsort(holders, kind="stable")
        counted = int((np.cumsum(holders[order]) <= _MOST_COUNTED).sum())
        kept = min(len(order) - parted, max(1, counted))
        return sequences[order[:kept]], sequences[order[kept:]]

    def _find_forms(self, entry: str, code: Language) -> Forms:
        roots = root_keys(entry, code)
        words = self._told_by_rules(entry, code) if roots is None else self._words.rooted(roots)
        return Forms(words, int(self._words.frequency[words].sum()))

    def _told_by_rules(self, entry: str, code: Language) -> Words:
        bundle = language(code)
        is_form = bundle.form_of((entry,))
        found = {
            number
            for beginning in bundle.beginnings(entry)
            if beginning
            for number, word in self._words.spellings.starting(beginning)
            if is_form(word)
        }
        return np.array(sorted(found), dtype=np.int32)


def joined(parts: Sequence[Words]) -> Words:
    """Returns lists of words one after another."""
    return np.concatenate(parts) if parts else _NO_WORDS


def _counted(words: Words) -> tuple[Words, Numbers]:
    """Returns each of ``words`` once, ascending, with the number of times that it is there.

    Sorting follows how many there are; counting in an array follows the vocabulary.
    """
    words = np.sort(words)
    first = np.flatnonzero(np.diff(words, prepend=-1))
    return words[first], np.diff(first, append=len(words))


def _to_the_eighth(likeness: Scores) -> NDArray[np.float64]:
    square = likeness.astype(np.float64) ** 2
    return (square * square) ** 2


_NO_WORDS: Words = np.empty(0, np.int32)
_NOTHING = Alike(_NO_WORDS, np.empty(0, np.float32), _NO_WORDS, 0.0, 0.0)
