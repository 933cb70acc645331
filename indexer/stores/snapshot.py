"""A generation that is read through tables: what snapshots of every store have in common.

A store adds where texts come from and how vectors are searched.
"""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from indexer.acts.citations import Citation
from indexer.analysis.corpus import CorpusWords
from indexer.documents.description import Document
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.stores.base import EditionRows, ModelStamp, Rows, Scores, Statistics
from indexer.stores.tables import Tables

_OUTLINES = 256


class TabledSnapshot(ABC):
    """Base of snapshots; see :class:`indexer.stores.base.Snapshot` for what the methods do."""

    def __init__(
        self,
        generation: int,
        model: ModelStamp,
        editions: Sequence[EditionRows],
        tables: Tables,
    ) -> None:
        """Takes what the store opened."""
        self.generation = generation
        self.model = model
        self._tables = tables
        self._editions = tuple(editions)
        self._outline = lru_cache(_OUTLINES)(self._read_outline)
        self._notes = lru_cache(_OUTLINES)(self._read_notes)
        self._documents = {rows.document.id: rows.document for rows in self._editions}

    @property
    def documents(self) -> Mapping[str, Document]:
        """See :class:`indexer.stores.base.Snapshot`."""
        return self._documents

    @property
    def editions(self) -> Sequence[EditionRows]:
        """See :class:`indexer.stores.base.Snapshot`."""
        return self._editions

    @property
    def items(self) -> Rows:
        """See :class:`indexer.stores.base.Snapshot`."""
        return self._tables.items

    @property
    def words(self) -> CorpusWords:
        """See :class:`indexer.stores.base.Snapshot`."""
        return self._tables.words

    @property
    def statistics(self) -> Statistics:
        """See :class:`indexer.stores.base.Snapshot`."""
        return self._tables.statistics

    def __len__(self) -> int:
        """Returns the number of rows."""
        return len(self._tables.items)

    def siblings(self, rows: Rows) -> Rows:
        """See :meth:`indexer.stores.base.Snapshot.siblings`."""
        return self._tables.siblings(rows)

    def outline(self, edition: EditionRows) -> Outline:
        """See :meth:`indexer.stores.base.Snapshot.outline`."""
        return self._outline(self._number(edition.start))

    def notes(self, edition: EditionRows) -> Mapping[str, tuple[str, ...]]:
        """See :meth:`indexer.stores.base.Snapshot.notes`."""
        return self._notes(self._number(edition.start))

    def citations(self, edition: EditionRows) -> Sequence[tuple[int, Citation]]:
        """See :meth:`indexer.stores.base.Snapshot.citations`."""
        found = self._read_citations(self._number(edition.start))
        return tuple((edition.start + place, one) for place, one in found)

    @abstractmethod
    def citing(self, acts: Iterable[str]) -> Sequence[tuple[int, Citation]]:
        """See :meth:`indexer.stores.base.Snapshot.citing`."""

    def passages(self, rows: Iterable[int]) -> tuple[Passage, ...]:
        """See :meth:`indexer.stores.base.Snapshot.passages`."""
        wanted = [int(row) for row in rows]
        by_edition: dict[int, list[int]] = {}
        for row in dict.fromkeys(wanted):
            by_edition.setdefault(self._number(row), []).append(row)
        found: dict[int, Passage] = {}
        for number, held in by_edition.items():
            start = self._editions[number].start
            passages = self._read_passages(number, [row - start for row in held])
            found.update(zip(held, passages, strict=True))
        return tuple(found[row] for row in wanted)

    def nearest(self, query: Scores, k: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """See :meth:`indexer.stores.base.Snapshot.nearest`."""
        own = None if rows is None else self._tables.places_of(rows)
        if k < 1 or (own is not None and not len(own)):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return self._tables.nearest(lambda count: self._search(query, count, own), k, rows)

    def asked(self, query: Scores, k: int) -> tuple[Rows, Scores]:
        """See :meth:`indexer.stores.base.Snapshot.asked`."""
        return self._tables.asked(lambda count: self._search_asked(query, count), k)

    def similarities(self, query: Scores, rows: Rows) -> Scores:
        """See :meth:`indexer.stores.base.Snapshot.similarities`."""
        return self._tables.similarities(lambda places: self._compare(query, places), rows)

    def _number(self, row: int) -> int:
        """Returns the number, from 0, of the edition that a row is of."""
        return bisect_right(self._editions, row, key=lambda one: one.start) - 1

    @abstractmethod
    def _read_outline(self, number: int) -> Outline:
        """Returns the outline of an edition by its number."""

    @abstractmethod
    def _read_notes(self, number: int) -> Mapping[str, tuple[str, ...]]:
        """Returns the editor's notes about an edition by its number."""

    @abstractmethod
    def _read_citations(self, number: int) -> Sequence[tuple[int, Citation]]:
        """Returns what an edition cites, each with the place of its passage in it."""

    @abstractmethod
    def _read_passages(self, number: int, places: Sequence[int]) -> Sequence[Passage]:
        """Returns passages of one edition by their places in it."""

    @abstractmethod
    def _search(self, query: Scores, count: int, places: Rows | None) -> tuple[Rows, Scores]:
        """Searches vectors as :data:`indexer.stores.tables.Search` says, among ``places``."""

    @abstractmethod
    def _search_asked(self, query: Scores, count: int) -> tuple[Rows, Scores]:
        """Searches the vectors of written questions."""

    @abstractmethod
    def _compare(self, query: Scores, places: Rows) -> Scores:
        """Returns the inner products of ``query`` with the vectors at ascending ``places``."""
