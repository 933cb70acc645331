"""Tables: two languages side by side, or cells that belong together."""

from collections.abc import Sequence

from indexer.readers.base import Line
from indexer.readers.languages import language_of

_CELL_LIMIT = 120
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
        return [Line(row) for row in map(_in_one, rows) if row]
    lines: list[Line] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        if width > 1 and all(len(c) == 1 and len(c[0]) <= _CELL_LIMIT for c in cells):
            lines.extend([Line(" | ".join(cell[0] for cell in cells))] if cells else [])
        else:
            lines.extend(Line(text) for cell in cells for text in cell)
    return lines


def _is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table lists things under a head, and does not only set text in columns."""
    filled = [[cell for cell in row if cell] for row in rows]
    filled = [cells for cells in filled if cells]
    if len(filled) < _LEAST_ROWS or len(filled[0]) < _LEAST_COLUMNS:
        return False
    if filled[0][0][0].rstrip(".) ").isdigit():
        # A column of numbers without a head: an act whose numbers stand apart.
        return False
    if any(len(cell) > 1 or len(cell[0]) > _CELL_LIMIT for cell in filled[0]):
        return False
    whole = sum(len(cells) == len(filled[0]) for cells in filled)
    longest = max(sum(map(len, cell)) for cells in filled for cell in cells)
    return whole * 2 > len(filled) and longest <= _LONGEST_CELL


def _in_one(row: Sequence[Cell]) -> str:
    """A row as one line; a bar ends one of a single cell, which would read as a paragraph."""
    cells = [" ".join(cell) for cell in row if cell]
    return " | ".join(cells) if len(cells) != 1 else f"{cells[0]} |"
