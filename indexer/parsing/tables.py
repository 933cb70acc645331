"""Tables: runs of cells that a page dump leaves one a line, between blank lines."""

from collections.abc import Sequence

from indexer.parsing.lines import Line
from indexer.parsing.marks import recognise
from indexer.parsing.notes import note_kind

_LEAST_CELLS = 4
_CELL_LIMIT = 80


def find_tables(lines: Sequence[Line]) -> dict[int, int]:
    """Find the tables of a page that sets blank lines between paragraphs.

    Args:
        lines: The document's lines that are not blank.

    Returns:
        Index after the last line of each table, by the index of its first line.
    """
    tables: dict[int, int] = {}
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and _is_cell(lines, index):
            continue
        if index - start >= _LEAST_CELLS:
            tables[start] = index
        start = index + 1
    return tables


def _is_cell(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    followed = index + 1 == len(lines) or lines[index + 1].after_blank
    if not (line.after_blank and followed) or len(line.text) > _CELL_LIMIT:
        return False
    if line.text[-1] in ",:;-–—!?" or note_kind(line):
        return False
    mark = recognise(line)
    if mark is not None:
        return mark.kind == "para" and not mark.rest
    return not line.text.endswith(".")
