"""The outline of an edition: its chapters, sections and articles, and what lies in each."""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # Who only asks needs no parser.
    from indexer.parsing import Element

_SHOWN: Final = frozenset({"decree", "division", "chapter", "section", "article", "annex"})
_LAST: Final = chr(sys.maxunicode)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that has a heading or holds items.

    Attributes:
        eid: Its address; empty for divisions (бөлім, раздел), which articles do not count by.
        num: Number as printed; None where there is none.
        heading: Title without the number.
        passages: Number of passages in it, at any depth.
        children: The sections in it.
        start: Place of its first passage in the edition, from 0.
    """

    eid: str
    num: str | None
    heading: str
    passages: int
    children: tuple["Section", ...] = ()
    start: int = 0

    @property
    def span(self) -> range:
        """The places of its passages in the edition."""
        return range(self.start, self.start + self.passages)

    def walk(self) -> Iterator["Section"]:
        """Yields the section and those in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Outline:
    """What lies where in one edition.

    Attributes:
        sections: The outermost sections, in reading order.
        eids: The addresses of its passages, in reading order.
        nums: Their numbers as printed, None for unnumbered ones; empty where nothing is known.
    """

    sections: tuple[Section, ...]
    eids: tuple[str, ...]
    nums: tuple[str | None, ...] = ()
    _places: dict[str, int] = field(init=False, repr=False, compare=False)
    _sections: dict[str, Section] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Makes the tables that look-ups need."""
        places = {eid: place for place, eid in enumerate(self.eids)}
        sections = {section.eid: section for section in self.walk() if section.eid}
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_sections", sections)

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        """The addresses and their places, by address: what one begins stands together."""
        return sorted((eid, place) for place, eid in enumerate(self.eids))

    def walk(self) -> Iterator[Section]:
        """Yields every section, in reading order, each before those in it."""
        for section in self.sections:
            yield from section.walk()

    @property
    def printed(self) -> dict[str, str | None]:
        """The numbers as printed by address, as far as they are known."""
        return dict(zip(self.eids, self.nums, strict=False))

    def section(self, eid: str) -> Section | None:
        """Returns the section at an address; None where there is none."""
        return self._sections.get(eid)

    def place(self, eid: str) -> int | None:
        """Returns the place of a passage in the edition, from 0; None where there is none."""
        return self._places.get(eid)

    def within(self, eid: str) -> tuple[int, ...]:
        """Returns the places of the passages that an element holds, itself among them.

        A chapter of a law holds articles whose addresses do not begin with the chapter's; an item
        holds what its address begins. An empty address is the whole edition's.
        """
        if not eid:
            return tuple(range(len(self.eids)))
        first, last = (
            bisect_left(self._sorted, (begins,)) for begins in (f"{eid}__", f"{eid}__{_LAST}")
        )
        below = {place for _, place in self._sorted[first:last]}
        if (own := self.place(eid)) is not None:
            below.add(own)
        if section := self.section(eid):
            below.update(section.span)
        return tuple(sorted(below))

    def ancestors(self, eid: str) -> tuple[str, ...]:
        """Returns the addresses of what holds an element, outermost first.

        They are the sections around it and the items that its own address begins with.
        """
        place = self._places.get(eid)
        if place is None and (section := self.section(eid)):
            place = section.start
        around = [
            section.eid
            for section in self.walk()
            if section.eid and section.eid != eid and place is not None and place in section.span
        ]
        if (own := self.section(eid)) is not None:
            # What begins where the section does may also lie in it.
            inside = {section.eid for section in own.walk()}
            around = [other for other in around if other not in inside]
        steps = eid.split("__")
        above = ("__".join(steps[:count]) for count in range(1, len(steps)))
        known = [other for other in above if other in self._places or other in self._sections]
        return tuple(dict.fromkeys((*around, *known)))


def outline(root: "Element") -> Outline:
    """Returns the outline of a document's tree."""
    held = [
        element
        for child in root.children
        if child.kind != "preface"
        for element in child.walk()
        if element.text and element.eid
    ]
    eids = tuple(element.eid for element in held)
    places = {eid: place for place, eid in reversed(list(enumerate(eids)))}
    nums = tuple(element.num for element in held)
    return Outline(tuple(_sections(root, places, 0)), eids, nums)


def outline_of(eids: Iterable[str]) -> Outline:
    """Returns the outline of an edition that has no sections."""
    return Outline((), tuple(eids))


def _sections(root: "Element", places: dict[str, int], start: int) -> Iterator[Section]:
    for element in root.children:
        if element.kind in _SHOWN:
            held = [places[e.eid] for e in element.walk() if e.text and e.eid in places]
            first = min(held, default=start)
            yield Section(
                eid=element.eid,
                num=element.num,
                heading=element.heading,
                passages=len(held),
                children=tuple(_sections(element, places, first)),
                start=first,
            )
            start = first + len(held)
