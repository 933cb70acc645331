"""Blocks: baselines below each other whose chunks stand in columns, and the rows that they make.

Which lines of a column are one cell is told by their distance, or by whether the next word would
have fitted.
"""

from collections.abc import Sequence
from itertools import pairwise

from indexer.parsing.marks import ITEMS
from indexer.parsing.rows import COUNT
from indexer.parsing.stamps import is_signature
from indexer.readers.chunks import (
    ALIGNED,
    ROOM,
    Chunk,
    Edges,
    Strip,
    is_near,
    overlap,
    step,
    text_of,
)
from indexer.readers.languages import language_of
from indexer.readers.numbers import opening

SAME = 1.08
"""Greatest distance of two lines of one cell, in their usual one."""
LEAST_COLUMNS = 2

# In heights of a letter: the least distance of two lines.
_LEAST_STEP = 1.1
_LEAST_ROWS = 2
_LONGEST_CELL = 1500
# Letters in which a language shows.
_LEAST_PROSE, _LEAST_PROSE_OF_TWO = 400, 60
_LEAST_WRAPPED, _MOST_FULL, _COVERED = 0.5, 0.8, 0.7
_MOST_PIECES = 2.0
_PROSE_LINES, _PROSE_WORDS, _PROSE_SHARE = 5, 3, 0.6

Cell = list[str]
"""The lines of a cell."""


