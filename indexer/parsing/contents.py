"""Contents: the list of headings that some publishers print before an act."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.parsing.lines import Line, is_closed
from indexer.parsing.marks import ITEMS, recognise

_WORD = re.compile(
    r"(?:содержание|оглавление|мазмұны|contents|table\s+of\s+contents)$", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\.\s?){3,}\s*\d*$")
_FIRST_LINES, _LONGEST, _MOST, _LEAST_ENTRIES = 300, 3000, 3, 3


def without_contents(lines: Sequence[Line]) -> Sequence[Line]:
    """Returns the lines with those of a list of contents set aside.

    Such a list is known by the heading that it begins with, which comes again where the act does,
    and by the word over it; without that word all its lines must be headings.
    """
    starts = [place for place, line in enumerate(lines[:_FIRST_LINES]) if _WORD.match(line.text)]
    for start in starts[:_MOST]:
        if end := _end(lines, start + 1):
            aside = [replace(line, role="aside") for line in lines[start:end]]
            return [*lines[:start], *aside, *lines[end:]]
    start, end = _unnamed(lines)
    return [
        *lines[:start],
        *(replace(line, role="aside") for line in lines[start:end]),
        *lines[end:],
    ]


def _unnamed(lines: Sequence[Line]) -> tuple[int, int]:
    """Where a list of headings without a word over it begins and ends; an empty place for none."""
    start, entries = -1, 0
    for index, line in enumerate(lines[:_LONGEST]):
        mark = recognise(line)
        is_heading = mark is not None and mark.kind not in ITEMS
        if start < 0:
            if index > _FIRST_LINES:
                break
            start, entries = (index, 1) if is_heading else (-1, 0)
        elif entries >= _LEAST_ENTRIES and line.text == lines[start].text:
            return start, index
        elif is_heading:
            entries += 1
        elif mark is not None or is_closed(_LEADERS.sub("", line.text)):
            break
    return 0, 0


def _end(lines: Sequence[Line], start: int) -> int:
    """Index after the last entry; 0 where no entries stand, or they are the act itself."""
    first: tuple[str, str] | None = None
    last = 0
    for index in range(start, min(start + _LONGEST, len(lines))):
        mark = recognise(lines[index])
        if mark is None or mark.kind in ITEMS:
            closed = is_closed(_LEADERS.sub("", lines[index].text))
            if first is None or mark is not None or closed:
                # The act's preamble may stand before the heading that comes again.
                return _confirmed(lines, index, last, first) if last else 0
            continue
        if first == (mark.kind, mark.number):
            return index
        first, last = first or (mark.kind, mark.number), index + 1
    return 0


def _confirmed(lines: Sequence[Line], start: int, last: int, first: tuple[str, str] | None) -> int:
    """Index after the last entry where the first one comes again before any other heading."""
    for index in range(start, min(start + _LONGEST, len(lines))):
        mark = recognise(lines[index])
        if mark is not None and mark.kind not in ITEMS:
            return last if (mark.kind, mark.number) == first else 0
    return 0
