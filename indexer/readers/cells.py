"""Cells: the rows of a printed table, put together where a page parted them, become lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from indexer.parsing.lines import is_closed
from indexer.parsing.rows import AMOUNT
from indexer.readers.base import Line
from indexer.readers.grids import Cell, read_grid
from indexer.readers.hyphens import Hyphens
from indexer.readers.numbers import is_punctuated, opening
from indexer.readers.tables import Table

_CELL = "\ue001"
"""Stands between the cells of a row, until :func:`settle_tables` has seen it."""
_LINE = "\ue002"
"""Stands between the lines of a cell."""

_SLASH = re.compile(r"[^\W_]/$")

Row = list[list[str]]


def row_lines(table: Table, page: int, column: int) -> list[Line]:
    """A line for each row, with what parts its cells inside."""
    return [
        Line(
            _CELL.join(_LINE.join(cell) for cell in row),
            page,
            column,
            table.left,
            table.left,
            top=table.top + index * (table.bottom - table.top) / len(table.rows),
            whole=True,
        )
        for index, row in enumerate(table.rows)
    ]


def is_row(line: Line) -> bool:
    """Whether a line is one of :func:`row_lines`."""
    return _CELL in line.text


def settle_tables(lines: Sequence[Line]) -> list[Line]:
    """Puts the rows of tables into the lines that other formats give for them.

    Args:
        lines: The lines of a file in reading order, running heads gone.
    """
    hyphens = Hyphens(line.text for line in lines)
    settled: list[Line] = []
    for are_rows, several in groupby(lines, is_row):
        if not are_rows:
            settled.extend(several)
            continue
        held = list(several)
        for first, rows in _tables(held):
            grid = [[_paragraphs(cell, hyphens) for cell in row] for row in rows]
            settled.extend(
                replace(
                    line,
                    page=first.page,
                    top=first.top,
                    left=first.left,
                    right=first.left,
                    column=line.column or first.column,
                    whole=True,
                )
                for line in read_grid(grid)
            )
    return settled


def _tables(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Row]]]:
    """The tables that follow each other without a line between, and the first line of each.

    On a new page a table of as many columns goes on: its head may be printed again, and its last
    row may have been broken.
    """
    first = lines[0]
    rows: list[Row] = []
    page, heads, turned = first.page, 0, False
    for line in lines:
        row = [cell.split(_LINE) if cell else [] for cell in line.text.split(_CELL)]
        if rows and len(row) != len(rows[0]):
            yield first, rows
            rows, first, page, turned = [], line, line.page, False
        if line.page != page:
            page, heads, turned = line.page, 0, True
        if turned and heads < len(rows) and row == rows[heads]:
            heads += 1
        elif turned and _goes_on(rows[-1], row):
            rows[-1] = [[*above, *below] for above, below in zip(rows[-1], row, strict=True)]
            turned = False
        else:
            rows.append(row)
            turned = False
    yield first, rows


def _goes_on(above: Row, below: Row) -> bool:
    """Whether the last row of a page and the first one of the next are one, which a page broke."""
    if above[0] and below[0]:
        return False
    both = [(a[-1], b[0]) for a, b in zip(above, below, strict=True) if a and b]
    partly = sum(map(bool, below)) < sum(map(bool, above))
    return bool(both) and all(
        not is_closed(a)
        and (b[:1].islower() or (partly and not b[:1].isupper() and not AMOUNT.match(b)))
        for a, b in both
    )


def _paragraphs(lines: Sequence[str], hyphens: Hyphens) -> Cell:
    """The paragraphs of a cell."""
    paragraphs: list[str] = []
    for line in lines:
        if not paragraphs or _begins(paragraphs[-1], line):
            paragraphs.append(line)
        elif hyphens.is_broken(paragraphs[-1]) and line[:1].isalnum():
            paragraphs[-1] = hyphens.join(paragraphs[-1], line)
        elif _SLASH.search(paragraphs[-1]):
            paragraphs[-1] += line
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
    return paragraphs


def _begins(above: str, line: str) -> bool:
    """Whether a line of a cell begins a paragraph: an item after what is closed."""
    mark = opening(line)
    return is_closed(above) and mark is not None and is_punctuated(mark, line)
