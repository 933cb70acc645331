"""Finds the passages that answer a question."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.embedding import Encoder
from indexer.errors import ModelError
from indexer.index import Index
from indexer.passages import Passage
from indexer.reference import Reference, find_references
from service.errors import RequestError
from service.questions import Question


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
        score: From 0 to 1, higher is better; results come best first.
    """

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Retriever:
    """Searches one index with the model that made it."""

    index: Index
    encoder: Encoder
    _references: tuple[Reference | None, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuses an encoder that did not make the index."""
        stamp = self.index.manifest.model
        if (stamp.name, stamp.revision) != (self.encoder.name, self.encoder.revision):
            raise ModelError(
                f"The index was built with {stamp.name} ({stamp.revision}), this is "
                f"{self.encoder.name} ({self.encoder.revision}); rebuild it: "
                "python -m indexer build."
            )
        references = (
            Reference.parse(passage.eid) if passage.eid else None
            for passage in self.index.corpus.passages
        )
        object.__setattr__(self, "_references", tuple(references))

    def search(
        self, question: Question, k: int, filters: Filters | None = None
    ) -> tuple[Result, ...]:
        """Returns the ``k`` best passages, best first; a passage that the question names is first.

        Raises:
            RequestError: A filter names a document or section that is not there.
        """
        rows = self._rows(filters or Filters())
        query = self.encoder.encode_queries([question.interpreted])[0]
        hits = self.index.vectors.search(query, k, rows)
        if len(named := self._named(question, rows)):
            first = self.index.vectors.search(query, k, named)
            hits = (*first, *(hit for hit in hits if hit not in first))[:k]
        return tuple(
            Result(self.index.corpus.passages[hit.row], min(1.0, max(0.0, hit.score)))
            for hit in hits
        )

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
        for section in filters.sections:
            if not any(_lies_in(passage, section) for passage in passages):
                raise RequestError("unknown-section", name=section)
        rows = [
            row
            for row, passage in enumerate(passages)
            if (not filters.documents or passage.document_id in filters.documents)
            and (
                not filters.sections
                or any(_lies_in(passage, section) for section in filters.sections)
            )
            and (filters.where is None or filters.where(passage))
        ]
        return np.array(rows, dtype=np.int64)


def _lies_in(passage: Passage, section: str) -> bool:
    return passage.eid == section or passage.eid.startswith(f"{section}__")
