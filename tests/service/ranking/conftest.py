"""Generations of passages in memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest

from indexer.analysis.corpus import CorpusWords, merge
from indexer.analysis.texts import analyse
from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.passages import Passage
from indexer.languages.tables import document_tables
from indexer.stores.base import EditionRows, Rows, Scores, Snapshot, Statistics

_DOCUMENT = Document("d", "", Trilingual("d"), (Edition("kk"),))


@dataclass(frozen=True)
class Generation:
    """What ranking reads of a generation, without files.

    The vector of each row is an axis of its own, so the similarities of a query are its numbers.
    """

    found: tuple[Passage, ...]

    @property
    def documents(self) -> dict[str, Document]:
        """Nothing is known of documents."""
        return {}

    @cached_property
    def words(self) -> CorpusWords:
        """The words of the rows."""
        return CorpusWords(
            merge([analyse(self.found[one.start : one.stop]) for one in self.editions])
        )

    @cached_property
    def statistics(self) -> Statistics:
        """The definitions of the passages; a spread of 1."""
        analysis = analyse(self.found)
        words = document_tables({"kk": analysis.forms})
        return Statistics(1.0, 0.0, words, analysis.definitions)

    @cached_property
    def items(self) -> Rows:
        """Every row is an item of its own."""
        return np.arange(len(self))

    @cached_property
    def editions(self) -> tuple[EditionRows, ...]:
        """Rows of one language that stand together are an edition."""
        spoken = [passage.language for passage in self.found]
        starts = [row for row, code in enumerate(spoken) if not row or spoken[row - 1] != code]
        return tuple(
            EditionRows(_DOCUMENT, Edition(spoken[start]), start, stop)
            for start, stop in zip(starts, [*starts[1:], len(spoken)], strict=True)
        )

    def asked(self, query: Scores, k: int) -> tuple[Rows, Scores]:
        """Returns nothing: nobody wrote questions."""
        return np.empty(0, np.int64), np.empty(0, np.float32)

    def __len__(self) -> int:
        return len(self.found)

    def passages(self, rows: Iterable[int]) -> tuple[Passage, ...]:
        """Returns the passages in ``rows``."""
        return tuple(self.found[row] for row in rows)

    def nearest(self, query: Scores, k: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """Returns the ``k`` rows that ``query`` has the greatest numbers for."""
        allowed = np.arange(len(self)) if rows is None else rows
        order = allowed[np.argsort(-query[allowed], kind="stable")][:k]
        return order, query[order]

    def similarities(self, query: Scores, rows: Rows) -> Scores:
        """Returns the numbers that ``query`` has for ``rows``."""
        return query[rows]


@pytest.fixture(scope="session")
def generation() -> Callable[[Sequence[Passage]], Snapshot]:
    """Makes a generation of passages; the numbers of a query's vector are their similarities."""

    def make(passages: Sequence[Passage]) -> Snapshot:
        return Generation(tuple(passages))

    return make
