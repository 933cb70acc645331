"""The map of a document: how the passages found spread over its chapters and sections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Language
from service.web.wording import title

_MOST_ROWS = 24
_WIDTH = 1000
_THINNEST = 14


@dataclass(frozen=True, slots=True)
class Tick:
    """A passage found: its place on the row's bar, in thousandths, and its rank from 1."""

    x: int
    width: int
    rank: int


@dataclass(frozen=True, slots=True)
class Row:
    """A section on the map.

    Attributes:
        eid: Where the row leads: the best passage found in it, else the section.
        label: Reference of the section; its heading where the document does not number it.
        heading: Its heading.
        width: Length of its bar, in thousandths of the longest one's.
        ticks: The passages found in it.
    """

    eid: str
    label: str
    heading: str
    width: int
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """One edition's sections as rows, each with the eIds that it holds in reading order."""

    rows: tuple[tuple[Section, tuple[str, ...]], ...]

    def draw(self, found: Sequence[str], language: Language) -> tuple[Row, ...]:
        """Returns the rows with the passages found on them.

        Args:
            found: eIds of the passages found, best first.
            language: Language of the labels.
        """
        ranks = {eid: rank for rank, eid in reversed(list(enumerate(found, start=1)))}
        unit = _WIDTH / max((len(eids) for _, eids in self.rows), default=1)
        rows = tuple(_row(section, eids, ranks, unit, language) for section, eids in self.rows)
        # An act of hundreds of articles without chapters has too many rows to see at once.
        return rows if len(rows) <= _MOST_ROWS else tuple(row for row in rows if row.ticks)


def plan(outline: Outline) -> Map:
    """Returns the map of an edition: its finest sections where they are few, else its chapters."""
    finest = tuple(section for section in outline.walk() if section.eid)
    sections = finest if len(finest) <= _MOST_ROWS else tuple(_outermost(outline.sections))
    held: dict[str, list[str]] = {section.eid: [] for section in sections}
    # The innermost of the sections that hold a passage owns it: a later one lies inside.
    owners = {place: section.eid for section in sections for place in section.span}
    for place, eid in enumerate(outline.eids):
        if place in owners:
            held[owners[place]].append(eid)
    return Map(
        tuple((section, tuple(held[section.eid])) for section in sections if held[section.eid])
    )


def _row(
    section: Section, eids: Sequence[str], ranks: dict[str, int], unit: float, language: Language
) -> Row:
    found = [eid for eid in eids if eid in ranks]
    numbered = section.num is not None or not section.heading
    return Row(
        eid=min(found, key=ranks.__getitem__, default=section.eid),
        label=title(section.eid, language) if numbered else section.heading,
        heading=section.heading,
        width=max(_THINNEST, round(len(eids) * unit)),
        ticks=tuple(
            Tick(round(eids.index(eid) * unit), max(_THINNEST, round(unit) - 4), ranks[eid])
            for eid in found
        ),
    )


def _outermost(sections: Iterable[Section]) -> Iterator[Section]:
    """Yields the outermost sections that have an address: divisions have none."""
    for section in sections:
        if section.eid:
            yield section
        else:
            yield from _outermost(section.children)
