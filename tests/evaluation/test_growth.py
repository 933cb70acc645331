"""Tests of measuring growth, on a small store with hashed vectors."""

from pathlib import Path

import numpy as np
import pytest

from evaluation.growth import Material, measure, synthetic
from indexer.building import build
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


def test_synthetic_passages_are_like_the_real_ones_and_the_same_each_time(
    real: EmbeddedStore,
) -> None:
    """As many as are asked for, their vectors of unit length around the mean of the real ones."""
    first, again = ([*synthetic(real, 450)] for _ in range(2))
    assert [len(one.editions[0].expression.passages) for one in first] == [200, 200, 50]
    vectors = np.concatenate([one.editions[0].vectors for one in first])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(450), abs=1e-5)
    held = np.concatenate([edition.vectors for one in real.contents() for edition in one.editions])
    assert vectors.mean(axis=0) == pytest.approx(held.mean(axis=0), abs=0.15)
    texts = [p.text for one in first for p in one.editions[0].expression.passages]
    assert len(set(texts)) == 450
    assert texts == [p.text for one in again for p in one.editions[0].expression.passages]


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
