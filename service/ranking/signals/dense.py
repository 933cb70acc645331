"""Meaning: the cosine of question and passage, alone and under its headings.

It is counted in units of its spread in the corpus, the same for every question.
"""

import math
from collections.abc import Mapping

import numpy as np

from indexer.stores.base import Rows
from service.ranking.signals.base import Measured, Query, Signal

_MEASURED = 400
"""Of fewer passages confidence was not measured: they count as so many."""


class Dense(Signal):
    """Nearest embeddings."""

    name = "dense"
    tables = ("nearest", "similarities", "statistics.spread")
    features = ("nearest", "size")

    @property
    def weight(self) -> float:
        """One spread of the cosine counts 1."""
        return 1 / self.snapshot.statistics.spread

    def propose(self, query: Query, k: int, allowed: Rows | None) -> Rows:
        """Returns the rows with the nearest vectors."""
        return self.snapshot.nearest(query.vector, k, allowed)[0]

    def measure(self, query: Query, rows: Rows) -> Measured:
        """Returns the cosines."""
        return Measured(self.snapshot.similarities(query.vector, rows))

    def describe(
        self, query: Query, measured: Mapping[str, Measured], place: int
    ) -> tuple[float, ...]:
        """Returns the cosine of the nearest candidate, whichever is first, and of how many it is.

        The nearest of many is near by chance.
        """
        size = math.log(max(_MEASURED, len(self.snapshot)))
        return float(np.max(measured[self.name].scores)), size
