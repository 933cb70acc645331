"""The tables, and what is common to reading and writing them."""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from indexer.documents.description import Document
from indexer.documents.outline import Section
from indexer.errors import CorruptIndexError

FORMAT: Final = 6
"""Version of the tables."""

REBUILD: Final = "remove the index's folder and build it anew: python -m indexer build"

SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE generations (
    number INTEGER PRIMARY KEY, made REAL NOT NULL, search TEXT NOT NULL, digest TEXT NOT NULL
) STRICT;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, description TEXT NOT NULL,
    added INTEGER NOT NULL, ended INTEGER, ended_at REAL
) STRICT;
CREATE TABLE editions (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL, place INTEGER NOT NULL,
    source TEXT NOT NULL, reading TEXT NOT NULL, first INTEGER NOT NULL, passages INTEGER NOT NULL,
    outline TEXT NOT NULL, analysis BLOB NOT NULL, digest BLOB NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, eid TEXT NOT NULL, num TEXT, headings TEXT NOT NULL,
    text TEXT NOT NULL, status TEXT NOT NULL
) STRICT;
CREATE TABLE vectors (
    number INTEGER PRIMARY KEY, text BLOB NOT NULL UNIQUE, value BLOB NOT NULL
) STRICT;
CREATE TABLE windows (
    passage INTEGER NOT NULL, place INTEGER NOT NULL, vector INTEGER NOT NULL,
    PRIMARY KEY (passage, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE asked (
    document INTEGER NOT NULL, eid TEXT NOT NULL, vector INTEGER NOT NULL
) STRICT;
CREATE TABLE citations (
    edition INTEGER NOT NULL, place INTEGER NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL, act TEXT NOT NULL, target TEXT NOT NULL
) STRICT;
CREATE INDEX citations_by_edition ON citations (edition, place);
CREATE INDEX citations_by_act ON citations (act) WHERE act <> '';
CREATE INDEX asked_by_document ON asked (document);
CREATE INDEX documents_by_id ON documents (id);
CREATE INDEX editions_by_document ON editions (document, place);
CREATE INDEX windows_by_vector ON windows (vector);
"""

DOCUMENT: Final = TypeAdapter(Document)
SECTIONS: Final = TypeAdapter(tuple[Section, ...])


@dataclass(frozen=True, slots=True)
class Published:
    """A generation: its number, and the folder of its search files with their digest."""

    number: int
    search: str
    digest: str


def digest_of(connection: sqlite3.Connection, edition: int) -> bytes:
    """Returns a hash of all that is stored of an edition, and of its document beside it."""
    content = hashlib.blake2b(digest_size=16)
    ((document, first, count),) = connection.execute(
        "SELECT document, first, passages FROM editions WHERE number = ?", (edition,)
    )
    span = (first, first + count - 1)
    for statement, values in (
        ("SELECT id, description FROM documents WHERE number = ?", (document,)),
        (
            "SELECT a.eid, v.value FROM asked a JOIN vectors v ON v.number = a.vector"
            " WHERE a.document = ? ORDER BY a.rowid",
            (document,),
        ),
        (
            "SELECT place, source, reading, outline, analysis, notes FROM editions"
            " WHERE number = ?",
            (edition,),
        ),
        (
            "SELECT place, first, last, act, target FROM citations WHERE edition = ?"
            " ORDER BY rowid",
            (edition,),
        ),
        (
            "SELECT eid, num, headings, text, status FROM passages"
            " WHERE number BETWEEN ? AND ? ORDER BY number",
            span,
        ),
        (
            "SELECT v.value FROM windows w JOIN vectors v ON v.number = w.vector"
            " WHERE w.passage BETWEEN ? AND ? ORDER BY w.passage, w.place",
            span,
        ),
    ):
        for row in connection.execute(statement, values):
            content.update(repr(row).encode())
    return content.digest()


def damaged(path: Path, error: Exception) -> CorruptIndexError:
    """Returns the error of a file that cannot be read."""
    return CorruptIndexError(f"{path}: missing or damaged ({error}); {REBUILD}.")
