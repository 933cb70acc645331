"""A generation on Milvus, as it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.acts.citations import Citation
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.stores.base import EditionRows, Rows, Scores
from indexer.stores.milvus.client import MOST, Client
from indexer.stores.milvus.contents import PASSAGES, QUESTIONS, Contents, VectorRows
from indexer.stores.milvus.generations import Generation
from indexer.stores.milvus.manifest import (
    BLOCK,
    KeptEdition,
    read_block,
    read_citations,
    read_notes,
    read_outline,
)
from indexer.stores.snapshot import TabledSnapshot
from indexer.stores.tables import Numbers, Tables, places_of

_BLOCKS = 512
_FEW = 4_000


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a generation is read from.

    Attributes:
        client: The server.
        generation: The generation.
        contents: Where its texts are.
        vectors: Where its vectors are.
        editions: Its editions in the order of their rows, with what is kept of each.
    """

    client: Client
    generation: Generation
    contents: Contents
    vectors: VectorRows
    editions: tuple[tuple[EditionRows, KeptEdition], ...]


class MilvusSnapshot(TabledSnapshot):
    """One generation; every search sees at least what was written before it was published."""

    def __init__(self, source: Kept, tables: Tables, citing: Mapping[str, Sequence[int]]) -> None:
        """Takes what the store opened.

        Args:
            source: Where the generation is read from.
            tables: What was derived of it.
            citing: The numbers of the editions that cite each act, by the key of its name.
        """
        editions = [rows for rows, _ in source.editions]
        super().__init__(source.generation.number, source.generation.model, editions, tables)
        self._source = source
        self._since = source.generation.timestamp
        self._citing = citing
        self._block = lru_cache(_BLOCKS)(self._read_block)
        self._citations = lru_cache(_BLOCKS)(self._fetch_citations)

    def citing(self, acts: Iterable[str]) -> Sequence[tuple[int, Citation]]:
        """See :class:`indexer.stores.base.Snapshot`."""
        wanted = {act for act in acts if act}
        numbers = sorted({number for act in wanted for number in self._citing.get(act, ())})
        return tuple(
            (self._editions[number].start + place, one)
            for number in numbers
            for place, one in self._citations(number)
            if one.act in wanted
        )

    def _read_outline(self, number: int) -> Outline:
        name = self._source.editions[number][1].outline
        return read_outline(self._source.contents.get([name], self._since)[name])

    def _read_notes(self, number: int) -> Mapping[str, tuple[str, ...]]:
        name = self._source.editions[number][1].notes
        return read_notes(self._source.contents.get([name], self._since)[name])

    def _read_citations(self, number: int) -> Sequence[tuple[int, Citation]]:
        return self._citations(number)

    def _fetch_citations(self, number: int) -> tuple[tuple[int, Citation], ...]:
        name = self._source.editions[number][1].citations
        return read_citations(self._source.contents.get([name], self._since)[name])

    def _read_passages(self, number: int, places: Sequence[int]) -> Sequence[Passage]:
        return [self._block(number, place // BLOCK)[place % BLOCK] for place in places]

    def _read_block(self, number: int, block: int) -> list[Passage]:
        rows, kept = self._source.editions[number]
        name = kept.blocks[block]
        return read_block(self._source.contents.get([name], self._since)[name], rows)

    def _search(self, query: Scores, count: int, places: Rows | None) -> tuple[Rows, Scores]:
        if places is None:
            return self._found(PASSAGES, query, count, self._tables.numbers)
        share = len(places) / len(self._tables.numbers)
        wanted = int(1.5 * count / share)
        if len(places) > _FEW and wanted <= MOST:
            # Where many may be found, the nearest of all hold enough of them.
            found, scores = self._found(PASSAGES, query, wanted, self._tables.numbers)
            own = np.isin(found, places)
            if own.sum() >= count or len(found) < wanted:
                return found[own][:count], scores[own][:count]
        return self._among(query, count, places)

    def _among(self, query: Scores, count: int, places: Rows) -> tuple[Rows, Scores]:
        """Searches the vectors at ``places``, all compared."""
        numbers = self._tables.numbers[places]
        found, scores = [], []
        for start in range(0, len(numbers), _FEW):
            part = numbers[start : start + _FEW]
            own, values = self._measured(query, part)
            found.append(places[start : start + _FEW][own])
            scores.append(values)
        every, values = np.concatenate(found), np.concatenate(scores)
        order = np.argsort(-values, kind="stable")[:count]
        return every[order], values[order]

    def _measured(self, query: Scores, numbers: Numbers) -> tuple[Rows, Scores]:
        """Returns places among ascending ``numbers``, all of them, and inner products."""
        own, scores = self._source.client.search(
            self._source.vectors.collection, PASSAGES, query, len(numbers), self._since,
            numbers.tolist(),
        )  # fmt: skip
        places = places_of(own, numbers)
        missing = np.setdiff1d(np.arange(len(numbers)), places)
        if len(missing):
            # A graph that is walked under a filter leaves some out.
            vectors = self._source.vectors.at(numbers[missing], self._since)
            places = np.concatenate([places, missing])
            scores = np.concatenate([scores, vectors @ query])
        _, first = np.unique(places, return_index=True)
        return places[first], scores[first].astype(np.float32)

    def _search_asked(self, query: Scores, count: int) -> tuple[Rows, Scores]:
        return self._found(QUESTIONS, query, count, self._tables.asked_numbers)

    def _found(
        self, partition: str, query: Scores, count: int, known: Numbers
    ) -> tuple[Rows, Scores]:
        if not len(known):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        numbers, scores = self._source.client.search(
            self._source.vectors.collection, partition, query, count, self._since
        )
        return places_of(numbers, known), scores

    def _compare(self, query: Scores, places: Rows) -> Scores:
        found, scores = self._among(query, len(places), places)
        return scores[np.argsort(found)]
