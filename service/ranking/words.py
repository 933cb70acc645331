"""Word matching: how well the words of each passage meet those of a question.

A question's word and a passage's word are alike by spelling (Dice coefficient of their letter
sequences); a dictionary equivalent matches the words that begin with its stem. Each unit of the
question takes its best match in a passage (MaxSim), and units that match few passages count more.

Source: O. Khattab, M. Zaharia, "ColBERT", SIGIR 2020, doi:10.1145/3397271.3401075, for MaxSim;
L. R. Dice, Ecology 26 (1945), doi:10.2307/1932409.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.passages import Passage
from indexer.vocabulary import passage_words
from service.ranking.content import question_words
from service.ranking.dictionary import Unit
from service.ranking.forms import beginnings, is_form, stem_of

_LENGTHS = (2, 3, 4)
_DICTIONARY = np.float32(0.8)
_RARITY_POWER = 8
_LEAST_RARITY = 0.05
_CACHED_BYTES = 64 * 2**20

Scores = NDArray[np.float32]
Rows = NDArray[np.int32]
_Found = TypeVar("_Found", Scores, Rows)


@dataclass(frozen=True, slots=True)
class WordScores:
    """How the words of a question match, one number a passage.

    Attributes:
        words: How well the passage matches all units of the question, 0 to 1.
        names: How well it matches the name that it matches least, 0 to 1; 1 without names.
        known: Mean over the units of their best match in any passage, 0 to 1.
    """

    words: Scores
    names: Scores
    known: float


class WordMatcher:
    """The words of the passages, ready to be matched; safe to use from several threads."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Prepares the words of the passages and of the headings above them."""
        rows = [_content(passage) for passage in passages]
        self._words = sorted({word for row in rows for word in row})
        numbers = {word: number for number, word in enumerate(self._words)}
        self._flat = np.array([numbers[word] for row in rows for word in row], dtype=np.int64)
        self._starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        self._count = len(passages)
        # The passages that hold each word, one word after another.
        order = np.argsort(self._flat, kind="stable")
        holders = np.repeat(np.arange(self._count, dtype=np.int32), [len(row) for row in rows])
        self._holders = holders[order]
        self._offsets = np.searchsorted(self._flat[order], np.arange(len(self._words) + 1))
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            self._by_beginning[word[:2]].append(number)
        self._postings, self._lengths = self._spell()
        self._cache: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._cached = max(64, _CACHED_BYTES // (4 * self._count))
        self._lock = Lock()

    def scores(self, units: Sequence[Unit]) -> WordScores:
        """Returns how well every passage matches the units of a question."""
        matches = np.stack([self.match(unit) for unit in units])
        weights = self._rarity(matches)
        names = matches[[unit.is_name for unit in units]].min(axis=0, initial=1)
        known = float(matches.max(axis=1).mean())
        return WordScores(weights @ matches / weights.sum(), names, known)

    def match(self, unit: Unit) -> Scores:
        """Returns the best match of one unit in every passage, 0 to 1."""
        best: Scores = np.array([self._by_spelling(word) for word in unit.words]).mean(axis=0)
        weight = np.float32(1) if unit.is_name else _DICTIONARY
        for equivalent in unit.equivalents:
            holders = [self._by_stem(word) for word in equivalent]
            if len(holders) == 1:
                best[holders[0]] = np.maximum(best[holders[0]], weight)
            elif any(map(len, holders)):
                held = np.bincount(np.concatenate(holders), minlength=self._count)
                best = np.maximum(best, weight * (held.astype(np.float32) / len(holders)))
        return best

    def _rarity(self, matches: Scores) -> Scores:
        """Returns a weight for each unit: the inverse document frequency of its good matches."""
        frequency = (matches**_RARITY_POWER).sum(axis=1)
        rarity = np.log1p((self._count - frequency + 0.5) / (frequency + 0.5))
        weights: Scores = np.maximum(rarity, _LEAST_RARITY)
        return weights

    def _by_spelling(self, word: str) -> Scores:
        return self._remember(("spelling", word), self._alike)

    def _by_stem(self, word: str) -> Rows:
        return self._remember(("stem", word), self._holding)

    def _remember(self, key: tuple[str, str], find: Callable[[str], _Found]) -> _Found:
        with self._lock:
            known: _Found | None = self._cache.get(key)
            if known is not None:
                self._cache.move_to_end(key)
                return known
        found = find(key[1])
        with self._lock:
            self._cache[key] = found
            while len(self._cache) > self._cached:
                self._cache.popitem(last=False)
        return found

    def _alike(self, word: str) -> Scores:
        """Returns the likeness in spelling of the most alike word of every passage, 0 to 1."""
        parts = _parts(word)
        holders = [self._postings[part] for part in parts if part in self._postings]
        shared = np.bincount(
            np.concatenate(holders) if holders else np.empty(0, dtype=np.int64),
            minlength=len(self._words),
        )
        alike = (2 * shared / (self._lengths + len(parts))).astype(np.float32)
        best: Scores = np.maximum.reduceat(alike[self._flat], self._starts)
        return best

    def _holding(self, equivalent: str) -> Rows:
        """Returns the rows of the passages that hold a form of ``equivalent``, each once."""
        forms = [
            number
            for number in self._by_beginning.get(stem_of(equivalent)[:2], ())
            if is_form(self._words[number], equivalent)
        ]
        bounds = ((self._offsets[number], self._offsets[number + 1]) for number in forms)
        parts = [self._holders[start:end] for start, end in bounds]
        return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int32)

    def _spell(self) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.int64]]:
        """Returns the words that hold each letter sequence, and how many each word holds."""
        holders: dict[str, list[int]] = defaultdict(list)
        lengths = []
        for number, word in enumerate(self._words):
            parts = _parts(word)
            lengths.append(len(parts))
            for part in parts:
                holders[part].append(number)
        postings = {part: np.array(numbers) for part, numbers in holders.items()}
        return postings, np.array(lengths)


def closeness(unit: Unit, words: Iterable[str]) -> list[float]:
    """Returns how close each word of a text is to any word or equivalent of ``unit``, 0 to 1.

    Words that begin with different letters are not close: forms of a word keep its beginning.
    """
    near = _beginnings(unit)
    return [_closeness(unit, word) if word[:1] in near else 0.0 for word in words]


@lru_cache(maxsize=200_000)
def _closeness(unit: Unit, word: str) -> float:
    best = 0.0
    for asked in unit.words:
        if asked[:1] == word[:1]:
            own, parts = _known_parts(asked), _known_parts(word)
            best = max(best, 2 * len(own & parts) / (len(own) + len(parts)))
    weight = 1.0 if unit.is_name else float(_DICTIONARY)
    if best < weight and any(
        is_form(word, part) for equivalent in unit.equivalents for part in equivalent
    ):
        best = weight
    return best


def _content(passage: Passage) -> list[str]:
    words = passage_words(passage)
    return [w for w in words if w not in question_words() and len(w) > 1] or words or [""]


def _parts(word: str) -> set[str]:
    marked = f"#{word}#"
    return {
        marked[start : start + length]
        for length in _LENGTHS
        for start in range(len(marked) - length + 1)
    }


@lru_cache(maxsize=10_000)
def _beginnings(unit: Unit) -> frozenset[str]:
    """Returns the letters with which a word that is close to ``unit`` may begin."""
    words = (*unit.words, *(part for equivalent in unit.equivalents for part in equivalent))
    return frozenset().union(*map(beginnings, words))


@lru_cache(maxsize=50_000)
def _known_parts(word: str) -> frozenset[str]:
    return frozenset(_parts(word))
