"""Fusion: candidates from every signal, what each signal says of them, and one order of them."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.distinct import distinct
from indexer.languages.codes import LANGUAGES, Language
from indexer.stores.base import Rankable, Rows, Scores
from indexer.vocabulary import words_of
from service.ranking.content import question_words
from service.ranking.dictionary import Dictionary, Unit, forms_in
from service.ranking.signals import SIGNALS, Measured, Query, Signal
from service.ranking.signals.expectation import called

CANDIDATES = 64
"""How many rows each signal may propose, where no more are wanted.

On the tune questions 30 find the same ten items as 150."""

DICTIONARY = "dictionary"
"""Name of the part that gives units their equivalents: no signal, but it can be left out."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which parts of the ranking are left out, by name; none, except to measure what each is worth.

    Attributes:
        without: Names of signals, or :data:`DICTIONARY`.
    """

    without: frozenset[str] = frozenset()

    @classmethod
    def parts(cls) -> tuple[str, ...]:
        """Returns the names of all parts that change the order."""
        return (*(signal.name for signal in SIGNALS if signal.ranks), DICTIONARY)


@dataclass(frozen=True)
class Evidence:
    """What speaks for each candidate.

    Attributes:
        query: The question.
        rows: The candidates, ascending.
        measured: What each signal says of them, by the signal's name.
        total: All together: the higher, the better.
        seconds: What each signal cost.
    """

    query: Query
    rows: Rows
    measured: Mapping[str, Measured]
    total: Scores
    seconds: Mapping[str, float]

    @property
    def units(self) -> tuple[Unit, ...]:
        """What the question is about."""
        return self.query.units


class Ranker:
    """Ranks the passages of one generation."""

    def __init__(self, snapshot: Rankable, ranking: Ranking | None = None) -> None:
        """Opens every signal; ``ranking`` leaves some out."""
        self._ranking = ranking or Ranking()
        self.signals: tuple[Signal, ...] = tuple(signal(snapshot) for signal in SIGNALS)
        self._dictionary = _dictionary(snapshot.statistics.definitions)

    def candidates(self, query: Query, allowed: Rows | None = None, wanted: int = 10) -> Rows:
        """Returns the rows worth looking at, ascending.

        Args:
            query: The question.
            allowed: Rows to choose from, ascending; None for all.
            wanted: Number of items wanted, each of which may have a row for each language.
        """
        number = max(CANDIDATES, wanted * len(LANGUAGES))
        proposed = [
            signal.propose(query, number, allowed)
            for signal in self.signals
            if signal.name not in self._ranking.without
        ]
        return distinct(*proposed)

    def rank(self, query: Query, rows: Rows) -> Evidence:
        """Returns the evidence for each of ``rows``."""
        measured: dict[str, Measured] = {}
        seconds: dict[str, float] = {}
        total = np.zeros(len(rows), dtype=np.float32)
        for signal in self.signals:
            start = time.perf_counter()
            measured[signal.name] = found = signal.measure(query, rows)
            seconds[signal.name] = time.perf_counter() - start
            if signal.ranks and signal.name not in self._ranking.without:
                total += np.float32(signal.weight) * found.scores
        return Evidence(query, rows, measured, total, seconds)

    def features(self, evidence: Evidence, place: int) -> tuple[float, ...]:
        """Returns what confidence in the candidate at ``place`` is judged by."""
        return tuple(
            value
            for signal in self.signals
            for value in signal.describe(evidence.query, evidence.measured, place)
        )

    def units(self, question: str, language: Language) -> tuple[Unit, ...]:
        """Returns what ``question`` is about: its units without words that only ask."""
        words = words_of(question)
        for name in called(question, language):
            # What acts call a kind of thing, and questions seldom do, is asked about too.
            if not any(word.startswith(name) for word in words):
                words = [*words, name]
        if DICTIONARY in self._ranking.without:
            units = [Unit((word,)) for word in words]
        else:
            units = list(self._dictionary.units(words, language))
        content = [u for u in units if len(u.words) > 1 or _is_content(u.words[0], language)]
        return tuple(content or units)


@lru_cache(2)
def _dictionary(definitions: tuple[tuple[str, str], ...]) -> Dictionary:
    """Returns the dictionary; most changes of the documents leave their definitions as they are."""
    return Dictionary(definitions)


def feature_names() -> tuple[str, ...]:
    """Returns the names of all features, in the order of :meth:`Ranker.features`."""
    return tuple(name for signal in SIGNALS for name in signal.features)


def only(parts: Iterable[str]) -> Ranking:
    """Returns the ranking that leaves out all parts but ``parts``."""
    return Ranking(frozenset(Ranking.parts()) - frozenset(parts))


def _is_content(word: str, language: Language) -> bool:
    return len(word) > 1 and question_words().isdisjoint(forms_in(language, word))
