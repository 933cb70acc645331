"""The flat attributes of a passage that contracts return and filter by: at most sixteen."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from indexer.documents.description import Document
from indexer.documents.keys import Key
from indexer.documents.passages import Language, Passage
from indexer.reference import Reference
from service.engine.engine import Answer
from service.engine.history import qualified
from service.engine.library import Library
from service.http.presentation import source_url

Value: TypeAlias = str | float | bool

MAX_VALUE = 512
"""Longest text of an attribute, in characters (OpenAI's limit)."""


def _number(kind: str) -> Callable[[Passage, Document], str | None]:
    def number(passage: Passage, document: Document) -> str | None:
        parts = Reference.parse(passage.eid).parts if passage.eid else ()
        found = [part.number for part in parts if part.kind == kind]
        return found[-1].replace("-", ".") if found else None

    return number


_ATTRIBUTES: dict[str, Callable[[Passage, Document], Value | None]] = {
    "document_id": lambda passage, document: passage.document_id,
    "document_number": lambda passage, document: document.number,
    "kind": lambda passage, document: document.kind,
    "date": lambda passage, document: document.date.isoformat() if document.date else None,
    "passage_id": lambda passage, document: passage.id,
    "eid": lambda passage, document: passage.eid,
    "language": lambda passage, document: passage.language,
    "status": lambda passage, document: passage.status,
    "chapter": _number("chp"),
    "section": _number("sec"),
    "article": _number("art"),
    "number": lambda passage, document: passage.num.rstrip(".)") if passage.num else None,
    "heading": lambda passage, document: (passage.heading_path or (None,))[-1],
}
"""What a filter may name. ``reference``, ``url`` and ``answerable`` are added to what is found."""


class Attributes(Mapping[str, Value | None]):
    """The attributes of one passage, each made when it is asked for."""

    def __init__(self, passage: Passage, document: Document) -> None:
        """Takes a passage and the document that it is of."""
        self._passage = passage
        self._document = document

    def __getitem__(self, name: str) -> Value | None:
        value = _ATTRIBUTES[name](self._passage, self._document)
        return value[:MAX_VALUE] if isinstance(value, str) else value

    def __iter__(self) -> Iterator[str]:
        return iter(_ATTRIBUTES)

    def __len__(self) -> int:
        return len(_ATTRIBUTES)


def passage_attributes(passage: Passage, library: Library) -> Attributes:
    """Returns what a filter may ask of ``passage``."""
    return Attributes(passage, library.document(passage.document_id))


def result_attributes(
    passage: Passage, answer: Answer, library: Library, base_url: str
) -> dict[str, Value]:
    """Returns the attributes of a passage found; absent ones are left out."""
    attributes = passage_attributes(passage, library)
    return {
        **{name: value for name, value in attributes.items() if value is not None},
        "reference": short_reference(passage, library, answer.language)[:MAX_VALUE],
        "url": source_url(passage, library, base_url)[:MAX_VALUE],
        "answerable": answer.answerable,
    }


def short_reference(passage: Passage, library: Library, language: Language) -> str:
    """Returns the reference to a passage, for example «3.17-тармақ», as all doors print it."""
    return library.reference(passage.document_id, passage.eid, language)


def long_reference(passage: Passage, library: Library, language: Language) -> str:
    """Returns the reference to a passage with its document's title.

    Of a translation it says so: «… (неофициальный перевод)»; of a text that is not in force today,
    of which day it is.
    """
    return key_reference(passage.key, library, language)


def key_reference(key: Key, library: Library, language: Language) -> str:
    """Returns the same for a passage, a section or a document by its key."""
    document = library.document(key.document)
    title = document.title[language]
    name = Reference.parse(key.eid).format(language, title=title) if key.eid else title
    said = qualified(document, key)
    return f"{name} ({said[language]})" if said else name
