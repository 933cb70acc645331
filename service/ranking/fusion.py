"""Fusion: the kinds of evidence put together into one order of the passages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.passages import Language, Passage
from indexer.vocabulary import words_of
from service.ranking.content import question_words
from service.ranking.coverage import Coverage
from service.ranking.definitions import definitions_in
from service.ranking.dictionary import Dictionary, Unit, forms_in
from service.ranking.words import WordMatcher

Scores = NDArray[np.float32]

_LEXICAL_WEIGHT = np.float32(5)
"""How many spreads of the cosine a perfect match of words, or of letter sequences, is worth."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which parts of the ranking are used; all of them, except to measure what each is worth.

    Attributes:
        dense: Compare the meanings of question and passage.
        words: Match the question word by word.
        dictionary: Let words match their equivalents in other languages, and names.
        coverage: Count shared letter sequences.
    """

    dense: bool = True
    words: bool = True
    dictionary: bool = True
    coverage: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each of the passages compared, one number a passage and kind.

    Attributes:
        units: What the question is about.
        dense: Mean cosine of the question with the passage alone and under its headings.
        words: How well the passage's words match, 0 to 1.
        names: How well the passage's words match the question's names, 0 to 1.
        coverage: Share of the question's letter sequences, 0 to 1.
        total: All together: the higher, the better.
        known: How well the question's words match the corpus anywhere, 0 to 1.
    """

    units: tuple[Unit, ...]
    dense: Scores
    words: Scores
    names: Scores
    coverage: Scores
    total: Scores
    known: float


class Ranker:
    """Ranks the passages of one corpus."""

    def __init__(
        self, passages: Sequence[Passage], ranking: Ranking | None = None, spread: float = 1.0
    ) -> None:
        """Prepares the lexical evidence of ``passages``.

        Args:
            passages: The passages of the corpus.
            ranking: Which parts are used; all by default.
            spread: How far the cosines of the embedding model differ in this corpus
                (:meth:`indexer.vectors.VectorIndex.spread`): the unit of dense evidence.
        """
        self._ranking = ranking or Ranking()
        self._spread = np.float32(spread)
        self._matcher = WordMatcher(passages)
        self._coverage = Coverage(passages)
        self._dictionary = Dictionary(definitions_in(passages))

    def rank(self, units: tuple[Unit, ...], dense: Scores) -> Evidence:
        """Returns the evidence for every passage.

        The cosine is counted in units of its spread in the corpus, the same for every question.
        Words and coverage have one weight: both are small where little matches, and a question
        that shares no word with the documents is left to the embedding.

        Args:
            units: What the question is about, by :meth:`units`; at least one.
            dense: The dense score of every passage.
        """
        matched = self._matcher.scores(units)
        coverage = self._coverage.scores(word for unit in units for word in unit.words)
        use = self._ranking
        total = np.zeros_like(dense)
        if use.dense:
            total += dense / self._spread
        if use.words:
            total += _LEXICAL_WEIGHT * matched.words
        if use.coverage:
            total += _LEXICAL_WEIGHT * coverage
        return Evidence(units, dense, matched.words, matched.names, coverage, total, matched.known)

    def units(self, question: str, language: Language) -> tuple[Unit, ...]:
        """Returns what ``question`` is about: its units without words that only ask."""
        words = words_of(question)
        if self._ranking.dictionary:
            units = list(self._dictionary.units(words, language))
        else:
            units = [Unit((word,)) for word in words]
        content = [u for u in units if len(u.words) > 1 or _is_content(u.words[0], language)]
        return tuple(content or units)


def _is_content(word: str, language: Language) -> bool:
    return len(word) > 1 and question_words().isdisjoint(forms_in(language, word))
