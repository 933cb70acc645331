"""Announcing: what a line announces where it stands.

A recogniser reads one line alone (:mod:`indexer.parsing.marks`). The lines around it, and the
numbers reached so far, tell an item from a reference and a heading from a broken sentence.
"""

import re
from dataclasses import replace

from indexer.parsing.blocks import Block
from indexer.parsing.lines import Line
from indexer.parsing.marks import ITEMS, Mark, recognise
from indexer.parsing.notes import is_foreseen_change
from indexer.parsing.numbering import Numbering
from indexer.parsing.page import Page
from indexer.parsing.ranks import follows
from indexer.parsing.titles import UNNUMBERED_LIMIT, begins_sentence, is_title

# How many lines one that lost its bracket may fill before the next point.
_AHEAD = 6
# How many lines the points of one section may fill.
_FAR = 80
# What a reference to several elements ends in where the page broke it, and how it goes on. A range
# has a number before its dash; a point that ends in «…, –» is over.
_REFERS = re.compile(
    r"(?:(?:^|[\d)])\s*[-–—]|\b(?:подпункт|пункт|част|стать|абзац|тармақша|тармақ|бап)\w{0,6}"
    r"|\b(?:и|или|либо|мен|және|немесе))$",
    re.IGNORECASE,
)
_REFERRED = re.compile(
    r"(?:под)?пункт(?:а|ов|у|е|ам|ами)\s|част(?:и|ей|ью|ям|ями)\s|стать(?:и|е|ей|ям|ями)\s"
    r"|настоящ(?:его|ей)\s|тармақша(?!лар?\b)\w+|(?:тармағы|бабы)\w*\s"
)


