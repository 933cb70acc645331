"""Tests of indexer.stores.vectors."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError
from indexer.stores.vectors import GRAPH_FROM, Vectors, spread_of


def measured(vectors: Embeddings) -> float:
    """Returns the spread of vectors."""
    return spread_of(len(vectors), Vectors.build(vectors).vectors)


@pytest.fixture(scope="module")
def vectors() -> Embeddings:
    """Two thousand random unit vectors, as half precision holds them."""
    vectors = np.random.default_rng(0).normal(size=(2000, 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float16).astype(np.float32)


def test_a_search_takes_one_thread_wherever_it_runs(vectors: Embeddings) -> None:
    """The number of threads that FAISS may use holds for the thread that sets it alone."""
    made = Vectors.build(vectors)

    def threads_of_a_request() -> int:
        faiss.omp_set_num_threads(2)
        made.search(vectors[7], 5)
        return int(faiss.omp_get_max_threads())

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(threads_of_a_request).result() == 1


def test_few_vectors_are_compared_and_give_the_true_order(vectors: Embeddings) -> None:
    """Hits are the inner products, sorted; without being asked no graph is made of few."""
    made = Vectors.build(vectors)
    assert not made.has_graph
    assert len(vectors) < GRAPH_FROM
    places, scores = made.search(vectors[7], 5)
    expected = np.argsort(-(vectors @ vectors[7]))[:5]
    assert places.tolist() == expected.tolist()
    assert scores[0] == pytest.approx(1, abs=1e-3)
    assert scores == pytest.approx((vectors @ vectors[7])[expected], abs=1e-5)


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize("step", [100, 3])
def test_filter_finds_only_the_places_given(vectors: Embeddings, graph: bool, step: int) -> None:
    """A filter is exact, also over a graph, whether it lets few or many through."""
    made = Vectors.build(vectors, graph=graph)
    places = np.arange(5, 2000, step)
    found, _ = made.search(vectors[7], 50, places)
    expected = places[np.argsort(-(vectors[places] @ vectors[7]), kind="stable")][:50]
    assert found.tolist() == expected.tolist()
    nothing, scores = made.search(vectors[7], 3, np.array([], dtype=np.int64))
    assert len(nothing) == len(scores) == 0


def test_only_the_vectors_asked_for_are_compared(
    vectors: Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their number tells what it costs, not how many there are; scores are those of a search."""
    made, looked_at = Vectors.build(vectors), []
    places, scores = made.search(vectors[7], 2000)
    search = Vectors.search

    def looking(among: Vectors, *arguments: Any) -> Any:
        looked_at.append(len(among))
        return search(among, *arguments)

    monkeypatch.setattr(Vectors, "search", looking)
    some = np.array([900, 3, 3, 1999])
    by_place = dict(zip(places.tolist(), scores.tolist(), strict=True))
    assert made.similarities(vectors[7], some).tolist() == [by_place[at] for at in some.tolist()]
    assert looked_at == [4]
    made.search(vectors[7], 5, np.arange(20))
    assert looked_at == [4, 2000, 20]


def test_a_graph_finds_nearly_all(vectors: Embeddings) -> None:
    """HNSW has high recall."""
    graph, exact = Vectors.build(vectors, graph=True), Vectors.build(vectors)
    assert graph.has_graph
    found = sum(
        len(set(graph.search(query, 10)[0].tolist()) & set(exact.search(query, 10)[0].tolist()))
        for query in vectors[:50]
    )
    assert found / 500 > 0.95


def test_a_graph_gives_the_order_and_the_products_of_the_vectors(vectors: Embeddings) -> None:
    """It holds rougher copies: what it finds is compared by the vectors themselves."""
    made = Vectors.build(vectors, graph=True)
    for query in vectors[:50]:
        places, scores = made.search(query, 20)
        assert scores == pytest.approx((vectors @ query)[places], abs=1e-5)
        assert (np.diff(scores) <= 0).all()


def test_a_graph_holds_a_byte_a_number(tmp_path: Path) -> None:
    """Beside its links: half of what the vectors take."""
    many = np.random.default_rng(1).normal(size=(500, 384)).astype(np.float32)
    made = Vectors.build(many / np.linalg.norm(many, axis=1, keepdims=True), graph=True)
    made.save(tmp_path / "vectors.faiss")
    made.save_graph(tmp_path / "graph.faiss")
    half, graph = ((tmp_path / f"{name}.faiss").stat().st_size for name in ("vectors", "graph"))
    assert graph < 0.75 * half


