"""Tests of measuring growth, on a small store with hashed vectors."""

from pathlib import Path

import pytest

from evaluation.growth import Material, measure
from indexer.building import build, put
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore


@pytest.fixture
def real(tmp_path: Path, hashed: Encoder) -> EmbeddedStore:
    """A store of forty passages."""
    store = EmbeddedStore(tmp_path / "real")
    texts = [f"мәтін {n} туралы заң" for n in range(40)]
    passages = [Passage("d", f"al_{n}", "kk", None, (), text) for n, text in enumerate(texts)]
    build(sources_of(passages), store, hashed)
    return store


def test_a_measurement_finds_what_it_put(
    real: EmbeddedStore, hashed: Encoder, tmp_path: Path
) -> None:
    """A small store is compared whole, so all of the nearest are found, and the real item first."""
    texts = ("мәтін 7 туралы заң",)
    vectors = hashed.encode_passages(texts)
    material = Material(real.folder, texts, vectors, (frozenset({"d#al_7"}),))
    found = measure("", 300, material, tmp_path / "grown")
    assert (found.store, found.passages) == ("embedded", 300)
    assert found.recall == 1
    assert found.first == 1
    assert found.megabytes > 0


def test_documents_that_answer_come_first_and_none_is_cut(
    real: EmbeddedStore, hashed: Encoder, tmp_path: Path
) -> None:
    """Where not all real ones fit, others are left out, and synthetic ones fill up."""
    more = [Passage("a", f"al_{n}", "kk", None, (), f"бөтен {n} сөз") for n in range(30)]
    put(sources_of(more), real, hashed)
    texts = ("мәтін 7 туралы заң",)
    material = Material(real.folder, texts, hashed.encode_passages(texts), (frozenset({"d#al_7"}),))
    found = measure("", 50, material, tmp_path / "grown")
    assert found.passages == 50
    assert found.first == 1
    snapshot = EmbeddedStore(tmp_path / "grown" / "index").snapshot()
    assert len(snapshot) == 50
    assert [*snapshot.documents] == ["d", "synthetic-000000"]
