"""Finds the passages that answer a question: candidates first, then every signal for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.distinct import common, distinct
from indexer.documents.description import Trilingual
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.errors import ModelError
from indexer.languages.codes import LANGUAGES, Language
from indexer.stores.base import Rows, Scores, Snapshot
from indexer.vocabulary import words_of
from service.deadline import checkpoint
from service.engine.acts import NamedActs
from service.engine.filters import Filters, allowed_rows, not_begun
from service.engine.forms import read_form
from service.engine.questions import Question
from service.engine.references import NamedRows, References
from service.engine.titles import titled
from service.observation.stages import stage
from service.ranking.confidence import Calibration, calibration_for, probabilities
from service.ranking.content import says_something
from service.ranking.dictionary import Unit
from service.ranking.editions import item_evidence
from service.ranking.fusion import Evidence, Ranker, Ranking
from service.ranking.signals import Query


@dataclass(frozen=True, slots=True)
class Result:
    """An item found.

    Attributes:
        passage: Its text in the language asked for, or in the one in which it was found.
        score: Probability, from 0 to 1, that it answers; results come best first. Of a model
            without a calibration, its cosine with the question.
    """

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found.

    Attributes:
        evidence: What spoke for each candidate.
        results: The items, best first; each counts once, whatever its editions.
        order: The row that each was found by.
        references: What the question names.
        confidence: Probability that the first item answers; None where no calibration tells.
        threshold: Confidence from which the question counts as answered.
        is_silent: The question asks nothing beyond what it names.
    """

    evidence: Evidence
    results: tuple[Result, ...]
    order: Rows
    references: NamedRows
    confidence: float | None
    threshold: float
    is_silent: bool

    @property
    def notices(self) -> tuple[Trilingual, ...]:
        """What is said of acts and items that the question names: several, or none."""
        return (*self.references.offered, *self.references.notices)

    @property
    def named(self) -> Rows:
        """The rows of the items that the question names."""
        return self.references.rows

    @property
    def units(self) -> tuple[Unit, ...]:
        """What the question is about, as the ranking matched it."""
        return self.evidence.units

    def first(self, place: int) -> "Hits":
        """Returns the hits with the one at ``place`` first, as probable as the one that was."""
        moved, best = self.results[place], self.results[0].score
        others = (*self.results[:place], *self.results[place + 1 :])
        order = [place, *range(place), *range(place + 1, len(self.order))]
        return replace(
            self, results=(Result(moved.passage, best), *others), order=self.order[order]
        )


