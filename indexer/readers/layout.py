"""Layout: how wide the page was on which a text was set, told by where its lines break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.parsing.lines import is_closed
from indexer.readers.base import Line
from indexer.readers.numbers import opening
from indexer.readers.widths import METRICS

# What a line of an act begins with only where the one before it was full.
_GOES_ON = re.compile(
    r"\s*(?:№\s?\d|\d{1,2}\.\d{1,2}\.\d{4}\b|(?:Заңы|Кодексі|Жарлығы|қаулысы|бұйрығы)мен\b)"
)
PRINTED, SCANNED, ESTIMATED = 0.004, 0.012, 0.02
"""Share of the width by which a length on a printed page, on a scan, in a plain text may be out."""

_LEAST_CONTINUATIONS = 3
_LEAST_FIRSTS = 2
_LEAST_TORN = 20
_LEAST_FORCED = 0.75
_SURE = 0.8
_FULL = (0.98, 0.95, 0.9)
_MOST_WORD = 0.5
_RUN_TOGETHER = 1.3
_DOUBLE = 0.25
_RARE = 0.05
_EXACT = 0.995
_LONGEST_LINE = 400
"""Letters of a line that are measured: no page is wider."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines with their lengths, and where each one's page ends.

    Attributes:
        lines: The lines.
        edges: For each line, the right edge that text on its page and in its column keeps to.
        width: The usual edge.
        slack: Share of the width by which a length may be wrong.
        first_edge: The edge for the first lines of paragraphs, where the text does not show that
            they are indented; None where it does, or they are not.
    """

    lines: Sequence[Line]
    edges: Sequence[float]
    width: float
    slack: float
    first_edge: float | None = None

    def is_forced(self, index: int, begins: bool = False) -> bool:
        """Whether the next line's first word would not have fitted on a line."""
        return self.room(index, begins) < 0

    def is_double(self, index: int) -> bool:
        """Whether a line is longer than the page is wide, as two that were run together are."""
        return self.lines[index].right > self.width * (1 + 2 * self.slack)

    def room(self, index: int, begins: bool = False) -> float:
        """Share of the width that the next line's first word would have left free.

        Args:
            index: Index of the line.
            begins: Whether the line begins a paragraph.

        Returns:
            Negative where the word would not have fitted.
        """
        line, following = self.lines[index], self.lines[index + 1]
        first = min(following.first, self.width * _MOST_WORD)
        edge = self.edges[index]
        if begins and self.first_edge is not None:
            edge = self.first_edge
        return (edge - line.right - line.space - first) / self.width - self.slack


def find_layout(lines: Sequence[Line], slack: float, sheet: float = 0.0) -> Layout | None:
    """The layout under which most lines are broken where they had to be; None for no such.

    Args:
        lines: Lines that hold text, in reading order.
        slack: Share of the width by which lengths may be wrong; at :data:`ESTIMATED` the lengths
            of the lines are not read but estimated.
        sheet: Width of the page; of a text that shows too few breaks it tells where lines end.
    """
    continuations = [i for i in range(len(lines) - 1) if surely_goes_on(lines[i], lines[i + 1])]
    if len(continuations) < _LEAST_CONTINUATIONS:
        return _of_sheet(lines, continuations, slack, sheet) if sheet and lines else None
    measured = slack < ESTIMATED
    best: tuple[float, Layout] | None = None
    candidates = {"": lines} if measured else {kind: _estimated(lines, kind) for kind in METRICS}
    # The widest lines may be two that a program ran together.
    for share in _FULL:
        if best is not None and best[0] >= _SURE:
            break
        for kind, lengths in candidates.items():
            width = _width([lengths[i].right for i in continuations], share)
            if width <= 0:
                continue
            edges = _edges(lengths, width) if measured else [width] * len(lines)
            layout = Layout(lengths, edges, width, slack)
            firsts: frozenset[int] = frozenset()
            if not measured:
                layout, firsts = _with_first_lines(layout, continuations)
            made = sum(layout.is_forced(i, i in firsts) for i in continuations)
            forced = made / len(continuations)
            score = forced - _excess(lengths, width, slack)
            if kind == "monospaced" and score < _EXACT:
                score -= _RARE
            if score >= _LEAST_FORCED and (best is None or score > best[0]):
                best = (score, layout)
    return best and best[1]


