"""Stores to be tried, and documents to put into them."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from evaluation.standalone import Server, missing
from indexer.acts.citations import Citation
from indexer.documents.corpus import Expression
from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.outline import outline_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings, Encoder
from indexer.languages.codes import Language
from indexer.stores.base import Asked, Embedded, Indexed, ModelStamp, Store, text_hash
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.milvus.store import MilvusStore


def _embedded(folder: Path, _: pytest.FixtureRequest) -> Store:
    return EmbeddedStore(folder)


def _milvus(folder: Path, request: pytest.FixtureRequest) -> Store:
    if why := missing():
        pytest.skip(f"No Milvus server: {why}.")
    server = request.getfixturevalue("milvus")
    return MilvusStore(f"milvus://{server.address}/t{uuid4().hex[:8]}?index=flat", folder)


STORES: Mapping[str, Callable[[Path, pytest.FixtureRequest], Store]] = {
    "embedded": _embedded,
    "milvus": _milvus,
}
"""What makes a store in a folder, by name: whatever stands here must pass."""

MODEL = ModelStamp("hashed", "1", 8)
DAY = datetime.date(2020, 1, 1)


class Writing:
    """Makes documents ready to be stored."""

    model = MODEL

    def __init__(self, encoder: Encoder) -> None:
        """Takes what embeds texts."""
        self.encoder = encoder

    def vectors(self, texts: Iterable[str]) -> Embeddings:
        """Returns the vectors of texts as half precision holds them."""
        exact = self.encoder.encode_passages(list(texts))
        held: Embeddings = exact.astype(np.float16).astype(np.float32)
        return held

    def edition(
        self,
        name: str,
        texts: Mapping[str, str],
        language: Language = "kk",
        date: datetime.date = DAY,
        vectors: Embeddings | None = None,
        notes: Mapping[str, tuple[str, ...]] | None = None,
        citations: Sequence[tuple[int, Citation]] = (),
    ) -> Embedded:
        """Returns an edition of texts by address."""
        passages = tuple(
            Passage(name, eid, language, None, (), text, date=date) for eid, text in texts.items()
        )
        return Embedded(
            Expression(
                Edition(language, date=date),
                outline_of(texts),
                passages,
                notes=notes or {},
                citations=tuple(citations),
            ),
            self.vectors(texts.values()) if vectors is None else vectors,
            np.arange(len(passages)),
            tuple(text_hash(text) for text in texts.values()),
        )

    def document(
        self, name: str, *editions: Embedded, asked: Mapping[str, Iterable[str]] | None = None
    ) -> Indexed:
        """Returns a document of editions, and questions that were written for its items."""
        told = tuple(edition.expression.edition for edition in editions)
        written = [(eid, text) for eid, texts in (asked or {}).items() for text in texts]
        return Indexed(
            Document(name, "", Trilingual(kk=name), told, date=DAY),
            editions,
            tuple(
                Asked(eid, text_hash("question", text), self.encoder.encode_queries([text])[0])
                for eid, text in written
            ),
        )

    def plain(self, name: str, *texts: str) -> Indexed:
        """Returns a document of one edition of texts."""
        return self.document(
            name, self.edition(name, {f"al_{n}": text for n, text in enumerate(texts, 1)})
        )


@pytest.fixture(scope="session")
def writing(hashed: Encoder) -> Writing:
    """Makes documents with hashed vectors."""
    return Writing(hashed)


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Milvus server."""
    server = Server(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=list(STORES.values()), ids=list(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    made: Store = request.param(tmp_path / "store", request)
    return made
