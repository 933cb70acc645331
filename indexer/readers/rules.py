"""Rules: the straight lines that a page of a PDF draws, as PDFium gives them, and their cells."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.readers.baselines import Word
from indexer.readers.extras import require

# In points: edges of one border, and of the borders of two cells beside each other; how far a
# straight line may lean; the shortest one that parts cells.
_TOGETHER = 3.5
_LEANING = 0.5
_SHORTEST = 4.0
_MOST_RULES = 20_000
# Rules that stand, of a table: of one column it is a frame around a text.
_LEAST_COLUMNS = 3
# Of the height of a letter, how far above its baseline its middle is.
_MIDDLE = 0.4


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an edge of the page.

    Attributes:
        upright: Whether it stands.
        at: Distance from the page's left edge of one that stands, from its top edge of another.
        start: Where it begins, along its length.
        end: Where it ends.
    """

    upright: bool
    at: float
    start: float
    end: float


def find_rules(page: Any, height: float) -> list[Rule]:
    """The straight lines of a page; none where it draws so many that they make a picture.

    Args:
        page: The page, as pypdfium2 opens it.
        height: Its height in points.
    """
    raw = require("pypdfium2.raw")
    rules: list[Rule] = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        matrix = path.get_matrix()
        for start, end in _strokes(raw, path):
            (x, y), (u, v) = matrix.on_point(*start), matrix.on_point(*end)
            if abs(x - u) <= _LEANING and abs(y - v) >= _SHORTEST:
                rules.append(Rule(True, x, height - max(y, v), height - min(y, v)))
            elif abs(y - v) <= _LEANING and abs(x - u) >= _SHORTEST:
                rules.append(Rule(False, height - y, min(x, u), max(x, u)))
            if len(rules) > _MOST_RULES:
                return []
    return rules


Point = tuple[float, float]


def _strokes(raw: Any, path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of one path, in its own measure."""
    first = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point, kind = (x.value, y.value), raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, first
        last = point


Box = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table whose cells rules part.

    Attributes:
        columns: Where its columns begin, and where the last one ends.
        rows: Where its rows begin, and where the last one ends.
        heads: For each row and column, the place of the cell that it is a part of.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    heads: dict[tuple[int, int], tuple[int, int]]

    def place(self, word: Word) -> tuple[int, int] | None:
        """Row and column of the cell that a word stands in; None outside the table."""
        row = _between(self.rows, word.base - _MIDDLE * word.height)
        column = _between(self.columns, (word.left + word.right) / 2)
        return None if row is None or column is None else self.heads[row, column]


def find_ruled(rules: Sequence[Rule]) -> list[Ruled]:
    """The tables of two columns or more that rules draw."""
    tables = []
    for group in _touching(rules):
        standing = [rule for rule in group if rule.upright]
        lying = [rule for rule in group if not rule.upright]
        columns = _places(standing)
        rows = _with_torn(_places(lying), standing, len(columns))
        if len(columns) >= _LEAST_COLUMNS and len(rows) > 1:
            tables.append(Ruled(columns, rows, _heads(columns, rows, standing, lying)))
    return tables


def _with_torn(rows: tuple[float, ...], standing: Sequence[Rule], count: int) -> tuple[float, ...]:
    """Adds where a page tears a row: there the rules that stand end, and no other closes it."""
    if not rows or count < _LEAST_COLUMNS:
        return rows
    starts = sum(rule.start < rows[0] - _SHORTEST for rule in standing)
    ends = sum(rule.end > rows[-1] + _SHORTEST for rule in standing)
    above = (min(rule.start for rule in standing),) if starts >= count else ()
    below = (max(rule.end for rule in standing),) if ends >= count else ()
    return (*above, *rows, *below)


def _between(edges: Sequence[float], place: float) -> int | None:
    for index, (start, end) in enumerate(pairwise(edges)):
        if start <= place <= end:
            return index
    return None


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that hang together."""
    groups: list[tuple[Box, list[Rule]]] = []
    for rule in rules:
        box, members = _box(rule), [rule]
        rest = []
        for other, others in groups:
            own = _box(rule)
            if _meet(own, other) and any(_meet(own, _box(one)) for one in reversed(others)):
                box = (*map(min, box[:2], other[:2]), *map(max, box[2:], other[2:]))
                members = others + members
            else:
                rest.append((other, others))
        groups = [*rest, (box, members)]
    return [members for _, members in groups]


def _box(rule: Rule) -> Box:
    """Left, top, right and bottom."""
    if rule.upright:
        return rule.at, rule.start, rule.at, rule.end
    return rule.start, rule.at, rule.end, rule.at


def _meet(one: Box, other: Box) -> bool:
    return all(
        one[axis] <= other[axis + 2] + _TOGETHER and other[axis] <= one[axis + 2] + _TOGETHER
        for axis in (0, 1)
    )


def _places(rules: Sequence[Rule]) -> tuple[float, ...]:
    """Where rules stand, those of one border as one."""
    places: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if places and at - places[-1][-1] <= _TOGETHER:
            places[-1].append(at)
        else:
            places.append([at])
    return tuple(sum(group) / len(group) for group in places)


def _heads(
    columns: Sequence[float], rows: Sequence[float], standing: Sequence[Rule], lying: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The first place of each cell; cells without a rule between them are one."""
    middles = [(start + end) / 2 for start, end in pairwise(rows)]
    centres = [(start + end) / 2 for start, end in pairwise(columns)]
    heads: dict[tuple[int, int], tuple[int, int]] = {}
    for row, middle in enumerate(middles):
        for column, centre in enumerate(centres):
            place = row, column
            heads[place] = place
            if column and not _drawn(standing, columns[column], middle):
                heads[place] = heads[row, column - 1]
            elif row and not _drawn(lying, rows[row], centre):
                heads[place] = heads[row - 1, column]
    return heads


def _drawn(rules: Sequence[Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _TOGETHER and rule.start <= along <= rule.end for rule in rules)
