"""Quotations: elements of other acts that an amending act quotes over many lines."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from indexer.parsing.lines import Line
from indexer.parsing.marks import recognise

_OPENING = '"«“„'
_CLOSING = '"»”'
# A quotation that never closes must not swallow the rest of the act.
_LONGEST = 400


class Quotations:
    """The quotations of one document."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._ends = [
            index
            for index, line in enumerate(lines)
            if line.text.rstrip(";., ")[-1:] in set(_CLOSING) and not _is_balanced(line.text)
        ]

    def end(self, index: int, line: Line, introduced: bool) -> int | None:
        """Return the index of the last line of the quotation that a line opens.

        Args:
            index: Index of the line.
            line: The line.
            introduced: The paragraph before it ends in a colon.

        Returns:
            None where no quotation of elements begins on the line.
        """
        if line.text[0] not in _OPENING:
            return None
        balanced = _is_balanced(line.text)
        inner = line.text[1:].lstrip()
        announces = bool(inner) and recognise(
            replace(line, text=inner, key=line.key[-len(inner) :])
        )
        if not announces and (balanced or not introduced):
            return None
        if balanced:
            return index
        place = bisect_right(self._ends, index)
        if place < len(self._ends) and self._ends[place] - index <= _LONGEST:
            return self._ends[place]
        return index


def _is_balanced(text: str) -> bool:
    """Whether every quotation that begins in a text ends in it."""
    return text.count('"') % 2 == 0 and text.count("«") == text.count("»")
