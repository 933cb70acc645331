"""Torn lines: a justified line with wide spaces, which a program took for several columns.

Such a program gives each word, or each few words, a line of its own: below one another where the
line stood, or in blocks of their own after the text around it. They belong together where together
they fill a line that no one of them fills.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from indexer.parsing.lines import is_closed
from indexer.readers.base import Line
from indexer.readers.layout import Layout
from indexer.readers.numbers import is_punctuated, opening

# A word that the number of a heading follows.
_HEADING = re.compile(r"(?:статья|глава|раздел|подраздел|параграф|§)$", re.IGNORECASE)
_FRAGMENT = 0.7
_MOST_STUBS = 12
_MOST_FRAGMENTS = 60
_MOST_STACKED = 4
_LEAST_PIECES = 3
_MANY = 5


def mend_torn(layout: Layout) -> tuple[list[Line], int]:
    """Puts torn lines together.

    Args:
        layout: The lines with the lengths they have in a font, and the width of the page.

    Returns:
        The lines, and how many of them were put together.
    """
    lines, scattered = _Scattered(layout).gathered()
    rest = replace(layout, lines=lines, edges=[layout.width] * len(lines))
    lines, stacked = _stacked(rest, least=len(lines))
    if stacked > _MANY:
        # Names in capitals, too, are torn where so much else is.
        lines, stacked = _stacked(rest, least=_LEAST_PIECES)
    return lines, scattered + stacked


class _Scattered:
    """Pieces in blocks of their own, after the block that has the beginning of their line."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lines = list(layout.lines)
        self._most = layout.width * (1 + layout.slack)

    def gathered(self) -> tuple[list[Line], int]:
        """The lines with such pieces put where they belong, and how many lines were mended."""
        gone: set[int] = set()
        mended = 0
        stubs: list[int] = []
        blocks = list(self._blocks())
        at = 0
        while at < len(blocks):
            if stubs and self._lines[stubs[0]].page != self._lines[blocks[at][0]].page:
                stubs = []
            if not self._is_fragments(blocks[at]):
                stubs += [i for i in blocks[at][:-1] if self._is_stub(i)]
                at += 1
                continue
            end = at + 1
            page = self._lines[blocks[at][0]].page
            while (
                end < len(blocks)
                and self._lines[blocks[end][0]].page == page
                and self._is_fragments(blocks[end])
            ):
                end += 1
            last = stubs[-_MOST_STUBS:]
            placed = self._placed(last, blocks[at:end])
            for own in placed:
                self._lines[own[0]] = _joined([self._lines[i] for i in own])
                gone.update(own[1:])
            mended += len(placed)
            stubs[-_MOST_STUBS:] = [i for i in last if not any(i in own for own in placed)]
            at = end
        return [line for index, line in enumerate(self._lines) if index not in gone], mended

    def _blocks(self) -> Iterator[range]:
        begin = 0
        for index, line in enumerate(self._lines):
            if index and (line.gap >= 2 or line.page != self._lines[index - 1].page):
                yield range(begin, index)
                begin = index
        if self._lines:
            yield range(begin, len(self._lines))

    def _is_fragments(self, block: range) -> bool:
        return len(block) <= _MOST_STUBS and all(
            self._lines[i].right - self._lines[i].left < _FRAGMENT * self._layout.width
            and not _is_closed(self._lines[i].text)
            and not _is_marked(self._lines[i].text)
            for i in block
        )

    def _is_stub(self, index: int) -> bool:
        text = self._lines[index].text
        if _is_closed(text) or self._layout.is_forced(index):
            return False
        # Headings are not justified.
        mark = opening(text)
        return mark is None or mark.kind in {"para", "point"}

    def _placed(self, stubs: Sequence[int], blocks: Sequence[range]) -> list[tuple[int, ...]]:
        """The pieces of each mended line, if all of them find their place."""
        pieces = [i for block in blocks for i in block]
        if not stubs or len(pieces) > _MOST_FRAGMENTS:
            return []
        rows = [[i for i in row if i is not None] for row in zip_longest(*blocks)]
        if len(rows) > 1 and (placed := self._by_row(stubs, rows)):
            return placed
        return self._by_turn(stubs, pieces)

    def _by_row(self, stubs: Sequence[int], rows: Sequence[list[int]]) -> list[tuple[int, ...]]:
        """Blocks are columns: the first line of each goes on with the first beginning."""
        for begin in range(len(stubs) - len(rows), -1, -1):
            own = stubs[begin : begin + len(rows)]
            placed = [self._whole(stub, row) for stub, row in zip(own, rows, strict=True)]
            if all(placed):
                return placed
        return []

    def _by_turn(self, stubs: Sequence[int], pieces: list[int]) -> list[tuple[int, ...]]:
        """Pieces follow each other; the nearest beginning takes the last of them."""
        for stub in reversed(stubs):
            if whole := self._whole(stub, pieces):
                return [whole]
        placed: list[tuple[int, ...]] = []
        for stub in reversed(stubs):
            for count in range(1, len(pieces) + 1):
                if whole := self._whole(stub, pieces[-count:]):
                    placed.append(whole)
                    pieces = pieces[:-count]
                    break
            if not pieces:
                return placed
        return []

    def _whole(self, stub: int, pieces: Sequence[int]) -> tuple[int, ...]:
        """The pieces of a line that is full with them; empty where it would not be.

        Something must say that the line was not whole: what goes on begins with a small letter.
        """
        following = self._lines[stub + 1]
        if not (_is_lower(following.text) or _is_lower(self._lines[pieces[0]].text)):
            return ()
        if sum(self._lines[i].right - self._lines[i].left for i in pieces) > self._most:
            return ()
        for head in range(stub, max(stub - _MOST_STACKED, -1), -1):
            text = self._lines[head].text
            if head < stub and (
                _is_closed(text) or text.strip().isdigit() or self._lines[head + 1].gap >= 2
            ):
                break
            own = (*range(head, stub + 1), *pieces)
            line = _joined([self._lines[i] for i in own])
            if line.right > self._most:
                break
            if _is_full(line, following, self._layout):
                return own
        return ()


