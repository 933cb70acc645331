"""Filters: where to search, and the rows that this means in one generation."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from cachetools import LRUCache

from indexer.documents.description import Document
from indexer.documents.keys import Key
from indexer.documents.passages import Passage
from indexer.errors import InvalidKeyError
from indexer.languages.codes import Language
from indexer.stores.base import EditionRows, Rows, Snapshot
from service.deadline import checkpoint
from service.errors import RequestError


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to search: passages that meet all of what is given.

    Attributes:
        documents: Keys of documents or of editions of them, as text; empty for all.
        sections: eIds of chapters, sections, articles or items; empty for all.
        languages: Languages of the text searched; empty for all.
        kinds: Kinds of acts; empty for all.
        date: The day whose editions are searched; None for today.
        where: Whether a passage may be found; None for all.
    """

    documents: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    kinds: tuple[str, ...] = ()
    date: datetime.date | None = None
    where: Callable[[Passage], bool] | None = None


def fitting_language(
    snapshot: Snapshot, filters: Filters | None, document: Document, language: Language
) -> Language:
    """Returns the language in which a document is shown: one wanted, if filters leave it.

    Args:
        snapshot: The generation.
        filters: Where to search; everywhere by default.
        document: The document.
        language: The language wanted.
    """
    filters = filters or Filters()
    keys = [find_document(snapshot, name) for name in filters.documents]
    named = {key.language for key in keys if key.document == document.id}
    left = [
        one
        for one in document.languages
        if (not filters.languages or one in filters.languages)
        and (not named or None in named or one in named)
    ]
    return language if language in left or not left else left[0]


def find_document(snapshot: Snapshot, name: str, *, status: int = 422) -> Key:
    """Returns the key of a document or edition, its document by the short id.

    Args:
        snapshot: The generation.
        name: A key in any of its forms.
        status: HTTP status of the error.

    Raises:
        RequestError: There is no such document, or not in that language.
    """
    try:
        key = Key.parse(name)
    except InvalidKeyError as error:
        raise _unknown(snapshot, name, status) from error
    by_id = snapshot.documents.get(key.document)
    for document in snapshot.documents.values() if by_id is None else (by_id,):
        here = key.document in (document.id, document.uri)
        if here and (key.language is None or key.language in document.languages):
            return Key(document.id, key.eid, key.language, key.date)
    raise _unknown(snapshot, name, status)


def _unknown(snapshot: Snapshot, name: str, status: int) -> RequestError:
    known = ", ".join(islice(snapshot.documents, 20))
    return RequestError("unknown-document", status=status, name=name, known=known)


