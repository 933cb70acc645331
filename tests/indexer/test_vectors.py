"""Tests of indexer.vectors."""

from pathlib import Path

import numpy as np
import pytest

from indexer.embedding import Embeddings
from indexer.errors import CorruptIndexError
from indexer.vectors import VectorIndex


@pytest.fixture(scope="module")
def vectors() -> Embeddings:
    """Two thousand random unit vectors."""
    vectors = np.random.default_rng(0).normal(size=(2000, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_exact_index_gives_the_true_order(vectors: Embeddings) -> None:
    """Hits are the inner products, sorted."""
    hits = VectorIndex.build(vectors).search(vectors[7], 5)
    expected = np.argsort(-(vectors @ vectors[7]))[:5]
    assert [hit.row for hit in hits] == expected.tolist()
    assert hits[0].score == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("exact_limit", [10_000, 100])
def test_filter_finds_only_the_rows_given(vectors: Embeddings, exact_limit: int) -> None:
    """A filter is exact, also over a graph."""
    index = VectorIndex.build(vectors, exact_limit=exact_limit)
    rows = np.arange(5, 2000, 100)
    hits = index.search(vectors[7], 50, rows)
    assert [hit.row for hit in hits] == rows[np.argsort(-(vectors[rows] @ vectors[7]))].tolist()
    assert index.search(vectors[7], 3, np.array([], dtype=np.int64)) == ()


def test_large_index_is_a_graph_that_finds_nearly_all(vectors: Embeddings) -> None:
    """Over the limit HNSW is used, with high recall."""
    graph = VectorIndex.build(vectors, exact_limit=100)
    assert not graph.is_exact
    exact = VectorIndex.build(vectors)
    found = sum(
        len(
            {hit.row for hit in graph.search(query, 10)}
            & {hit.row for hit in exact.search(query, 10)}
        )
        for query in vectors[:50]
    )
    assert found / 500 > 0.95


@pytest.mark.parametrize("exact_limit", [10_000, 100])
def test_saved_index_is_the_same(vectors: Embeddings, exact_limit: int, tmp_path: Path) -> None:
    """Saving and loading keeps vectors and answers."""
    index = VectorIndex.build(vectors, exact_limit=exact_limit)
    index.save(tmp_path / "x.faiss")
    loaded = VectorIndex.load(tmp_path / "x.faiss")
    assert (len(loaded), loaded.dimension) == (2000, 16)
    np.testing.assert_array_equal(loaded.vectors(), vectors)
    assert loaded.search(vectors[3], 5) == index.search(vectors[3], 5)


def test_more_wanted_than_there_are(vectors: Embeddings) -> None:
    """Fewer vectors than wanted are fewer hits, not padding."""
    assert len(VectorIndex.build(vectors[:3]).search(vectors[0], 50)) == 3


def test_foreign_file_is_refused(tmp_path: Path) -> None:
    """A file that FAISS cannot read is an error of ours."""
    (tmp_path / "x.faiss").write_bytes(b"nonsense")
    with pytest.raises(CorruptIndexError, match=r"x\.faiss"):
        VectorIndex.load(tmp_path / "x.faiss")


def test_spread_is_the_deviation_of_inner_products(vectors: Embeddings) -> None:
    """It is that of all pairs of different vectors; a scale of the vectors shows in it."""
    scores = vectors @ vectors.T
    others = ~np.eye(len(vectors), dtype=bool)
    wanted = np.mean([row[mask].std() for row, mask in zip(scores, others, strict=True)])

    assert VectorIndex.build(vectors).spread() == pytest.approx(wanted, rel=0.05)
    half = (vectors / 2).astype(np.float32)
    assert VectorIndex.build(half).spread() == pytest.approx(wanted / 4, rel=0.05)


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_vectors_have_the_spread_one(vectors: Embeddings, count: int) -> None:
    """Dense evidence stays finite where nothing can be compared."""
    assert VectorIndex.build(vectors[:count]).spread() == 1.0


def test_equal_vectors_have_the_spread_one() -> None:
    """A corpus of one text repeated divides by nothing."""
    assert VectorIndex.build(np.ones((5, 8), dtype=np.float32)).spread() == 1.0
