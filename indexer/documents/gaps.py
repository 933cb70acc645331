"""Gaps in numbering: what an edition jumps over, which its file lacks or the parser did not see."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer.documents.outline import Outline
from indexer.reference import Reference
from indexer.reference.address import Part

_NUMBERED: Final = frozenset({"chp", "sec", "art", "annex", "para", "point"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where numbers are missing.

    Attributes:
        after: Address of the last element before it; empty where the first numbers are missing.
        before: Address of the first element after it.
    """

    after: str
    before: str


def find_gaps(outline: Outline) -> tuple[Gap, ...]:
    """Returns where the numbers of an edition jump, in reading order.

    Inserted numbers (5-1 after 5) count on their own, letters not at all: alphabets leave some out.
    """
    series: dict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    for eid in _addresses(outline):
        *above, last = Reference.parse(eid).parts
        if last.kind in _NUMBERED and _is_number(last):
            *stem, number = last.ordinals
            parent = str(Reference(tuple(above)))
            key = (parent, last.kind, *map(str, stem))
            series[key].append((number, eid))
    # Paragraphs may be counted through the chapters: then each begins where another ended.
    anywhere = {(key[1:], number) for key, numbers in series.items() for number, _ in numbers}
    gaps = []
    for key, numbers in series.items():
        known = sorted(numbers)
        first, eid = known[0]
        inserted = (*key[:-1],) in series
        if first > 1 and not inserted and (key[1:], first - 1) not in anywhere:
            gaps.append(Gap("", eid))
        gaps += [
            Gap(eid, following)
            for (number, eid), (next_number, following) in pairwise(known)
            if next_number > number + 1
        ]
    order = {eid: place for place, eid in enumerate(outline.eids)}
    return tuple(sorted(gaps, key=lambda gap: order.get(gap.before, len(order))))


def _addresses(outline: Outline) -> list[str]:
    """Returns the addresses of all elements, those that only hold others included."""
    found: dict[str, None] = {}
    for eid in (*outline.eids, *(section.eid for section in outline.walk())):
        steps = eid.split("__") if eid else []
        for count in range(1, len(steps) + 1):
            found["__".join(steps[:count])] = None
    return list(found)


def _is_number(part: Part) -> bool:
    return part.copy == 1 and part.number.replace("-", "").isdigit()
