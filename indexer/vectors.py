"""Nearest embeddings by inner product: FAISS, its index type chosen by the number of vectors.

Source: M. Douze et al., "The Faiss library", 2024, doi:10.48550/arXiv.2401.08281.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.embedding import Embeddings
from indexer.errors import CorruptIndexError

EXACT_LIMIT = 50_000
"""Up to this many vectors every one is compared; beyond, a graph (HNSW) finds the nearest."""

_HNSW_LINKS = 16
_HNSW_BUILD_CANDIDATES = 100
_HNSW_SEARCH_CANDIDATES = 128

_SAMPLE = 256
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One vector found: its row, and its inner product with the query."""

    row: int
    score: float


class VectorIndex:
    """Vectors in a FAISS index, addressed by row number; safe to search from several threads."""

    def __init__(self, index: Any) -> None:
        """Wraps a FAISS index; use :meth:`build` or :meth:`load`."""
        self._index = index
        library: Any = faiss
        exact = isinstance(index, faiss.IndexFlat)
        storage = index if exact else library.downcast_index(index.storage)
        # A view of the library's own memory, which lives as long as the index.
        self._vectors: Embeddings = library.rev_swig_ptr(
            storage.get_xb(), index.ntotal * index.d
        ).reshape(index.ntotal, index.d)

    @classmethod
    def build(cls, vectors: Embeddings, *, exact_limit: int = EXACT_LIMIT) -> Self:
        """Indexes ``vectors``, shape ``(n, dimension)``."""
        dimension = vectors.shape[1]
        index: Any
        if len(vectors) <= exact_limit:
            index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, _HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _HNSW_BUILD_CANDIDATES
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads an index that :meth:`save` wrote.

        Raises:
            CorruptIndexError: FAISS cannot read the file.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise CorruptIndexError(f"{path}: FAISS cannot read this file.") from error

    def save(self, path: Path) -> None:
        """Writes the index to ``path``."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        """Returns the number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def is_exact(self) -> bool:
        """Whether every vector is compared."""
        return isinstance(self._index, faiss.IndexFlat)

    def vectors(self) -> Embeddings:
        """Returns a copy of all vectors, shape ``(len(self), dimension)``."""
        return self._vectors.copy()

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Returns the inner product of ``query``, shape ``(dimension,)``, with every vector."""
        scores: NDArray[np.float32] = self._vectors @ query
        return scores

    def spread(self) -> float:
        """Returns how far inner products differ among the vectors: their standard deviation.

        It is the mean over a sample of the vectors, each compared with all others; 1 where there
        are too few to differ.
        """
        sample = np.linspace(0, len(self) - 1, min(len(self), _SAMPLE)).astype(np.int64)
        scores = self._vectors[sample] @ self._vectors.T
        scores[np.arange(len(sample)), sample] = np.nan
        spread = float(np.nanstd(scores, axis=1).mean()) if len(self) > _FEWEST else 0.0
        return spread or 1.0

    def search(
        self, query: NDArray[np.float32], k: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[Hit, ...]:
        """Returns the ``k`` vectors nearest to ``query``, best first, fewer where there are fewer.

        Args:
            query: One embedding, shape ``(dimension,)``.
            k: Number of hits wanted.
            rows: Rows to search among; None for all.
        """
        batch = query.reshape(1, -1)
        if rows is not None and not self.is_exact:
            # A graph walked under a filter loses hits (recall .54 at 2 %): compare the rows.
            scores = self._vectors[rows] @ query
            best = np.argsort(-scores, kind="stable")[:k]
            return tuple(Hit(int(rows[i]), float(scores[i])) for i in best)
        # Any: the wheel's stubs know neither the keywords nor the class.
        library: Any = faiss
        parameters = None
        if rows is not None:
            parameters = library.SearchParameters(sel=faiss.IDSelectorBatch(rows))
        elif not self.is_exact:
            parameters = library.SearchParametersHNSW(efSearch=max(_HNSW_SEARCH_CANDIDATES, k))
        scores, ids = self._index.search(batch, min(k, len(self)), params=parameters)
        return tuple(
            Hit(int(row), float(score))
            for row, score in zip(ids[0], scores[0], strict=True)
            if row >= 0
        )
