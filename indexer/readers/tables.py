"""Tables on a page: words that rules part, or that stand in columns and rows without any."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers.baselines import Word, rows_of
from indexer.readers.blocks import LEAST_COLUMNS, SAME, Block, Cell, is_bilingual
from indexer.readers.chunks import ALIGNED, Chunk, Edges, Strip, overlap, step, strips_of, text_of
from indexer.readers.rules import Rule, find_ruled

# Lines above the rest of a table: a running head, and the number of the page; their least
# distance from it, in heights of a letter.
_MOST_HEADS, _FAR = 2, 3.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page.

    Attributes:
        left: Distance of its left edge from the page's left edge.
        right: Distance of its right edge from the page's left edge.
        top: Distance of its first baseline from the page's top edge.
        bottom: Distance of its last baseline from the page's top edge.
        rows: Its cells by row and column, each the lines that it holds; all rows are equally long.
        columns: The left and right edge of each column, of a table without rules.
        pitch: Distance of two lines of one cell of such a table.
    """

    left: float
    right: float
    top: float
    bottom: float
    rows: list[list[Cell]]
    columns: Sequence[Edges] = ()
    pitch: float = 0.0


def find_tables(
    words: Sequence[Word],
    height: float,
    rules: Sequence[Rule] = (),
    before: Table | None = None,
    *,
    edge: float = 0.0,
    is_open: bool = True,
) -> tuple[list[Table], list[Word]]:
    """The tables of a page, and the words that are in none.

    Args:
        words: The words of a page.
        height: The usual height of their letters.
        rules: The straight lines that the page draws.
        before: A table without rules that may go on from the page before.
        edge: How far to the right the text goes.
        is_open: Whether there may be tables without rules.
    """
    tables: list[Table] = []
    rest = list(words)
    for ruled in find_ruled(rules):
        places = {word: ruled.place(word) for word in rest}
        own = [word for word in rest if places[word] is not None]
        cells: dict[tuple[int, int], list[Word]] = {}
        for word in own:
            cells.setdefault(places[word] or (0, 0), []).append(word)
        grid = [
            [
                _lines(cells.get((row, column), []), height)
                for column in range(len(ruled.columns) - 1)
            ]
            for row in range(len(ruled.rows) - 1)
        ]
        grid = [row for row in grid if any(row)]
        if any(sum(map(bool, row)) >= LEAST_COLUMNS for row in grid) and not is_bilingual(grid):
            filled = [column for column in range(len(grid[0])) if any(row[column] for row in grid)]
            tables.append(_table(own, [[row[column] for column in filled] for row in grid]))
            rest = [word for word in rest if places[word] is None]
    for table, held in _open_tables(rest, height, before, edge) if is_open else ():
        tables.append(table)
        rest = [word for word in rest if word not in held]
    return tables, rest


def _table(words: Sequence[Word], rows: list[list[Cell]]) -> Table:
    bases = [word.base for word in words]
    left, right = min(word.left for word in words), max(word.right for word in words)
    return Table(left, right, min(bases), max(bases), rows)


def _lines(words: Sequence[Word], height: float) -> Cell:
    return [text_of(row) for row in rows_of(words, height)]


def _open_tables(
    words: Sequence[Word], height: float, before: Table | None, edge: float
) -> Iterator[tuple[Table, set[Word]]]:
    """Tables without rules, with their words."""
    strips = strips_of(words, height, edge)
    begin, start = _rest_of_row(strips, height, before) if before is not None else (0, 0)
    if before is not None and start > begin:
        cells: list[Cell] = [[] for _ in before.columns]
        for chunk in (chunk for strip in strips[begin:start] for chunk in strip):
            cells[chunk.column].append(text_of(chunk.words))
        own = _words_of(strips[begin:start])
        yield _table(own, [cells]), set(own)
    free = start
    while start < len(strips):
        block = Block.around(strips, free, start, height) if len(strips[start]) > 1 else None
        if block is None:
            start += 1
            continue
        if before is not None and block.end - len(block.strips) <= max(start, _MOST_HEADS):
            block.take(before.columns)
        grid = block.grid()
        if block.is_table(grid, edge):
            own = _words_of(block.strips)
            yield replace(_table(own, grid), columns=block.columns, pitch=block.pitch), set(own)
        free = start = block.end


def _words_of(strips: Sequence[Strip]) -> list[Word]:
    return [word for strip in strips for chunk in strip for word in chunk.words]


def _rest_of_row(strips: Sequence[Strip], height: float, before: Table) -> tuple[int, int]:
    """Where the rest of a row that the page before begins stands: a head may stand above it."""
    for begin in range(min(_MOST_HEADS + 1, len(strips))):
        if begin and (
            len(strips[begin - 1]) > 1
            or step(strips[begin - 1][0], strips[begin][0]) < _FAR * height
        ):
            continue
        end = begin
        for index in range(begin, len(strips)):
            above = strips[index - 1][0] if index > begin else strips[index][0]
            if step(above, strips[index][0]) > SAME * before.pitch:
                # The next row.
                break
            places = [_column_of(chunk, before.columns, height) for chunk in strips[index]]
            if None in places or 0 in places:
                end = begin
                break
            for chunk, place in zip(strips[index], places, strict=True):
                chunk.column = place or 0
            end = index + 1
        if end > begin:
            return begin, end
    return 0, 0


def _column_of(chunk: Chunk, columns: Sequence[Edges], height: float) -> int | None:
    """The column at whose left edge a chunk begins and beyond which it does not go."""
    met = [i for i, edges in enumerate(columns) if overlap(chunk, edges, height)]
    if len(met) != 1 or abs(chunk.left - columns[met[0]][0]) > ALIGNED * height:
        return None
    return met[0]
