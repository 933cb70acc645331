"""Coverage: the share of a question's letter sequences that a passage holds.

BM25 over letter sequences of three to five, divided by the most that the question could score. It
shrinks by itself where little matches, as for a Russian question about a Kazakh text. Sequences
do for Kazakh what stemmers do elsewhere: a stem's letters stay when endings change.

Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework", 2009,
doi:10.1561/1500000019; the engine is bm25s, arXiv:2407.03618.
"""

import math
from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from indexer.passages import Passage
from indexer.vocabulary import words_of

_LENGTHS = (3, 4, 5)


class Coverage:
    """Letter sequences of the passages, indexed."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Indexes the passages' texts with the headings above them."""
        documents = [
            sequences(words_of(" ".join((*passage.heading_path, passage.text))))
            for passage in passages
        ]
        self._ids: dict[str, int] = {}
        numbered = [
            [self._ids.setdefault(part, len(self._ids)) for part in document]
            for document in documents
        ]
        self._engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75, dtype="float32")
        self._engine.index((numbered, self._ids), create_empty_token=False, show_progress=False)
        self._highest = math.log(1 + (len(passages) + 0.5) / 0.5)
        self._count = len(passages)

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """Returns the coverage of ``words`` by every passage, from 0 to 1."""
        parts = sequences(words)
        known = [self._ids[part] for part in parts if part in self._ids]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        scores: NDArray[np.float32] = self._engine.get_scores_from_ids(known)
        return scores / np.float32(len(parts) * self._highest)


def sequences(words: Iterable[str]) -> list[str]:
    """Returns the letter sequences of ``words``, with ``#`` at the ends of each word."""
    return [
        marked[start : start + length]
        for marked in (f"#{word}#" for word in words)
        for length in _LENGTHS
        for start in range(len(marked) - length + 1)
    ]