class Block:
    """Baselines below each other whose chunks stand in the same columns.

    Attributes:
        strips: What stands on each baseline.
        end: Index after the last of them.
        columns: The left and right edge of each column.
        pitch: Distance of two lines of one cell.
    """

    def __init__(self, strips: Sequence[Strip], end: int, height: float) -> None:
        self.strips = strips
        self.end = end
        self._height = height
        self._beside = {chunk: strip for strip in strips for chunk in strip}
        self.columns = _columns([*self._beside], height)
        for strip in strips:
            for chunk in strip:
                chunk.column = next(
                    (i for i, edges in enumerate(self.columns) if overlap(chunk, edges, height)), 0
                )
        self._stack()
        steps = [step(*pair) for stack in self._stacks for pair in pairwise(stack)]
        self.pitch = min((s for s in steps if s >= _LEAST_STEP * height), default=2 * height)
        near = [
            self._is_forced(above, below)
            for stack in self._stacks
            for above, below in pairwise(stack)
            if step(above, below) <= SAME * self.pitch
        ]
        # Rows stand further apart than the lines of a cell.
        self._is_spaced = sum(near) >= _LEAST_WRAPPED * len(near) and any(
            below[0].base - above[0].base > SAME * self.pitch for above, below in pairwise(strips)
        )

    def _stack(self) -> None:
        self._stacks: list[list[Chunk]] = [[] for _ in self.columns]
        for strip in self.strips:
            for chunk in strip:
                self._stacks[chunk.column].append(chunk)

    @classmethod
    def around(
        cls, strips: Sequence[Strip], free: int, first: int, height: float
    ) -> "Block | None":
        """The block around a baseline with several chunks; None where there is none.

        Args:
            strips: What stands on each baseline of the page.
            free: Index of the first one that is in no other block.
            first: Index of the first one with several chunks.
            height: The usual height of letters.
        """
        begin, end = first, first + 1
        while (
            begin > free
            and len(strips[begin - 1]) == 1
            and is_near(strips[begin - 1], strips[begin], height)
        ):
            begin -= 1
        block = cls(strips[first:end], end, height)
        while end < len(strips) and is_near(strips[end - 1], strips[end], height):
            if len(strips[end]) == 1 and block.is_across(strips[end][0]):
                break
            end += 1
            block = cls(strips[first:end], end, height)
        if len(block.columns) < LEAST_COLUMNS:
            return None
        across = [i for i in range(begin, first) if block.is_across(strips[i][0])]
        begin = max(across, default=begin - 1) + 1
        return cls(strips[begin:end], end, height)._trimmed(strips, begin, end)

    def take(self, columns: Sequence[Edges]) -> None:
        """Takes the columns of the table that it goes on with, if it has none but those."""
        height = self._height
        places = [
            [i for i, other in enumerate(columns) if abs(left - other[0]) <= ALIGNED * height]
            for left, _ in self.columns
        ]
        if not all(places) or len(self.columns) == len(columns):
            return
        for chunk in (chunk for strip in self.strips for chunk in strip):
            chunk.column = places[chunk.column][0]
        taken = dict(zip((place[0] for place in places), self.columns, strict=True))
        self.columns = [
            (edges[0], max(edges[1], taken.get(index, edges)[1]))
            for index, edges in enumerate(columns)
        ]
        self._stack()

    def is_across(self, chunk: Chunk) -> bool:
        """Whether a chunk stands in several columns."""
        return sum(overlap(chunk, edges, self._height) for edges in self.columns) > 1

    def _trimmed(self, strips: Sequence[Strip], begin: int, end: int) -> "Block | None":
        """The block without what stands above and below it in one column and is no part of it."""
        first, last = begin, end
        while first < last and len(strips[first]) == 1 and not self._belongs(strips, first, 1):
            first += 1
        while (
            last > first and len(strips[last - 1]) == 1 and not self._belongs(strips, last - 1, -1)
        ):
            last -= 1
        if last - first < 1:
            return None
        if (first, last) == (begin, end):
            return self
        return Block(strips[first:last], last, self._height)

    def _belongs(self, strips: Sequence[Strip], index: int, towards: int) -> bool:
        """Whether the only chunk of a baseline at an edge is a line of a cell."""
        (chunk,) = strips[index]
        left, right = self.columns[chunk.column]
        slack = ALIGNED * self._height
        centre = (chunk.left + chunk.right) / 2 - (left + right) / 2
        if min(abs(chunk.left - left), abs(chunk.right - right), abs(centre)) > slack:
            return False
        other = index + towards
        if not 0 <= other < len(strips):
            return False
        if abs(strips[other][0].base - chunk.base) < (2 - SAME) * self.pitch:
            return True
        beside = next((one for one in strips[other] if one.column == chunk.column), None)
        if beside is None:
            return False
        above, below = (chunk, beside) if towards > 0 else (beside, chunk)
        return step(above, below) <= SAME * self.pitch and self._is_forced(above, below)

    def _is_forced(self, above: Chunk, below: Chunk) -> bool:
        """Whether the first word of a line would not have fitted on the line above it."""
        _, right = self.columns[above.column]
        word = below.words[0]
        return above.right + word.right - word.left + ROOM * self._height > right

    def grid(self) -> list[list[Cell]]:
        """The cells by row and column."""
        grid = []
        for strips in self._rows():
            cells: list[Cell] = [[] for _ in self.columns]
            for strip in strips:
                for chunk in strip:
                    cells[chunk.column].append(text_of(chunk.words))
            grid.append(cells)
        return grid

    def _rows(self) -> list[list[Strip]]:
        """The baselines of each row."""
        rows: list[list[Strip]] = []
        until = float("-inf")
        ends = self._ends()
        for strip in self.strips:
            if not rows or strip[0].base - self._height > until:
                rows.append([])
            rows[-1].append(strip)
            until = max([until, *(ends[chunk] for chunk in strip)])
        return rows

    def _ends(self) -> dict[Chunk, float]:
        """For each chunk, the last baseline of the cell that it is a line of."""
        ends: dict[Chunk, float] = {}
        for stack in self._stacks:
            for index in range(len(stack) - 1, -1, -1):
                chunk = stack[index]
                ends[chunk] = chunk.base
                if index + 1 < len(stack) and self._goes_on(chunk, stack[index + 1]):
                    ends[chunk] = ends[stack[index + 1]]
        return ends

    def _goes_on(self, above: Chunk, below: Chunk) -> bool:
        """Whether two lines of a column are one cell's."""
        if step(above, below) > SAME * self.pitch:
            return False
        over, beside = self._beside[above], self._beside[below]
        if self._is_spaced and len(over) != len(self.columns):
            return True
        # Where rows stand as close as lines, a new one begins in the first column.
        if not self._is_forced(above, below):
            return False
        if beside[0].column or len(beside) == 1:
            return True
        if COUNT.match(text_of(beside[0].words)):
            return False
        last = {chunk.column: chunk for chunk in over}
        # Lines of one head, rather than rows whose cells are equally long.
        return all(
            chunk.column in last and self._is_forced(last[chunk.column], chunk) for chunk in beside
        ) and any(chunk.words[0].text[0].islower() for chunk in beside)

    def is_table(self, grid: Sequence[Sequence[Cell]], edge: float) -> bool:
        """Whether rows of columns are a table, and not prose, a list or signatures.

        Args:
            grid: The cells by row and column.
            edge: How far to the right the text goes.
        """
        filled = [[cell for cell in row if cell] for row in grid]
        whole = sum(len(cells) >= LEAST_COLUMNS for cells in filled)
        # A single row has more cells than a date, a place and a number, or signatures.
        least = LEAST_COLUMNS + (2 if len(self.strips) == 1 else 1)
        if whole < _LEAST_ROWS and len(self.columns) < least:
            return False
        if any(sum(map(len, cell)) > _LONGEST_CELL for row in filled for cell in row):
            return False
        # In the columns of a newspaper paragraphs do not begin and end beside each other.
        pieces = len({(chunk.column, end) for chunk, end in self._ends().items()})
        if pieces > _MOST_PIECES * sum(map(len, filled)):
            return False
        if self._is_prose() or self._is_full(edge) or is_bilingual(grid):
            return False
        firsts = [" ".join(row[0]) for row in grid if row[0]]
        if len(self.columns) == LEAST_COLUMNS and all(map(_is_number, firsts)):
            return False
        if sum(map(_is_heading, firsts)) * 2 > len(firsts):
            return False
        return not all(is_signature(" ".join(map(" ".join, cells))) for cells in filled)

    def _is_full(self, edge: float) -> bool:
        """Whether nearly each line goes as far to the right as text does, with few gaps."""
        strips = [strip for strip in self.strips[:-1] if len(strip) > 1]
        full = 0
        for strip in strips:
            words = [word for chunk in strip for word in chunk.words]
            covered = sum(word.right - word.left for word in words)
            full += abs(strip[-1].right - edge) <= ROOM * self._height and covered >= _COVERED * (
                strip[-1].right - strip[0].left
            )
        return full > _MOST_FULL * len(strips)

    def _is_prose(self) -> bool:
        """Whether each column runs on as the lines of a text do."""
        for stack in self._stacks:
            near = [(a, b) for a, b in pairwise(stack) if step(a, b) <= SAME * self.pitch]
            forced = sum(self._is_forced(*pair) for pair in near)
            words = sum(len(chunk.words) for chunk in stack)
            if (
                len(near) < max(_PROSE_LINES, _PROSE_SHARE * (len(stack) - 1))
                or forced < _PROSE_SHARE * len(near)
                or words < _PROSE_WORDS * len(stack)
            ):
                return False
        return True


