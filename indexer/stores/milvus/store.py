"""The store on Milvus: contents, vectors and generations on the server, tables on each machine.

A change writes contents and vectors that nobody sees yet, then publishes a generation that names
them, in one step. A generation's tables are derived from it once a machine (``deriving.py``).
"""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from indexer.documents.corpus import Expression
from indexer.documents.description import Document
from indexer.embedding.encoders import Embeddings
from indexer.errors import ConflictError, CorruptIndexError, StoreError
from indexer.stores.base import Asked, EditionRows, Embedded, Indexed, ModelStamp
from indexer.stores.milvus.client import Address, Client
from indexer.stores.milvus.contents import YOUNG, Contents, VectorRows, number_of
from indexer.stores.milvus.deriving import open_tables
from indexer.stores.milvus.generations import Generation, Generations
from indexer.stores.milvus.manifest import (
    KeptDocument,
    read_block,
    read_citations,
    read_document,
    read_list,
    read_notes,
    read_outline,
    read_windows,
    write_document,
    write_list,
)
from indexer.stores.milvus.snapshot import Kept, MilvusSnapshot
from indexer.stores.milvus.sweeping import EVERY, drop_replaced, sweep

_TRIES = 20
_LOG = logging.getLogger(__name__)

Documents = dict[str, str]
"""The name of what is kept of each document, by the document's id."""


