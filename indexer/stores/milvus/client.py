"""A Milvus server: its address, and what this store asks of it, with errors that say what to do.

Source: Milvus documentation, "Consistency": a search that names a timestamp waits until everything
written before it is seen, and costs nothing once it was.
"""

import logging
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from indexer.errors import StoreError
from indexer.stores.base import Scores

SCHEME: Final = "milvus"
INDEXES: Final = ("HNSW", "FLAT")
MOST: Final = 16_384
"""Most vectors that Milvus returns of one search."""

_PORT = 19_530
_SECONDS = 60.0
_LINKS = 16
_BUILD_CANDIDATES = 80
_SEARCH_CANDIDATES = 192
_KEYS = 200
_NOT_LOADED = 101
# Milvus's codes of what passes when a server has started: no service, nothing loaded, no node yet.
_PASSING = frozenset({1, 2, _NOT_LOADED, 103, 401, 500, 501, 502, 503, 901, 902, 903})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is.

    Attributes:
        uri: The server.
        token: User and password, as ``user:password``; empty for none.
        database: Milvus's database; empty for the default one.
        name: What the names of the store's collections begin with.
        index: Milvus's index of vectors, one of :data:`INDEXES`, where the store is made anew.
    """

    uri: str
    token: str
    database: str
    name: str
    index: str

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Reads ``milvus://[user:password@]host[:port]/[database/]name[?index=flat]``.

        Raises:
            StoreError: It is not of this form; says what is wrong.
        """
        form = f"{SCHEME}://[user:password@]host[:port]/[database/]name[?index=flat]"
        try:
            parts = urlsplit(text)
            port = parts.port or _PORT
        except ValueError as error:
            raise StoreError(f"This is no address of a store ({error}): {form}") from error
        shown = f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
        names = [name for name in parts.path.split("/") if name]
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        index = given.pop("index", INDEXES[0]).upper()
        if parts.scheme != SCHEME or not parts.hostname or len(names) not in (1, 2):
            raise StoreError(f"{shown!r} is no address of a store: {form}")
        if not all(map(_NAME.fullmatch, names)):
            raise StoreError(f"{shown!r}: names are Latin letters, digits and _: {form}")
        if given or index not in INDEXES:
            known = " or ".join(INDEXES).lower()
            raise StoreError(f"{shown!r}: after ? stands index={known} and nothing else.")
        token = (
            f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
        )
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return cls(f"http://{host}:{port}", token, "".join(names[:-1]), names[-1], index)


