"""Tables of a generation: what ranking needs beside the vectors, whatever keeps the documents.

They are made of the editions in their order and mapped from files. A vector is known here by its
*place* among the vectors of the generation, in ascending order of the numbers that the store gave
them.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.corpus import CorpusWords, Table, merge
from indexer.analysis.texts import Analysis
from indexer.distinct import distinct, is_among
from indexer.languages.codes import Language
from indexer.languages.tables import WordTables, document_tables
from indexer.stores.base import EditionRows, Rows, Scores, Statistics

Numbers = NDArray[np.int64]
Search = Callable[[int], tuple[Rows, Scores]]
"""Returns the places of so many nearest vectors with their inner products, best first; fewer where
there are no more, and -1 for a vector that the generation does not hold."""

VERSION: Final = 9
"""Version of the files."""

_STATISTICS = "statistics.json"


@dataclass(frozen=True, slots=True)
class EditionContent:
    """What tables are made of: one edition.

    Attributes:
        rows: The edition.
        eids: The addresses of its passages.
        analysis: What its words are.
        owners: The passage that each vector belongs to, by its place in the edition, ascending.
        vectors: The numbers of those vectors.
    """

    rows: EditionRows
    eids: Sequence[str]
    analysis: Analysis
    owners: Numbers
    vectors: Numbers


def derive_tables(
    editions: Iterable[EditionContent],
    asked: Iterable[tuple[str, str, int]],
    folder: Path,
    spread: Callable[[Numbers], float],
) -> dict[str, NDArray[Any]]:
    """Writes the tables of a generation.

    Args:
        editions: Its editions, in their order.
        asked: Document, address and number of the vector of each written question.
        folder: Where the files go.
        spread: Returns how far inner products of vectors of ascending numbers differ.

    Returns:
        The tables by name.
    """
    analyses: list[Analysis] = []
    forms: dict[Language, Counter[str]] = {}
    items: list[int] = []
    row_of, numbers = [], []
    known: dict[tuple[str, str], int] = {}
    for content in editions:
        rows = content.rows
        analyses.append(content.analysis)
        forms.setdefault(rows.edition.language, Counter()).update(content.analysis.forms)
        name = rows.document.id
        items += [
            known.setdefault((name, eid), row)
            for row, eid in enumerate(content.eids, start=rows.start)
        ]
        row_of.append(rows.start + content.owners)
        numbers.append(content.vectors)
    arrays = merge(analyses)
    arrays["items"] = own = np.array(items, dtype=np.int64)
    arrays["rows_by_item"] = np.argsort(own, kind="stable")
    arrays["items_sorted"] = own[arrays["rows_by_item"]]
    arrays |= _windows(_joined(row_of), _joined(numbers), len(items))
    arrays |= _questions([(known[n, eid], v) for n, eid, v in asked if (n, eid) in known])
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    document_tables(forms).save(folder)
    told = {
        "spread": spread(arrays["vector_numbers"]),
        "asked_spread": spread(arrays["asked_numbers"]) if len(arrays["asked_numbers"]) else 0.0,
        "definitions": list(dict.fromkeys(pair for one in analyses for pair in one.definitions)),
    }
    (folder / _STATISTICS).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return arrays


@dataclass(frozen=True)
class Tables:
    """The tables of one generation, mapped.

    Attributes:
        arrays: The tables by name.
        statistics: What is known of the corpus.
    """

    arrays: Mapping[str, NDArray[Any]]
    statistics: Statistics

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Maps what :func:`derive_tables` wrote."""
        found = {
            path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in folder.glob("*.npy")
        }
        told = json.loads((folder / _STATISTICS).read_bytes())
        definitions = tuple((short, full) for short, full in told["definitions"])
        words = WordTables.load(folder)
        return cls(found, Statistics(told["spread"], told["asked_spread"], words, definitions))

    @cached_property
    def words(self) -> CorpusWords:
        """The words of the rows."""
        return CorpusWords(self.arrays)

    @property
    def items(self) -> Rows:
        """For each row the first row of the same item, whatever its edition."""
        return self.arrays["items"]

    @property
    def numbers(self) -> Numbers:
        """The numbers of the vectors, ascending."""
        return self.arrays["vector_numbers"]

    @property
    def asked_numbers(self) -> Numbers:
        """The numbers of the vectors of written questions, ascending."""
        return self.arrays["asked_numbers"]

    @cached_property
    def _rows_of(self) -> Table:
        return Table(self.arrays["vector_row_offsets"], self.arrays["vector_rows"])

    @cached_property
    def _vectors_of(self) -> Table:
        return Table(self.arrays["row_vector_offsets"], self.arrays["row_vectors"])

    @cached_property
    def _items_of(self) -> Table:
        return Table(self.arrays["asked_offsets"], self.arrays["asked_items"])

    def places_of(self, rows: Rows) -> Rows:
        """Returns the places of the vectors of ``rows``, each once, ascending."""
        places, _, _ = self._vectors_of.gather(rows)
        return distinct(places).astype(np.int64)

    def siblings(self, rows: Rows) -> Rows:
        """See :meth:`indexer.stores.base.Snapshot.siblings`."""
        items, held = distinct(self.items[rows]), self.arrays["items_sorted"]
        starts = np.searchsorted(held, items, side="left")
        stops = np.searchsorted(held, items, side="right")
        offsets = np.concatenate([[0], np.cumsum(stops - starts)])
        places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], stops - starts)
        found: Rows = np.sort(self.arrays["rows_by_item"][places])
        return found

    def nearest(self, search: Search, k: int, rows: Rows | None) -> tuple[Rows, Scores]:
        """Returns the ``k`` rows whose vectors are nearest; see the snapshot's.

        Args:
            search: Finds vectors, of ``rows`` at least.
            k: Number of rows wanted.
            rows: The rows that may be found, ascending; None for all.
        """
        wanted = 2 * k
        while True:
            places, scores = search(wanted)
            found, values = self._rows_by_score(places, scores, rows)
            # A passage of many vectors takes many places; among equal rows the first ones count.
            whole = len(places) < wanted
            if whole or (len(found) >= k and values[k - 1] > scores[-1]):
                return found[:k], values[:k]
            wanted *= 4

    def asked(self, search: Search, k: int) -> tuple[Rows, Scores]:
        """Returns the items of the ``k`` nearest written questions; see the snapshot's."""
        if not len(self.asked_numbers):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        wanted = k
        while True:
            places, scores = search(wanted)
            held = places >= 0
            if held.sum() >= k or len(places) < wanted:
                break
            wanted *= 4
        places, scores = places[held], scores[held]
        order = np.lexsort((places, -scores))[:k]
        items, which, _ = self._items_of.gather(places[order])
        _, first = np.unique(items, return_index=True)
        first.sort()
        return items[first].astype(np.int64), scores[order][which[first]]

    def similarities(self, compare: Callable[[Rows], Scores], rows: Rows) -> Scores:
        """Returns the greatest of the inner products of each row's vectors.

        Args:
            compare: Returns the inner products of the vectors at ascending places.
            rows: The rows.
        """
        places, owners, _ = self._vectors_of.gather(rows)
        each, which = np.unique(places, return_inverse=True)
        best = np.full(len(rows), -1, dtype=np.float32)
        if len(each):
            np.maximum.at(best, owners, compare(each.astype(np.int64))[which])
        return best

    def _rows_by_score(
        self, places: Rows, scores: Scores, allowed: Rows | None
    ) -> tuple[Rows, Scores]:
        """Returns the rows of vectors, each with its best one, equal ones ascending."""
        places, scores = places[places >= 0], scores[places >= 0]
        held, which, _ = self._rows_of.gather(places)
        found, values = held.astype(np.int64), scores[which]
        if allowed is not None:
            kept = is_among(found, allowed)
            found, values = found[kept], values[kept]
        order = np.lexsort((found, -values))
        found, values = found[order], values[order]
        _, first = np.unique(found, return_index=True)
        first.sort()
        return found[first], values[first]


