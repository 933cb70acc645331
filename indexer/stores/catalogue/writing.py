"""One change of the catalogue: a transaction that takes effect as a whole, or not at all."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import numpy as np

from indexer.analysis.texts import analyse, pack
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.base import Embedded, Indexed, ModelStamp
from indexer.stores.catalogue.connections import is_busy, patiently
from indexer.stores.catalogue.tables import (
    DOCUMENT,
    FORMAT,
    REBUILD,
    SCHEMA,
    SECTIONS,
    Published,
    damaged,
    digest_of,
)

KEPT_SECONDS: Final = 60.0
"""How long what a change ended stays readable, for those who still read the generation before."""


@contextmanager
def transaction(path: Path, model: ModelStamp | None) -> Iterator["Writer"]:
    """Opens a transaction; it takes effect as a whole when the block ends, or not at all.

    Args:
        path: The catalogue's file; it need not exist yet.
        model: The model of what will be added; None where nothing will.

    Raises:
        StoreError: The file cannot be written, another process writes it for long, or another
            model made its vectors.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=0.05, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: cannot be written ({error}).") from error
    try:
        patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), path)
        connection.execute("PRAGMA synchronous = FULL")
        patiently(lambda: connection.execute("BEGIN IMMEDIATE"), path)
        writer = Writer(connection, path, model)
        yield writer
        connection.execute("COMMIT")
        # A log that is damaged loses what it holds; it is short where nobody reads just now.
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        why = "another process writes it; try again" if is_busy(error) else str(error)
        raise StoreError(f"{path}: not changed ({why}).") from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error
    finally:
        connection.close()


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
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
        self._model = model
        self._check_format()
        newest = connection.execute("SELECT max(number) FROM generations").fetchone()[0] or 0
        self.generation = newest + 1

    def put(self, documents: Iterable[Indexed]) -> None:
        """Adds documents, each in place of the one of its id; the last of one id counts."""
        if self._is_other_model():
            # All documents may be replaced by those of another model: after those have gone.
            documents = list(documents)
            for indexed in documents:
                self.end(indexed.document.id)
        self._check_model()
        for indexed in documents:
            self.end(indexed.document.id)
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
                f"{self._path}: format {known}, this version writes {FORMAT}; {REBUILD}."
            )

    def _said(self) -> dict[str, str]:
        """Returns what the catalogue says of the model of its vectors."""
        model = self._model
        if model is None:
            return {}
        return {"model": model.name, "revision": model.revision, "dimension": str(model.dimension)}

    def _is_other_model(self) -> bool:
        known = self._meta()
        return any(known.get(name, value) != value for name, value in self._said().items())

    def _check_model(self) -> None:
        run, known, model = self.connection.execute, self._meta(), self._model
        if model is None:
            return
        held = run("SELECT count(*) FROM documents WHERE ended IS NULL").fetchone()[0]
        other = self._is_other_model()
        if other and held:
            raise StoreError(
                f"{self._path}: its vectors are of {known['model']} ({known['revision']}), these "
                f"are of {model.name} ({model.revision}); {REBUILD}."
            )
        if other:
            run("DELETE FROM vectors")
        run("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(FORMAT),))
        for item in self._said().items():
            run("INSERT OR REPLACE INTO meta VALUES (?, ?)", item)

    def _add(self, indexed: Indexed) -> None:
        run = self.connection.execute
        document = run(
            "INSERT INTO documents (id, description, added) VALUES (?, ?, ?)",
            (
                indexed.document.id,
                DOCUMENT.dump_json(indexed.document).decode(),
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
                    SECTIONS.dump_json(expression.outline.sections).decode(),
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
            digest = digest_of(self.connection, edition)
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