def _columns(chunks: Sequence[Chunk], height: float) -> list[Edges]:
    """The edges of the columns that chunks stand in, but for those that stand in several."""
    groups: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.right - chunk.left):
        met = [group for group in groups if any(_beside(chunk, one, height) for one in group)]
        if len(met) > 1 and any(
            abs(one.base - other.base) < _LEAST_STEP * height
            for i, group in enumerate(met)
            for one in group
            for following in met[i + 1 :]
            for other in following
        ):
            continue
        groups = [group for group in groups if group not in met]
        groups.append([chunk, *(one for group in met for one in group)])
    edges = [(min(c.left for c in group), max(c.right for c in group)) for group in groups]
    return sorted(edges)


def _beside(one: Chunk, other: Chunk, height: float) -> bool:
    return overlap(one, (other.left, other.right), height)


def _is_number(text: str) -> bool:
    """Whether a text is only what stands before an item: «3.», «2)», «–»."""
    bare = text.strip()
    return not any(map(str.isalnum, bare)) or (
        len(bare) <= 4 and bare[-1] in ".)" and bare.rstrip(".)").isalnum()
    )


def _is_heading(text: str) -> bool:
    mark = opening(text)
    return mark is not None and mark.kind not in ITEMS


def is_bilingual(grid: Sequence[Sequence[Cell]]) -> bool:
    """Whether the columns hold one text in two languages, and not a table."""
    columns = [[line for row in grid for line in row[column]] for column in range(len(grid[0]))]
    least = _LEAST_PROSE if len(columns) > LEAST_COLUMNS else _LEAST_PROSE_OF_TWO
    prose = [lines for lines in columns if sum(map(len, lines)) >= least]
    return len({language_of(lines) for lines in prose} - {None}) > 1
