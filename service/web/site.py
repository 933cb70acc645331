"""What the pages need of an index beyond the engine, made once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from indexer.corpus import DocumentEntry
from indexer.documents import Document
from indexer.outline import Section
from indexer.passages import Language, Passage
from service.engine import Engine
from service.retrieval import Filters
from service.web.map import Map, plan
from service.web.suggestions import Suggestions, collect


@dataclass(frozen=True, slots=True)
class Text:
    """One edition of a document as the pages use it.

    Attributes:
        passages: Its passages by eId, in reading order.
        map: Its map.
    """

    passages: dict[str, Passage]
    map: Map


@dataclass(frozen=True, slots=True)
class Site:
    """An engine with the tables of the pages."""

    engine: Engine
    suggestions: Suggestions = field(init=False)
    _texts: dict[tuple[str, Language], Text] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Makes the tables."""
        corpus = self.engine.index.corpus
        passages: dict[tuple[str, Language], dict[str, Passage]] = {
            (entry.document.id, edition.language): {}
            for entry in corpus.documents
            for edition in entry.document.editions
        }
        for passage in corpus.passages:
            passages[passage.document_id, passage.language][passage.eid] = passage
        texts = {
            (entry.document.id, language): Text(
                passages[entry.document.id, language],
                plan(outline, passages[entry.document.id, language].values()),
            )
            for entry in corpus.documents
            for language, outline in entry.outlines.items()
        }
        object.__setattr__(self, "suggestions", collect(corpus))
        object.__setattr__(self, "_texts", texts)

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """All documents."""
        return self.engine.library.documents

    def text(self, document_id: str, language: Language) -> Text:
        """Returns one edition of a document."""
        return self._texts[document_id, language]

    def filters(self, document_id: str, section: str) -> Filters:
        """Returns where to search for a document and a section chosen on a page.

        Args:
            document_id: Id of the document; empty for all.
            section: eId of the section; empty for the whole document.
        """
        documents = (document_id,) if document_id else ()
        if not section:
            return Filters(documents)
        inside = frozenset(
            below.eid
            for entry in self.documents
            if document_id in ("", entry.document.id)
            for outline in entry.outlines.values()
            for found in _walk(outline)
            if found.eid == section
            for below in _walk(found.children)
            if below.eid and not below.eid.startswith(f"{section}__")
        )
        if not inside:
            return Filters(documents, (section,))
        # Articles count through a whole act: their addresses do not name the chapter around them.
        inside |= {section}
        return Filters(documents, where=lambda passage: _lies_in(passage.eid, inside))

    def editions_of(self, passage: Passage) -> dict[Language, Passage]:
        """Returns a passage in every language that it has, its own first."""
        found = {passage.language: passage}
        for edition in self.document(passage).editions:
            other = self.text(passage.document_id, edition.language).passages.get(passage.eid)
            if other is not None:
                found.setdefault(edition.language, other)
        return found

    def document(self, passage: Passage) -> Document:
        """Returns the document that a passage belongs to."""
        return self.engine.library.document(passage.document_id).document


def _lies_in(eid: str, sections: frozenset[str]) -> bool:
    while eid:
        if eid in sections:
            return True
        eid = eid.rpartition("__")[0]
    return False


def _walk(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def edition_language(document: Document, wished: str, language: Language) -> Language:
    """Returns the edition to show: the one wished for, the page's language, or the first."""
    languages = [edition.language for edition in document.editions]
    for candidate in (wished, language):
        for known in languages:
            if known == candidate:
                return known
    return languages[0]
