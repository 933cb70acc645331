"""Looks up documents, passages, what holds a passage, and what stands beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.corpus import DocumentEntry
from indexer.index import Index
from indexer.outline import Section
from indexer.passages import Language, Passage
from service.errors import RequestError


@dataclass(frozen=True, slots=True)
class Library:
    """The documents of an index, as one reads them."""

    index: Index
    _rows: dict[tuple[str, Language], int] = field(init=False, repr=False)
    _documents: dict[str, DocumentEntry] = field(init=False, repr=False)
    _sections: dict[tuple[str, Language, str], Section] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Makes the tables that lookups need."""
        corpus = self.index.corpus
        rows = {(passage.id, passage.language): row for row, passage in enumerate(corpus.passages)}
        sections = {
            (entry.document.id, language, section.eid): section
            for entry in corpus.documents
            for language, outline in entry.outlines.items()
            for section in _walk(outline)
        }
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_documents", {e.document.id: e for e in corpus.documents})
        object.__setattr__(self, "_sections", sections)

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """All documents."""
        return self.index.corpus.documents

    def document(self, document_id: str) -> DocumentEntry:
        """Returns the document called ``document_id``.

        Raises:
            RequestError: There is no such document.
        """
        if document_id not in self._documents:
            known = ", ".join(self._documents)
            raise RequestError("unknown-document", status=404, name=document_id, known=known)
        return self._documents[document_id]

    def passage(self, passage_id: str, language: Language | None = None) -> Passage:
        """Returns a passage by its id, in the document's first edition unless ``language`` says.

        Raises:
            RequestError: There is no such passage.
        """
        for candidate in (language,) if language else ("kk", "ru", "en"):
            if (row := self._rows.get((passage_id, candidate))) is not None:
                return self.index.corpus.passages[row]
        raise RequestError("unknown-passage", status=404, name=passage_id)

    def neighbours(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """Returns the passages before and after ``passage`` in its edition."""
        row = self._rows[passage.id, passage.language]
        before, after = (self._at(row + step, passage) for step in (-1, 1))
        return before, after

    def parent(self, passage: Passage) -> Passage | Section | None:
        """Returns the item, or else the section, that holds ``passage``."""
        eid = passage.eid
        while "__" in eid:
            eid = eid.rpartition("__")[0]
            row = self._rows.get((f"{passage.document_id}#{eid}", passage.language))
            if row is not None:
                return self.index.corpus.passages[row]
            if section := self._sections.get((passage.document_id, passage.language, eid)):
                return section
        return None

    def _at(self, row: int, beside: Passage) -> Passage | None:
        passages = self.index.corpus.passages
        if not 0 <= row < len(passages):
            return None
        passage = passages[row]
        same = (passage.document_id, passage.language) == (beside.document_id, beside.language)
        return passage if same else None


def _walk(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)
