"""Tables: two languages side by side, or cells that belong together."""

from collections.abc import Sequence

from indexer.readers.base import Line
from indexer.readers.languages import language_of

_CELL_LIMIT = 120
_LEAST_LETTERS = 20

Cell = Sequence[str]
"""The paragraphs of one cell."""


def read_grid(rows: Sequence[Sequence[Cell]]) -> list[Line]:
    """Puts the cells of a table into lines.

    A table whose columns are in different languages is read down each column; one of short cells
    gives a line for each row; any other is read row by row.

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
    lines: list[Line] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        if width > 1 and all(len(c) == 1 and len(c[0]) <= _CELL_LIMIT for c in cells):
            lines.extend([Line(" | ".join(cell[0] for cell in cells))] if cells else [])
        else:
            lines.extend(Line(text) for cell in cells for text in cell)
    return lines
