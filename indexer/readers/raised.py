"""Raised numbers: «Статья 13¹» is what is elsewhere printed as 13-1, «село¹» calls a footnote."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from indexer.readers.base import Line

RAISED = "\ue000"
"""Stands before a number that is printed above the line, until :func:`settle` has seen it."""

_NUMBER = re.compile(f"(?<=\\d){RAISED}(?=\\d)")
_AGAIN = re.compile(f"(?<={RAISED})(\\d+){RAISED}(?=\\d)")
_CALL = re.compile(f"(?<=[^\\s\\d]){RAISED}(?P<number>\\d{{1,3}})(?!\\d)")
_NOTE = re.compile(f"{RAISED}?(?P<number>\\d{{1,3}}){RAISED}?\\s?(?=[^\\W\\d])")
_SMALL = 0.93


def settle(text: str) -> str:
    """A text whose raised numbers stand on the line: after a hyphen where a number is before."""
    if RAISED not in text:
        return text
    while (joined := _AGAIN.sub(r"\1", text)) != text:
        text = joined
    return _NUMBER.sub("-", text).replace(RAISED, "")


def drop_footnotes(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Takes footnotes out of a printed text, and what calls them.

    Args:
        lines: Lines with pages and heights, in reading order.

    Returns:
        The other lines, their raised numbers settled, and the number of footnotes.
    """
    usual = median([line.height for line in lines]) if lines else 0.0
    calls = {(line.page, match["number"]) for line in lines for match in _CALL.finditer(line.text)}
    kept: list[Line] = []
    found: set[tuple[int, str]] = set()
    inside = False
    for index, line in enumerate(lines):
        small = line.height < _SMALL * usual
        match = _NOTE.match(line.text) if small else None
        if match is not None and (line.page, match["number"]) in calls:
            found.add((line.page, match["number"]))
            inside = True
            continue
        same = index > 0 and line.page == lines[index - 1].page
        inside = inside and small and same
        if not inside:
            kept.append(line)

    def called(line: Line) -> str:
        return _CALL.sub(
            lambda match: "" if (line.page, match["number"]) in found else match[0], line.text
        )

    return [replace(line, text=settle(called(line))) for line in kept], len(found)
