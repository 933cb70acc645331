"""Items of documents for which nobody wrote questions, beside others that have some."""

import numpy as np
import pytest

from indexer.documents.description import Document, Edition, Trilingual
from indexer.stores.base import EditionRows, Rows, Scores
from service.ranking.signals.asked import Asked
from service.ranking.signals.base import Query


class Mixed:
    """Ten items with written questions and ten without; cosines are the numbers of a query."""

    def __init__(self) -> None:
        self.items: Rows = np.arange(20)
        self.editions = [
            EditionRows(Document(name, "", Trilingual(name), (Edition("kk"),)), Edition("kk"), a, b)
            for name, a, b in (("asked", 0, 10), ("other", 10, 20))
        ]

    def asked(self, query: Scores, k: int) -> tuple[Rows, Scores]:
        """The questions of an item lie a little nearer than its text."""
        order = np.argsort(-query[:10])
        return order, query[order] + np.float32(0.05)

    def similarities(self, query: Scores, rows: Rows) -> Scores:
        """The numbers of the query."""
        return query[rows]


def scores(query: list[float]) -> Scores:
    """Returns what the signal says of all twenty items."""
    vector = np.array(query, dtype=np.float32)
    return Asked(Mixed()).measure(Query("", "kk", (), vector), np.arange(20)).scores  # type: ignore[arg-type]


def test_an_item_without_questions_is_no_worse_for_that() -> None:
    """What lies as near has as good a score; what lies nearer, a better one; none is above 1."""
    near = [0.80 + 0.01 * n for n in range(10)]
    found = scores([*near, *near[:-2], 0.99, 1.2])
    assert found[10:18] == pytest.approx(found[:8], abs=1e-3)
    assert found[18] > found[9]
    assert found[19] == 1


def test_without_a_candidate_that_has_questions_all_are_equal() -> None:
    """Nothing tells one from another then."""
    vector = np.linspace(0.5, 0.9, 20, dtype=np.float32)
    found = Asked(Mixed()).measure(Query("", "kk", (), vector), np.arange(10, 20)).scores  # type: ignore[arg-type]
    assert len(set(found.tolist())) == 1
