"""The outline of an edition: its chapters, sections and articles, without their text."""

from dataclasses import dataclass
from typing import Final

from indexer.parsing import Element

_SHOWN: Final = frozenset({"decree", "division", "chapter", "section", "article", "annex"})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that has a heading or holds items.

    Attributes:
        eid: Its address; empty for divisions (бөлім, раздел), which articles do not count by.
        num: Number as printed; None where there is none.
        heading: Title without the number.
        passages: Number of passages in it, at any depth.
        children: The sections in it.
    """

    eid: str
    num: str | None
    heading: str
    passages: int
    children: tuple["Section", ...] = ()


def outline(root: Element) -> tuple[Section, ...]:
    """Returns the sections of a document, outermost first, in reading order."""
    return tuple(
        Section(
            eid=element.eid,
            num=element.num,
            heading=element.heading,
            passages=sum(1 for below in element.walk() if below.text and below.eid),
            children=outline(element),
        )
        for element in root.children
        if element.kind in _SHOWN
    )
