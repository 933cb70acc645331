"""Tables: runs of cells that a page dump leaves one a line, and rows that markup names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.parsing.captions import read_caption
from indexer.parsing.lines import Line, is_closed
from indexer.parsing.marks import recognise
from indexer.parsing.notes import note_kind
from indexer.parsing.rows import AMOUNT, COUNT, are_counted, in_rows, width
from indexer.parsing.stamps import end_of_stamp, is_signature

_LEAST_CELLS = 4
_TITLE_CELLS = 2
_CELL_LIMIT = 80
# A cell of a sentence or two, where the cells on both sides of it are a table's.
_LONG_CELL_LIMIT = 400
# What heads the column of the rows' numbers, in one cell or in two.
_COUNTER = re.compile(r"(?:№(?:\s?[рп]/[пс])?|[рп]/[пс](?:\s?№)?|рет(?:\s?№)?)$", re.IGNORECASE)
_RULE = re.compile(r"[-–—_=|+!\s]{10,}$")
_LONGEST_RULED, _RULED_LIMIT = 60, 120


@dataclass(frozen=True, slots=True)
class Table:
    """A table among the lines of a text.

    Attributes:
        end: Index after its last line.
        text: Its rows, one a line, with ``|`` between the cells.
    """

    end: int
    text: str


def mark_rows(lines: Sequence[Line]) -> list[Line]:
    """Tells the rows of tables whose cells readers of files put a ``|`` between.

    Args:
        lines: The lines of a plain text.

    Returns:
        The lines, with the role of a row for two and more such lines in a row, or for one of three
        and more cells; those that only set signatures in columns are none.
    """
    marked = list(lines)
    start = 0
    for end in range(len(marked) + 1):
        if end < len(marked) and _has_cells(marked[end].text):
            continue
        rows = marked[start:end]
        if (len(rows) > 1 or _is_row(rows)) and not all(
            is_signature(_without_bars(row.text)) for row in rows
        ):
            marked[start:end] = [replace(row, role="row") for row in rows]
        start = end + 1
    return marked


def _row(line: Line) -> str:
    return line.text.rstrip(" |") if line.role == "row" else line.text


def _is_row(rows: Sequence[Line]) -> bool:
    return bool(rows) and rows[0].text.count(" | ") > 1


def _has_cells(text: str) -> bool:
    return " | " in text or text.endswith(" |")


def _without_bars(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def find_tables(lines: Sequence[Line], spaced: bool) -> dict[int, Table]:
    """Find the tables of a text.

    Args:
        lines: The document's lines that are not blank.
        spaced: The page sets blank lines between paragraphs; only such a page keeps the cells of
            a table without markup apart.

    Returns:
        The tables by the index of their first line.
    """
    tables: dict[int, Table] = {}
    index = end = 0
    while index < len(lines):
        start, after = index, _end_of_rows(lines, index)
        if after == index:
            after = _end_of_ruled(lines, index)
        if after > index:
            text = "\n".join(map(_row, lines[index:after]))
        elif (frame := _end_of_frame(lines, index, spaced)) > index:
            index = end = frame
            continue
        elif spaced and (after := _end_of_cells(lines, index)) > index:
            start = _start_of_header(lines, index, after, end)
            start = start if start < index else _after_title(lines, index, after) or index
            text = in_rows([line.text for line in lines[start:after]])
        elif not spaced and (after := _end_of_run(lines, index)) > index:
            cells = [line.text for line in lines[index:after]]
            # On a page without blank lines only numbers that count the rows tell them.
            if not are_counted(cells):
                index = after
                continue
            text = in_rows(cells)
        if after > index:
            tables[start] = Table(after, text)
            end = after
        index = max(after, index + 1)
    return tables


def _end_of_ruled(lines: Sequence[Line], start: int) -> int:
    """Index after a table drawn with dashes; ``start`` where there is none."""
    end = start
    if not _RULE.match(lines[start].text):
        return start
    for index in range(start + 1, min(start + _LONGEST_RULED, len(lines))):
        line = lines[index]
        if _RULE.match(line.text):
            # Two rules with nothing between them draw no table.
            end = index + 1 if index > start + 1 else end
        elif len(line.text) > _RULED_LIMIT or line.text[-1] in ".;:" or note_kind(line.key):
            break
    return end


def _start_of_header(lines: Sequence[Line], start: int, end: int, before: int) -> int:
    """Index of the first cell of a header of whole sentences, as wide as the table below it."""
    columns, first = width([line.text for line in lines[start:end]])
    while start > before and columns:
        line = lines[start - 1]
        # Two words may stand in the first cell («№ п/п»).
        if first >= columns and not _COUNTER.match(line.text):
            break
        apart = lines[start].after_blank or _COUNTER.match(line.text)
        if not apart or line.role or len(line.text) > _LONG_CELL_LIMIT:
            break
        if is_closed(line.text) or note_kind(line.key) or recognise(line) is not None:
            break
        start, first = start - 1, first + 1
    return start


def _after_title(lines: Sequence[Line], start: int, end: int) -> int:
    """Index after the title that the first cells are; 0 where they are the table's own.

    The column of the rows' numbers is the first, so what stands before its head is a title.
    """
    for index in range(start + 1, min(start + _TITLE_CELLS + 1, end - _LEAST_CELLS + 1)):
        if _COUNTER.match(lines[index].text):
            return index if not _COUNTER.match(lines[start].text) else 0
    columns, first = width([line.text for line in lines[start:end]])
    # Fewer cells than a header has, its first one left empty.
    is_title = 0 < first <= _TITLE_CELLS and first < columns - 1
    return start + first if is_title and not _COUNTER.match(lines[start].text) else 0


def _end_of_rows(lines: Sequence[Line], start: int) -> int:
    """Index after the rows that markup names."""
    end = start
    while end < len(lines) and lines[end].role == "row":
        if end > start and lines[end].after_blank:
            break
        end += 1
    return end


def _end_of_cells(lines: Sequence[Line], start: int) -> int:
    """Index after a run of cells; ``start`` where no table begins."""
    end, cells, counts = start, 0, 0
    while end < len(lines):
        if _is_cell(lines, end):
            cells += 1
            counts += COUNT.match(lines[end].text) is not None
            end += 1
        elif counts and (after := _end_of_long_cell(lines, end)):
            end = after
        else:
            break
    return end if cells >= _LEAST_CELLS else start


def _end_of_run(lines: Sequence[Line], start: int) -> int:
    """Index after lines that may be cells, on a page without blank lines."""
    end = start
    while end < len(lines) and not lines[end].role and _reads_as_cell(lines, end):
        end += 1
    return end


def _is_cell(lines: Sequence[Line], index: int) -> bool:
    return _stands_alone(lines, index) and _reads_as_cell(lines, index)


def _reads_as_cell(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if len(line.text) > _CELL_LIMIT:
        return False
    if AMOUNT.match(line.text):
        return True
    if line.text[-1] in ",:;-–—!?" or note_kind(line.key):
        return False
    mark = recognise(line)
    if mark is not None:
        return mark.kind == "para" and not mark.rest
    return not (line.text.endswith(".") or _end_of_frame(lines, index, True) > index)


def _end_of_frame(lines: Sequence[Line], index: int, spaced: bool) -> int:
    """Index after a signature, a stamp or an annex's caption that begins on a line."""
    text = lines[index].text
    if len(text) > _LONG_CELL_LIMIT or is_closed(text) or _COUNTER.match(text):
        return index
    if (caption := read_caption(lines, index, spaced)) is not None:
        return caption.end
    return max(end_of_stamp(lines, index), index + is_signature(text))


def _end_of_long_cell(lines: Sequence[Line], index: int) -> int:
    """Index after a wordy cell between two cells of a numbered table; 0 where there is none.

    An item's number alone, a quotation mark or an unfinished line tell such a cell from the text
    that follows the table.
    """
    end = index
    while end < len(lines) and end - index < 3 and not _is_cell(lines, end):
        line = lines[end]
        if not _stands_alone(lines, end) or len(line.text) > _LONG_CELL_LIMIT:
            return 0
        if note_kind(line.key) or recognise(line) is not None:
            return 0
        end += 1
        if line.text[-1] in ".:;!?" and not (end < len(lines) and _is_number(lines, end)):
            return 0
    # The cell belongs to the table where an amount or the next row's number comes soon after it.
    ahead = lines[end : end + 6]
    told = any(AMOUNT.match(line.text) or COUNT.match(line.text) for line in ahead)
    return end if end < len(lines) and _is_cell(lines, end) and told else 0


def _is_number(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    return _stands_alone(lines, index) and bool(AMOUNT.match(text) or COUNT.match(text))


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    followed = index + 1 == len(lines) or lines[index + 1].after_blank
    return lines[index].after_blank and followed and not lines[index].role