def places_of(numbers: Numbers, known: Numbers) -> Rows:
    """Returns the places of ``numbers`` among ascending ``known`` ones; -1 for others."""
    if not len(known):
        return np.full(len(numbers), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    places[known[places] != numbers] = -1
    return places


def _windows(row_of: Numbers, numbers: Numbers, count: int) -> dict[str, NDArray[Any]]:
    known, place = np.unique(numbers, return_inverse=True)
    by_vector = np.argsort(place, kind="stable")
    return {
        "vector_numbers": known,
        "row_vectors": place.astype(np.int32),
        "row_vector_offsets": np.searchsorted(row_of, np.arange(count + 1)),
        "vector_rows": row_of[by_vector].astype(np.int32),
        "vector_row_offsets": np.searchsorted(place[by_vector], np.arange(len(known) + 1)),
    }


def _questions(asked: Sequence[tuple[int, int]]) -> dict[str, NDArray[Any]]:
    items = np.array([item for item, _ in asked], dtype=np.int32)
    known, place = np.unique(np.array([v for _, v in asked], np.int64), return_inverse=True)
    order = np.argsort(place, kind="stable")
    return {
        "asked_numbers": known,
        "asked_items": items[order],
        "asked_offsets": np.searchsorted(place[order], np.arange(len(known) + 1)),
    }


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate([*parts, np.empty(0, dtype=np.int64)]).astype(np.int64)
