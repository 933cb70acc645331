"""Finds the passages that answer a question."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.embedding import Encoder
from indexer.errors import ModelError
from indexer.index import Index
from indexer.outline import Section
from indexer.passages import Passage
from indexer.reference import Reference, find_references
from service.errors import RequestError
from service.questions import Question
from service.ranking.confidence import Calibration, calibration_for, features, probabilities
from service.ranking.dictionary import Unit
from service.ranking.expectation import lacks
from service.ranking.fusion import Evidence, Ranker, Ranking


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to search: passages of any of ``documents`` that lie in any of ``sections``.

    Attributes:
        documents: Document ids; empty for all.
        sections: eIds of chapters, sections, articles or items; empty for all.
        where: Whether a passage may be found; None for all.
    """

    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    where: Callable[[Passage], bool] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A passage found.

    Attributes:
        passage: The passage.
        score: Probability, from 0 to 1, that it answers; results come best first.
    """

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found.

    Attributes:
        units: What the question is about, as the ranking matched it.
        results: The passages, best first.
    """

    units: tuple[Unit, ...]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Retriever:
    """Searches one index with the model that made it."""

    index: Index
    encoder: Encoder
    ranking: Ranking = field(default_factory=Ranking)
    _ranker: Ranker = field(init=False, repr=False)
    _references: tuple[Reference | None, ...] = field(init=False, repr=False)
    _calibration: Calibration = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepares the ranking; refuses an encoder that did not make the index."""
        stamp = self.index.manifest.model
        if (stamp.name, stamp.revision) != (self.encoder.name, self.encoder.revision):
            raise ModelError(
                f"The index was built with {stamp.name} ({stamp.revision}), this is "
                f"{self.encoder.name} ({self.encoder.revision}); rebuild it: "
                "python -m indexer build."
            )
        ranker = Ranker(self.index.corpus.passages, self.ranking, self.index.vectors.spread())
        object.__setattr__(self, "_ranker", ranker)
        object.__setattr__(self, "_calibration", calibration_for(stamp.name))
        references = (
            Reference.parse(passage.eid) if passage.eid else None
            for passage in self.index.corpus.passages
        )
        object.__setattr__(self, "_references", tuple(references))

    def search(self, question: Question, k: int, filters: Filters | None = None) -> Hits:
        """Finds the ``k`` best passages; one that the question names is first.

        Raises:
            RequestError: A filter names a document or section that is not there.
        """
        rows = self._rows(filters or Filters())
        evidence = self.evidence(question)
        order = np.argsort(-evidence.total, kind="stable")
        named = self._named(question, rows)
        if rows is not None:
            order = order[np.isin(order, rows)]
        if len(named):
            first = np.isin(order, named)
            order = np.concatenate([order[first], order[~first]])
        confidence = self._confidence(question, evidence, order, certain=len(named) > 0)
        order = order[:k]
        scores = probabilities(evidence, order, confidence)
        passages = self.index.corpus.passages
        results = (
            Result(passages[row], float(score)) for row, score in zip(order, scores, strict=True)
        )
        return Hits(evidence.units, tuple(results))

    @property
    def threshold(self) -> float:
        """Score of the first result from which a question counts as answered."""
        return self._calibration.threshold

    def _confidence(
        self, question: Question, evidence: Evidence, order: NDArray[np.int64], *, certain: bool
    ) -> float:
        """Returns the probability that the first of ``order`` answers."""
        if certain or not len(order):
            return 1.0
        return self._calibration.confidence(self.features(question, evidence, order[0]))

    def features(self, question: Question, evidence: Evidence, first: int) -> tuple[float, ...]:
        """Returns what the confidence in the passage in row ``first`` is judged by.

        See :data:`service.ranking.confidence.FEATURES`.
        """
        text = self.index.corpus.passages[first].text
        return features(evidence, first, lacking=lacks(question.interpreted, text))

    def evidence(self, question: Question) -> Evidence:
        """Returns what speaks for each passage of the index as an answer to ``question``."""
        query = self.encoder.encode_queries([question.interpreted])[0]
        units = self._ranker.units(question.interpreted, question.language)
        return self._ranker.rank(units, self.index.vectors.scores(query))

    def _named(self, question: Question, rows: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """Returns the rows of the items, or of the sections' items, that a question names."""
        written = find_references(question.text)
        if not written:
            return np.empty(0, dtype=np.int64)
        candidates = range(len(self._references)) if rows is None else rows.tolist()
        addresses = {reference for row in candidates if (reference := self._references[row])}
        named = {reference for address in written for reference in address.select(addresses)}
        return np.array([r for r in candidates if self._references[r] in named], dtype=np.int64)

    def _rows(self, filters: Filters) -> NDArray[np.int64] | None:
        if not filters.documents and not filters.sections and filters.where is None:
            return None
        passages = self.index.corpus.passages
        known = [entry.document.id for entry in self.index.corpus.documents]
        for name in filters.documents:
            if name not in known:
                raise RequestError("unknown-document", name=name, known=", ".join(known))
        within = [name for section in filters.sections for name in self._within(section)]
        rows = [
            row
            for row, passage in enumerate(passages)
            if (not filters.documents or passage.document_id in filters.documents)
            and (not within or any(_lies_in(passage, name) for name in within))
            and (filters.where is None or filters.where(passage))
        ]
        return np.array(rows, dtype=np.int64)

    def _within(self, section: str) -> tuple[str, ...]:
        """Returns the addresses below which a section's passages lie.

        A chapter of a law holds articles, whose addresses do not begin with the chapter's.

        Raises:
            RequestError: No document has such a section.
        """
        outlines = [o for entry in self.index.corpus.documents for o in entry.outlines.values()]
        held = {name for outline in outlines for name in _held(outline, section)}
        names = tuple(sorted(held | {section}))
        if not any(
            _lies_in(passage, name) for name in names for passage in self.index.corpus.passages
        ):
            raise RequestError("unknown-section", name=section)
        return names


def _held(outline: Sequence[Section], section: str, *, inside: bool = False) -> Iterator[str]:
    for part in outline:
        found = inside or part.eid == section
        if found and part.eid:
            yield part.eid
        yield from _held(part.children, section, inside=found)


def _lies_in(passage: Passage, section: str) -> bool:
    return passage.eid == section or passage.eid.startswith(f"{section}__")
