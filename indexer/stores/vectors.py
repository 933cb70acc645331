"""Nearest vectors by inner product: FAISS, mapped from files.

Half-precision vectors are compared one by one; where there are many, a graph (HNSW) finds the
nearest, which are then put in order by comparing them. It holds copies of a byte a number, which
find as much (.999 of the nearest hundred of 50,000, as halves do) in half the memory. A graph
walked under a filter loses hits (recall .54 at 2 %), so filtered searches always compare.

Source: M. Douze et al., "The Faiss library", 2024, doi:10.48550/arXiv.2401.08281; Y. Malkov,
D. Yashunin, "HNSW", 2018, doi:10.1109/TPAMI.2018.2889473.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError

GRAPH_FROM: Final = 20_000
"""From this many vectors a graph is searched: below, comparing all of them takes no longer."""

_LINKS = 16
_BUILD_CANDIDATES = 80
_SEARCH_CANDIDATES = 384
"""How wide a walk through the graph is. Of 25,000, 100,000 and 400,000 vectors that continue real
ones it finds .996, .992 and .981 of a question's nearest hundred, in 1.0, 1.3 and 1.8 ms; twice as
wide .999, .998 and .995, in twice the time."""

_DENSE = 50
_FEWEST = 3
_SAMPLE = 256
_OTHERS = 16 * _SAMPLE

Places = NDArray[np.int64]
Scores = NDArray[np.float32]

# Any: the wheel's stubs know neither keywords nor classes.
_faiss: Any = faiss


class Vectors:
    """Vectors addressed by their place, from 0; safe to search from several threads."""

    def __init__(
        self, flat: Any, graph: Any | None = None, places: NDArray[Any] | None = None
    ) -> None:
        """Wraps FAISS indexes; use :meth:`build` or :meth:`load`."""
        self._flat = flat
        self._graph = graph
        self._places = places

    @classmethod
    def load(
        cls, flat: Path, graph: Path | None = None, places: NDArray[Any] | None = None
    ) -> "Vectors":
        """Maps what :meth:`save` and :meth:`save_graph` wrote; nothing is copied.

        Args:
            flat: The vectors.
            graph: The graph over them, or over others as well.
            places: The place of each of the graph's vectors, -1 for one that is no longer here;
                the same by default.

        Raises:
            CorruptIndexError: FAISS cannot read a file.
        """
        return cls(_read(flat, mapped=True), _read(graph, mapped=True) if graph else None, places)

    @classmethod
    def open_graph(cls, flat: "Vectors", graph: Path) -> "Vectors":
        """Returns ``flat`` with the graph in a file, in memory, to be extended.

        Raises:
            CorruptIndexError: FAISS cannot read the file.
        """
        return cls(flat._flat, _read(graph, mapped=False))

    @classmethod
    def build(cls, vectors: Embeddings, *, graph: bool | None = None) -> "Vectors":
        """Indexes ``vectors``, shape ``(n, dimension)``.

        Args:
            vectors: The vectors; each distinct one once, for repeats hide others in a graph.
            graph: Whether to make a graph; by default where there are many.
        """
        made = cls(_flat(vectors))
        if len(vectors) >= GRAPH_FROM if graph is None else graph:
            made._graph = _extended(None, vectors)
        return made

    def save(self, path: Path) -> None:
        """Writes the vectors to ``path``.

        Raises:
            OSError: They cannot be written.
        """
        _write(self._flat, path)

    def save_graph(self, path: Path) -> None:
        """Writes the graph to ``path``.

        Raises:
            OSError: It cannot be written.
        """
        _write(self._graph, path)

    def __len__(self) -> int:
        """Returns the number of vectors."""
        return int(self._flat.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._flat.d)

    @property
    def has_graph(self) -> bool:
        """Whether a graph is searched."""
        return self._graph is not None

    def search(self, query: Scores, k: int, places: Places | None = None) -> tuple[Places, Scores]:
        """Returns the places of the ``k`` nearest vectors and their inner products, best first.

        Args:
            query: An embedding, shape ``(dimension,)``.
            k: Number of vectors wanted; fewer come where there are fewer.
            places: Places to search among, ascending; None for all.

        Returns:
            The places, -1 for a vector that only the graph holds, and the inner products.
        """
        _use_one_thread()
        if places is not None and len(places) < len(self) // _DENSE:
            found, scores = self._few(places).search(query, k)
            return places[found], scores
        batch = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        index, parameters, k = self._flat, None, min(k, len(self))
        if places is not None:
            k = min(k, len(places))
            parameters = _faiss.SearchParameters(sel=self._among(places))
        elif self._graph is not None:
            return self._walked(self._graph, batch, k)
        if k < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        scores, found = index.search(batch, k, params=parameters)
        kept = found[0] >= 0
        return found[0][kept], scores[0][kept]

    def _walked(self, graph: Any, batch: Embeddings, k: int) -> tuple[Places, Scores]:
        """Returns what a walk through the graph finds, put in order by comparing it."""
        count = max(_SEARCH_CANDIDATES, k)
        parameters = _faiss.SearchParametersHNSW(efSearch=count)
        scores, found = graph.search(batch, count, params=parameters)
        kept = found[0] >= 0
        found, scores = found[0][kept], scores[0][kept]
        places = found if self._places is None else self._places[found].astype(np.int64)
        here = places >= 0
        scores[here] = self.similarities(batch[0], places[here])
        order = np.lexsort((places, -scores))[:k]
        return places[order], scores[order]

    def _among(self, places: Places) -> Any:
        chosen = np.zeros(len(self), dtype=bool)
        chosen[places] = True
        return _faiss.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))

    def _few(self, places: Places) -> "Vectors":
        """Returns the vectors at ``places``: a search with a selector looks at every place."""
        codes = self._flat.codes
        every = _faiss.rev_swig_ptr(codes.data(), codes.size()).reshape(len(self), -1)
        few = _empty(self.dimension)
        few.add_sa_codes(every[places])
        return Vectors(few)

    def similarities(self, query: Scores, places: Places) -> Scores:
        """Returns the inner product of ``query`` with the vectors at ``places``, in their order."""
        found, scores = self._few(places).search(query, len(places))
        by_place = np.empty(len(places), dtype=np.float32)
        by_place[found] = scores
        return by_place

    def extended(self, vectors: Embeddings) -> None:
        """Adds ``vectors`` to the graph alone; makes it where there is none."""
        self._graph = _extended(self._graph, vectors)

    def vectors(self, places: Places) -> Embeddings:
        """Returns the vectors at ``places``, shape ``(len(places), dimension)``."""
        found: Embeddings = self._flat.reconstruct_batch(np.ascontiguousarray(places))
        return found


def spread_of(count: int, vectors_at: Callable[[Places], Embeddings]) -> float:
    """Returns how far inner products differ among vectors: their standard deviation.

    It is the mean over a sample of the vectors, each compared with another sample; 1 where there
    are too few to differ.

    Args:
        count: Number of vectors.
        vectors_at: Returns the vectors at ascending places.
    """
    if count < _FEWEST:
        return 1.0
    queries, others = (
        np.linspace(0, count - 1, min(count, size)).astype(np.int64) for size in (_SAMPLE, _OTHERS)
    )
    scores = vectors_at(queries) @ vectors_at(others).T
    scores[queries[:, None] == others[None, :]] = np.nan
    return float(np.nanstd(scores, axis=1).mean()) or 1.0


def _flat(vectors: Embeddings) -> Any:
    index = _empty(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def _empty(dimension: int) -> Any:
    kind = _faiss.ScalarQuantizer.QT_fp16
    return _faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)


def _extended(graph: Any | None, vectors: Embeddings) -> Any:
    _use_one_thread()
    if graph is None:
        graph = _faiss.IndexHNSWSQ(
            vectors.shape[1],
            _faiss.ScalarQuantizer.QT_8bit,
            _LINKS,
            faiss.METRIC_INNER_PRODUCT,
        )
        graph.hnsw.efConstruction = _BUILD_CANDIDATES
        # The range of each number; one of a later vector beyond it is cut.
        graph.train(np.ascontiguousarray(vectors, dtype=np.float32))
    graph.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return graph


def _use_one_thread() -> None:
    """Lets FAISS use no more threads than the one that calls it, for which alone the number holds.

    Requests run side by side: threads within one would only fight for the cores.
    """
    _faiss.omp_set_num_threads(1)


def _write(index: Any, path: Path) -> None:
    try:
        _faiss.write_index(index, str(path))
    except RuntimeError as error:
        raise OSError(f"{path}: FAISS cannot write this file") from error


def _read(path: Path, *, mapped: bool) -> Any:
    try:
        return faiss.read_index(str(path), _faiss.IO_FLAG_MMAP_IFC if mapped else 0)
    except RuntimeError as error:
        raise CorruptIndexError(f"{path}: FAISS cannot read this file.") from error
