"""Rows: how the cells of a table, in a row as a page dump leaves them, make rows.

The numbers that count the rows tell it, those that count the columns, or the amounts that a
column holds.
"""

import re
from itertools import pairwise

_MOST_COLUMNS = 12
COUNT = re.compile(r"(\d{1,3})\s?\.?$")
AMOUNT = re.compile(r"[-–—]$|[-–]?\d[\d\s]*(?:[.,]\d+)?\s?%?$")


def in_rows(cells: list[str]) -> str:
    """The cells of a run in rows."""
    starts = _counted_rows(cells) or _equal_rows(cells)
    bounds = [*starts, len(cells)]
    rows = [cells[first:last] for first, last in pairwise(bounds)]
    return "\n".join(" | ".join(row) for row in rows if row)


def _columns(cells: list[str]) -> tuple[int, int]:
    """How many columns a row of numbers counts, and where it begins; 0 where there is none."""
    for index, cell in enumerate(cells):
        if _value(cell) == 1:
            width = 1
            while index + width < len(cells) and _value(cells[index + width]) == width + 1:
                width += 1
            return (width, index) if width > 1 else (0, 0)
    return 0, 0


def _value(cell: str) -> int:
    match = COUNT.match(cell)
    return int(match[1]) if match else 0


def _counted_rows(cells: list[str]) -> list[int]:
    """Where the rows begin, by the numbers of the columns and by those in their first cells."""
    columns, first = _columns(cells)
    starts: list[int] = []
    place = first + columns
    if columns:
        starts += range(0, first, columns) if first % columns == 0 else [0][:first]
        starts.append(first)
    counted = _counted(cells, place)
    if columns and not counted:
        full = (len(cells) - place) % columns == 0
        return starts + (list(range(place, len(cells), columns)) if full else [place])
    if len(counted) < (1 if columns else 2):
        return []
    if counted[0] > place:
        starts.append(place)
    return starts + counted


def _counted(cells: list[str], start: int) -> list[int]:
    """Where the cells 1, 2, 3 … stand that count the rows."""
    first = next((i for i in range(start, len(cells)) if _value(cells[i]) == 1), len(cells))
    for width in range(2, _MOST_COLUMNS + 1):
        # Rows of one width tell a row's number from an amount.
        rows = range(first, len(cells), width)
        whole = len(rows) > 1 and (len(cells) - first) % width == 0
        if whole and all(_value(cells[row]) == count for count, row in enumerate(rows, start=1)):
            return list(rows)
    found: list[int] = []
    for index in range(first, len(cells)):
        if _value(cells[index]) == len(found) + 1 and not (found and index - found[-1] < 2):
            found.append(index)
    return found


def _equal_rows(cells: list[str]) -> list[int]:
    """Where equal rows begin whose columns are all amounts or all words; one row otherwise."""
    amounts = [AMOUNT.match(cell) is not None for cell in cells]
    for width in range(2, min(len(cells) // 2, _MOST_COLUMNS) + 1):
        header = 0 if any(amounts[:width]) else 1
        columns = [set(amounts[header * width + column :: width]) for column in range(width)]
        regular = all(len(kinds) == 1 for kinds in columns)
        if len(cells) % width == 0 and regular and {True} in columns and {False} in columns:
            return list(range(0, len(cells), width))
    return [0]


def are_counted(cells: list[str]) -> bool:
    """Whether numbers in the first cells count two rows or more, each as wide as the first."""
    found = _counted(cells, 0)
    gaps = {after - before for before, after in pairwise([*found, len(cells)])}
    return len(found) > 1 and len(gaps) == 1 and min(gaps) > 1


def width(cells: list[str]) -> tuple[int, int]:
    """How many columns a table has, and how many cells stand before its first row."""
    columns, first = _columns(cells)
    if columns:
        return columns, first
    counted = _counted(cells, 0)
    return (counted[1] - counted[0], counted[0]) if len(counted) > 1 else (0, 0)
