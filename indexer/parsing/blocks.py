"""Blocks: the paragraphs of a text, put together again from its damaged lines.

A page breaks paragraphs where it should not and runs them together where it should not. The
repair is the same for every document; a line goes on in the next one unless it is closed by a
full stop or the like, is a heading, or the next one announces an element of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from indexer.parsing.lines import Line, fold_lookalikes, is_closed
from indexer.parsing.marks import Mark, recognise

BlockKind = Literal[
    "division", "chapter", "article", "section", "para", "point", "annex", "text", "note", "formula"
]

_HEADING_LIMIT = 130
_UNNUMBERED_LIMIT = 90
_NOTE = re.compile(
    r"(?:ескерту|ескертпе|сноска)\s?[.,:]|примечание\s?\.\s+см\.|\(?(?:статья|глава)\s\d[\d-]*\s"
    r"(?:исключен|утратил)",
    re.IGNORECASE,
)
_EDITORIAL = re.compile(
    r"(?:примечание\s+(?:изпи|рцпи)|(?:зқаи|рқао)-н[ыі]ң\s+ескерт(?:песі|уі|у))\s?[!.:]?"
    r"|вниманию\s+пользователей\s?!|қолданушылар\s+назарына\s?!",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(r"(?:содержание|оглавление|мазмұны|пресс-релиз|баспасөз-релиз)$", re.I)
_FORMULA = re.compile(
    r"(?:^|\s)(?:қаулы\s+етемін|қаулы\s+етеді|бұйырамын|шешім\s+қабылдады|шешті|өкім\s+етемін"
    r"|постановляю|постановляет|приказываю|решил[аи]?|распоряжаюсь)\s?:$",
    re.IGNORECASE,
)
_FINITE = re.compile(r"(?:[дт][ыі]|с[ыі]н|қажет|тиіс|керек|[еаяию]тся|[аеи]л[аои]?сь)$")
_INLINE_POINT = re.compile(r"(?<=[:;,]) (\d{1,2})\s?\) ?(?=[^\W\d])")
_OPENING = '"«“„'
_CLOSING_QUOTE = re.compile(r"[\"»”]\s?[;.,]?$")
_QUOTED_SPAN = 400


@dataclass(slots=True)
class Block:
    """One paragraph or heading.

    Attributes:
        kind: What it is.
        number: Number as it stands in eIds; empty for none.
        num: Number as printed, None for none.
        text: The paragraph, or the title of a heading.
        line: Line of the source on which it begins.
        quoted: It is part of a text that the document quotes (an amendment).
        blank_before: A blank line stands before it.
    """

    kind: BlockKind
    number: str
    num: str | None
    text: str
    line: int
    quoted: bool = False
    blank_before: bool = False
    last: Line | None = field(default=None, repr=False)

    @property
    def closed(self) -> bool:
        """Whether the paragraph has come to its end."""
        return is_closed(self.text) if self.text else False

    @property
    def is_heading(self) -> bool:
        """Whether it stands above other blocks."""
        return self.kind in _HEADINGS


_HEADINGS = frozenset({"division", "chapter", "article", "section", "annex"})


def read_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the blocks of a document in order.

    Args:
        lines: The document's lines that are not blank.
    """
    return _Assembler(lines).run()