def test_vectors_that_only_the_graph_holds_are_told(vectors: Embeddings, tmp_path: Path) -> None:
    """Those that are no longer there have no place; the others have the one that they have now."""
    Vectors.build(vectors[:1000], graph=True).save_graph(tmp_path / "graph.faiss")
    Vectors.build(vectors[500:1000]).save(tmp_path / "vectors.faiss")
    places = np.maximum(np.arange(1000) - 500, -1)
    made = Vectors.load(tmp_path / "vectors.faiss", tmp_path / "graph.faiss", places)
    found, scores = made.search(vectors[700], 10)
    expected = np.argsort(-(vectors[:1000] @ vectors[700]))[:10]
    assert found.tolist() == places[expected].tolist()
    assert scores == pytest.approx((vectors @ vectors[700])[expected], abs=2e-2)


def test_a_graph_that_was_extended_finds_the_new(vectors: Embeddings, tmp_path: Path) -> None:
    """Vectors added to a saved graph are found, the old ones as before."""
    Vectors.build(vectors[:1500], graph=True).save_graph(tmp_path / "graph.faiss")
    extended = Vectors.open_graph(Vectors.build(vectors), tmp_path / "graph.faiss")
    extended.extended(vectors[1500:])
    for place in (3, 1499, 1500, 1999):
        assert extended.search(vectors[place], 1)[0].tolist() == [place]


@pytest.mark.parametrize("graph", [False, True])
def test_saved_vectors_are_the_same(vectors: Embeddings, graph: bool, tmp_path: Path) -> None:
    """Saving and loading keeps vectors and answers."""
    made = Vectors.build(vectors, graph=graph)
    made.save(tmp_path / "x.faiss")
    if graph:
        made.save_graph(tmp_path / "graph.faiss")
    loaded = Vectors.load(tmp_path / "x.faiss", tmp_path / "graph.faiss" if graph else None)
    assert (len(loaded), loaded.dimension, loaded.has_graph) == (2000, 16, graph)
    np.testing.assert_array_equal(loaded.vectors(np.arange(2000)), vectors)
    for before, after in zip(made.search(vectors[3], 5), loaded.search(vectors[3], 5), strict=True):
        np.testing.assert_array_equal(before, after)


@pytest.mark.parametrize("graph", [False, True])
def test_similarities_come_in_the_order_asked(vectors: Embeddings, graph: bool) -> None:
    """Each place has its inner product, repeats too."""
    places = np.array([1999, 5, 5, 0])
    found = Vectors.build(vectors, graph=graph).similarities(vectors[7], places)
    assert found == pytest.approx(vectors[places] @ vectors[7], abs=1e-5)
    assert len(Vectors.build(vectors).similarities(vectors[7], np.array([], dtype=np.int64))) == 0


@pytest.mark.parametrize("graph", [False, True])
def test_more_wanted_than_there_are(vectors: Embeddings, graph: bool) -> None:
    """Fewer vectors than wanted are fewer hits, not padding."""
    made = Vectors.build(vectors[:3], graph=graph)
    assert sorted(made.search(vectors[0], 50)[0].tolist()) == [0, 1, 2]
    assert made.search(vectors[0], 50, np.array([0, 2]))[0].tolist() == [0, 2]


def test_foreign_file_is_refused(tmp_path: Path) -> None:
    """A file that FAISS cannot read is an error of ours."""
    (tmp_path / "x.faiss").write_bytes(b"nonsense")
    with pytest.raises(CorruptIndexError, match=r"x\.faiss"):
        Vectors.load(tmp_path / "x.faiss")


def test_spread_is_the_deviation_of_inner_products(vectors: Embeddings) -> None:
    """It is that of all pairs of different vectors; a scale of the vectors shows in it."""
    scores = vectors @ vectors.T
    others = ~np.eye(len(vectors), dtype=bool)
    wanted = np.mean([row[mask].std() for row, mask in zip(scores, others, strict=True)])

    assert measured(vectors) == pytest.approx(wanted, rel=0.05)
    half = (vectors / 2).astype(np.float32)
    assert measured(half) == pytest.approx(wanted / 4, rel=0.05)


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_vectors_have_the_spread_one(vectors: Embeddings, count: int) -> None:
    """Dense evidence stays finite where nothing can be compared."""
    assert measured(vectors[:count]) == 1.0


def test_equal_vectors_have_the_spread_one() -> None:
    """A corpus of one text repeated divides by nothing."""
    assert measured(np.ones((5, 8), dtype=np.float32)) == 1.0
