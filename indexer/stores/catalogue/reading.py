"""Reading the catalogue, from several threads and processes."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from indexer.acts.citations import Citation
from indexer.analysis.texts import Analysis, analyse, unpack
from indexer.documents.description import Document
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError
from indexer.stores.base import EditionRows, ModelStamp
from indexer.stores.catalogue.connections import open_to_read
from indexer.stores.catalogue.tables import (
    DOCUMENT,
    FORMAT,
    REBUILD,
    SECTIONS,
    Published,
    damaged,
    digest_of,
)
from indexer.stores.sums import outline_sum, passage_sum


class Catalogue:
    """The SQLite file, read; safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        """Opens the file, which need not exist yet."""
        self.path = path
        self._local = threading.local()

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Returns the rows of a query.

        Raises:
            CorruptIndexError: The file is missing or damaged.
        """
        try:
            return self._reader().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, error) from error

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
                f"{REBUILD}."
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
                    documents[owner] = DOCUMENT.validate_json(description)
                document = documents[owner]
                edition = document.editions[place]
            except (ValueError, IndexError) as error:
                raise damaged(self.path, error) from error
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
            return Outline(SECTIONS.validate_json(sections), eids, nums)
        except ValueError as error:
            raise damaged(self.path, error) from error

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
            raise damaged(self.path, error) from error
        if len(values) != len(wanted):
            raise CorruptIndexError(f"{self.path}: vectors are missing; {REBUILD}.")
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
            raise damaged(self.path, error) from error

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
                    yield f"{self.path}: {rows.key}: it is not what was stored; {REBUILD}"
            except CorruptIndexError as error:
                yield f"{rows.key}: {error}".removesuffix(".")

    def is_as_stored(self, edition: int) -> bool:
        """Returns whether an edition has the digest that was stored with it.

        Raises:
            CorruptIndexError: It cannot be read.
        """
        ((digest,),) = self.read("SELECT digest FROM editions WHERE number = ?", (edition,))
        try:
            return bool(digest_of(self._reader(), edition) == digest)
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, error) from error

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
            known = open_to_read(self.path)
            self._local.connection = known
        return known

    def other(self, what: str) -> CorruptIndexError:
        """Returns the error of something that is not what was stored."""
        return CorruptIndexError(f"{self.path}: {what}: it is not what was stored; {REBUILD}.")