def editions_in_force(
    snapshot: Snapshot, day: datetime.date | None = None
) -> Iterator[EditionRows]:
    """Returns the edition of each document and language in force on a day; today if None."""
    starts = _standing(snapshot, day).starts
    return (rows for rows in snapshot.editions if rows.start in starts)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is in force on a day: first rows of editions; all their rows, None where it is all."""

    starts: frozenset[int]
    rows: Rows | None


_KNOWN: WeakKeyDictionary[Snapshot, LRUCache[tuple[datetime.date, bool], _Standing]] = (
    WeakKeyDictionary()
)
_LOCK = Lock()
_DAYS = 4


def _standing(snapshot: Snapshot, day: datetime.date | None) -> _Standing:
    """Returns what is in force on a day, found once: it takes a look at every edition."""
    asked = (day or datetime.date.today(), day is None)
    with _LOCK:
        known = _KNOWN.setdefault(snapshot, LRUCache(_DAYS))
        if (found := known.get(asked)) is not None:
            return found
    editions = [rows for rows in snapshot.editions if _in_force(rows, day)]
    found = _Standing(frozenset(rows.start for rows in editions), _rows_of(snapshot, editions))
    with _LOCK:
        known[asked] = found
    return found


@dataclass(frozen=True, slots=True)
class NotBegun:
    """Documents that are asked about and were not in force on the day asked for.

    Attributes:
        documents: The documents.
        is_all: Whether there is no other that is asked about.
    """

    documents: tuple[Document, ...]
    is_all: bool


def not_begun(snapshot: Snapshot, filters: Filters, named: Iterable[str] = ()) -> NotBegun:
    """Returns what of that which is asked about was not in force yet on the day asked for.

    Args:
        snapshot: The generation.
        filters: Where to search.
        named: Ids of the documents that a question names; those of the filters, or all, by default.

    Raises:
        RequestError: A filter names a document that is not there.
    """
    if filters.date is None:
        return NotBegun((), is_all=False)
    keys = [find_document(snapshot, name) for name in filters.documents]
    if any(key.date for key in keys):
        return NotBegun((), is_all=False)
    chosen = [key.document for key in keys] or sorted(named)
    documents = [snapshot.documents[name] for name in chosen or snapshot.documents]
    later = tuple(document for document in documents if document.begins > filters.date)
    is_all = len(later) == len(documents)
    return NotBegun(later if chosen or is_all else (), is_all)


def _rows_of(snapshot: Snapshot, editions: Iterable[EditionRows]) -> Rows | None:
    """Returns the rows of editions, ascending; None where that is all of them."""
    spans = [(rows.start, rows.stop) for rows in editions]
    if sum(stop - start for start, stop in spans) == len(snapshot):
        return None
    return _joined([np.arange(start, stop) for start, stop in spans])


def allowed_rows(snapshot: Snapshot, filters: Filters) -> Rows | None:
    """Returns the rows that may be found, ascending; None where that is all of them.

    Raises:
        RequestError: A filter names a document or section that is not there.
    """
    if filters == Filters(date=filters.date):
        return _standing(snapshot, filters.date).rows
    editions = list(_editions(snapshot, filters))
    if filters.sections:
        allowed: Rows | None = _joined(list(_in_sections(snapshot, editions, filters.sections)))
    else:
        allowed = _rows_of(snapshot, editions)
    if filters.where is None:
        return allowed
    rows = np.arange(len(snapshot)) if allowed is None else allowed
    met: list[int] = []
    for row, passage in zip(rows.tolist(), snapshot.passages(rows), strict=True):
        checkpoint()
        if filters.where(passage):
            met.append(row)
    return np.array(met, dtype=np.int64)


def _editions(snapshot: Snapshot, filters: Filters) -> Iterator[EditionRows]:
    wanted = [find_document(snapshot, name) for name in filters.documents]
    for rows in snapshot.editions:
        keys = [key for key in wanted if key.document == rows.document.id]
        if wanted and not any(_fits(key, rows, filters.date) for key in keys):
            continue
        if not wanted and not _in_force(rows, filters.date):
            continue
        if filters.languages and rows.edition.language not in filters.languages:
            continue
        if filters.kinds and rows.document.kind not in filters.kinds:
            continue
        yield rows


def _fits(key: Key, rows: EditionRows, day: datetime.date | None) -> bool:
    if key.language not in (None, rows.edition.language):
        return False
    return rows.edition.date == key.date if key.date else _in_force(rows, day)


def _in_force(rows: EditionRows, day: datetime.date | None) -> bool:
    return rows.document.in_force(rows.edition.language, day) == rows.edition


def _in_sections(
    snapshot: Snapshot, editions: Iterable[EditionRows], sections: Iterable[str]
) -> Iterator[Rows]:
    missing = dict.fromkeys(sections)
    for rows in editions:
        outline = snapshot.outline(rows)
        places: set[int] = set()
        for section in sections:
            if inside := outline.within(section):
                missing.pop(section, None)
                places.update(inside)
        yield rows.start + np.array(sorted(places), dtype=np.int64)
    if missing:
        raise RequestError("unknown-section", name=next(iter(missing)))


def _joined(parts: list[Rows]) -> Rows:
    return np.concatenate([*parts, np.empty(0, dtype=np.int64)]).astype(np.int64)
