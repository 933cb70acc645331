"""Tables: two languages side by side, or cells that belong together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from indexer.readers.base import INSIDE, Line
from indexer.readers.languages import language_of

_CELL_LIMIT, _HEAD_LIMIT = 120, 400
_LEAST_LETTERS = 20
_LEAST_ROWS, _LEAST_COLUMNS = 3, 2
_LONGEST_CELL = 1500

Cell = Sequence[str]
"""The paragraphs of one cell."""


def read_grid(rows: Sequence[Sequence[Cell]]) -> list[Line]:
    """Puts the cells of a table into lines.

    A table whose columns are in different languages is read down each column; one that is data
    gives a line for each row, and so do rows of short cells; any other is read row by row.

    Args:
        rows: Cells by row and column; rows may differ in length.
    """
    width = max((len(row) for row in rows), default=0)
    columns = [
        [text for row in rows if index < len(row) for text in row[index]] for index in range(width)
    ]
    spoken = [language_of(texts) for texts in columns]
    full = [
        index
        for index, texts in enumerate(columns)
        if sum(letter.isalpha() for text in texts for letter in text) >= _LEAST_LETTERS
    ]
    if len({spoken[index] for index in full}) > 1:
        return [
            Line(text, column=index + 1) for index, texts in enumerate(columns) for text in texts
        ]
    if _is_data(rows):
        return list(_in_rows(filter(None, map(_in_one, rows))))
    if numbered := _numbered(rows):
        return numbered
    lines: list[Line] = []
    for is_short, several in groupby(rows, lambda row: _is_short(row, width)):
        if is_short:
            shown = (" | ".join(cell[0] for cell in row if cell) for row in several)
            lines.extend(_in_rows(filter(None, shown)))
        else:
            lines.extend(Line(text) for row in several for cell in row for text in cell)
    return lines


def _in_rows(rows: Iterable[str]) -> Iterator[Line]:
    """Rows of one table, with no room between them."""
    for index, row in enumerate(rows):
        yield Line(row, gap=INSIDE if index else 0.0)


def _is_short(row: Sequence[Cell], width: int) -> bool:
    cells = [cell for cell in row if cell]
    return width > 1 and all(len(cell) == 1 and len(cell[0]) <= _CELL_LIMIT for cell in cells)


def _is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table lists things under a head, and does not only set text in columns."""
    filled = [[cell for cell in row if cell] for row in rows]
    filled = [cells for cells in filled if cells]
    if len(filled) < _LEAST_ROWS or len(filled[0]) < _LEAST_COLUMNS:
        return False
    if _is_number(filled[0]):
        # A column of numbers without a head: an act whose numbers stand apart.
        return False
    # Where numbers count the rows, sentences may head the columns.
    counted = sum(_is_number(cells) for cells in filled[1:]) * 2 >= len(filled)
    limit = _HEAD_LIMIT if counted else _CELL_LIMIT
    if any(len(cell) > 1 or len(cell[0]) > limit for cell in filled[0]):
        return False
    _, whole = Counter(map(len, filled)).most_common(1)[0]
    longest = max(sum(map(len, cell)) for cells in filled for cell in cells)
    return whole * 2 > len(filled) and longest <= _LONGEST_CELL


def _numbered(rows: Sequence[Sequence[Cell]]) -> list[Line]:
    """The lines of a table that only sets the numbers of items beside them; none for another."""
    filled = [[cell for cell in row if cell] for row in rows]
    filled = [cells for cells in filled if cells]
    if not all(len(cells) == _LEAST_COLUMNS and _is_number(cells) for cells in filled):
        return []
    is_prose = any(len(text) > _CELL_LIMIT for cells in filled for text in cells[1])
    if not is_prose or not all(cells[0][0].strip()[-1] in ".)" for cells in filled):
        return []
    lines: list[Line] = []
    for number, (first, *others) in filled:
        lines.append(Line(f"{number[0].strip()} {first}", number=number[0].strip()))
        lines.extend(map(Line, others))
    return lines


def _is_number(cells: Sequence[Cell]) -> bool:
    """Whether a row begins with a number alone."""
    return cells[0][0].rstrip(".) ").isdigit()


def _in_one(row: Sequence[Cell]) -> str:
    """A row as one line; a bar ends one of a single cell, which would read as a paragraph."""
    cells = [" ".join(cell) for cell in row if cell]
    return " | ".join(cells) if len(cells) != 1 else f"{cells[0]} |"