class MilvusStore:
    """A store on a server; any number of processes on any number of machines read and write it."""

    def __init__(self, address: str, folder: Path) -> None:
        """Names the store.

        Args:
            address: See :meth:`indexer.stores.milvus.client.Address.parse`.
            folder: Where this machine keeps what is derived.

        Raises:
            StoreError: The address cannot be read.
        """
        parsed = Address.parse(address)
        self.name = f"{parsed.uri.replace('http', 'milvus', 1)}/{parsed.name}"
        self.folder = folder
        own = hashlib.blake2b(repr((parsed.uri, parsed.database, parsed.name)).encode()).hexdigest()
        self._tables = folder / f"milvus-{own[:12]}"
        self._client = Client(parsed)
        self._generations = Generations(self._client)

    # Reading

    def exists(self) -> bool:
        """See :meth:`indexer.stores.base.Store.exists`."""
        return bool(self._generations.numbers())

    def generation(self) -> int:
        """See :meth:`indexer.stores.base.Store.generation`."""
        return max(self._generations.numbers(), default=0)

    def generations(self) -> tuple[int, ...]:
        """See :meth:`indexer.stores.base.Store.generations`."""
        return tuple(reversed(self._generations.numbers()))

    def model(self) -> ModelStamp:
        """See :meth:`indexer.stores.base.Store.model`."""
        return self._newest().model

    def known_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, Embeddings]:
        """See :meth:`indexer.stores.base.Store.known_vectors`."""
        newest = self._generations.newest()
        if newest is None:
            return {}
        return dict(VectorRows(self._client, newest.model).known(hashes, newest.timestamp))

    def sources(self) -> dict[str, tuple[Document, tuple[tuple[str, str], ...]]]:
        """See :meth:`indexer.stores.base.Store.sources`.

        What is damaged is an error: contents that are there are never written again, so putting a
        document again does not mend it.
        """
        newest = self._generations.newest()
        if newest is None:
            return {}
        return {
            name: (kept.document, tuple((one.source, one.reading) for one in kept.editions))
            for name, kept in self._kept(newest).items()
        }

    def contents(self) -> Iterator[Indexed]:
        """See :meth:`indexer.stores.base.Store.contents`."""
        newest = self._newest()
        since = newest.timestamp
        vectors, contents = VectorRows(self._client, newest.model), Contents(self._client)

        def taken(texts: list[bytes]) -> Embeddings:
            return vectors.at(np.array([number_of(text) for text in texts], np.int64), since)

        for kept in self._kept(newest).values():
            editions = []
            for rows, one in zip(_rows(kept), kept.editions, strict=True):
                found = contents.get(one.names, since)
                owners, texts = read_windows(found[one.windows])
                held = [p for block in one.blocks for p in read_block(found[block], rows)]
                outline = read_outline(found[one.outline])
                expression = Expression(
                    rows.edition, outline, tuple(held), one.source, one.reading,
                    read_notes(found[one.notes]), read_citations(found[one.citations]),
                )  # fmt: skip
                editions.append(
                    Embedded(expression, taken(texts), np.array(owners, np.int64), tuple(texts))
                )
            asked = [(eid, bytes.fromhex(text)) for eid, text in kept.asked]
            answers = taken([text for _, text in asked])
            yield Indexed(
                kept.document,
                tuple(editions),
                tuple(Asked(eid, text, v) for (eid, text), v in zip(asked, answers, strict=True)),
            )

    def check(self) -> tuple[str, ...]:
        """See :meth:`indexer.stores.base.Store.check`."""
        problems = []
        try:
            newest = self._newest()
            kept = self._kept(newest)
        except CorruptIndexError as error:
            return (str(error),)
        vectors, contents = VectorRows(self._client, newest.model), Contents(self._client)
        for name, document in kept.items():
            texts = {bytes.fromhex(text) for _, text in document.asked}
            try:
                for one in document.editions:
                    found = contents.get(one.names, newest.timestamp)
                    texts.update(read_windows(found[one.windows])[1])
                if missing := texts - set(vectors.known(texts, newest.timestamp)):
                    problems.append(f"{self.name}: {name}: {len(missing)} vectors are missing")
            except CorruptIndexError as error:
                problems.append(f"{name}: {error}")
        return tuple(problems)

    def check_writable(self, size: int) -> None:
        """See :meth:`indexer.stores.base.Store.check_writable`.

        Whether the server has room only it knows: it refuses what it cannot write, and a change
        that it refused is not published. Here it must answer.
        """
        self._generations.numbers()

    def set_aside_unreadable(self) -> None:
        """See :meth:`indexer.stores.base.Store.set_aside_unreadable`.

        Nothing on a server is renamed: others may read it with another version. One names another
        store instead, as the error says.
        """

    def snapshot(self, generation: int | None = None) -> MilvusSnapshot:
        """See :meth:`indexer.stores.base.Store.snapshot`."""
        newest = self._newest() if generation is None else self._held(generation)
        kept = self._kept(newest)
        vectors, contents = VectorRows(self._client, newest.model), Contents(self._client)
        for collection in (contents.collection, vectors.collection):
            self._client.load(collection)
        editions, start = [], 0
        for document in kept.values():
            for rows, one in zip(_rows(document), document.editions, strict=True):
                end = start + one.passages
                editions.append((EditionRows(rows.document, rows.edition, start, end), one))
                start = end
        source = Kept(self._client, newest, contents, vectors, tuple(editions))
        asked = [
            (name, eid, number_of(bytes.fromhex(text)))
            for name, one in kept.items()
            for eid, text in one.asked
        ]
        return MilvusSnapshot(source, *open_tables(source, asked, self._tables))

    # Writing

    def put(
        self, documents: Iterable[Indexed], model: ModelStamp, expected: int | None = None
    ) -> int:
        """See :meth:`indexer.stores.base.Store.put`."""
        return self._change(lambda held: held, documents, model, expected)

    def replace_all(
        self, documents: Iterable[Indexed], model: ModelStamp, kept: set[str] | frozenset[str]
    ) -> int:
        """See :meth:`indexer.stores.base.Store.replace_all`."""
        return self._change(
            lambda held: {name: one for name, one in held.items() if name in kept}, documents, model
        )

    def remove(self, ids: Iterable[str], expected: int | None = None) -> int:
        """See :meth:`indexer.stores.base.Store.remove`."""
        gone = set(ids)

        def without(held: Documents) -> Documents:
            for name in sorted(gone - held.keys()):
                known = ", ".join(held) or "none"
                raise StoreError(f"{self.name}: no document {name!r}; known: {known}.")
            return {name: one for name, one in held.items() if name not in gone}

        return self._change(without, (), None, expected)

    def _change(
        self,
        change: Callable[[Documents], Documents],
        documents: Iterable[Indexed],
        model: ModelStamp | None,
        expected: int | None = None,
    ) -> int:
        """Writes documents and publishes what ``change`` leaves of the others beside them.

        Another writer may publish first; then the change is made again on top of its generation,
        unless another one was expected.
        """
        began = time.time()
        newest = self._generations.newest()
        self._check_expected(newest, expected)
        stamp = model or (newest.model if newest else None)
        if stamp is None:
            change({})
            raise StoreError(f"{self.name}: holds nothing.")
        contents, vectors = Contents(self._client), VectorRows(self._client, stamp)
        if newest is not None and newest.model != stamp:
            # Refused before anything of another model is written, where it can be told.
            documents = list(documents)
            given = {indexed.document.id for indexed in documents}
            self._check_model(newest, stamp, change(self._listed(newest)).keys() - given)
        contents.ensure()
        vectors.ensure()
        put = {one.document.id: write_document(one, contents, vectors) for one in documents}
        vectors.flush()
        vectors.settle()
        for _ in range(_TRIES):
            newest = self._generations.newest()
            self._check_expected(newest, expected)
            held = change(self._listed(newest)) if newest else change({})
            self._check_model(newest, stamp, held.keys() - put.keys())
            root = write_list({**held, **put}, contents)
            contents.flush()
            if time.time() - began > YOUNG:
                raise StoreError(
                    f"{self.name}: not changed (it took half a day); put less at once."
                )
            number = newest.number + 1 if newest else 1
            swept = newest.swept if newest else began
            due = began - swept > EVERY
            if self._generations.publish(number, root, stamp, began if due else swept):
                self.tidy(time.time(), everything=due)
                return number
        raise StoreError(f"{self.name}: not changed (others change it all the time); try again.")

    def tidy(self, now: float, *, everything: bool = True) -> int:
        """Removes generations that nobody reads any more, and what none of the others holds.

        Args:
            now: The time, in seconds since the epoch.
            everything: Whether to look through all that is there.

        Returns:
            How many rows were removed.
        """
        try:
            drop_replaced(self._generations, now)
            return sweep(self._client, self._generations, now) if everything else 0
        except StoreError as error:
            _LOG.warning("%s What is not needed stays for now.", error)
            return 0

    def _check_model(
        self, newest: Generation | None, stamp: ModelStamp, others: Iterable[str]
    ) -> None:
        if newest is not None and newest.model != stamp and [*others]:
            raise StoreError(
                f"{self.name}: its vectors are of {newest.model.name} ({newest.model.revision}), "
                f"these are of {stamp.name} ({stamp.revision}); build it anew: python -m indexer "
                "build."
            )

    def _check_expected(self, newest: Generation | None, expected: int | None) -> None:
        number = newest.number if newest else 0
        if expected is not None and number != expected:
            raise ConflictError(
                f"{self.name}: not changed; it is at generation {number} now, not at {expected}. "
                "Look at what has changed and try again."
            )

    def _held(self, number: int) -> Generation:
        if number not in self._generations.numbers():
            raise CorruptIndexError(
                f"{self.name}: generation {number} is no longer there; open the newest one."
            )
        return self._generations.read(number)

    def _newest(self) -> Generation:
        newest = self._generations.newest()
        if newest is None:
            raise CorruptIndexError(
                f"{self.name}: no index here; build it: python -m indexer build."
            )
        return newest

    def _listed(self, generation: Generation) -> Documents:
        return read_list(generation.root, Contents(self._client), generation.timestamp)[0]

    def _kept(self, generation: Generation) -> dict[str, KeptDocument]:
        contents = Contents(self._client)
        listed = self._listed(generation)
        found = contents.get(listed.values(), generation.timestamp)
        return {name: read_document(found[one]) for name, one in listed.items()}


def _rows(kept: KeptDocument) -> Iterator[EditionRows]:
    for edition in kept.document.editions[: len(kept.editions)]:
        yield EditionRows(kept.document, edition, 0, 0)