class Retriever:
    """Searches one generation with the model that made its vectors."""

    def __init__(
        self, snapshot: Snapshot, encoder: Encoder, ranking: Ranking | None = None
    ) -> None:
        """Prepares the ranking.

        Raises:
            ModelError: Another model made the vectors.
        """
        stamp = snapshot.model
        if (stamp.name, stamp.revision) != (encoder.name, encoder.revision):
            raise ModelError(
                f"The index was built with {stamp.name} ({stamp.revision}), this is "
                f"{encoder.name} ({encoder.revision}); rebuild it: python -m indexer build."
            )
        self.snapshot = snapshot
        self.encoder = encoder
        self._ranker = Ranker(snapshot, ranking)
        editions = snapshot.editions
        self._starts = np.array([one.start for one in editions], dtype=np.int64)
        tongues = [LANGUAGES.index(one.edition.language) for one in editions]
        self._tongues = np.array(tongues, dtype=np.int64)
        self.references = References(snapshot)
        self._calibration = calibration_for(stamp.name)
        self._unasked = calibration_for(stamp.name, with_questions=False) or self._calibration

    @property
    def is_calibrated(self) -> bool:
        """Whether scores are probabilities."""
        return self._calibration is not None

    def search(
        self,
        question: Question,
        k: int,
        filters: Filters | None = None,
        language: Language | None = None,
        excepted: Rows | None = None,
    ) -> Hits:
        """Finds the ``k`` best items; one that the question names is first.

        Args:
            question: The question.
            k: Number of items wanted.
            filters: Where to search; everywhere by default.
            language: Language to show texts in, where they have it; the question's by default.
            excepted: Rows of items that are not found, in no edition.

        Raises:
            RequestError: A filter names a document or section that is not there.
        """
        filters = filters or Filters()
        allowed, references = self._read(question, filters, excepted)
        named = references.rows
        checkpoint()
        query = self.query(question)
        checkpoint()
        with stage("search"):
            rows = self._candidates(query, allowed, distinct(named, references.nearest), k)
        checkpoint()
        with stage("rank"):
            evidence = self._ranker.rank(query, rows)
        rest = question.interpreted if references.rest == question.text else references.rest
        is_silent = not any(says_something(word, question.language) for word in words_of(rest))
        # «глава 4 кратко» asks for no less than all of it.
        is_silent = is_silent or (len(named) > 0 and read_form(question.interpreted).is_bare)
        order, totals = self._items(evidence, references, is_silent=is_silent)
        if not len(named):
            first = titled(self.snapshot, question, evidence.rows[order])
            named = evidence.rows[order[first]]
            by_title = np.concatenate([first, np.delete(np.arange(len(order)), first)])
            order, totals = order[by_title], totals[by_title]
        scores = self._scores(evidence, order, totals, named, is_silent=is_silent)[:k]
        told = self.is_calibrated or is_silent or len(named)
        confidence = 0.0 if references.is_missing else float(scores[0]) if len(scores) else 0.0
        order = order[:k]
        shown = self._shown(evidence.rows[order], allowed, language or question.language)
        results = (
            Result(passage, float(score)) for passage, score in zip(shown, scores, strict=True)
        )
        found = evidence.rows[order]
        calibration = self._calibration_of(evidence, order)
        hits = Hits(
            evidence,
            tuple(results),
            found,
            references,
            confidence if told else None,
            calibration.threshold if calibration else 0.0,
            is_silent,
        )
        return hits if is_silent else _in_force_first(hits)

    def _acts(self, question: Question) -> NamedActs:
        """Returns the acts that a question names, as typed or else as it was understood."""
        typed = self.references.acts.read(question.text, question.language)
        if typed.documents or question.interpreted == question.text:
            return typed
        meant = self.references.acts.read(question.interpreted, question.language)
        return meant if meant.documents and meant.anchored else typed

    def _read(
        self, question: Question, filters: Filters, excepted: Rows | None
    ) -> tuple[Rows | None, NamedRows]:
        """Returns what its words tell: the rows to search, and what is named."""
        allowed = allowed_rows(self.snapshot, filters)
        if excepted is not None:
            rows = np.arange(len(self.snapshot)) if allowed is None else allowed
            allowed = np.setdiff1d(rows, self.snapshot.siblings(excepted))
        acts = self._acts(question)
        later = not_begun(self.snapshot, filters, acts.documents)
        if later.is_all:
            allowed = np.empty(0, dtype=np.int64)
        else:
            allowed = self.references.acts.rows(acts, allowed)
        references = self.references.find(question.text, allowed, acts)
        if filters.date is not None:
            references = references.before(later.documents, filters.date)
        return allowed, references

    def query(self, question: Question) -> Query:
        """Returns a question as signals see it."""
        with stage("embed"):
            vector = self.encoder.encode_queries([question.interpreted])[0]
        return Query(question.interpreted, question.language, self.units(question), vector)

    def units(self, question: Question) -> tuple[Unit, ...]:
        """Returns what a question is about."""
        return self._ranker.units(question.interpreted, question.language)

    def explain(self, question: Question, rows: Rows) -> Evidence:
        """Returns the evidence for each of ``rows``, candidates or not."""
        return self._ranker.rank(self.query(question), distinct(rows))

    def features(self, evidence: Evidence, place: int) -> tuple[float, ...]:
        """Returns what the confidence in the candidate at ``place`` is judged by."""
        return self._ranker.features(evidence, place)

    def _candidates(self, query: Query, allowed: Rows | None, more: Rows, wanted: int) -> Rows:
        """Returns the rows to look at: candidates and ``more`` with their other editions."""
        rows = distinct(self._ranker.candidates(query, allowed, wanted), more)
        rows = self.snapshot.siblings(rows)
        return rows if allowed is None else common(rows, allowed)

    def _scores(
        self, evidence: Evidence, order: Rows, totals: Scores, named: Rows, *, is_silent: bool
    ) -> Scores:
        """Returns the probability that each of ``order`` answers: certain where it is named.

        A question that asks nothing but what it names, or names what is not there, has no other
        answer.
        """
        items = self.snapshot.items
        first = int(np.isin(items[evidence.rows[order]], items[named]).sum())
        rest = order[first:]
        if is_silent or not len(rest):
            scores = np.zeros(len(rest), np.float32)
        else:
            scores = self.likelihoods(evidence, rest, totals[first:])
        return np.concatenate([np.ones(first, np.float32), scores])

    def likelihoods(self, evidence: Evidence, order: Rows, totals: Scores) -> Scores:
        """Returns the scores of candidates, best first, by their evidence.

        Args:
            evidence: What speaks for each candidate.
            order: Places of candidates, best first.
            totals: The evidence for each of ``order``.
        """
        calibration = self._calibration_of(evidence, order)
        if calibration is None:
            cosines = np.clip(evidence.measured["dense"].scores[order], 0, 1)
            return np.minimum.accumulate(cosines).astype(np.float32)
        confidence = calibration.confidence(self.features(evidence, int(order[0])))
        return probabilities(totals, confidence)

    def _calibration_of(self, evidence: Evidence, order: Rows) -> Calibration | None:
        """Returns how the first of ``order`` is judged: questions may be written for it or not."""
        written = evidence.measured["asked"].details["written"]
        return self._calibration if len(order) and written[order[0]] else self._unasked

    def _items(
        self, evidence: Evidence, references: NamedRows, *, is_silent: bool
    ) -> tuple[Rows, Scores]:
        """Returns the items among the candidates, best first, those that are named before all.

        They stand as the question names them, and by their evidence where it says more than
        that. Where it asks for nothing but what is not there, what is nearest to that is first.
        An item's evidence is the mean of its editions': what one language words otherwise than
        the question, another may word alike.

        Returns:
            For each item the place of its best edition among the candidates, and its evidence.
        """
        items, item = np.unique(self.snapshot.items[evidence.rows], return_inverse=True)
        totals = item_evidence(evidence.total, item, self._spoken(evidence.rows))
        # The best edition of each item speaks for it.
        best = np.lexsort((evidence.rows, -evidence.total, item))
        places = best[np.searchsorted(item[best], np.arange(len(items)))]
        rank = np.full(len(items), len(self.snapshot), dtype=np.int64)
        named, stands = references.rows, references.places
        if is_silent and not len(named):
            named, stands = references.nearest, np.zeros_like(references.nearest)
        elif not is_silent:
            # «что в главе 5 о Каспии»: of what is named, what the other words are about.
            stands = np.zeros_like(stands)
        np.minimum.at(rank, np.searchsorted(items, self.snapshot.items[named]), stands)
        order = np.lexsort((items, -totals, rank))
        return places[order], totals[order].astype(np.float32)

    def _shown(self, rows: Rows, allowed: Rows | None, language: Language) -> Sequence[Passage]:
        """Returns the text of each item: in ``language`` where it has one, else as found.

        What a search may not find is not shown in its place either.
        """
        wanted, shown = LANGUAGES.index(language), []
        for row in rows.tolist():
            others = self.snapshot.siblings(np.array([row]))
            others = others if allowed is None else common(others, allowed)
            editions = np.concatenate([[row], others])
            spoken = editions[self._spoken(editions) == wanted]
            shown.append(int(spoken[0]) if len(spoken) else row)
        return self.snapshot.passages(shown)

    def _spoken(self, rows: Rows) -> Rows:
        """Returns the numbers of the languages of rows."""
        editions = np.searchsorted(self._starts, rows, side="right") - 1
        spoken: Rows = self._tongues[editions]
        return spoken


def _in_force_first(hits: Hits) -> Hits:
    """Returns hits with an item in force first, where some are named and more is asked of them.

    «Какие права закреплены в главе 2» is not answered by an article that is excluded from it.
    """
    named = [one.passage.status for one in hits.results if one.score == 1]
    place = next((place for place, status in enumerate(named) if status == "in-force"), 0)
    return hits.first(place) if place else hits
