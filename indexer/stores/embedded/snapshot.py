"""One generation of an embedded store, read."""

from collections.abc import Iterable, Mapping, Sequence

from indexer.acts.citations import Citation
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.errors import CorruptIndexError
from indexer.stores.base import EditionRows, ModelStamp, Rows, Scores
from indexer.stores.catalogue import Catalogue
from indexer.stores.search import SearchFiles
from indexer.stores.snapshot import TabledSnapshot


class EmbeddedSnapshot(TabledSnapshot):
    """One generation of an embedded store."""

    def __init__(
        self,
        catalogue: Catalogue,
        generation: int,
        model: ModelStamp,
        editions: Sequence[tuple[EditionRows, int, int]],
        files: SearchFiles,
    ) -> None:
        """Takes what the store opened."""
        super().__init__(generation, model, [rows for rows, _, _ in editions], files.tables)
        self._catalogue = catalogue
        self._files = files
        self._numbers = [number for _, number, _ in editions]
        self._firsts = [first for _, _, first in editions]
        self._by_number = {number: rows for rows, number, _ in editions}

    def citing(self, acts: Iterable[str]) -> tuple[tuple[int, Citation], ...]:
        """See :class:`indexer.stores.base.Snapshot`."""
        return tuple(
            (self._by_number[edition].start + place, one)
            for edition, place, one in self._catalogue.citing(tuple(acts))
            if edition in self._by_number
        )

    def _read_outline(self, number: int) -> Outline:
        edition = self._numbers[number]
        return self._catalogue.outline(edition, self._files.sums[edition].outline)

    def _read_notes(self, number: int) -> Mapping[str, tuple[str, ...]]:
        return self._catalogue.notes(self._numbers[number])

    def _read_citations(self, number: int) -> Sequence[tuple[int, Citation]]:
        return self._catalogue.citations(self._numbers[number])

    def _read_passages(self, number: int, places: Sequence[int]) -> Sequence[Passage]:
        edition, first = self._editions[number], self._firsts[number]
        sums = self._files.passage_sums
        expected = {first + place: int(sums[edition.start + place]) for place in places}
        found = self._catalogue.passages(list(expected), edition, expected)
        for passage in expected:
            if passage not in found:
                raise CorruptIndexError(
                    f"{self._catalogue.path}: passage {passage} is missing; build the index "
                    "anew: python -m indexer build."
                )
        return [found[passage] for passage in expected]

    def _search(self, query: Scores, count: int, places: Rows | None) -> tuple[Rows, Scores]:
        return self._files.search(query, count, places)

    def _search_asked(self, query: Scores, count: int) -> tuple[Rows, Scores]:
        return self._files.search_asked(query, count)

    def _compare(self, query: Scores, places: Rows) -> Scores:
        return self._files.compare(query, places)
