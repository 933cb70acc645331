"""Pages: words with their places become lines, column by column.

Source: columns are told by an edge at which many rows begin and that no word lies across, after
the tab stops of R. W. Smith, Hybrid Page Layout Analysis via Tab-Stop Detection (2009).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from indexer.readers.base import Line
from indexer.readers.baselines import Row, Word, rows_of
from indexer.readers.cells import row_lines
from indexer.readers.languages import language_of
from indexer.readers.rules import Rule
from indexer.readers.tables import Table, find_tables

_LEAST_ROWS = 5
_MOST_CROSSING = 0.25
_MOST_COLUMNS = 4
_STRIP = 0.9
_NARROW = 0.2
_ALIGNED = 0.3
_INNER = (0.2, 0.8)
_PROSE = 1.8
_CANDIDATES = 8
_LEAST_ALIGNED = 0.4
_SPACE = 0.3
_CLOSEST = 0.2
_SAME = 0.1
_OFTEN = 0.25


class Pages:
    """Reads the pages of one file; a short page has the columns of the page before it.

    Attributes:
        columns: Greatest number of columns on a page so far.
    """

    def __init__(self) -> None:
        self.columns = 1
        self._edges: list[float] = []
        self._pitch = 0.0
        self._table: Table | None = None
        self._ends: Counter[float] = Counter()

    def read(self, words: Sequence[Word], page: int, rules: Sequence[Rule] = ()) -> list[Line]:
        """Puts the words of one page into lines.

        Args:
            words: Words in any order.
            page: Number of the page, from 1.
            rules: The straight lines that the page draws.

        Returns:
            The lines in reading order; the rows of tables as :mod:`indexer.readers.cells` has them.
        """
        if not words:
            return []
        height = median(word.height for word in words)
        rows = rows_of(words, height)
        # Columns from the top of the page to its foot are text, unless a table goes on in them.
        edges = sorted(_edges(rows, height, _MOST_COLUMNS - 1)) or self._edges
        columned = (self._table is None and bool(edges) and _fit(rows, edges, height)) or (
            len(rows) < 2 * _LEAST_ROWS and bool(_between_languages(rows, height))
        )
        self._ends.update(float(round(row[-1].right)) for row in rows)
        edge = _usual_end(self._ends)
        tables, words = find_tables(
            words, height, rules, self._table, edge=edge, is_open=not columned
        )
        self._table = _open_at(tables, words, height)
        lines = self._text(words, page, height) if words else []
        for table in tables:
            _insert(lines, table, page)
        return lines

    def _text(self, words: Sequence[Word], page: int, height: float) -> list[Line]:
        rows = rows_of(words, height)
        edges = sorted(_edges(rows, height, _MOST_COLUMNS - 1))
        if not edges and len(rows) < 2 * _LEAST_ROWS and _fit(rows, self._edges, height):
            edges = self._edges
        if not edges and len(rows) < 2 * _LEAST_ROWS:
            edges = _between_languages(rows, height)
        self._edges = edges
        self.columns = max(self.columns, len(edges) + 1)
        placed = _placed(rows, edges, height)
        self._pitch = _pitch(placed, height, self._pitch)
        return _lines(placed, page, height, self._pitch)


def _usual_end(ends: Counter[float]) -> float:
    """How far to the right many lines go, of text rather than of a table."""
    least = _OFTEN * max(ends.values())
    return max(end for end, count in ends.items() if count >= least)


def _open_at(tables: Sequence[Table], words: Sequence[Word], height: float) -> Table | None:
    """The table without rules with which a page ends, but for a line below it."""
    last = max(tables, key=lambda table: table.bottom, default=None)
    if last is None or not last.columns:
        return None
    below = rows_of([word for word in words if word.base > last.bottom], height)
    return last if len(below) <= 1 else None


def _insert(lines: list[Line], table: Table, page: int) -> None:
    """Puts the rows of a table below the line above it."""
    above = [i for i, line in enumerate(lines) if line.top <= table.top and line.left < table.right]
    # Of columns beside each other, that which goes down to the table.
    place = max(above, key=lambda i: (lines[i].top, i)) + 1 if above else 0
    column = lines[place - 1].column if above else 0
    if place < len(lines):
        lines[place] = replace(lines[place], gap=0.0)
    lines[place:place] = row_lines(table, page, column)


def _fit(rows: Sequence[Row], edges: Sequence[float], height: float) -> bool:
    """Whether the rows of a page fall into columns at the edges of another."""
    return all(_parts(row, edge, height) for row in rows for edge in edges)


def _between_languages(rows: Sequence[Row], height: float) -> list[float]:
    """Where the second column of a page begins that has too few rows to tell, and two languages."""
    left, right = rows[0][0].left, max(row[-1].right for row in rows)
    low, high = (left + share * (right - left) for share in _INNER)
    starts = Counter(round(word.left) for row in rows for word in row if low <= word.left <= high)
    for start, _ in starts.most_common(_CANDIDATES):
        if not all(_parts(row, float(start), height) for row in rows):
            continue
        split = start - _ALIGNED * height
        sides = [
            [" ".join(word.text for word in row if (word.left < split) is first) for row in rows]
            for first in (True, False)
        ]
        spoken = {language_of(side) for side in sides}
        if len(spoken) > 1 and None not in spoken:
            return [float(start)]
    return []


def _placed(rows: Sequence[Row], edges: Sequence[float], height: float) -> list[tuple[int, Row]]:
    """The rows, or what of each lies in a column, with the column; 0 for none."""
    if not edges:
        return [(0, row) for row in rows]
    placed: list[tuple[int, Row]] = []
    band: list[Row] = []
    for row in rows:
        if all(_parts(row, edge, height) for edge in edges):
            band.append(row)
            continue
        placed.extend(_by_column(band, edges, height))
        placed.append((0, row))
        band = []
    placed.extend(_by_column(band, edges, height))
    return placed


def _edges(rows: Sequence[Row], height: float, most: int) -> list[float]:
    """Where columns begin, the first column aside."""
    if most == 0 or len(rows) < _LEAST_ROWS:
        return []
    edge = _best_edge(rows, height)
    if edge is None:
        return []
    start = edge - _ALIGNED * height
    sides = (
        [[word for word in row if word.left < start] for row in rows],
        [[word for word in row if word.left >= start] for row in rows],
    )
    found = [edge]
    for side in sides:
        found += _edges([row for row in side if row], height, most - len(found))
    return found[:most]


def _best_edge(rows: Sequence[Row], height: float) -> float | None:
    """The place at which most rows begin anew and that few words lie across."""
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    low, high = (left + share * (right - left) for share in _INNER)
    starts = Counter(round(word.left) for row in rows for word in row if low <= word.left <= high)
    best: tuple[int, float] | None = None
    for start, count in starts.most_common(_CANDIDATES):
        if count < _LEAST_ROWS:
            break
        edge = float(start)
        split = edge - _ALIGNED * height
        before = [sum(word.left < split for word in row) for row in rows]
        crossing = sum(not _parts(row, edge, height) for row in rows)
        firsts = [n for n in before if n]
        seconds = [len(row) - n for row, n in zip(rows, before, strict=True) if len(row) > n]
        if (
            crossing > _MOST_CROSSING * len(rows)
            or min(len(firsts), len(seconds)) < _LEAST_ROWS
            or count < _LEAST_ALIGNED * len(seconds)
            or sum(firsts) < _PROSE * len(firsts)
            or sum(seconds) < _PROSE * len(seconds)
        ):
            continue
        score = count - crossing
        if best is None or score > best[0]:
            best = (score, edge)
    return best and best[1]


def _parts(row: Row, edge: float, height: float) -> bool:
    """Whether a row falls into columns at an edge: no word lies across it, and none runs on."""
    split = edge - _ALIGNED * height
    end = max((word.right for word in row if word.left < split), default=None)
    start = next((word.left for word in row if word.left >= split), None)
    if end is None or start is None:
        return end is None or end <= edge
    gap = start - end
    return gap >= _STRIP * height or (
        gap >= _NARROW * height and abs(start - edge) <= _ALIGNED * height
    )


def _by_column(rows: Sequence[Row], edges: Sequence[float], height: float) -> list[tuple[int, Row]]:
    splits = [edge - _ALIGNED * height for edge in edges]
    columns: list[list[Row]] = [[] for _ in range(len(edges) + 1)]
    for row in rows:
        parts: list[Row] = [[] for _ in columns]
        for word in row:
            parts[bisect_right(splits, word.left)].append(word)
        for column, part in zip(columns, parts, strict=True):
            if part:
                column.append(part)
    return [(index, row) for index, column in enumerate(columns, 1) for row in column]


def _pitch(placed: Sequence[tuple[int, Row]], height: float, before: float) -> float:
    """From the baseline of one line of a paragraph to the next one's.

    On a page of short paragraphs most steps are those between paragraphs: the page before tells.
    """
    steps = sorted(
        row[0].base - above[0].base
        for (column, row), (other, above) in zip(placed[1:], placed, strict=False)
        if column == other and 0 < row[0].base - above[0].base < 4 * height
    )
    if not steps:
        return before or 2 * height
    own = steps[int(_CLOSEST * len(steps))]
    known = own < 2 * before or any(abs(step - before) < _SAME * before for step in steps)
    return before if before < own and known else own


def _lines(placed: Sequence[tuple[int, Row]], page: int, height: float, pitch: float) -> list[Line]:
    lines: list[Line] = []
    above: Row | None = None
    last = -1
    for column, row in placed:
        step = row[0].base - above[0].base if above is not None and column == last else 0.0
        lines.append(
            Line(
                " ".join(word.text for word in row),
                page,
                column,
                row[0].left,
                row[-1].right,
                row[0].right - row[0].left,
                _SPACE * height,
                step / pitch if step > 0 else 0.0,
                row[0].base,
                median(word.height for word in row),
            )
        )
        above, last = row, column
    return lines
