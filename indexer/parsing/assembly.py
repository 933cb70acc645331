"""Assembly: paragraphs put together again from damaged lines.

A page breaks paragraphs where it should not and runs them together where it should not. The
repair is the same for every document: a line goes on in the next one unless it is closed by a
full stop or the like, is a heading, or the next one announces an element of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.parsing.blocks import Block
from indexer.parsing.inline import split_points
from indexer.parsing.lines import Line
from indexer.parsing.marks import Mark, recognise
from indexer.parsing.notes import is_foreseen_change, is_only_caption, note_kind
from indexer.parsing.quotations import Quotations
from indexer.parsing.tables import find_tables
from indexer.parsing.titles import (
    UNNUMBERED_LIMIT,
    begins_sentence,
    is_enacting_formula,
    is_title,
)

_ITEMS = frozenset({"para", "point"})
_PUNCTUATION = ",;.:)"
# «2); от 11.07.2009 № 185-IV (вводится в действие …)»: a note that the page broke in two
_NOTE_TAIL = re.compile(r"[(;,)]|\d+\)?[;,]")


def read_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the blocks of a document in order.

    Args:
        lines: The document's lines that are not blank.
    """
    for block in _Assembler(lines).run():
        yield from split_points(block)


class _Assembler:
    """One pass over the lines with one block open at a time."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._spaced = _is_spaced(lines)
        self._tables = find_tables(lines) if self._spaced else {}
        self._quotations = Quotations(lines)
        self._quoted_until = -1
        self._article = ""
        self._in_decree = False

    def run(self) -> Iterator[Block]:
        block: Block | None = None
        resume = 0
        for index, line in enumerate(self._lines):
            if index < resume:
                continue
            if index in self._tables and index > self._quoted_until:
                if block is not None:
                    yield block
                resume = self._tables[index]
                cells = " | ".join(cell.text for cell in self._lines[index:resume])
                block = Block("text", pieces=[cells])
                continue
            mark = self._mark(index, line, block)
            if block is not None and not self._begins(line, mark, block):
                self._continue(block, line)
                continue
            if block is not None:
                yield block
            block = self._open(index, line, mark, block)
        if block is not None:
            yield block

    # -- what a line announces where it stands ------------------------------------------------

    def _mark(self, index: int, line: Line, block: Block | None) -> Mark | None:
        if index <= self._quoted_until:
            return None
        mark = recognise(line)
        if block is not None and block.caption and mark is not None and mark.kind in _ITEMS:
            return None
        if mark is None or mark.kind not in _ITEMS:
            return mark if mark is None or self._is_settled(line, mark, block) else None
        if is_foreseen_change(line) or (mark.alone and not self._is_numbering(mark, index)):
            return None
        if self._is_nameless_article(mark, index):
            return replace(mark, kind="article")
        return mark

    def _is_settled(self, line: Line, mark: Mark, block: Block | None) -> bool:
        """Whether a heading may stand here, and is not the end of a broken sentence."""
        if line.after_blank or block is None or block.is_heading or block.closed:
            return True
        if mark.rest and mark.kind != "annex" and not line.loose_start:
            return True
        return block.last is not None and len(block.last.text) <= UNNUMBERED_LIMIT

    def _is_numbering(self, mark: Mark, index: int) -> bool:
        """Whether a number alone on its line is an item's: words must follow it."""
        following = self._following(index)
        return (
            following is not None
            and not self._lines[index].loose_start
            and begins_sentence(following.text)
            and (not self._spaced or len(following.text) > len(mark.num) + 20)
            and recognise(following) is None
        )

    def _is_nameless_article(self, mark: Mark, index: int) -> bool:
        """Whether an article inserted after the open one has lost its «-бап» («18-1. Title»)."""
        line, following = self._lines[index], self._following(index)
        head, _, tail = mark.number.partition("-")
        open_head, _, open_tail = self._article.partition("-")
        return (
            head == open_head
            and tail.isdigit()
            and int(tail) == int(open_tail or "0") + 1
            and line.after_blank
            and self._spaced
            and is_title(mark.rest)
            and following is not None
            and following.after_blank
            and begins_sentence(mark.rest)
        )

    def _following(self, index: int) -> Line | None:
        return self._lines[index + 1] if index + 1 < len(self._lines) else None

    # -- where blocks begin and end -----------------------------------------------------------

    def _begins(self, line: Line, mark: Mark | None, block: Block) -> bool:
        """Whether a line opens a block of its own rather than going on with the open one."""
        if mark is not None and mark.kind not in _ITEMS:
            return True
        if not block.pieces and block.kind in _ITEMS:
            return False
        if self._is_glued(line, block.last):
            return False
        if block.quoted and recognise(line) is not None:
            return True
        if block.caption:
            return note_kind(line) in {"editorial", "publisher"}
        if mark is not None or note_kind(line) or block.kind in {"formula", "annex"}:
            return True
        if block.kind == "note" and _NOTE_TAIL.match(line.key):
            return False
        if block.is_heading:
            return not self._goes_on_in_heading(line, block)
        if line.after_blank:
            return block.closed or not (line.text[0].islower() or line.text[0] in "–-—(")
        return block.closed

    def _is_glued(self, line: Line, last: Line | None) -> bool:
        """Whether only a hyperlink's line break lies between two lines."""
        if last is None or line.after_blank or not self._spaced:
            return False
        return last.loose_end or line.loose_start or line.text[0] in _PUNCTUATION

    def _goes_on_in_heading(self, line: Line, block: Block) -> bool:
        if not block.pieces:
            return (
                (not line.closed and block.kind != "article")
                or is_title(line.text)
                or (self._spaced and not line.after_blank)
            )
        if line.after_blank:
            return False
        if self._spaced and not line.closed:
            return True
        if block.closed:
            return False
        last = block.last.text if block.last is not None else ""
        return line.text[0].islower() or (last.isupper() and line.text.isupper())

    def _continue(self, block: Block, line: Line) -> None:
        last = block.last
        if not block.pieces or block.pieces[-1].endswith("("):
            joint = ""
        elif self._is_glued(line, last):
            loose = (last is not None and last.loose_end) or line.loose_start
            joint = " " if loose and line.text[0] not in _PUNCTUATION else ""
        elif block.closed or self._spaced or line.after_blank or not line.text[0].isupper():
            joint = " "
        else:
            # The page dropped the full stop.
            joint = ". "
        if joint:
            block.pieces.append(joint)
        block.pieces.append(line.text)
        block.last = line
        block.caption = False

    # -- opening ------------------------------------------------------------------------------

    def _open(self, index: int, line: Line, mark: Mark | None, previous: Block | None) -> Block:
        if mark is not None:
            return self._open_marked(index, line, mark)
        block = Block("text", pieces=[line.text], last=line)
        if index <= self._quoted_until:
            block.quoted = True
            return block
        note = note_kind(line)
        if note or (previous is not None and _note_goes_on(line, previous)):
            block.kind = "note"
            block.caption = is_only_caption(line)
            block.before = note == "editorial"
            return block
        if is_enacting_formula(line.key):
            block.kind = "formula"
            self._in_decree = True
            return block
        end = self._quotations.end(index, line, previous is not None and _ends_in_colon(previous))
        if end is not None:
            self._quoted_until = end
            block.quoted = True
        elif self._is_unnumbered_heading(index, line, previous):
            block.kind = "section"
        return block

    def _open_marked(self, index: int, line: Line, mark: Mark) -> Block:
        block = Block(mark.kind, mark.number, mark.num, last=line)
        if mark.rest:
            block.pieces.append(mark.rest)
        if mark.kind in _ITEMS:
            if self._is_section(index, mark):
                block.kind = "section"
            return block
        self._article = mark.number if mark.kind == "article" else ""
        self._in_decree = False
        return block

    def _is_section(self, index: int, mark: Mark) -> bool:
        """Whether an "N. Title" line is a heading inside a chapter and not an item."""
        following = self._following(index)
        if mark.kind != "para" or "-" in mark.number or self._article or self._in_decree:
            return False
        if following is None:
            return False
        if not mark.rest:
            return is_title(following.text)
        if not is_title(mark.rest):
            return False
        below = recognise(following)
        if below is None:
            return begins_sentence(following.text)
        if below.kind == "para":
            return below.number != str(int(mark.number) + 1)
        return below.kind != "point"

    def _is_unnumbered_heading(self, index: int, line: Line, previous: Block | None) -> bool:
        following = self._following(index)
        if self._article or self._in_decree or following is None:
            return False
        if not (previous is None or previous.closed or previous.is_heading or line.after_blank):
            return False
        return (
            is_title(line.text, UNNUMBERED_LIMIT)
            and line.text[0].isupper()
            and (begins_sentence(following.text) or recognise(following) is not None)
        )


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether a page sets blank lines between paragraphs, so that it breaks lines at hyperlinks."""
    ends = [after.after_blank for line, after in pairwise(lines) if line.closed]
    return sum(ends) * 2 > len(ends)


def _note_goes_on(line: Line, previous: Block) -> bool:
    """Whether a paragraph still belongs to the note before it."""
    return previous.kind == "note" and previous.pieces[-1][-1] in ":;" and line.text[0].islower()


def _ends_in_colon(block: Block) -> bool:
    return bool(block.pieces) and block.pieces[-1].endswith(":")
