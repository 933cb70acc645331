"""The documents of a generation as they were put, read back from the catalogue."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from indexer.documents.corpus import Expression
from indexer.embedding.encoders import Embeddings
from indexer.errors import CorruptIndexError
from indexer.stores.base import Asked, EditionRows, Embedded, Indexed
from indexer.stores.catalogue.reading import Catalogue
from indexer.stores.catalogue.tables import REBUILD


def contents(catalogue: Catalogue, generation: int) -> Iterator[Indexed]:
    """Yields the documents of a generation as they were put, in order.

    Whether they are what was stored :meth:`Catalogue.check` says.
    """
    asked: dict[str, list[tuple[str, int]]] = {}
    for name, eid, vector in catalogue.asked(generation):
        asked.setdefault(name, []).append((eid, vector))
    whole = catalogue.editions(generation)
    for name, group in itertools.groupby(whole, key=lambda one: one[0].document.id):
        own = asked.get(name, [])
        texts, held = _vectors(catalogue, [vector for _, vector in own])
        questions = (Asked(e, t, v) for (e, _), t, v in zip(own, texts, held, strict=True))
        editions = [*group]
        yield Indexed(
            editions[0][0].document,
            tuple(_edition(catalogue, *edition) for edition in editions),
            tuple(questions),
        )


def _edition(catalogue: Catalogue, rows: EditionRows, number: int, first: int) -> Embedded:
    count = rows.stop - rows.start
    ((source, reading),) = catalogue.read(
        "SELECT source, reading FROM editions WHERE number = ?", (number,)
    )
    found = catalogue.passages(range(first, first + count), rows)
    windows = catalogue.windows(first, count)
    texts, held = _vectors(catalogue, [vector for _, vector in windows])
    expression = Expression(
        rows.edition,
        catalogue.outline(number),
        tuple(found[one] for one in range(first, first + count)),
        source,
        reading,
        catalogue.notes(number),
        catalogue.citations(number),
    )
    owners = np.array([passage - first for passage, _ in windows], dtype=np.int64)
    return Embedded(expression, held, owners, texts)


def _vectors(catalogue: Catalogue, numbers: Sequence[int]) -> tuple[tuple[bytes, ...], Embeddings]:
    """Returns what vectors are known by, and the vectors, in the order of their numbers."""
    found: dict[int, tuple[bytes, bytes]] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        for number, text, value in catalogue.read(
            f"SELECT number, text, value FROM vectors WHERE number IN ({marks})", part
        ):
            found[number] = text, value
    if len(found) != len(wanted):
        raise CorruptIndexError(f"{catalogue.path}: vectors are missing; {REBUILD}.")
    flat = np.frombuffer(b"".join(found[number][1] for number in numbers), dtype=np.float16)
    held = flat.reshape(len(numbers), catalogue.model().dimension).astype(np.float32)
    return tuple(found[number][0] for number in numbers), held
