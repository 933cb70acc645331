"""Boundaries: whether a line goes on with the paragraph before it, and what joins the two."""

import re
from dataclasses import replace

from indexer.parsing.blocks import Block
from indexer.parsing.lines import Line
from indexer.parsing.marks import ITEMS, Mark, recognise
from indexer.parsing.notes import is_abbreviated, is_tail, is_unfinished, note_kind
from indexer.parsing.page import PUNCTUATION, Page
from indexer.parsing.stamps import is_signature
from indexer.parsing.titles import (
    OPENING,
    begins_sentence,
    is_enacting_formula,
    is_title,
    is_title_piece,
)

_DASHES = ("-", "–", "—")
# A note that never ends must not swallow the rest of the act.
_LONGEST_NOTE = 6_000
# Nor must a title that never ends.
_PIECES = 60
_OPENS_QUOTATION = re.compile(r"(?:^|[\s(])[\"«“„]$")
_CLOSES_QUOTATION = re.compile(r"[\"»”](?:[\s,.;:)]|$)")
# «№ 241-VI|II», «статьи 458|-477», «22-бабы 3|-тармағы», «2-|баптан»: what ends, and goes on.
_PARTED = (
    (re.compile(r"\b[IVXІХ]+$"), re.compile(r"[IVXІХ]+\b")),
    (re.compile(r"\d$"), re.compile(r"[-–]\w")),
    (re.compile(r"\b\d{1,4}-$"), re.compile(r"[^\W\d_]")),
)
_OWN_NOTES = re.compile(r"(?:Примечани[ея]|Ескертпе(?:лер)?|Ескертулер)\s?[.:]?$")


def opens_own_notes(text: str) -> bool:
    """Whether a line is only the word that the act's own notes stand under."""
    return _OWN_NOTES.match(text) is not None