class Client:
    """What the store asks of a server; connected when first asked, safe to use from threads."""

    def __init__(self, address: Address) -> None:
        """Takes the address."""
        self.address = address
        self._connecting = threading.Lock()
        self._connected: Any = None

    @contextmanager
    def asking(self, what: str) -> Iterator[Any]:
        """Opens the connection; an error in the block is a :class:`StoreError` that says ``what``.

        Raises:
            StoreError: The server is not there, or refuses.
        """
        try:
            from pymilvus import MilvusClient
            from pymilvus.exceptions import MilvusException
        except ImportError as error:
            raise StoreError(
                f"A store on Milvus needs {error.name}: pip install 'tarmaq[milvus]'."
            ) from error
        # What goes wrong is said once, by the error.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        try:
            with self._connecting:
                if self._connected is None:
                    self._connected = MilvusClient(
                        uri=self.address.uri,
                        token=self.address.token,
                        db_name=self.address.database,
                        timeout=_SECONDS,
                    )
            yield self._connected
        except MilvusException as error:
            raise StoreError(
                f"{self.address.uri}: Milvus did not {what} ({error.message}); see that it runs "
                "and is reached, and try again."
            ) from error

    def names(self) -> list[str]:
        """Returns the names of all collections."""
        with self.asking("list its collections") as client:
            return [str(name) for name in client.list_collections(timeout=_SECONDS)]

    def describe(self, collection: str) -> dict[str, Any]:
        """Returns what Milvus says of a collection."""
        with self.asking(f"describe {collection}") as client:
            return dict(client.describe_collection(collection, timeout=_SECONDS))

    def mark(self, collection: str, description: str) -> None:
        """Makes an empty collection that only has a name and a description.

        Raises:
            StoreError: One of this name and another description is there.
        """
        with self.asking(f"make {collection}") as client:
            client.create_collection(
                collection, schema=_schema([], 2, description), num_shards=1, timeout=_SECONDS
            )

    def ensure(self, collection: str, fields: Sequence[str], dimension: int, index: str) -> None:
        """Makes a collection where it is not there, and has it loaded.

        Args:
            collection: Its name.
            fields: Its fields: the key first; ``number`` and ``made`` are numbers.
            dimension: Of its vectors.
            index: Of its vectors.
        """
        with self.asking(f"make {collection}") as client:
            if not client.has_collection(collection, timeout=_SECONDS):
                client.create_collection(
                    collection, schema=_schema(fields, dimension), num_shards=1, timeout=_SECONDS
                )
            if not client.list_indexes(collection):
                parameters = client.prepare_index_params()
                more = {"M": _LINKS, "efConstruction": _BUILD_CANDIDATES}
                parameters.add_index(
                    "vector",
                    index_type=index,
                    metric_type="IP",
                    params=more if index == "HNSW" else {},
                )
                client.create_index(collection, parameters, timeout=_SECONDS)
        self.load(collection)

    def load(self, collection: str) -> None:
        """Has a collection loaded, where it is not."""
        with self.asking(f"load {collection}") as client:
            state = client.get_load_state(collection, timeout=_SECONDS)["state"]
            if state.name != "Loaded":
                client.load_collection(collection, timeout=10 * _SECONDS)

    def settle(self, collection: str) -> None:
        """Has Milvus put away what was written, and waits until that is indexed, or long enough."""
        deadline = time.monotonic() + 10 * _SECONDS
        with self.asking(f"index {collection}") as client:
            client.flush(collection, timeout=10 * _SECONDS)
            while time.monotonic() < deadline:
                told = client.describe_index(collection, "vector", timeout=_SECONDS) or {}
                if not told.get("pending_index_rows"):
                    return
                time.sleep(0.5)

    def drop(self, collection: str) -> None:
        """Removes a collection."""
        with self.asking(f"drop {collection}") as client:
            client.drop_collection(collection, timeout=_SECONDS)

    def write(
        self, collection: str, rows: Sequence[dict[str, Any]], partition: str = "", *, anew: bool
    ) -> None:
        """Writes rows; when this returns they are safe.

        Args:
            collection: Where.
            rows: The rows.
            partition: In which part of it.
            anew: Whether rows of the same keys may be there, and are replaced.
        """
        if not rows:
            return
        with self.asking(f"write to {collection}") as client:
            if partition and not client.has_partition(collection, partition, timeout=_SECONDS):
                client.create_partition(collection, partition, timeout=_SECONDS)
            write = client.upsert if anew else client.insert
            write(collection, [*rows], partition_name=partition, timeout=_SECONDS)

    def rows(
        self, collection: str, keys: Sequence[int | str], fields: Sequence[str], since: int | None
    ) -> Iterator[dict[str, Any]]:
        """Yields rows by their keys, those that are there, in no order.

        Args:
            collection: Where.
            keys: The keys.
            fields: What of them is wanted, the key first.
            since: Timestamp whose rows are seen at least; None where the newest may be missed.
        """
        size = _KEYS if {"content", "vector"} & {*fields} else 10 * _KEYS
        for start in range(0, len(keys), size):
            part = _listed(keys[start : start + size])
            yield from self._patiently(
                collection,
                "query",
                2 * _SECONDS,
                filter=f"{fields[0]} in [{part}]",
                output_fields=[*fields],
                **_seen(since),
            )

    def keys(self, collection: str, field: str) -> Iterator[tuple[Any, int]]:
        """Yields every key of a collection, and when its row was made."""
        least = '""' if field == "key" else str(-(2**63) + 1)
        with self.asking(f"read {collection}") as client:
            found = client.query_iterator(
                collection,
                batch_size=5_000,
                filter=f"{field} >= {least}",
                output_fields=[field, "made"],
                consistency_level="Strong",
            )
            while rows := found.next():
                yield from ((row[field], int(row["made"])) for row in rows)
            found.close()

    def delete(self, collection: str, field: str, keys: Sequence[int | str], before: int) -> None:
        """Removes rows by their keys, as far as they were made before a time."""
        for start in range(0, len(keys), _KEYS):
            part = _listed(keys[start : start + _KEYS])
            with self.asking(f"delete from {collection}") as client:
                client.delete(
                    collection,
                    filter=f"{field} in [{part}] and made < {before}",
                    timeout=_SECONDS,
                )

    def search(
        self,
        collection: str,
        partition: str,
        query: Scores,
        count: int,
        since: int,
        among: Sequence[int] | None = None,
    ) -> tuple[NDArray[np.int64], Scores]:
        """Returns the numbers of the nearest vectors and their inner products, best first."""
        count = min(count, MOST)
        candidates = min(2 * MOST, max(_SEARCH_CANDIDATES, 3 * count))
        (found,) = self._patiently(
            collection,
            "search",
            _SECONDS / 4,
            data=[np.asarray(query, dtype=np.float32)],
            anns_field="vector",
            limit=count,
            filter="" if among is None else f"number in [{_listed(among)}]",
            partition_names=[partition],
            search_params={"metric_type": "IP", "params": {"ef": candidates}},
            **_seen(since),
        )
        numbers = np.array([hit["id"] for hit in found], dtype=np.int64)
        return numbers, np.array([hit["distance"] for hit in found], dtype=np.float32)

    def _patiently(self, collection: str, how: str, seconds: float, **asked: Any) -> Any:
        """Reads a collection; waits for a server that has just started and is not ready yet."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                with self.asking(f"{how} {collection}") as client:
                    return getattr(client, how)(collection, timeout=_SECONDS, **asked)
            except StoreError as error:
                code = getattr(error.__cause__, "code", None)
                if code not in _PASSING or time.monotonic() > deadline:
                    raise
                if code == _NOT_LOADED:
                    with suppress(StoreError):
                        self.load(collection)
                time.sleep(0.2)


def _listed(keys: Sequence[int | str]) -> str:
    return ", ".join(f'"{key}"' if isinstance(key, str) else str(key) for key in keys)


def _seen(since: int | None) -> dict[str, Any]:
    if since is None:
        return {"consistency_level": "Bounded"}
    return {"consistency_level": "Customized", "guarantee_timestamp": since}


def _schema(fields: Sequence[str], dimension: int, description: str = "") -> Any:
    from pymilvus import CollectionSchema, DataType, FieldSchema

    made = []
    for field in fields or ("number",):
        if field in ("number", "made"):
            made.append(FieldSchema(field, DataType.INT64, is_primary=field == "number"))
        else:
            length = 65_535 if field == "content" else 128
            made.append(
                FieldSchema(field, DataType.VARCHAR, max_length=length, is_primary=field == "key")
            )
    made.append(FieldSchema("vector", DataType.FLOAT_VECTOR, dim=dimension))
    return CollectionSchema(made, description=description)