def _of_sheet(
    lines: Sequence[Line], continuations: Sequence[int], slack: float, sheet: float
) -> Layout:
    """The layout of a short text.

    It goes as near to the page's right edge as to the left, or nearer; a column in which a line
    goes on, as far as its longest line.
    """
    longest: dict[int, float] = {}
    for line in lines:
        longest[line.column] = max(longest.get(line.column, 0.0), line.right)
    wrapped = {lines[i].column for i in continuations}
    wrapped |= {
        here.column
        for here, following in pairwise(lines)
        if here.column == following.column and _GOES_ON.match(following.text)
    }
    left = min(line.left for line in lines)
    for column, right in longest.items():
        longest[column] = right if column in wrapped - {0} else max(right, sheet - left)
    width = max(longest.values())
    return Layout(lines, [longest[line.column] for line in lines], width, slack)


def _width(rights: Sequence[float], share: float) -> float:
    """The length that a share of the lines keeps to, but for those that were run together."""
    rights = sorted(rights)
    usual = rights[len(rights) * 3 // 4]
    rights = [right for right in rights if right <= _RUN_TOGETHER * usual]
    return rights[min(len(rights) - 1, int(share * len(rights)))]


def _excess(lines: Sequence[Line], width: float, slack: float) -> float:
    """The share of lines longer than the page is wide; two that were run together count less."""
    over = [line.right for line in lines if line.right > width * (1 + 2 * slack)]
    double = sum(_RUN_TOGETHER * width < right < 2 * width * (1 + slack) for right in over)
    return (len(over) - double * (1 - _DOUBLE)) / len(lines)


def guess_layout(lines: Sequence[Line]) -> Layout | None:
    """The layout of a text most of whose lines are torn, of which only the width can be told.

    Args:
        lines: Lines that hold text, in reading order; their lengths are estimated.
    """
    continuations = [i for i in range(len(lines) - 1) if surely_goes_on(lines[i], lines[i + 1])]
    if len(continuations) < _LEAST_TORN:
        return None
    lengths = _estimated(lines, "serif")
    rights = sorted(lengths[i].right for i in continuations)
    width = rights[min(len(rights) - 1, int(_FULL[0] * len(rights)))]
    return Layout(lengths, [width] * len(lines), width, ESTIMATED) if width > 0 else None


def _with_first_lines(
    layout: Layout, continuations: Sequence[int]
) -> tuple[Layout, frozenset[int]]:
    """The layout with a shorter first line of paragraphs, where the text lost their indent.

    Returns:
        The layout, and the continuations that are such first lines.
    """
    firsts = [
        i
        for i in continuations
        if i > 0
        and (
            opening(layout.lines[i].text) is not None
            or (
                not layout.is_forced(i - 1)
                and (
                    is_closed(layout.lines[i - 1].text.rstrip())
                    or layout.lines[i].text.lstrip()[:1].isupper()
                )
            )
        )
        and layout.lines[i].right <= layout.width * (1 + layout.slack)
    ]
    if len(firsts) < _LEAST_FIRSTS:
        return layout, frozenset()
    rights = sorted(layout.lines[i].right for i in firsts)
    edge = rights[min(len(rights) - 1, int(_FULL[-1] * len(rights)))]
    if edge > layout.width * (1 - 2 * layout.slack):
        return layout, frozenset()
    return replace(layout, first_edge=edge), frozenset(firsts)


def _edges(lines: Sequence[Line], width: float) -> list[float]:
    """The right edge for each line: that of its page and column where the page has its own."""
    widest: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        widest.setdefault((line.page, line.column), []).append(line.right)
    edges = {}
    for key, rights in widest.items():
        own = max(rights)
        edges[key] = own if len(rights) >= _LEAST_CONTINUATIONS * 2 else max(own, width)
        if abs(own - width) < 0.1 * width and key[1] == 0:
            edges[key] = max(own, width)
    return [edges[line.page, line.column] for line in lines]


def _estimated(lines: Sequence[Line], metric: str) -> list[Line]:
    """The lines with the lengths that they have in a kind of font."""
    measure = METRICS[metric]
    space = measure(" ")
    estimated = []
    for line in lines:
        text = line.text.rstrip()
        indent = len(text) - len(text.lstrip())
        first = text[indent:].partition(" ")[0]
        left = space * indent
        right = left + measure(text[indent : indent + _LONGEST_LINE])
        estimated.append(replace(line, left=left, right=right, first=measure(first), space=space))
    return estimated


def surely_goes_on(line: Line, following: Line) -> bool:
    """Whether a line is unfinished and the next one begins inside a sentence."""
    end, start = line.text.rstrip(), following.text.lstrip()
    return (
        bool(end and start)
        and start[0].islower()
        and not is_closed(end)
        and following.gap < 2
        and not (line.whole or following.whole)
        and start[1:2] not in {")", ".", ""}
        and line.column == following.column
    )
