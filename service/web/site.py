"""What the pages need of a generation beyond the engine, made when it is first asked for."""

import datetime
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indexer.documents.description import Document, Edition
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.languages.codes import Language
from indexer.stores.base import EditionRows
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.errors import RequestError
from service.web.map import Map, plan
from service.web.suggestions import Suggestions, collect

_TEXTS = 16


@dataclass(frozen=True, slots=True)
class Text:
    """One edition of a document as the pages use it.

    Attributes:
        rows: The edition.
        outline: Its outline.
        passages: Its passages by eId, in reading order.
        map: Its map.
    """

    rows: EditionRows
    outline: Outline
    passages: dict[str, Passage]
    map: Map


class Site:
    """An engine with the tables of the pages."""

    def __init__(self, engine: Engine) -> None:
        """Takes the engine."""
        self.engine = engine
        self._text = lru_cache(_TEXTS)(self._read)

    @cached_property
    def suggestions(self) -> Suggestions:
        """What the ask box suggests."""
        return collect(self.engine.library)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents."""
        return self.engine.library.documents

    def text(self, rows: EditionRows) -> Text:
        """Returns the text of an edition."""
        return self._text(rows.start)

    def map(self, passage: Passage) -> Map:
        """Returns the map of a passage's edition, without reading its text."""
        return plan(self.engine.snapshot.outline(self.engine.library.of(passage)))

    @property
    def is_dated(self) -> bool:
        """Whether a document has editions of several dates in one language."""
        return any(len(one.editions) > len(one.languages) for one in self.documents)

    def filters(self, document_id: str, section: str, kind: str = "", date: str = "") -> Filters:
        """Returns where to search for a document and a section chosen on a page.

        Args:
            document_id: Id of the document; empty for all.
            section: eId of the section; empty for the whole document.
            kind: Kind of acts; empty for all.
            date: Day whose editions are searched, ISO; empty for today.

        Raises:
            RequestError: The day is none.
        """
        return Filters(
            documents=(document_id,) if document_id else (),
            sections=(section,) if section else (),
            kinds=(kind,) if kind else (),
            date=read_day(date),
        )

    def document(self, passage: Passage) -> Document:
        """Returns the document that a passage belongs to."""
        return self.engine.library.document(passage.document_id)

    def _read(self, start: int) -> Text:
        (rows,) = (one for one in self.engine.snapshot.editions if one.start == start)
        outline = self.engine.snapshot.outline(rows)
        passages = {passage.eid: passage for passage in self.engine.library.texts(rows)}
        return Text(rows, outline, passages, plan(outline))


def read_day(date: str) -> datetime.date | None:
    """Returns the day in an address; None where there is none.

    Raises:
        RequestError: What stands there is no day.
    """
    try:
        return datetime.date.fromisoformat(date) if date else None
    except ValueError as error:
        raise RequestError("no-day", day=date[:20]) from error


def edition_language(
    document: Document, wished: str, language: Language, day: datetime.date | None = None
) -> Language:
    """Returns the edition to show: the one wished for, the page's language, or the first.

    On a day those that there were then come first.
    """
    known = document.languages
    begun = [one for one in known if document.in_force(one, day)]
    for candidate in (wished, language):
        for one in begun or known:
            if one == candidate:
                return one
    return (begun or known)[0]


@dataclass(frozen=True, slots=True)
class DatedEdition:
    """A dated edition in the list of a document's page.

    Attributes:
        day: Day from which it reads so.
        is_shown: Whether the page shows it.
        is_current: Whether it is in force today.
    """

    day: datetime.date
    is_shown: bool
    is_current: bool


def dated_editions(document: Document, shown: Edition) -> list[DatedEdition]:
    """Returns the dated editions in the language of one, the newest first."""
    current = document.in_force(shown.language, datetime.date.today())
    found = [
        DatedEdition(one.date, is_shown=one == shown, is_current=one == current)
        for one in document.editions
        if one.language == shown.language and one.date is not None
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)
