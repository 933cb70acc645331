"""Written questions: how near the question is to those written for an item beforehand.

Whoever adds a document may write questions that its items answer (``questions.toml``). People's own
questions are nearer to such questions than to the words of the law.

Source: R. Nogueira, J. Lin, "From doc2query to docTTTTTquery", 2019, for expanding documents by
questions; here they are compared as embeddings.
"""

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.stores.base import Rankable, Rows, Scores
from service.ranking.signals.base import Measured, Query, Signal

_COMPARED = 400
_REMEMBERED = 64
_FEWEST = 8
_DOUBT = 3.0


class Asked(Signal):
    """Nearest written questions; no evidence at all where nobody wrote any."""

    name = "asked"
    tables = ("asked", "statistics.asked_spread")
    features = ("asked",)

    def __init__(self, snapshot: Rankable) -> None:
        """Remembers what was found for the last questions: they are looked up twice."""
        super().__init__(snapshot)
        self._starts = np.array([rows.start for rows in snapshot.editions], dtype=np.int64)
        documents = [rows.document.id for rows in snapshot.editions]
        self._documents = np.unique(documents, return_inverse=True)[1].astype(np.int64)
        self._find = lru_cache(_REMEMBERED)(
            lambda vector: snapshot.asked(np.frombuffer(vector, dtype=np.float32), _COMPARED)
        )

    @property
    def weight(self) -> float:
        """One spread of the written questions' cosines counts 1."""
        spread = self.snapshot.statistics.asked_spread
        return 1 / spread if spread else 0.0

    def propose(self, query: Query, k: int, allowed: Rows | None) -> Rows:
        """Returns the items of the nearest questions."""
        items = self._nearest(query)[0][:k]
        return items if allowed is None else np.intersect1d(items, allowed)

    def _nearest(self, query: Query) -> tuple[Rows, Scores]:
        """Returns the items of the nearest questions, best first, with their cosines."""
        found: tuple[Rows, Scores] = self._find(query.vector.astype(np.float32).tobytes())
        return found

    def measure(self, query: Query, rows: Rows) -> Measured:
        """Returns the cosine of each candidate's nearest question.

        A candidate that is none of the nearest gets that of the farthest compared. One of a
        document for which nobody wrote any gets what its text lets expect: it is no worse for that.
        """
        items, cosines = self._nearest(query)
        scores: Scores = np.full(len(rows), cosines.min(initial=1), dtype=np.float32)
        written = np.zeros(len(rows), dtype=np.bool_)
        if len(items):
            order = np.argsort(items)
            wanted = self.snapshot.items[rows]
            places = np.minimum(np.searchsorted(items[order], wanted), len(items) - 1)
            found = items[order][places] == wanted
            scores[found] = cosines[order][places[found]]
            written = np.isin(self._document(rows), self._document(items))
            if not written.all():
                scores[~written] = self._expected(query, rows, scores, written)
        return Measured(scores, {"written": written.astype(np.float32)})

    def _expected(
        self, query: Query, rows: Rows, scores: Scores, written: NDArray[np.bool_]
    ) -> Scores:
        """Returns the cosines to expect of questions that nobody wrote.

        The candidates with questions tell how near those lie where a text lies so near: the line
        of least squares through them, or their mean where they are few. Many more are without
        questions, and the best of many guesses is too good: three spreads around the line are taken
        off. (Chosen on tune questions over an index of 29 documents, one of them with questions.)
        """
        if not written.any():
            return scores[~written]
        texts = self.snapshot.similarities(query.vector, rows)
        known, usual = texts[written], scores[written]
        varied = float(known.var())
        slope = 0.0
        if len(known) >= _FEWEST and varied > 0:
            shared = float(((known - known.mean()) * (usual - usual.mean())).mean())
            slope = max(0.0, shared / varied)
        spread = math.sqrt(max(0.0, float(usual.var()) - slope**2 * varied))
        expected: Scores = usual.mean() + slope * (texts[~written] - known.mean()) - _DOUBT * spread
        return np.minimum(expected, 1).astype(np.float32)

    def _document(self, rows: Rows) -> NDArray[np.int64]:
        """Returns the number of the document that each row is of."""
        found: NDArray[np.int64] = self._documents[
            np.searchsorted(self._starts, rows, side="right") - 1
        ]
        return found

    def describe(
        self, query: Query, measured: Mapping[str, Measured], place: int
    ) -> tuple[float, ...]:
        """Returns the cosine of the candidate's nearest question, of its text where none is."""
        own = measured[self.name]
        chosen = own if own.details["written"][place] else measured["dense"]
        return (float(chosen.scores[place]),)
