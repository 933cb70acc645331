"""The catalogue: documents, editions, passages and vectors in one SQLite file.

It is the single source of truth. Nothing of a generation is ever changed: a change adds rows that
begin with the new generation and ends those that it replaces, so whoever reads an older generation
goes on seeing it whole. Ended rows go when they have been ended for a while.

Source: SQLite, "Write-Ahead Logging", for readers beside a writer.
"""

import hashlib
import itertools
import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import TypeAdapter

from indexer.acts.citations import Citation
from indexer.analysis.texts import Analysis, analyse, pack, unpack
from indexer.documents.corpus import Expression
from indexer.documents.description import Document
from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.base import Asked, EditionRows, Embedded, Indexed, ModelStamp
from indexer.stores.sums import outline_sum, passage_sum

FORMAT: Final = 6
"""Version of the tables."""

KEPT_SECONDS: Final = 60.0
"""How long what a change ended stays readable, for those who still read the generation before."""

_BUSY_SECONDS = 60.0
_SAYING_SECONDS = 1.0
_REBUILD = "remove the index's folder and build it anew: python -m indexer build"
_SCHEMA = """
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

_LOG = logging.getLogger(__name__)
_DOCUMENT = TypeAdapter(Document)
_SECTIONS = TypeAdapter(tuple[Section, ...])


@dataclass(frozen=True, slots=True)
class Published:
    """A generation: its number, and the folder of its search files with their digest."""

    number: int
    search: str
    digest: str


class Catalogue:
    """The SQLite file; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        """Opens the file, which need not exist yet."""
        self.path = path
        self._local = threading.local()

    # Reading

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Returns the rows of a query.

        Raises:
            CorruptIndexError: The file is missing or damaged.
        """
        try:
            return self._reader().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def published(self, number: int | None = None) -> Published | None:
        """Returns a generation, by default the newest; None where there is none."""
        if number is None:
            number = next(iter(self.generations()), 0)
        rows = (
            self.read("SELECT number, search, digest FROM generations WHERE number = ?", (number,))
            if number
            else []
        )
        return Published(*rows[0]) if rows else None

    def generations(self) -> tuple[int, ...]:
        """Returns the numbers of the newest generation and the one before, the newest first.

        What others began with may be going: only these two are whole for certain.
        """
        # A process that makes the first generation may have begun the file and not the tables.
        if not self.path.exists() or not self.read("SELECT 1 FROM sqlite_schema LIMIT 1"):
            return ()
        found = self.read("SELECT number FROM generations ORDER BY number DESC LIMIT 2")
        return tuple(number for (number,) in found)

    def model(self) -> ModelStamp:
        """Returns the model that made the vectors.

        Raises:
            CorruptIndexError: The file does not say, or is of another format.
        """
        known = dict(self.read("SELECT name, value FROM meta"))
        if known.get("format") != str(FORMAT):
            raise CorruptIndexError(
                f"{self.path}: format {known.get('format')}, this version reads {FORMAT}; "
                f"{_REBUILD}."
            )
        return ModelStamp(known["model"], known["revision"], int(known["dimension"]))

    def editions(self, generation: int) -> tuple[tuple[EditionRows, int, int], ...]:
        """Returns the editions of a generation, with number and number of the first passage."""
        found = self.read(
            "SELECT e.number, e.first, e.passages, e.place, d.number, d.description"
            " FROM documents d JOIN editions e ON e.document = d.number"
            " WHERE d.added <= ?1 AND (d.ended IS NULL OR d.ended > ?1)"
            " ORDER BY d.id, e.place",
            (generation,),
        )
        documents: dict[int, Document] = {}
        editions, start = [], 0
        for number, first, passages, place, owner, description in found:
            try:
                if owner not in documents:
                    documents[owner] = _DOCUMENT.validate_json(description)
                document = documents[owner]
                edition = document.editions[place]
            except (ValueError, IndexError) as error:
                raise self._damaged(error) from error
            rows = EditionRows(document, edition, start, start + passages)
            editions.append((rows, number, first))
            start += passages
        return tuple(editions)

    def outline(self, edition: int, expected: int | None = None) -> Outline:
        """Returns the outline of the edition of a number, which must have the sum expected."""
        ((sections, first, count),) = self.read(
            "SELECT outline, first, passages FROM editions WHERE number = ?", (edition,)
        )
        if expected is not None and outline_sum(sections) != expected:
            raise self.other(f"the outline of edition {edition}")
        found = self.read(
            "SELECT eid, num FROM passages WHERE number BETWEEN ? AND ? ORDER BY number",
            (first, first + count - 1),
        )
        eids, nums = zip(*found, strict=True) if found else ((), ())
        try:
            return Outline(_SECTIONS.validate_json(sections), eids, nums)
        except ValueError as error:
            raise self._damaged(error) from error

    def notes(self, edition: int) -> dict[str, tuple[str, ...]]:
        """Returns the editor's notes about the elements of the edition of a number."""
        ((notes,),) = self.read("SELECT notes FROM editions WHERE number = ?", (edition,))
        return {eid: tuple(found) for eid, found in json.loads(notes).items()}

    def citations(self, edition: int) -> tuple[tuple[int, Citation], ...]:
        """Returns what the passages of an edition cite, each with the place of its passage."""
        return tuple(
            (place, Citation(*rest))
            for place, *rest in self.read(
                "SELECT place, first, last, act, target FROM citations WHERE edition = ?"
                " ORDER BY rowid",
                (edition,),
            )
        )

    def citing(self, acts: Sequence[str]) -> Iterator[tuple[int, int, Citation]]:
        """Yields what cites acts by the keys of their names: edition, place of passage, citation.

        Editions of other generations are among them.
        """
        for start in range(0, len(acts), 500):
            part = acts[start : start + 500]
            marks = ",".join("?" * len(part))
            for edition, place, *rest in self.read(
                "SELECT edition, place, first, last, act, target FROM citations"
                f" WHERE act <> '' AND act IN ({marks}) ORDER BY rowid",
                part,
            ):
                yield edition, place, Citation(*rest)

    def passages(
        self,
        numbers: Sequence[int],
        edition: EditionRows,
        expected: Mapping[int, int] | None = None,
    ) -> dict[int, Passage]:
        """Returns passages of one edition by their numbers.

        Args:
            numbers: The numbers.
            edition: The edition.
            expected: The sum that each must have; None where they are being written.

        Raises:
            CorruptIndexError: One is not what was stored.
        """
        document, own = edition.document, edition.edition
        found: dict[int, Passage] = {}
        for start in range(0, len(numbers), 500):
            part = numbers[start : start + 500]
            marks = ",".join("?" * len(part))
            for row in self.read(
                "SELECT number, eid, num, headings, text, status FROM passages"
                f" WHERE number IN ({marks})",
                part,
            ):
                number, eid, num, headings, text, status = row
                if expected is not None and passage_sum(row[1:]) != expected[number]:
                    raise self.other(f"{edition.key}: passage {number}")
                found[number] = Passage(
                    document.id, eid, own.language, num, tuple(json.loads(headings)), text, status,
                    own.date,
                )  # fmt: skip
        return found

    def analyses(self, editions: Iterable[tuple[EditionRows, int, int]]) -> Iterator[Analysis]:
        """Yields the analyses of editions, in their order."""
        for rows, number, first in editions:
            ((content,),) = self.read("SELECT analysis FROM editions WHERE number = ?", (number,))
            known = unpack(content)
            if known is None:
                numbers = range(first, first + rows.stop - rows.start)
                found = self.passages(list(numbers), rows)
                known = analyse([found[number] for number in numbers])
            yield known

    def asked(self, generation: int) -> list[tuple[str, str, int]]:
        """Returns document, address and vector of each written question of a generation."""
        return [
            (document, eid, vector)
            for document, eid, vector in self.read(
                "SELECT d.id, a.eid, a.vector"
                " FROM asked a JOIN documents d ON d.number = a.document"
                " WHERE d.added <= ?1 AND (d.ended IS NULL OR d.ended > ?1) ORDER BY a.rowid",
                (generation,),
            )
        ]

    def contents(self, generation: int) -> Iterator[Indexed]:
        """Yields the documents of a generation as they were put, in order.

        Whether they are what was stored :meth:`check` says.
        """
        asked: dict[str, list[tuple[str, int]]] = {}
        for name, eid, vector in self.asked(generation):
            asked.setdefault(name, []).append((eid, vector))
        whole = self.editions(generation)
        for name, group in itertools.groupby(whole, key=lambda one: one[0].document.id):
            own = asked.get(name, [])
            texts, held = self._vectors_of([vector for _, vector in own])
            questions = (Asked(e, t, v) for (e, _), t, v in zip(own, texts, held, strict=True))
            editions = [*group]
            yield Indexed(
                editions[0][0].document,
                tuple(self._edition(*edition) for edition in editions),
                tuple(questions),
            )

    def _edition(self, rows: EditionRows, number: int, first: int) -> Embedded:
        """Returns an edition as it was put."""
        count = rows.stop - rows.start
        ((source, reading),) = self.read(
            "SELECT source, reading FROM editions WHERE number = ?", (number,)
        )
        found = self.passages(range(first, first + count), rows)
        windows = self.windows(first, count)
        texts, held = self._vectors_of([vector for _, vector in windows])
        expression = Expression(
            rows.edition,
            self.outline(number),
            tuple(found[one] for one in range(first, first + count)),
            source,
            reading,
            self.notes(number),
            self.citations(number),
        )
        owners = np.array([passage - first for passage, _ in windows], dtype=np.int64)
        return Embedded(expression, held, owners, texts)

    def _vectors_of(self, numbers: Sequence[int]) -> tuple[tuple[bytes, ...], Embeddings]:
        """Returns what vectors are known by, and the vectors, in the order of their numbers."""
        found: dict[int, tuple[bytes, bytes]] = {}
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for number, text, value in self.read(
                f"SELECT number, text, value FROM vectors WHERE number IN ({marks})", part
            ):
                found[number] = text, value
        if len(found) != len(wanted):
            raise CorruptIndexError(f"{self.path}: vectors are missing; {_REBUILD}.")
        flat = np.frombuffer(b"".join(found[number][1] for number in numbers), dtype=np.float16)
        held = flat.reshape(len(numbers), self.model().dimension).astype(np.float32)
        return tuple(found[number][0] for number in numbers), held

    def eids(self, first: int, count: int) -> list[str]:
        """Returns the addresses of ``count`` passages from a number on."""
        return [
            eid
            for (eid,) in self.read(
                "SELECT eid FROM passages WHERE number BETWEEN ? AND ? ORDER BY number",
                (first, first + count - 1),
            )
        ]

    def windows(self, first: int, count: int) -> list[tuple[int, int]]:
        """Returns passages and the vectors of their windows, for passages from a number on."""
        return [
            (passage, vector)
            for passage, vector in self.read(
                "SELECT passage, vector FROM windows WHERE passage BETWEEN ? AND ?"
                " ORDER BY passage, place",
                (first, first + count - 1),
            )
        ]

    def vectors(self, numbers: Sequence[int]) -> Embeddings:
        """Returns the vectors of ascending numbers, shape ``(len(numbers), dimension)``."""
        wanted = set(numbers)
        values: list[bytes] = []
        low, high = (numbers[0], numbers[-1]) if len(numbers) else (0, -1)
        try:
            for number, value in self._reader().execute(
                "SELECT number, value FROM vectors WHERE number BETWEEN ? AND ? ORDER BY number",
                (low, high),
            ):
                if number in wanted:
                    values.append(value)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        if len(values) != len(wanted):
            raise CorruptIndexError(f"{self.path}: vectors are missing; {_REBUILD}.")
        width = self.model().dimension
        flat = np.frombuffer(b"".join(values), dtype=np.float16)
        return flat.reshape(-1, width).astype(np.float32)

    def known_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, Embeddings]:
        """Returns the vectors that are known of texts, by the texts' hashes."""
        wanted = list(dict.fromkeys(hashes))
        found: dict[bytes, Embeddings] = {}
        if not self.path.exists():
            return found
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            for text, value in self.read(
                f"SELECT text, value FROM vectors WHERE text IN ({marks})", part
            ):
                found[text] = np.frombuffer(value, dtype=np.float16).astype(np.float32)
        return found

    def is_short(self) -> bool:
        """Returns whether the file is shorter than it says: its log may hold the rest, or not.

        SQLite looks, not this process: closing a file of its own would drop the locks that its
        connections hold on it, and others would then take the log away under them.

        Source: SQLite, "How To Corrupt An SQLite Database File", 2.2.
        """
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
                ((pages,),) = connection.execute("PRAGMA page_count")
                ((size,),) = connection.execute("PRAGMA page_size")
            return bool(self.path.stat().st_size < pages * size)
        except sqlite3.DatabaseError:
            return True
        except OSError as error:
            raise self._damaged(error) from error

    def check(self, generation: int) -> Iterator[str]:
        """Yields what is damaged in a generation, a sentence each.

        Raises:
            CorruptIndexError: The file cannot be read at all.
        """
        for (line,) in self.read("PRAGMA integrity_check"):
            if line != "ok":
                yield f"{self.path}: {line}"
        for rows, number, _ in self.editions(generation):
            try:
                if not self.is_as_stored(number):
                    yield f"{self.path}: {rows.key}: it is not what was stored; {_REBUILD}"
            except CorruptIndexError as error:
                yield f"{rows.key}: {error}".removesuffix(".")

    def is_as_stored(self, edition: int) -> bool:
        """Returns whether an edition has the digest that was stored with it.

        Raises:
            CorruptIndexError: It cannot be read.
        """
        ((digest,),) = self.read("SELECT digest FROM editions WHERE number = ?", (edition,))
        try:
            return bool(_digest(self._reader(), edition) == digest)
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    # Writing

    @contextmanager
    def writing(self, model: ModelStamp | None) -> Iterator["Writer"]:
        """Opens a transaction; it takes effect as a whole when the block ends, or not at all.

        Args:
            model: The model of what will be added; None where nothing will.

        Raises:
            StoreError: The file cannot be written, another process writes it for long, or another
                model made its vectors.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                self.path, timeout=0.05, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{self.path}: cannot be written ({error}).") from error
        try:
            _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), self.path)
            connection.execute("PRAGMA synchronous = FULL")
            _patiently(lambda: connection.execute("BEGIN IMMEDIATE"), self.path)
            writer = Writer(connection, self.path, model)
            yield writer
            connection.execute("COMMIT")
            # A log that is damaged loses what it holds; it is short where nobody reads just now.
            with suppress(sqlite3.OperationalError):
                connection.execute("PRAGMA busy_timeout = 0")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            why = "another process writes it; try again" if _is_busy(error) else str(error)
            raise StoreError(f"{self.path}: not changed ({why}).") from error
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        finally:
            connection.close()

    def reading(self, connection: sqlite3.Connection) -> "Catalogue":
        """Returns the catalogue as an open transaction sees it."""
        other = Catalogue(self.path)
        other._local.connection = connection
        return other

    def _reader(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            if not self.path.exists():
                raise CorruptIndexError(
                    f"{self.path}: no index here; build it: python -m indexer build."
                )
            known = _open_to_read(self.path)
            self._local.connection = known
        return known

    def other(self, what: str) -> CorruptIndexError:
        """Returns the error of something that is not what was stored."""
        return CorruptIndexError(f"{self.path}: {what}: it is not what was stored; {_REBUILD}.")

    def _damaged(self, error: Exception) -> CorruptIndexError:
        return CorruptIndexError(f"{self.path}: missing or damaged ({error}); {_REBUILD}.")


class Writer:
    """One transaction."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, model: ModelStamp | None
    ) -> None:
        """Makes the tables where they are missing, and begins the next generation."""
        self.connection = connection
        self._path = path
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if not tables:
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
        self._model = model
        self._check_format()
        newest = connection.execute("SELECT max(number) FROM generations").fetchone()[0] or 0
        self.generation = newest + 1

    def put(self, documents: Iterable[Indexed]) -> None:
        """Adds documents, each in place of the one of its id; the last of one id counts."""
        given = list({indexed.document.id: indexed for indexed in documents}.values())
        for indexed in given:
            self.end(indexed.document.id)
        # After what they replace has gone: all documents may be replaced by those of another model.
        self._check_model()
        for indexed in given:
            self._add(indexed)

    def end(self, name: str) -> bool:
        """Ends a document; returns whether there was one."""
        changed = self.connection.execute(
            "UPDATE documents SET ended = ?, ended_at = ? WHERE id = ? AND ended IS NULL",
            (self.generation, time.time(), name),
        )
        return changed.rowcount > 0

    def publish(self, search: str, digest: str) -> None:
        """Says which search files belong to the generation."""
        self.connection.execute(
            "INSERT INTO generations VALUES (?, ?, ?, ?)",
            (self.generation, time.time(), search, digest),
        )

    def published(self, number: int) -> Published | None:
        """Returns a generation; None where it is not there, or no longer."""
        row = self.connection.execute(
            "SELECT number, search, digest FROM generations WHERE number = ?", (number,)
        ).fetchone()
        return Published(*row) if row else None

    def publish_again(self, number: int, search: str, digest: str) -> None:
        """Gives a generation other search files."""
        self.connection.execute(
            "UPDATE generations SET search = ?, digest = ? WHERE number = ?",
            (search, digest, number),
        )

    def forget_vectors(self, first: int, count: int) -> None:
        """Removes the vectors of damaged passages: they must not be taken for new ones."""
        self.connection.execute(
            "DELETE FROM vectors WHERE number IN"
            " (SELECT vector FROM windows WHERE passage BETWEEN ? AND ?)",
            (first, first + count - 1),
        )

    def forget(self) -> None:
        """Removes what was ended long enough ago; the generation before stays whole.

        What ended in the future did so before the clock was set back.
        """
        run, now = self.connection.execute, time.time()
        ended = "ended < ? AND (ended_at < ? OR ended_at > ?)"
        old = (self.generation, now - KEPT_SECONDS, now + KEPT_SECONDS)
        if not run(f"SELECT 1 FROM documents WHERE {ended} LIMIT 1", old).fetchall():
            return
        documents = f"(SELECT number FROM documents WHERE {ended})"
        for first, count in run(
            f"SELECT first, passages FROM editions WHERE document IN {documents}", old
        ).fetchall():
            span = (first, first + count - 1)
            run("DELETE FROM windows WHERE passage BETWEEN ? AND ?", span)
            run("DELETE FROM passages WHERE number BETWEEN ? AND ?", span)
        run(
            "DELETE FROM citations WHERE edition IN (SELECT number FROM editions"
            f" WHERE document IN {documents})",
            old,
        )
        run(f"DELETE FROM editions WHERE document IN {documents}", old)
        run(f"DELETE FROM asked WHERE document IN {documents}", old)
        run(f"DELETE FROM documents WHERE {ended}", old)
        run(
            "DELETE FROM vectors WHERE number NOT IN"
            " (SELECT vector FROM windows UNION SELECT vector FROM asked)"
        )
        run(
            "DELETE FROM generations WHERE number < ? AND (made < ? OR made > ?)",
            (self.generation - 1, *old[1:]),
        )

    def _meta(self) -> dict[str, str]:
        return dict(self.connection.execute("SELECT name, value FROM meta").fetchall())

    def _check_format(self) -> None:
        known = self._meta().get("format", str(FORMAT))
        if known != str(FORMAT):
            raise CorruptIndexError(
                f"{self._path}: format {known}, this version writes {FORMAT}; {_REBUILD}."
            )

    def _check_model(self) -> None:
        run, known, model = self.connection.execute, self._meta(), self._model
        if model is None:
            return
        said = {"model": model.name, "revision": model.revision, "dimension": str(model.dimension)}
        held = run("SELECT count(*) FROM documents WHERE ended IS NULL").fetchone()[0]
        other = {name for name in said if known.get(name, said[name]) != said[name]}
        if other and held:
            raise StoreError(
                f"{self._path}: its vectors are of {known['model']} ({known['revision']}), these "
                f"are of {model.name} ({model.revision}); {_REBUILD}."
            )
        if other:
            run("DELETE FROM vectors")
        run("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(FORMAT),))
        for item in said.items():
            run("INSERT OR REPLACE INTO meta VALUES (?, ?)", item)

    def _add(self, indexed: Indexed) -> None:
        run = self.connection.execute
        document = run(
            "INSERT INTO documents (id, description, added) VALUES (?, ?, ?)",
            (
                indexed.document.id,
                _DOCUMENT.dump_json(indexed.document).decode(),
                self.generation,
            ),
        ).lastrowid
        for one in indexed.asked:
            self._add_vector(one.text, one.vector)
            run(
                "INSERT INTO asked SELECT ?, ?, number FROM vectors WHERE text = ?",
                (document, one.eid, one.text),
            )
        for place, embedded in enumerate(indexed.editions):
            first = (run("SELECT max(number) FROM passages").fetchone()[0] or 0) + 1
            self._add_passages(first, embedded.expression.passages)
            self._add_vectors(first, embedded)
            expression = embedded.expression
            edition = run(
                "INSERT INTO editions (document, place, source, reading, first, passages,"
                " outline, analysis, digest, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, x'', ?)"
                " RETURNING number",
                (
                    document,
                    place,
                    expression.source,
                    expression.reading,
                    first,
                    len(expression.passages),
                    _SECTIONS.dump_json(expression.outline.sections).decode(),
                    pack(analyse(expression.passages)),
                    json.dumps(dict(expression.notes), ensure_ascii=False),
                ),
            ).fetchone()[0]
            self.connection.executemany(
                "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (edition, at, one.start, one.end, one.act, one.target)
                    for at, one in expression.citations
                ),
            )
            digest = _digest(self.connection, edition)
            run("UPDATE editions SET digest = ? WHERE number = ?", (digest, edition))

    def _add_passages(self, first: int, passages: Sequence[Passage]) -> None:
        self.connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    passage.eid,
                    passage.num,
                    json.dumps(passage.heading_path, ensure_ascii=False),
                    passage.text,
                    passage.status,
                )
                for number, passage in enumerate(passages, start=first)
            ),
        )

    def _add_vector(self, text: bytes, vector: Embeddings) -> None:
        self.connection.execute(
            "INSERT OR IGNORE INTO vectors (text, value) VALUES (?, ?)",
            (text, vector.astype(np.float16).tobytes()),
        )

    def _add_vectors(self, first: int, embedded: Embedded) -> None:
        places: dict[int, int] = {}
        for owner, text, vector in zip(
            embedded.owners.tolist(), embedded.texts, embedded.vectors, strict=True
        ):
            self._add_vector(text, vector)
            places[owner] = place = places.get(owner, -1) + 1
            self.connection.execute(
                "INSERT INTO windows SELECT ?, ?, number FROM vectors WHERE text = ?",
                (first + owner, place, text),
            )


def _digest(connection: sqlite3.Connection, edition: int) -> bytes:
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


def text_hash(*texts: str) -> bytes:
    """Returns what the vector of texts is known by."""
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=16).digest()


def _patiently(step: Callable[[], object], path: Path) -> None:
    """Takes a step that another process may keep from being taken; says so while it waits."""
    start, told = time.monotonic(), False
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - start
            if not _is_busy(error) or waited > _BUSY_SECONDS:
                raise
            if waited > _SAYING_SECONDS and not told:
                told = True
                _LOG.warning(
                    "%s: another process writes it; waiting for up to %.0f s", path, _BUSY_SECONDS
                )
            time.sleep(0.05)


def _is_busy(error: Exception) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _open_to_read(path: Path) -> sqlite3.Connection:
    def connect(more: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro{more}", uri=True, timeout=_BUSY_SECONDS,
            isolation_level=None, check_same_thread=False,
        )  # fmt: skip
        connection.execute("PRAGMA mmap_size = 268435456")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return connection

    try:
        return connect("")
    except sqlite3.OperationalError:
        if os.access(path.parent, os.W_OK):
            raise
        # A write-ahead log cannot be shared on a read-only disk: there it is not written either.
        return connect("&immutable=1")