def _stacked(layout: Layout, least: int) -> tuple[list[Line], int]:
    """Pieces below one another, where their line stood.

    Args:
        layout: The lines.
        least: How many pieces are a line although none of them begins with a small letter.
    """
    lines: list[Line] = []
    mended = index = 0
    while index < len(layout.lines):
        end, whole = _end_of_stack(layout, index, least)
        pieces = layout.lines[index:end]
        lines.extend([_joined(pieces)] if whole else pieces)
        mended += whole
        index = end
    return lines, mended


def _end_of_stack(layout: Layout, begin: int, least: int) -> tuple[int, bool]:
    """The index after the lines that were looked at, and whether they are pieces of one line."""
    whole = layout.lines[begin]
    sure = False
    for index in range(begin + 1, len(layout.lines)):
        following = layout.lines[index]
        if _is_full(whole, following, layout):
            return (index, True) if sure or index - begin >= least else (begin + 1, False)
        if (
            _is_closed(whole.text)
            or whole.text.strip().isdigit()
            or following.gap >= 2
            or following.page != whole.page
            or (_is_marked(following.text) and not _HEADING.match(whole.text.strip()))
        ):
            # A shorter stack would end here too, and be no fuller.
            return index, False
        longer = _joined([whole, following])
        if longer.right > layout.width * (1 + layout.slack):
            return begin + 1, False
        sure |= _is_lower(following.text)
        whole = longer
    return len(layout.lines), False


def _is_full(line: Line, following: Line, layout: Layout) -> bool:
    """Whether the next line's first word would not have fitted."""
    edge = layout.first_edge or layout.width * (1 - 2 * layout.slack)
    return line.right + line.space + min(following.first, layout.width / 2) > edge


def _joined(pieces: Sequence[Line]) -> Line:
    head = pieces[0]
    if len(pieces) == 1:
        return head
    added = sum(head.space + piece.right - piece.left for piece in pieces[1:])
    text = " ".join(piece.text.strip() for piece in pieces)
    return replace(head, text=text, right=head.right + added)


def _is_closed(text: str) -> bool:
    """Whether a text ends as a paragraph does, and is no lone number."""
    if not is_closed(text.rstrip()):
        return False
    mark = opening(text)
    return mark is None or bool(mark.rest.strip())


def _is_lower(text: str) -> bool:
    return text.lstrip()[:1].islower()


def _is_marked(text: str) -> bool:
    mark = opening(text)
    return mark is not None and is_punctuated(mark, text)
