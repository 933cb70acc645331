"""Sums of what the catalogue holds: SQLite's own pages have none.

They are made in the transaction that writes a generation and kept with its search files. A text is
compared with its sum whenever it is read, an edition when a generation is opened or changed: a bit
that is wrong is an error that names the edition, never an answer.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.stores.base import EditionRows

if TYPE_CHECKING:
    from indexer.stores.catalogue import Catalogue

Sums = NDArray[np.uint64]
Editions = Sequence[tuple[EditionRows, int, int]]


@dataclass(frozen=True)
class EditionSums:
    """The sums of one edition.

    Attributes:
        content: Of all that is stored of it.
        outline: Of its outline.
        passages: Of each passage.
    """

    content: int
    outline: int
    passages: Sums


def passage_sum(row: tuple[object, ...]) -> int:
    """Returns the sum of a passage as it is stored: address, number, headings, text, status."""
    return _sum("\0".join(map(str, row)).encode("utf-8", "surrogatepass"))


def outline_sum(sections: str) -> int:
    """Returns the sum of an outline as it is stored."""
    return _sum(sections.encode("utf-8", "surrogatepass"))


def edition_sums(catalogue: "Catalogue", number: int, first: int, count: int) -> EditionSums:
    """Returns the sums of an edition as the catalogue holds it."""
    span = (first, first + count - 1)
    content = hashlib.blake2b(digest_size=8)
    ((document, place, source, reading, outline, analysis),) = catalogue.read(
        "SELECT document, place, source, reading, outline, analysis FROM editions WHERE number = ?",
        (number,),
    )
    content.update(f"{place}\0{source}\0{reading}\0{outline}\0".encode("utf-8", "surrogatepass"))
    content.update(analysis)
    passages = np.fromiter(
        (
            passage_sum(row)
            for row in catalogue.read(
                "SELECT eid, num, headings, text, status FROM passages"
                " WHERE number BETWEEN ? AND ? ORDER BY number",
                span,
            )
        ),
        dtype=np.uint64,
    )
    content.update(passages.tobytes())
    for passage, window, value in catalogue.read(
        "SELECT w.passage, w.place, v.value FROM windows w JOIN vectors v ON v.number = w.vector"
        " WHERE w.passage BETWEEN ? AND ? ORDER BY w.passage, w.place",
        span,
    ):
        content.update(b"%d %d " % (passage - first, window))
        content.update(value)
    for eid, value in catalogue.read(
        "SELECT a.eid, v.value FROM asked a JOIN vectors v ON v.number = a.vector"
        " WHERE a.document = ? ORDER BY a.rowid",
        (document,),
    ):
        content.update(f"{eid}\0".encode("utf-8", "surrogatepass"))
        content.update(value)
    return EditionSums(int.from_bytes(content.digest(), "little"), outline_sum(outline), passages)


def all_sums(
    catalogue: "Catalogue", editions: Editions, known: Mapping[int, EditionSums]
) -> list[EditionSums]:
    """Returns the sums of editions; those that are ``known`` are taken from there."""
    return [
        known[number]
        if number in known
        else edition_sums(catalogue, number, first, rows.stop - rows.start)
        for rows, number, first in editions
    ]


def composition(catalogue: "Catalogue", generation: int) -> str:
    """Returns a hash of what a generation consists of: its model, and its editions in order."""
    content = hashlib.blake2b(digest_size=16)
    for row in (
        *catalogue.read("SELECT name, value FROM meta ORDER BY name"),
        *catalogue.read(
            "SELECT d.id, d.description, e.number, e.place, e.first, e.passages"
            " FROM documents d JOIN editions e ON e.document = d.number"
            " WHERE d.added <= ?1 AND (d.ended IS NULL OR d.ended > ?1)"
            " ORDER BY d.id, e.place",
            (generation,),
        ),
    ):
        content.update(f"{row}\n".encode("utf-8", "surrogatepass"))
    return content.hexdigest()


def _sum(content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")
