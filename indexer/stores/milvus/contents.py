"""Contents on Milvus: bytes and vectors under keys that follow from them, never changed.

Writing one again changes nothing, so a writer that is cut short, or comes second, does no harm.
What is there already is not written again as long as it is young: only what is old may be swept.
"""

import base64
import hashlib
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.base import ModelStamp
from indexer.stores.milvus.client import Client

GRACE: Final = 86_400
"""Age, in seconds, from which what no generation holds is removed."""

YOUNG: Final = GRACE // 2
"""Age up to which what is there need not be written again, and longest time of one change."""

MANY: Final = 2_000
"""Vectors from which a change waits until they are indexed."""

PASSAGES: Final = "passages"
QUESTIONS: Final = "questions"

_PART = 48_000
_BYTES = 4_000_000
_VECTORS = 1_000


class Contents:
    """Bytes by a name that follows from them: their hash, and in how many parts they lie."""

    fields = ("key", "content", "made")

    def __init__(self, client: Client) -> None:
        """Takes the server."""
        self._client = client
        self.collection = f"{client.address.name}_contents"
        self._waiting: dict[str, str] = {}

    def ensure(self) -> None:
        """Makes the collection where it is not there."""
        self._client.ensure(self.collection, self.fields, 2, "FLAT")

    def put(self, content: bytes) -> str:
        """Returns the name of bytes, which :meth:`flush` writes."""
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        packed = zlib.compress(content, 1)
        parts = [packed[at : at + _PART] for at in range(0, len(packed), _PART)]
        for number, part in enumerate(parts):
            self._waiting[f"{digest}.{number}"] = base64.b64encode(part).decode()
        if sum(map(len, self._waiting.values())) > _BYTES:
            self.flush()
        return f"{digest}.{len(parts)}"

    def flush(self) -> None:
        """Writes what was put; when this returns it is safe."""
        rows = [
            {"key": key, "content": content, "vector": [0.0, 1.0]}
            for key, content in self._waiting.items()
        ]
        _write(self._client, self.collection, "key", rows)
        self._waiting = {}

    def get(self, names: Iterable[str], since: int) -> dict[str, bytes]:
        """Returns bytes by their names.

        Args:
            names: The names.
            since: Timestamp after which they were there.

        Raises:
            CorruptIndexError: One is missing, or not what was written.
        """
        keys = {name: keys_of(name) for name in dict.fromkeys(names)}
        wanted = [key for parts in keys.values() for key in parts]
        found = {
            row["key"]: row["content"]
            for row in self._client.rows(self.collection, wanted, ("key", "content"), since)
        }
        contents = {}
        for name, parts in keys.items():
            try:
                packed = b"".join(base64.b64decode(found[key]) for key in parts)
                content = zlib.decompress(packed)
            except (KeyError, ValueError, zlib.error) as error:
                raise CorruptIndexError(_damaged(self.collection, name)) from error
            if hashlib.blake2b(content, digest_size=16).hexdigest() != name.partition(".")[0]:
                raise CorruptIndexError(_damaged(self.collection, name))
            contents[name] = content
        return contents


class VectorRows:
    """The vectors of one model, by the number of their text."""

    fields = ("number", "text", "made")

    def __init__(self, client: Client, model: ModelStamp) -> None:
        """Names the collection of a model's vectors."""
        self._client = client
        self._model = model
        told = f"{model.name}\0{model.revision}\0{model.dimension}".encode()
        own = hashlib.blake2b(told, digest_size=6).hexdigest()
        self.collection = f"{client.address.name}_vectors_{own}"
        self._waiting: dict[str, dict[int, dict[str, Any]]] = {PASSAGES: {}, QUESTIONS: {}}
        self._written = 0

    def ensure(self) -> None:
        """Makes the collection where it is not there."""
        index = self._client.address.index
        self._client.ensure(self.collection, self.fields, self._model.dimension, index)

    def put(self, partition: str, texts: Sequence[bytes], vectors: Embeddings) -> None:
        """Takes vectors, which :meth:`flush` writes as half precision holds them."""
        held = vectors.astype(np.float16).astype(np.float32)
        waiting = self._waiting[partition]
        for text, vector in zip(texts, held, strict=True):
            waiting[number_of(text)] = {
                "number": number_of(text), "text": text.hex(), "vector": vector,
            }  # fmt: skip
        if len(waiting) >= _VECTORS:
            self.flush()

    def flush(self) -> None:
        """Writes what was put; when this returns it is safe."""
        for partition, waiting in self._waiting.items():
            rows = [*waiting.values()]
            self._written += len(rows)
            for start in range(0, len(rows), _VECTORS):
                part = rows[start : start + _VECTORS]
                _write(self._client, self.collection, "number", part, partition)
            waiting.clear()

    def settle(self) -> None:
        """Waits until much that was written is indexed: before, searches find less or take longer.

        A little is compared one by one, and every such wait would make a small segment of it.
        """
        if self._written >= MANY:
            self._client.settle(self.collection)
            self._written = 0

    def known(self, texts: Iterable[bytes], since: int) -> dict[bytes, NDArray[np.float32]]:
        """Returns the vectors that are there, by their texts."""
        numbers = [number_of(text) for text in dict.fromkeys(texts)]
        return {
            bytes.fromhex(row["text"]): np.asarray(row["vector"], dtype=np.float32)
            for row in self._client.rows(
                self.collection, numbers, ("number", "text", "vector"), since
            )
        }

    def at(self, numbers: NDArray[np.int64], since: int) -> Embeddings:
        """Returns the vectors of numbers, in their order.

        Raises:
            CorruptIndexError: One is missing.
        """
        wanted = numbers.tolist()
        found = {
            row["number"]: row["vector"]
            for row in self._client.rows(self.collection, wanted, ("number", "vector"), since)
        }
        try:
            held = [found[number] for number in wanted]
        except KeyError as error:
            raise CorruptIndexError(_damaged(self.collection, str(error))) from error
        width = self._model.dimension
        return np.asarray(held, dtype=np.float32).reshape(len(held), width)


def number_of(text: bytes) -> int:
    """Returns the number of the vector of a text: a hash of what it is known by.

    Of a hundred million texts two have the same number with a probability of 3 in 10,000; then the
    second is refused, never mixed up.
    """
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


def keys_of(name: str) -> list[str]:
    """Returns the keys of the parts of a content."""
    digest, _, count = name.partition(".")
    return [f"{digest}.{number}" for number in range(int(count))]


def _write(
    client: Client,
    collection: str,
    key: str,
    rows: Sequence[Mapping[str, Any]],
    partition: str = "",
) -> None:
    """Writes rows that are not there, or are old enough to be swept."""
    now = int(time.time())
    fields = (key, "made") if key == "key" else (key, "made", "text")
    # One that was written just now may be missed: written twice it is the same.
    known = {row[key]: row for row in client.rows(collection, [r[key] for r in rows], fields, None)}
    new, old = [], []
    for row in rows:
        held = known.get(row[key])
        if held is not None and held.get("text") != row.get("text"):
            raise StoreError(
                f"{collection}: two texts have the number {row[key]}; change a letter of the "
                f"text {row['text']}, or of {held['text']}."
            )
        if held is None:
            new.append({**row, "made": now})
        elif held["made"] < now - YOUNG:
            old.append({**row, "made": now})
    client.write(collection, new, partition, anew=False)
    client.write(collection, old, partition, anew=True)


def _damaged(collection: str, name: str) -> str:
    return (
        f"{collection}: {name} is missing or damaged; restore a backup (tarmaq restore), or name "
        "another store and build it anew."
    )
