"""Embeddings that are kept on disk by model and text: a build that is ended goes on from there.

One SQLite file serves every index and every process. It only spares time: where it is damaged or
cannot be written, texts are embedded as if it were empty.
"""

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from indexer.embedding.protocol import Embeddings, Encoder

FILE: Final = "embeddings.sqlite"
"""Usual name of a cache, in the folder of the weights."""

LIMIT: Final = 2 * 2**30
"""Largest file, in bytes, by default: 1.2 million embeddings of 384 numbers."""

BATCH: Final = 64
"""Texts that are embedded, and that a kill loses, at once."""

_LOOKUP: Final = 500
"""Keys in one query: old versions of SQLite take at most 999."""

_TIMEOUT: Final = 60.0
"""Seconds to wait for another process that writes."""

_DAY: Final = 86_400

# Five embeddings of 384 numbers fill such a page; the usual 4096 bytes hold two.
_SCHEMA: Final = """
PRAGMA page_size = 8192;
CREATE TABLE IF NOT EXISTS embeddings (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    used INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS embeddings_used ON embeddings (used);
"""

_LOG = logging.getLogger(__name__)


class EmbeddingCache:
    """Embeddings by key, in a file; those that were not used for longest go first.

    A context manager, for one thread.
    """

    def __init__(self, path: Path, *, limit: int = LIMIT) -> None:
        """Opens a cache; makes the file and its folder.

        Args:
            path: The file.
            limit: Most bytes that the file may grow to; a batch more for a moment.
        """
        self._path = path
        self._limit = limit
        self._connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = _connect(path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                _LOG.warning("%s: damaged (%s), begun anew.", path, error)
                path.unlink()
                self._connection = _connect(path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def find(self, keys: Sequence[bytes], dimension: int) -> dict[bytes, NDArray[np.float32]]:
        """Returns what is kept, shape ``(dimension,)`` each, by key."""
        found: dict[bytes, NDArray[np.float32]] = {}
        now = int(time.time())
        try:
            for start in range(0, len(keys), _LOOKUP):
                if self._connection is None:
                    break
                part = keys[start : start + _LOOKUP]
                chosen = f"WHERE key IN ({','.join('?' * len(part))})"
                query = f"SELECT key, vector FROM embeddings {chosen}"
                for key, content in self._connection.execute(query, part):
                    if (vector := _vector(content, dimension)) is not None:
                        found[key] = vector
                with self._connection:
                    # Once a day is enough, and spares the writing.
                    self._connection.execute(
                        f"UPDATE embeddings SET used = ? {chosen} AND used < ?",
                        (now, *part, now - _DAY),
                    )
        except sqlite3.Error as error:
            self._give_up(error)
        return found

    def keep(self, keys: Sequence[bytes], embeddings: Embeddings) -> None:
        """Keeps embeddings, shape ``(len(keys), dimension)``; when this returns they are safe."""
        if self._connection is None:
            return
        now = int(time.time())
        rows = [
            (key, now, embedding.astype("<f4").tobytes())
            for key, embedding in zip(keys, embeddings, strict=True)
        ]
        try:
            with self._connection as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO embeddings (key, used, vector) VALUES (?, ?, ?)", rows
                )
                _trim(connection, self._limit)
        except sqlite3.Error as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        _LOG.warning("%s: cannot be used (%s), embeddings are not kept.", self._path, error)
        self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def embed_texts(
    encoder: Encoder,
    texts: Sequence[str],
    cache: EmbeddingCache,
    progress: Callable[[int], object] | None = None,
) -> Iterator[tuple[NDArray[np.intp], Embeddings]]:
    """Yields the embeddings of passages in batches: those that are kept, then the others.

    Equal texts are embedded once, texts of like length together. A batch is kept before it is
    yielded.

    Args:
        encoder: The model.
        texts: Passages.
        cache: Where embeddings are looked for and kept.
        progress: Called with the number of texts of each batch.

    Yields:
        Numbers of texts, shape ``(n,)``, and their embeddings, ``(n, dimension)``; in the end every
        number once.

    Raises:
        InvalidTextError: A text is empty.
    """
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        places.setdefault(text, []).append(number)
    distinct = sorted(places, key=len)
    missing: list[str] = []
    for start in range(0, len(distinct), _LOOKUP):
        part = distinct[start : start + _LOOKUP]
        keys = [embedding_key(encoder.revision, text) for text in part]
        found = cache.find(keys, encoder.dimension)
        known = [(text, found[key]) for text, key in zip(part, keys, strict=True) if key in found]
        missing += [text for text, key in zip(part, keys, strict=True) if key not in found]
        if known:
            yield _spread([places[text] for text, _ in known], [row for _, row in known], progress)
    for start in range(0, len(missing), BATCH):
        part = missing[start : start + BATCH]
        embeddings = encoder.encode_passages(part)
        cache.keep([embedding_key(encoder.revision, text) for text in part], embeddings)
        yield _spread([places[text] for text in part], embeddings, progress)


def embedding_key(revision: str, text: str) -> bytes:
    """Returns the key of a passage's embedding by the model of a revision."""
    content = f"{revision}\0passage\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=16).digest()


def _spread(
    places: Sequence[Sequence[int]],
    embeddings: Embeddings | Sequence[NDArray[np.float32]],
    progress: Callable[[int], object] | None,
) -> tuple[NDArray[np.intp], Embeddings]:
    """Repeats each embedding for every place of its text."""
    counts = [len(numbers) for numbers in places]
    numbers = np.array([number for some in places for number in some], dtype=np.intp)
    if progress is not None:
        progress(len(numbers))
    return numbers, np.repeat(np.asarray(embeddings), counts, axis=0)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_TIMEOUT)
    try:
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _trim(connection: sqlite3.Connection, limit: int) -> None:
    """Makes room where the file is full: its free pages are used before it grows."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    excess = (pages - free) * size - limit
    if excess <= 0:
        return
    (rows,) = connection.execute("SELECT count(*) FROM embeddings").fetchone()
    # An eighth at once: counting and sorting then cost nothing to speak of.
    number = rows * excess // (limit + excess) + rows // 8 + 1
    connection.execute(
        "DELETE FROM embeddings WHERE number IN "
        "(SELECT number FROM embeddings ORDER BY used, number LIMIT ?)",
        (number,),
    )


def _vector(content: bytes, dimension: int) -> NDArray[np.float32] | None:
    """Returns a kept embedding; None where it is damaged: then it hardly has unit length."""
    if len(content) != 4 * dimension:
        return None
    vector = np.frombuffer(content, dtype="<f4")
    return vector if abs(float(vector @ vector) - 1) < 1e-3 else None
