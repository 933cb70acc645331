"""Assembly: paragraphs put together again from damaged lines.

A page breaks paragraphs where it should not and runs them together where it should not. The
repair is the same for every document: a line goes on in the next one unless it is closed by a
full stop or the like, is a heading, or the next one announces an element of its own.
"""

from collections.abc import Iterator, Sequence

from indexer.parsing.announcing import Announcer
from indexer.parsing.blocks import Block, BlockKind
from indexer.parsing.boundaries import Boundaries, opens_own_notes
from indexer.parsing.captions import read_caption
from indexer.parsing.inline import split_block
from indexer.parsing.lines import Line
from indexer.parsing.marks import ITEMS, Mark, recognise
from indexer.parsing.notes import is_only_caption
from indexer.parsing.numbering import Numbering
from indexer.parsing.page import Page
from indexer.parsing.quotations import Quotations
from indexer.parsing.stamps import end_of_stamp
from indexer.parsing.tables import find_tables
from indexer.parsing.titles import (
    UNNUMBERED_LIMIT,
    begins_sentence,
    is_enacting_formula,
    is_title,
)


def read_blocks(lines: Sequence[Line], source: str) -> Iterator[Block]:
    """Yield the blocks of a document in order.

    Args:
        lines: The document's lines that are not blank.
        source: The document.
    """
    last: dict[str, str] = {}
    for block in _Assembler(lines).run():
        for part in split_block(block, source, last.get(block.kind, "")):
            if part.is_heading:
                last = {kind: number for kind, number in last.items() if kind not in ITEMS}
            elif part.kind == "para":
                last.pop("point", None)
            last[part.kind] = part.number
            yield part


class _Assembler:
    """One pass over the lines with one block open at a time."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._page = Page(lines)
        self._numbers = Numbering()
        self._announcer = Announcer(self._page, self._numbers)
        self._boundaries = Boundaries(self._page)
        self._tables = find_tables(lines, self._page.spaced)
        self._quotations = Quotations(lines)
        self._quoted_until = -1
        self._in_decree = False

    def run(self) -> Iterator[Block]:
        block: Block | None = None
        resume = 0
        for index, line in enumerate(self._page.lines):
            if index < resume:
                continue
            quoted = index <= self._quoted_until
            opened, end = (None, index) if quoted else self._read_whole(index, block)
            if opened is None:
                mark = None if quoted else self._announcer.mark(index, block)
                if block is not None and not self._boundaries.begins(index, mark, block):
                    self._continue(block, line)
                    continue
                opened, end = self._open(index, mark, block), index + 1
            if block is not None:
                yield block
            block, resume = opened, end
            self._numbers.reached(block.kind, block.number)
        if block is not None:
            yield block

    def _continue(self, block: Block, line: Line) -> None:
        joint = self._boundaries.joint(line, block)
        if joint:
            block.pieces.append(joint)
        block.pieces.append(line.text)
        block.last = line
        block.end = line.end
        block.caption = False

    # -- read at once -------------------------------------------------------------------------

    def _read_whole(self, index: int, block: Block | None) -> tuple[Block | None, int]:
        """A table, a stamp or an annex's caption, which are read at once, and the index after."""
        if table := self._tables.get(index):
            if block is not None and self._boundaries.is_piece_of_heading(index, block):
                return None, index
            return self._whole("table", index, table.end, table.text.strip()), table.end
        if not self._may_be_caption(self._page.lines[index], block):
            return None, index
        caption = read_caption(self._page.lines, index, self._page.spaced)
        if caption is None:
            end = end_of_stamp(self._page.lines, index)
            if end == index:
                return None, index
            self._in_decree = False
            return self._whole("aside", index, end, ""), end
        annex = self._whole("annex", index, caption.end, caption.title)
        annex.number, annex.num = caption.number, caption.num
        self._in_decree = False
        return annex, caption.end

    def _whole(self, kind: BlockKind, start: int, end: int, text: str) -> Block:
        first, last = self._page.lines[start], self._page.lines[end - 1]
        if kind == "aside":
            text = " ".join(line.text for line in self._page.lines[start:end])
        pieces = [text] if text else []
        return Block(kind, pieces=pieces, start=first.start, end=last.end, last=last)

    def _may_be_caption(self, line: Line, block: Block | None) -> bool:
        """Whether no sentence stands open before a line."""
        if block is None or line.after_blank or block.is_heading or block.closed:
            return True
        if block.kind == "aside":
            return True
        return not self._page.spaced or (block.last is not None and line.role != block.last.role)

    # -- opening ------------------------------------------------------------------------------

    def _open(self, index: int, mark: Mark | None, previous: Block | None) -> Block:
        line = self._page.lines[index]
        if mark is not None:
            return self._open_marked(index, line, mark)
        block = Block("text", pieces=[line.text], start=line.start, end=line.end, last=line)
        if index <= self._quoted_until:
            block.quoted = True
        elif line.role in {"aside", "title"}:
            block.kind = "aside"
        elif (note := self._page.note(index)) or _note_goes_on(line, previous):
            block.kind = "note"
            block.caption = is_only_caption(line.key)
            block.before = note == "editorial"
        elif line.role == "quote":
            block.kind = "aside"
        elif opens_own_notes(line.text) and self._page.following(index) is not None:
            block.kind = "notes"
        elif is_enacting_formula(line):
            block.kind = "formula"
            self._in_decree = True
        else:
            self._open_text(index, block, previous)
        return block

    def _open_text(self, index: int, block: Block, previous: Block | None) -> None:
        line = self._page.lines[index]
        block.listed = previous is not None and (
            _ends_in_colon(previous) or (previous.listed and not previous.closed)
        )
        end = self._quotations.end(index, line, previous is not None and _ends_in_colon(previous))
        if end is not None:
            self._quoted_until = end
            block.quoted = True
        elif not block.listed and self._is_unnumbered_heading(index, line, previous):
            block.kind = "section"

    def _open_marked(self, index: int, line: Line, mark: Mark) -> Block:
        block = Block(
            mark.kind,
            mark.number,
            mark.num,
            printed=mark.printed,
            plural=mark.plural,
            start=line.start,
            end=line.end,
            last=line,
        )
        if mark.rest:
            block.pieces.append(mark.rest)
        if mark.kind in ITEMS:
            if not self._announcer.is_section(index, mark, self._in_decree):
                return block
            block.kind = "section"
        self._in_decree = False
        return block

    def _is_unnumbered_heading(self, index: int, line: Line, previous: Block | None) -> bool:
        following = self._page.following(index)
        if self._numbers.article or self._in_decree or following is None:
            return False
        if line.role == "heading":
            return True
        if not (line.after_blank or previous is None or _has_ended(previous)):
            return False
        return (
            is_title(line.text, UNNUMBERED_LIMIT)
            and line.text[0].isalnum()
            and (
                begins_sentence(following.text)
                or recognise(following) is not None
                or index + 1 in self._tables
            )
        )


def _note_goes_on(line: Line, previous: Block | None) -> bool:
    """Whether a paragraph still belongs to the note before it."""
    if previous is None or previous.kind != "note":
        return False
    return previous.pieces[-1][-1] in ":;" and line.text[0].islower()


def _has_ended(block: Block) -> bool:
    return block.closed or block.is_heading or block.kind == "aside"


def _ends_in_colon(block: Block) -> bool:
    return bool(block.pieces) and block.pieces[-1].endswith(":")
