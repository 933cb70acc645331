"""Pages: words with their places become lines, column by column.

Source: columns are told by an edge at which many rows begin and that no word lies across, after
the tab stops of R. W. Smith, Hybrid Page Layout Analysis via Tab-Stop Detection (2009).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.readers.base import Line
from indexer.readers.languages import language_of

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


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands.

    Attributes:
        text: Its letters; a space that must not break a line is one of them.
        left: Distance of its left edge from the page's left edge.
        right: Distance of its right edge from the page's left edge.
        base: Distance of its baseline from the page's top edge.
        height: Height of its letters.
    """

    text: str
    left: float
    right: float
    base: float
    height: float


Row = list[Word]


class Pages:
    """Reads the pages of one file; a short page has the columns of the page before it.

    Attributes:
        columns: Greatest number of columns on a page so far.
    """

    def __init__(self) -> None:
        self.columns = 1
        self._edges: list[float] = []
        self._pitch = 0.0

    def read(self, words: Sequence[Word], page: int) -> list[Line]:
        """Puts the words of one page into lines.

        Args:
            words: Words in any order.
            page: Number of the page, from 1.

        Returns:
            The lines in reading order.
        """
        if not words:
            return []
        height = median(word.height for word in words)
        rows = _rows(words, height)
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


def _rows(words: Sequence[Word], height: float) -> list[Row]:
    """Words of about the same baseline, from the top of the page down."""
    rows: list[Row] = []
    base = 0.0
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - base <= 0.5 * height:
            rows[-1].append(word)
        else:
            rows.append([word])
            base = word.base
    for row in rows:
        row.sort(key=lambda word: word.left)
    return rows


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