class Boundaries:
    """Where the paragraphs of one page begin and end."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def begins(self, index: int, mark: Mark | None, block: Block) -> bool:
        """Whether a line opens a block of its own rather than going on with the open one.

        Args:
            index: Index of the line.
            mark: What it announces.
            block: The open block.
        """
        line = self._page.lines[index]
        if (mark is not None and mark.kind not in ITEMS) or _is_set_apart(line, block):
            return True
        if not block.pieces and block.kind in ITEMS:
            return self._page.note(index) in {"editorial", "publisher"}
        if block.kind == "note" and not block.caption:
            return self._ends_note(index, mark, block)
        if self._page.is_glued(line, block.last):
            return False
        if block.caption:
            return self._page.note(index) in {"editorial", "publisher"}
        if mark is not None or block.kind in {"formula", "annex", "notes", "aside"}:
            return True
        if block.kind == "text" and not block.quoted and is_enacting_formula(line):
            return True
        if _ends_quoted(line, block) or self._page.note(index):
            return True
        if block.is_heading:
            return not self._goes_on_in_heading(index, line, block)
        return self._ends_paragraph(line, block)

    def _ends_paragraph(self, line: Line, block: Block) -> bool:
        if line.after_blank:
            goes_on = line.text[0].islower() or line.text[0] in "–-—("
            # «вице-министр, заместитель председателя» in the list of a commission's members
            return block.closed or not goes_on or (block.listed and is_signature(line.text))
        # «… (порядок введения в действие см.» goes on at the hyperlink.
        return block.closed and not (self._page.spaced and is_abbreviated(block.pieces[-1]))

    def _ends_note(self, index: int, mark: Mark | None, block: Block) -> bool:
        """Whether a note ends before a line: a page that sets blank lines ends it with one."""
        line = self._page.lines[index]
        if opens_own_notes(line.text):
            return True
        if self._page.is_glued(line, block.last):
            return False
        if self._page.note(index):
            return True
        if self._page.spaced and not line.after_blank:
            return False
        if _is_link(block) and begins_sentence(line.text):
            return True
        text = block.text
        if len(text) > _LONGEST_NOTE:
            return True
        if is_tail(line.key) or (mark is None and text[-1] in ":;" and line.text[0].islower()):
            return False
        if mark is not None:
            return True
        if is_unfinished(text):
            return line.text[0].isupper() and line.after_blank
        return block.closed or (line.after_blank and not line.text[0].islower())

    def _goes_on_in_heading(self, index: int, line: Line, block: Block) -> bool:
        if not block.pieces:
            return (
                (not line.closed and block.kind != "article")
                or is_title(line.text)
                or (self._page.spaced and not line.after_blank)
            )
        if line.after_blank:
            return self.is_piece_of_heading(index, block)
        if self._page.spaced and not line.closed:
            return True
        if block.closed:
            return False
        last = block.last.text if block.last is not None else ""
        return line.text[0].islower() or (last.isupper() and line.text.isupper())

    def is_piece_of_heading(self, index: int, block: Block) -> bool:
        """Whether a page that breaks its titles at blank lines has put a piece of one on a line."""
        line = self._page.lines[index]
        if not (self._page.spaced and block.is_heading and block.pieces):
            return False
        if block.closed or line.role or block.kind == "section" or len(block.pieces) > _PIECES:
            return False
        if recognise(line) is not None or self._page.note(index):
            return False
        following = self._page.following(index)
        if line.text.istitle() and following is not None and self._page.is_glued(following, line):
            # «Действие | главы 13-1 | настоящего Закона …»: a paragraph that begins with a link.
            return False
        return is_title_piece(line.text, block.text, of_article=block.kind == "article")

    def joint(self, line: Line, block: Block) -> str:
        """What belongs between a block and the line that it goes on in."""
        last = block.last
        if not block.pieces or block.pieces[-1].endswith("("):
            return ""
        if self._page.is_glued(line, last) and last is not None:
            loose = last.loose_end or line.loose_start
            return " " if loose and line.text[0] not in PUNCTUATION else ""
        if line.text[0] in PUNCTUATION and not line.after_blank:
            return ""
        if self._page.spaced and last is not None and _is_parted(last.text, line.text):
            return ""
        whole = block.closed or self._page.spaced or line.after_blank or block.kind == "note"
        # Where none of these holds, the page dropped the full stop.
        return " " if whole or not line.text[0].isupper() else ". "


def _is_link(block: Block) -> bool:
    """Whether a note is a link of the publisher's page, which says nothing more."""
    return len(block.pieces) == 1 and note_kind(block.pieces[0]) == "publisher"


def _is_set_apart(line: Line, block: Block) -> bool:
    """Whether markup sets a line apart from the block before it."""
    changes = block.last is not None and line.role != block.last.role
    return changes or line.role in {"aside", "title", "heading"} or block.kind == "table"


def _ends_quoted(line: Line, block: Block) -> bool:
    """Whether a paragraph of a quotation is over: the quoted act has a new one on the line.

    Below a heading («Статья 5. Вода») there always is.
    """
    last = block.last
    if not block.quoted or last is None:
        return False
    if recognise(line) is not None:
        return True
    bare = last.text.lstrip(OPENING)
    if len(block.pieces) > 1 or not bare:
        return False
    mark = recognise(replace(last, text=bare, key=last.key[-len(bare) :]))
    return mark is not None and mark.kind not in ITEMS and is_title(mark.rest)


def _is_parted(left: str, right: str) -> bool:
    """Whether a hyperlink's end parts what has no space inside: a range, a number, a quotation."""
    if _is_range(left, right) or _OPENS_QUOTATION.search(left) or _CLOSES_QUOTATION.match(right):
        return True
    return any(
        before.search(left) is not None and after.match(right) is not None
        for before, after in _PARTED
    )


def _is_range(left: str, right: str) -> bool:
    """Whether a dash alone on its line stands between two numbers, each a hyperlink."""
    if right in _DASHES:
        return left[-1:].isdigit() or left[-1:] == ")"
    return left.endswith(_DASHES) and len(left) < 4 and right[:1].isdigit()