class Announcer:
    """Reads what the lines of one page announce."""

    def __init__(self, page: Page, numbers: Numbering) -> None:
        self._page = page
        self._numbers = numbers

    def mark(self, index: int, block: Block | None) -> Mark | None:
        """Return what a line announces.

        Args:
            index: Index of the line.
            block: The block that is open before it.
        """
        line = self._page.lines[index]
        if line.role in {"aside", "title", "row"}:
            return None
        mark = recognise(line)
        if mark is None:
            return self._lost_sign(index, block)
        if mark.is_stated and mark.kind == "article":
            # Of the article that stands open it is a note.
            return mark if self._numbers.is_next_article(mark.number) else None
        if mark.kind not in ITEMS:
            # The captions of annexes are read whole.
            settled = _is_settled(line, mark, block) or self._is_expected(index, mark)
            return mark if mark.kind != "annex" and settled else None
        if block is not None and (block.caption or _is_reference(line, mark, block)):
            return None
        if mark.kind == "point" and mark.num.endswith(".") and not _goes_on(mark, block):
            return None
        if is_foreseen_change(self._page.beginning(index)):
            return None
        if mark.alone and not self._is_numbering(mark, index):
            return None
        return replace(mark, kind="article") if self._is_nameless_article(mark, index) else mark

    def _is_expected(self, index: int, mark: Mark) -> bool:
        """Whether an article that stands alone on its line is the first one or the next."""
        following = self._page.following(index)
        if mark.kind != "article" or mark.rest or following is None:
            return False
        expected = (
            self._numbers.is_next_article(mark.number)
            if self._numbers.article
            else mark.number == "1"
        )
        return expected and begins_sentence(following.text.lstrip("0123456789.) "))

    def is_section(self, index: int, mark: Mark, in_decree: bool) -> bool:
        """Whether an "N. Title" line is a heading inside a chapter and not an item.

        Args:
            index: Index of the line.
            mark: What it announces.
            in_decree: It stands among the items of a decree.
        """
        index, mark = self._to_end(index, mark)
        following = self._page.following(index)
        if mark.kind != "para" or "-" in mark.number or following is None:
            return False
        if self._page.lines[index].role == "heading":
            return True
        below = recognise(following)
        if in_decree:
            return self._begins_approved(mark, below)
        if below is not None and below.kind == "article" and is_title(mark.rest):
            numbers = self._numbers
            return numbers.is_next_section(mark.number) or not numbers.is_next_item(mark.number)
        if self._numbers.article:
            return False
        if not mark.rest:
            return is_title(following.text)
        if not is_title(mark.rest):
            return False
        if below is None:
            return begins_sentence(following.text)
        if below.kind == "point":
            return self._points_run_through(index, mark)
        return not self._is_item_before(mark, below)

    def _to_end(self, index: int, mark: Mark) -> tuple[int, Mark]:
        """The last line of a paragraph that the page broke at a hyperlink, and its whole mark."""
        following = self._page.following(index)
        if following is None or not self._page.is_glued(following, self._page.lines[index]):
            return index, mark
        below = recognise(following)
        if below is not None and below.kind not in {*ITEMS, "annex"}:
            return index, mark
        end = self._page.end(index)
        pieces = [line.text for line in self._page.lines[index + 1 : end]]
        return end - 1, replace(mark, rest=" ".join([mark.rest, *pieces]).strip())

    def _points_run_through(self, index: int, mark: Mark) -> bool:
        """Whether the points below are numbered on through the next title, or from the one before.

        «1. Общие положения / 1) … / 2) … / 2. Порядок / 3) …»
        """
        below = recognise(self._page.lines[index + 1])
        if self._numbers.point and self._numbers.is_next_section(mark.number):
            return below is not None and below.number == str(self._numbers.point + 1)
        point = 0
        for place in range(index + 1, min(index + _FAR, len(self._page.lines) - 1)):
            found = recognise(self._page.lines[place])
            if found is None or (found.kind == "point" and not found.number.isdigit()):
                continue
            if found.kind == "point":
                point = int(found.number)
                continue
            below = recognise(self._page.lines[place + 1])
            return (
                (found.kind, found.number) == ("para", str(int(mark.number) + 1))
                and is_title(found.rest)
                and below is not None
                and (below.kind, below.number) == ("point", str(point + 1))
            )
        return False

    def _is_item_before(self, mark: Mark, below: Mark) -> bool:
        """Whether the item below goes on with the number of the line, as the next item does."""
        return (
            below.kind == "para"
            and below.number == str(int(mark.number) + 1)
            and not self._numbers.is_section_before_item(mark.number, below.number)
        )

    def _begins_approved(self, mark: Mark, below: Mark | None) -> bool:
        """Whether a decree's items are over: what it approves begins with a section 1."""
        return (
            self._numbers.has_items
            and mark.number == "1"
            and is_title(mark.rest)
            and below is not None
            and (below.kind, below.number) == ("para", "1")
        )

    def _is_numbering(self, mark: Mark, index: int) -> bool:
        """Whether a number alone on its line is an item's: words must follow it."""
        following = self._page.following(index)
        return (
            following is not None
            and not self._page.lines[index].loose_start
            and begins_sentence(following.text)
            and (not self._page.spaced or len(following.text) > len(mark.num) + 20)
            and recognise(following) is None
        )

    def _is_nameless_article(self, mark: Mark, index: int) -> bool:
        """Whether the next article has lost its word («18-1. Title», «173. Title»)."""
        line, following = self._page.lines[index], self._page.following(index)
        if mark.kind != "para" or following is None or not is_title(mark.rest):
            return False
        if not (self._numbers.is_next_article(mark.number) and begins_sentence(mark.rest)):
            return False
        if self._page.spaced:
            return line.after_blank and following.after_blank
        below = recognise(following)
        return below is not None and (below.kind, below.number) == ("para", "1")

    def _lost_sign(self, index: int, block: Block | None) -> Mark | None:
        """The item that a line announces with a number that lost its dot or its bracket."""
        line = self._page.lines[index]
        if block is None or not (block.closed and (line.after_blank or not self._page.spaced)):
            return None
        mark = self._numbers.bare_item(line.key)
        if mark is None and block.kind == "point" and block.number.isdigit():
            mark = self._bare_point(index, str(int(block.number) + 1))
        return mark and replace(mark, rest=line.text[-len(mark.rest) :])

    def _bare_point(self, index: int, number: str) -> Mark | None:
        """A point without its bracket, where the one after it follows soon."""
        head, _, rest = self._page.lines[index].key.partition(" ")
        if head != number or not rest[:1].islower():
            return None
        marks = map(recognise, self._page.lines[index + 1 : index + _AHEAD])
        following = next((mark for mark in marks if mark is not None), None)
        if following is None or following.kind != "point":
            return None
        is_next = following.number == str(int(number) + 1)
        return Mark("point", number, f"{number})", rest) if is_next else None


def _goes_on(mark: Mark, block: Block | None) -> bool:
    """Whether a letter with a full stop is of a list: «г. Алматы» is a town."""
    if block is None:
        return False
    if block.kind == "point" and block.num is not None and block.num.endswith("."):
        return follows(block.number, mark.number)
    return mark.number in {"а", "a"} and bool(block.pieces) and block.pieces[-1].endswith(":")


def _is_settled(line: Line, mark: Mark, block: Block | None) -> bool:
    """Whether a heading may stand here, and is not the end of a broken sentence."""
    if line.after_blank or block is None or block.is_heading or block.closed:
        return True
    if mark.rest and not line.loose_start:
        return True
    return block.last is not None and len(block.last.text) <= UNNUMBERED_LIMIT


def _is_reference(line: Line, mark: Mark, block: Block) -> bool:
    """Whether a number goes on with a reference that the page broke before it."""
    if not block.pieces or line.after_blank or block.closed:
        return False
    if block.is_heading or block.kind == "note":
        return False
    if mark.kind == "point" and _REFERRED.match(mark.rest):
        return True
    return _REFERS.search(block.pieces[-1][-40:]) is not None and not mark.rest[:1].isupper()
