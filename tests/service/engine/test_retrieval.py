"""Tests of service.engine.retrieval."""

import threading
from collections.abc import Callable, Iterable, Sequence

import pytest

from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings, Encoder
from indexer.errors import TarmaqError
from indexer.stores.embedded import EmbeddedSnapshot
from service.engine.questions import read_question
from service.engine.retrieval import Retriever
from service.ranking.fusion import Ranker

_SECONDS = 20


class Waiting:
    """An encoder that embeds a question once something has happened."""

    name, revision, dimension = "hashed", "1", 8

    def __init__(self, encoder: Encoder, happened: threading.Event) -> None:
        self._encoder = encoder
        self._happened = happened

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Waits."""
        assert self._happened.wait(_SECONDS)
        return self._encoder.encode_queries(texts)


@pytest.fixture(scope="module")
def snapshot(
    snapshot_of: Callable[[Iterable[Passage]], EmbeddedSnapshot],
) -> EmbeddedSnapshot:
    """A passage."""
    return snapshot_of([Passage("law", "para_1", "ru", "1.", (), "Библиотека выдаёт книги.")])


def test_words_are_read_while_the_question_is_embedded(
    snapshot: EmbeddedSnapshot, hashed: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What needs no vector does not wait for one: the model leaves the interpreter free."""
    happened = threading.Event()
    prepare = Ranker.prepare

    def noted(self: Ranker, units: Sequence[object]) -> None:
        prepare(self, units)  # type: ignore[arg-type]
        happened.set()

    monkeypatch.setattr(Ranker, "prepare", noted)
    retriever = Retriever(snapshot, Waiting(hashed, happened))  # type: ignore[arg-type]
    (result,) = retriever.search(read_question("книги библиотек"), 3).results
    assert result.passage.eid == "para_1"


def test_what_fails_beside_the_embedding_is_told(
    snapshot: EmbeddedSnapshot, hashed: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of another thread reaches whoever asked."""

    def fail(self: Ranker, units: Sequence[object]) -> None:
        raise TarmaqError("damaged")

    monkeypatch.setattr(Ranker, "prepare", fail)
    with pytest.raises(TarmaqError, match="damaged"):
        Retriever(snapshot, hashed).search(read_question("книги библиотек"), 3)
