"""Search files: what is derived from the catalogue for one generation, and mapped by readers.

Each generation has a sealed folder of its own beside the catalogue, which keeps the digest; when a
file of it is damaged all are derived again, never trusted.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from indexer.errors import CorruptIndexError
from indexer.sealing import seal, verify
from indexer.stores.base import Rows, Scores
from indexer.stores.catalogue import Catalogue
from indexer.stores.sums import Editions, EditionSums, Sums, all_sums, composition
from indexer.stores.tables import VERSION, EditionContent, Numbers, Tables, derive_tables, places_of
from indexer.stores.vectors import GRAPH_FROM, Vectors, spread_of

_PUBLISHED: Final = "published"
_COMPOSITION: Final = "composition.json"
_VECTORS: Final = "vectors.faiss"
_GRAPH: Final = "graph.faiss"
_GRAPH_NUMBERS: Final = "graph_numbers"
_GRAPH_PLACES: Final = "graph_places"
_ASKED: Final = "asked.faiss"
_MOST_REMOVED = 0.2


@dataclass(frozen=True)
class SearchFiles:
    """The search files of one generation, mapped.

    Attributes:
        tables: What is not a vector.
        composition: A hash of what the generation consists of.
        sums: What the catalogue must hold of each edition, by its number.
        passage_sums: The sum of each row's passage.
    """

    tables: Tables
    composition: str
    sums: Mapping[int, EditionSums]
    passage_sums: Sums
    _vectors: Vectors
    _asked: Vectors | None

    def search(self, query: Scores, count: int, places: Rows | None) -> tuple[Rows, Scores]:
        """Searches as :data:`indexer.stores.tables.Search` says, among ``places``."""
        return self._vectors.search(query, count, places)

    def search_asked(self, query: Scores, count: int) -> tuple[Rows, Scores]:
        """Searches the vectors of written questions."""
        if self._asked is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return self._asked.search(query, count)

    def compare(self, query: Scores, places: Rows) -> Scores:
        """Returns the inner products of ``query`` with the vectors at ascending ``places``."""
        return self._vectors.similarities(query, places)


def derive(
    catalogue: Catalogue,
    generation: int,
    folder: Path,
    earlier: tuple[str, str] | None = None,
    known: Mapping[int, EditionSums] | None = None,
) -> tuple[str, str]:
    """Writes the search files of a generation.

    Args:
        catalogue: Where it stands.
        generation: Its number.
        folder: Where the folder of files is made.
        earlier: Name and digest of the files of the generation before, whose graph is extended.
        known: Sums of editions, which have been compared with what the catalogue holds.

    Returns:
        Name of the folder made, and the digest of its list.
    """
    name = f"search-{generation}-{secrets.token_hex(4)}"
    target = folder / name
    target.mkdir(parents=True)
    try:
        _derive(catalogue, generation, target, folder, earlier, known or {})
        return name, seal(target, VERSION)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def open_files(folder: Path, name: str, digest: str) -> SearchFiles:
    """Opens the search files in ``folder / name``.

    Raises:
        CorruptIndexError: One is missing, damaged or of another version; names it.
    """
    target = folder / name
    verify(target, VERSION, digest)
    tables = Tables.load(target)
    has_graph = (target / _GRAPH).exists()
    return SearchFiles(
        tables,
        json.loads((target / _COMPOSITION).read_bytes()),
        _sums(tables.arrays),
        tables.arrays["passage_sums"],
        Vectors.load(
            target / _VECTORS,
            target / _GRAPH if has_graph else None,
            tables.arrays.get(_GRAPH_PLACES),
        ),
        Vectors.load(target / _ASKED) if (target / _ASKED).exists() else None,
    )


def remove_other(folder: Path, keep: set[str], older_than: float) -> None:
    """Removes the search files of other generations that nobody reads any more.

    Args:
        folder: Where they stand.
        keep: Names of those that stay.
        older_than: Time before which they were made, in seconds since the epoch.
    """
    for path in folder.glob("search-*"):
        made = path.stat().st_mtime
        # One of the future: the clock was set back, and would keep it for ever.
        if path.name not in keep and (made < older_than or made > time.time()):
            shutil.rmtree(path, ignore_errors=True)


def mark_published(folder: Path, name: str) -> None:
    """Says that the change that search files belong to was acknowledged."""
    (folder / name / _PUBLISHED).touch()


def published_folder(folder: Path) -> tuple[int, Path | None]:
    """Returns the newest generation that was ever acknowledged, and its search files."""
    found = [
        (int(path.parent.name.split("-")[1]), path.parent)
        for path in folder.glob(f"search-*-*/{_PUBLISHED}")
        if path.parent.name.split("-")[1].isdecimal()
    ]
    return max(found, default=(0, None))


def _derive(
    catalogue: Catalogue,
    generation: int,
    target: Path,
    folder: Path,
    earlier: tuple[str, str] | None,
    known: Mapping[int, EditionSums],
) -> None:
    editions = catalogue.editions(generation)
    sums = all_sums(catalogue, editions, known)
    made: dict[str, Vectors] = {}

    def measure(numbers: Numbers) -> float:
        """Indexes vectors; those of the passages come first, then those of the questions."""
        name = _ASKED if made else _VECTORS
        made[name] = Vectors.build(catalogue.vectors(numbers.tolist()), graph=False)
        made[name].save(target / name)
        return spread_of(len(made[name]), made[name].vectors)

    asked = catalogue.asked(generation)
    arrays = derive_tables(_contents(catalogue, editions), asked, target, measure)
    numbers = arrays["vector_numbers"]
    if len(numbers) >= GRAPH_FROM:
        graph, of_graph = _graph(made[_VECTORS], numbers, folder, earlier)
        graph.save_graph(target / _GRAPH)
        np.save(target / f"{_GRAPH_NUMBERS}.npy", of_graph)
        np.save(target / f"{_GRAPH_PLACES}.npy", places_of(of_graph, numbers).astype(np.int32))
    _save_sums(editions, sums, target)
    told = json.dumps(composition(catalogue, generation))
    (target / _COMPOSITION).write_text(told, encoding="utf-8")


def _save_sums(editions: Editions, sums: Sequence[EditionSums], target: Path) -> None:
    passages = np.concatenate([np.empty(0, np.uint64), *(one.passages for one in sums)])
    np.save(target / "passage_sums.npy", passages)
    of_editions = [
        (number, one.content, one.outline, rows.start, rows.stop)
        for (rows, number, _), one in zip(editions, sums, strict=True)
    ]
    array = np.array(of_editions, dtype=np.uint64).reshape(-1, 5)
    np.save(target / "edition_sums.npy", array)


def _sums(arrays: Mapping[str, NDArray[Any]]) -> dict[int, EditionSums]:
    passages = arrays["passage_sums"]
    return {
        number: EditionSums(content, outline, passages[start:stop])
        for number, content, outline, start, stop in arrays["edition_sums"].tolist()
    }


def _contents(catalogue: Catalogue, editions: Editions) -> Iterator[EditionContent]:
    analyses = catalogue.analyses(editions)
    for (rows, _, first), analysis in zip(editions, analyses, strict=True):
        count = rows.stop - rows.start
        windows = np.array(catalogue.windows(first, count), dtype=np.int64).reshape(-1, 2)
        eids = catalogue.eids(first, count)
        yield EditionContent(rows, eids, analysis, windows[:, 0] - first, windows[:, 1])


def _graph(
    vectors: Vectors, numbers: Numbers, folder: Path, earlier: tuple[str, str] | None
) -> tuple[Vectors, Numbers]:
    """Returns a graph of the vectors, extended from the earlier one where that pays.

    Returns:
        The graph, and the number of the vector at each place of it; a vector that is no longer
        there keeps its place.
    """
    if earlier is not None and (folder / earlier[0] / _GRAPH).exists():
        try:
            verify(folder / earlier[0], VERSION, earlier[1])
            old = np.load(folder / earlier[0] / f"{_GRAPH_NUMBERS}.npy")
            gone = len(np.setdiff1d(old, numbers))
            if gone <= _MOST_REMOVED * len(old):
                graph = Vectors.open_graph(vectors, folder / earlier[0] / _GRAPH)
                new = np.setdiff1d(numbers, old)
                graph.extended(vectors.vectors(np.searchsorted(numbers, new)))
                return graph, np.concatenate([old, new])
        except CorruptIndexError:
            pass
    every = vectors.vectors(np.arange(len(numbers)))
    return Vectors.build(every, graph=True), numbers