class _Assembler:
    """One pass over the lines with one block open at a time."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        # A page that sets blank lines between paragraphs breaks lines only at hyperlinks.
        blanks = sum(line.after_blank for line in lines)
        self._spaced = blanks * 4 > len(lines)
        self._in_article = False
        self._in_decree = False
        self._quoted_until = -1
        self._quote_ends = [
            index for index, line in enumerate(lines) if _CLOSING_QUOTE.search(line.text)
        ]
        self._quote_cursor = 0

    def run(self) -> Iterator[Block]:
        block: Block | None = None
        for index, line in enumerate(self._lines):
            following = self._lines[index + 1] if index + 1 < len(self._lines) else None
            mark = self._mark(index, line, block)
            if block is not None and not self._begins(line, mark, block):
                self._continue(block, line, mark)
                continue
            if block is not None:
                yield from self._finished(block)
            block = self._open(index, line, mark, following, block)
        if block is not None:
            yield from self._finished(block)

    def _mark(self, index: int, line: Line, block: Block | None) -> Mark | None:
        if index <= self._quoted_until:
            return None
        mark = recognise(line)
        if mark is None:
            return None
        if mark.kind in {"para", "point"}:
            if mark.alone and not self._is_expected(mark, index):
                return None
            return mark
        settled = line.after_blank or block is None or block.is_heading or block.closed
        if not settled and (not mark.rest or mark.kind == "annex" or line.loose_start):
            return mark if block is not None and block.last and _is_short(block.last) else None
        return mark

    def _is_expected(self, mark: Mark, index: int) -> bool:
        """Whether a number alone on its line may be an item's: words must follow it."""
        if index + 1 >= len(self._lines):
            return False
        following = self._lines[index + 1]
        return (
            not self._lines[index].loose_start
            and following.text.lstrip(_OPENING)[:1].isalpha()
            and (not self._spaced or len(following.text) > len(mark.num) + 20)
            and recognise(following) is None
        )

    def _begins(self, line: Line, mark: Mark | None, block: Block) -> bool:
        """Whether a line opens a block of its own rather than going on with the open one."""
        if not block.text and block.kind in {"para", "point"}:
            return mark is not None and mark.kind not in {"para", "point"}
        if mark is not None and mark.kind not in {"para", "point"}:
            return True
        last = block.last
        if self._is_glued(line, last):
            return False
        if mark is not None or _NOTE.match(line.key) or _EDITORIAL.match(line.key):
            return True
        if block.kind in {"formula", "annex"} or _PUBLISHER.match(line.key):
            return True
        if block.kind in _HEADINGS:
            return not self._goes_on_in_heading(line, block)
        if line.after_blank:
            return (
                block.closed
                or block.kind == "note"
                or not (line.text[0].islower() or line.text[0] in "–-—")
                or self._stands_alone(block)
            )
        return block.closed or self._stands_alone(block)

    def _is_glued(self, line: Line, last: Line | None) -> bool:
        """Whether a hyperlink's line break lies between two lines."""
        if last is None or line.after_blank or not self._spaced:
            return False
        return last.loose_end or line.loose_start or line.text[0] in ",;.:)"

    def _goes_on_in_heading(self, line: Line, block: Block) -> bool:
        if not block.text:
            return not is_closed(line.text) or (block.kind == "article" and not line.after_blank)
        if line.after_blank:
            return False
        if line.text[0].islower():
            return not block.closed
        return block.text.isupper() and line.text.isupper() and not block.closed

    def _stands_alone(self, block: Block) -> bool:
        return block.kind == "section"

    def _continue(self, block: Block, line: Line, mark: Mark | None) -> None:
        last = block.last
        if not block.text:
            block.text = line.text
        elif last is not None and self._is_glued(line, last):
            spaced = last.loose_end or line.loose_start
            block.text += (" " if spaced and line.text[0] not in ",;.:)" else "") + line.text
        elif self._spaced or line.after_blank or not line.text[0].isupper():
            block.text += " " + line.text
        else:
            block.text += ". " + line.text
        block.last = line

    def _open(
        self,
        index: int,
        line: Line,
        mark: Mark | None,
        following: Line | None,
        previous: Block | None,
    ) -> Block:
        block = Block("text", "", None, line.text, line.number, blank_before=line.after_blank)
        block.last = line
        block.quoted = index <= self._quoted_until
        if mark is not None:
            block.kind, block.number, block.num, block.text = (
                mark.kind,
                mark.number,
                mark.num,
                mark.rest,
            )
            self._in_article = mark.kind == "article" or (
                self._in_article and mark.kind in {"para", "point"}
            )
            if mark.kind not in {"para", "point"}:
                self._in_decree = False
            elif self._is_section(block, following):
                block.kind = "section"
        elif block.quoted:
            pass
        elif _NOTE.match(line.key) or _EDITORIAL.match(line.key) or _PUBLISHER.match(line.key):
            block.kind = "note"
        elif _FORMULA.search(line.key):
            block.kind = "formula"
            self._in_decree = True
        elif self._is_quotation(index, line):
            block.quoted = True
        elif self._is_unnumbered_heading(line, following, previous):
            block.kind = "section"
        return block

    def _is_section(self, block: Block, following: Line | None) -> bool:
        """Whether an "N. Title" line is a heading inside a chapter and not an item."""
        if block.kind != "para" or "-" in block.number or self._in_article or self._in_decree:
            return False
        title = block.text
        if not title:
            if following is None or is_closed(following.text):
                return False
            title = following.text
            # The line after the title decides; it is read when the title is.
            return len(title) <= _HEADING_LIMIT and title[0].isupper() and not _is_finite(title)
        if following is None or is_closed(title) or len(title) > _HEADING_LIMIT:
            return False
        if not title[0].isupper() or _is_finite(title) or title[-1] in ",-–":
            return False
        mark = recognise(following)
        if mark is None:
            return following.text[0].isupper() or following.text[0] in _OPENING
        if mark.kind == "para":
            return mark.number != str(int(block.number) + 1)
        return mark.kind != "point"

    def _is_unnumbered_heading(
        self, line: Line, following: Line | None, previous: Block | None
    ) -> bool:
        if self._in_article or self._in_decree or following is None or previous is None:
            return False
        if not (previous.closed or previous.is_heading or line.after_blank):
            return False
        text = line.text
        if len(text) > _UNNUMBERED_LIMIT or line.closed or not text[0].isupper():
            return False
        if text[-1] in ",-–—" or _is_finite(text):
            return False
        return (
            following.text[0].isupper()
            or following.text[0] in _OPENING
            or bool(recognise(following))
        )

    def _is_quotation(self, index: int, line: Line) -> bool:
        """Whether a quoted element of another act begins here; its lines are text of this one."""
        if line.text[0] not in _OPENING:
            return False
        inner = line.text[1:].lstrip()
        if not inner:
            return False
        inside = Line(inner, fold_lookalikes(inner), line.number, True, False, False)
        if recognise(inside) is None:
            return False
        while (
            self._quote_cursor < len(self._quote_ends)
            and self._quote_ends[self._quote_cursor] < index
        ):
            self._quote_cursor += 1
        if self._quote_cursor < len(self._quote_ends):
            end = self._quote_ends[self._quote_cursor]
            if end - index <= _QUOTED_SPAN:
                self._quoted_until = end
        return True

    def _finished(self, block: Block) -> Iterator[Block]:
        block.text = " ".join(block.text.split())
        if block.kind in {"text", "para"} and not block.quoted:
            yield from _split_inline(block)
        else:
            yield block


def _split_inline(block: Block) -> Iterator[Block]:
    """Yield a block and the points that the page ran together in it (``…: 1) …; 2) …``)."""
    starts: list[re.Match[str]] = []
    for match in _INLINE_POINT.finditer(block.text):
        expected = len(starts) + 1
        opener = block.text[match.start() - 1]
        if int(match[1]) == expected and (opener == ":") == (expected == 1) and opener != ",":
            starts.append(match)
    if len(starts) < 2:
        yield block
        return
    yield Block(block.kind, block.number, block.num, block.text[: starts[0].start()], block.line)
    bounds = [*(match.start() for match in starts[1:]), len(block.text)]
    for match, end in zip(starts, bounds, strict=True):
        text = block.text[match.end() : end].strip()
        yield Block("point", match[1], f"{match[1]})", text, block.line)


def _is_finite(text: str) -> bool:
    """Whether a text ends in a verb, as a sentence does and a title does not."""
    return bool(_FINITE.search(fold_lookalikes(text).rstrip(' »")').lower()))


def _is_short(line: Line) -> bool:
    return len(line.text) <= _UNNUMBERED_LIMIT and not line.closed
