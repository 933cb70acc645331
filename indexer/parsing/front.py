"""Front matter: what stands before an act proper, its own words and its publisher's apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.parsing.blocks import Block
from indexer.parsing.lines import fold_lookalikes, is_closed
from indexer.parsing.titles import begins_order, ends_in_verb

_PREAMBLE = re.compile(
    r"\b(?:настоящ\w+\s+(?:закон|кодекс|конституци|указ|концепци|стратеги|правил|положени|"
    r"доктрин|программ)|осы\s+(?:заң|кодекс|конституция|жарлық|тұжырымдама|стратегия|қағида|"
    r"ереже|доктрина|бағдарлама))",
    re.IGNORECASE,
)
# What a sentence before an act is where it is not the act's own: the publisher's report of it.
_REPORT = re.compile(
    r"№|\bN\s?\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}\s*(?:г\.|год|жыл)|https?:|www\."
    r"|вводится|введ[её]н|енгізіл|по\s+тексту|мәтін|деген\s+сөз|утратил|күші\s+жойыл|зарегистрир|тіркел"
    r"|опубликован|жариялан|документ|құжат|издани|басылым|редакци|перевод|аударма|ведомост|жаршы",
    re.IGNORECASE,
)
# What a court has found stands between this and its ruling.
_FOUND = re.compile(r"(?:установил[аи]?|анықтады)\s?:$", re.IGNORECASE)
# «… келісім ратификациялансын.»
_ORDERS = re.compile(r"[лнс][аеыіу]?с[ыі]н\.$")
_FEWEST_WORDS = 4
_INTRODUCTION = re.compile(
    r"(?:кіріспе|введение|преамбула|алғы\s?сөз|предисловие|паспорт|төлқұжат)", re.IGNORECASE
)
# «Закон Республики Казахстан от 12 января 2026 года № 250-VIII ЗРК»
_DESIGNATION = re.compile(
    r"(?:конституционный\s+|нормативное\s+|совместн\w+\s+)?"
    r"(?:закон|кодекс|указ|постановление|приказ|решение|распоряжение)\s[^.]{0,250}?"
    r"\sот\s+\d{1,2}\s+\w+\s+\d{4}"
    r"|[^.]{0,250}?\d{4}\s+жылғы\s+\d{1,2}\s+\w+[^.]{0,120}"
    r"\b(?:заңы|кодексі|жарлығы|қаулысы|бұйрығы|шешімі|өкімі)"
    r"|[^.]{0,200}?\b(?:заңы|кодексі|жарлығы|қаулысы|бұйрығы|шешімі|өкімі)\s+\d{4}\s+жылғы\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The beginning of a document.

    Attributes:
        preface: Blocks of the publisher: captions, by-lines, the enacting formula.
        preamble: Paragraphs in which the act says what it is.
        is_decree: The blocks that follow are the decree that approves the document.
        start: Index of the first block that is none of these.
    """

    preface: tuple[Block, ...] = ()
    preamble: tuple[Block, ...] = ()
    is_decree: bool = False
    start: int = 0


def read_front(blocks: Sequence[Block]) -> FrontMatter:
    """Tell a document's front matter from its body.

    Args:
        blocks: All blocks of the document.
    """
    first = _first(blocks, {"chapter", "article", "division"})
    formula = _first(blocks, {"formula"})
    item = _first(blocks, {"para"})
    if formula < first:
        rest = blocks[formula + 1 :]
        has_annex = any(b.is_heading for b in rest) or _begins_twice(rest)
        others, own = _told_apart(blocks[:formula])
        return FrontMatter((*others, blocks[formula]), own, has_annex, formula + 1)
    if first == len(blocks):
        return _captions(blocks, min(_first(blocks, {"section", "point", "annex"}), item))
    if item < first and blocks[item].number == "1":
        # The page dropped the enacting formula.
        return FrontMatter(tuple(blocks[:item]), (), True, item)
    return _preamble(blocks[:first])


def _captions(blocks: Sequence[Block], first: int) -> FrontMatter:
    """The unfinished lines before the first item of a text without chapters and articles."""
    while first + 1 < len(blocks) and (
        blocks[first].kind == "section"
        and not blocks[first].number
        and (blocks[first + 1].is_heading or _DESIGNATION.match(blocks[first].text))
    ):
        # A heading with nothing under it is the document's title.
        first += 1
    if first == len(blocks):
        return FrontMatter()
    cut = next((i for i, b in enumerate(blocks[:first]) if b.kind == "text" and b.closed), first)
    return FrontMatter(tuple(blocks[:cut]), start=cut)


def _preamble(front: Sequence[Block]) -> FrontMatter:
    """An act's own preamble or named introduction; the rest is the publisher's."""
    for index, block in enumerate(front):
        if block.kind == "section" and _INTRODUCTION.match(block.text):
            return FrontMatter(tuple(front[:index]), start=index)
    others, own = _told_apart(front)
    return FrontMatter(others, own, start=len(front))


def _told_apart(front: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The publisher's blocks and the act's own paragraphs before its first heading or item."""
    own: list[Block] = []
    others: list[Block] = []
    found = False
    for block in front:
        is_own = block.kind == "text" and (found or _is_own(block.text))
        (own if is_own else others).append(block)
        found = found or _FOUND.search(block.text) is not None
    return tuple(others), tuple(own)


def _is_own(text: str) -> bool:
    """Whether a paragraph before the first heading is the act's and not its publisher's."""
    key = fold_lookalikes(text)
    if _PREAMBLE.search(key) and (is_closed(text) or ends_in_verb(text)):
        return True
    if begins_order(text) or _ORDERS.search(key):
        return is_closed(text)
    if not text.endswith(".") or len(text.split()) < _FEWEST_WORDS:
        return False
    return not (_DESIGNATION.match(key) or _REPORT.search(key))


def _first(blocks: Sequence[Block], kinds: set[str]) -> int:
    """Index of the first block of these kinds, or the number of blocks."""
    return next((i for i, block in enumerate(blocks) if block.kind in kinds), len(blocks))


def _begins_twice(blocks: Sequence[Block]) -> bool:
    """Whether items are numbered from 1 a second time."""
    return sum(block.kind == "para" and block.number == "1" for block in blocks) > 1
