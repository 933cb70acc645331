"""The tree: blocks in order become nested elements with addresses."""

import re
from collections.abc import Sequence

from indexer.parsing.addresses import freeze
from indexer.parsing.blocks import Block
from indexer.parsing.elements import Element, ElementKind
from indexer.parsing.nodes import Node

_RANKS = {
    "часть": 1,
    "бөлім": 1,
    "бөлік": 1,
    "раздел": 2,
    "подраздел": 3,
    "кіші бөлім": 3,
    "параграф": 5,
    "§": 5,
}
_CHAPTER_RANK, _ROMAN_RANK, _SECTION_RANK, _ARTICLE_RANK = 4, 6, 7, 8
_PARA_RANK, _POINT_RANK, _LETTER_RANK = 9, 10, 11

_PREAMBLE = re.compile(
    r"\b(?:настоящ\w+\s+(?:закон|кодекс|конституци|указ|концепци|стратеги|правил|положени|"
    r"доктрин|программ)|осы\s+(?:заң|кодекс|конституция|жарлық|тұжырымдама|стратегия|қағида|"
    r"ереже|доктрина|бағдарлама))",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:кіріспе|введение|преамбула|алғы\s?сөз|предисловие|паспорт|төлқұжат)", re.IGNORECASE
)
_CONTAINERS = frozenset(
    {"document", "decree", "preamble", "division", "chapter", "section", "article", "annex"}
)


class TreeBuilder:
    """Places the blocks of one document, one after the other."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._root = Node("document")
        self._stack = [self._root]
        self._pending_notes: list[str] = []
        self._next_structural = _next_structural(blocks)

    def build(self) -> Element:
        """Return the frozen tree."""
        start = self._front_matter()
        for index in range(start, len(self._blocks)):
            self._place(index, self._blocks[index])
        return freeze(self._root)

    # -- front matter -------------------------------------------------------------------------

    def _front_matter(self) -> int:
        """Set aside what the publisher wrote; return the index of the first block of the act."""
        blocks = self._blocks
        first = _first(blocks, {"chapter", "article", "division"})
        formula = _first(blocks, {"formula"})
        if formula < first or (formula < len(blocks) and first == len(blocks)):
            self._set_aside("preface", blocks[: formula + 1])
            later = any(b.is_heading for b in blocks[formula + 1 :]) or _restarts(blocks, formula)
            if later:
                self._push(Node("decree", rank=1))
            return formula + 1
        item = _first(blocks, {"para"})
        if first == len(blocks):
            first = min(_first(blocks, {"section"}), item, _first(blocks, {"point"}))
            while (
                first + 1 < len(blocks)
                and blocks[first].kind == "section"
                and (not blocks[first].number and blocks[first + 1].is_heading)
            ):
                # A heading with nothing under it is the document's title.
                first += 1
            return self._caption(first) if first < len(blocks) else 0
        if item < first and blocks[item].number == "1":
            self._caption(item, keep_closed=False)
            self._push(Node("decree", rank=1))
            return item
        return self._preamble(first)

    def _caption(self, end: int, *, keep_closed: bool = True) -> int:
        """Set aside the unfinished lines before the first item of a text without chapters."""
        cut = 0
        for index, block in enumerate(self._blocks[:end]):
            if block.kind in {"text", "section"} and block.closed and keep_closed:
                break
            cut = index + 1
        self._set_aside("preface", self._blocks[:cut])
        return cut if keep_closed else end

    def _preamble(self, first: int) -> int:
        """Keep an act's own preamble and named introduction; set the rest aside."""
        front = self._blocks[:first]
        for index, block in enumerate(front):
            if block.kind == "section" and _INTRODUCTION.match(block.text):
                self._set_aside("preface", front[:index])
                return index
        own: list[Block] = []
        others: list[Block] = []
        for block in front:
            is_own = block.kind == "text" and block.closed and _PREAMBLE.search(block.text)
            (own if is_own else others).append(block)
        self._set_aside("preface", others)
        if own:
            preamble = Node("preamble", rank=1)
            self._push(preamble)
            for block in own:
                preamble.add(Node("al", text=block.text))
            self._stack.pop()
        return first

    def _set_aside(self, kind: ElementKind, blocks: Sequence[Block]) -> None:
        self._root.notes.extend(b.text for b in blocks if b.kind == "note" and b.text)
        lines = [" ".join(filter(None, (b.num, b.text))) for b in blocks if b.kind != "note"]
        if lines:
            self._root.add(Node(kind, text="\n".join(lines)))

    # -- placing ------------------------------------------------------------------------------

    def _place(self, index: int, block: Block) -> None:
        if block.kind == "note":
            self._place_note(index, block)
        elif block.is_heading:
            self._place_heading(block)
        elif block.kind == "para":
            self._place_para(index, block)
        elif block.kind == "point":
            self._place_point(block)
        else:
            self._place_text(index, block)

    def _place_note(self, index: int, block: Block) -> None:
        following = self._next_structural[index]
        if following is not None and self._blocks[following].is_heading and block.before:
            self._pending_notes.append(block.text)
            return
        for node in reversed(self._stack):
            if node.kind in _CONTAINERS and node.kind != "decree":
                node.notes.append(block.text)
                return

    def _place_heading(self, block: Block) -> None:
        if block.kind == "annex" and self._in("decree"):
            self._pop_below(1)
            self._set_aside("preface", [block])
            return
        if self._is_reprint(block):
            return
        node = Node(
            block.kind,  # type: ignore[arg-type]  # headings are element kinds
            rank=_rank(block),
            number=block.number,
            num=block.num,
            heading=block.text,
            notes=self._pending_notes,
        )
        self._pending_notes = []
        self._pop_below(node.rank)
        self._push(node)

    def _is_reprint(self, block: Block) -> bool:
        """Whether a heading stands there twice, with nothing but notes between."""
        for node in reversed(self._stack):
            if node.kind == block.kind and not node.children:
                return bool(block.number) and (node.number, node.heading) == (
                    block.number,
                    block.text,
                )
        return False

    def _place_para(self, index: int, block: Block) -> None:
        if self._in("decree") and block.number == "1" and self._captioned(index):
            self._pop_below(1)
        self._pop_below(_PARA_RANK)
        self._push(Node("para", _PARA_RANK, block.number, block.num, text=block.text))

    def _captioned(self, index: int) -> bool:
        """Whether the decree is over: its text has signatures or a title behind it."""
        decree = self._stack[1]
        return bool(decree.children) and self._root.children[-1] is not decree

    def _place_point(self, block: Block) -> None:
        lettered = not block.number[0].isdigit()
        self._pop_below(_LETTER_RANK if lettered else _POINT_RANK)
        parent = self._stack[-1]
        owner = parent.owner
        number = block.number
        if owner.runs == 0 or (
            number in {"1", "а"} and (owner.last_point != "" or parent.kind == "division")
        ):
            owner.runs += 1
        owner.last_point = number
        node = Node("point", _LETTER_RANK if lettered else _POINT_RANK, number, block.num)
        node.text = block.text
        node.run = owner.runs
        node.expects_more = block.text.endswith(":")
        self._push(node)

    def _place_text(self, index: int, block: Block) -> None:
        if self._in("decree") and not block.closed:
            self._set_aside("preface", [block])
            return
        if self._stack[-1].kind == "annex" and not block.closed and block.text[0].islower():
            self._stack[-1].heading = f"{self._stack[-1].heading} {block.text}".strip()
            return
        while self._stack[-1].kind == "point" and not self._belongs_to_point(index, block):
            self._stack.pop()
        parent = self._stack[-1]
        if parent.kind == "point" and parent.expects_more and block.text.endswith("."):
            parent.expects_more = False
        parent.add(Node("al", text=block.text))

    def _belongs_to_point(self, index: int, block: Block) -> bool:
        point = self._stack[-1]
        if block.quoted or point.expects_more:
            return True
        following = self._next_structural[index]
        if following is None or self._blocks[following].kind != "point":
            return False
        return _follows(point.number, self._blocks[following].number)

    # -- the stack ----------------------------------------------------------------------------

    def _in(self, kind: ElementKind) -> bool:
        return any(node.kind == kind for node in self._stack)

    def _pop_below(self, rank: int) -> None:
        """Close the elements that one of this rank cannot stand in."""
        while len(self._stack) > 1 and self._stack[-1].rank >= rank:
            self._stack.pop()
        if rank < _PARA_RANK:
            while len(self._stack) > 1 and self._stack[-1].kind in {"decree", "preamble"}:
                self._stack.pop()

    def _push(self, node: Node) -> None:
        self._stack[-1].add(node)
        self._stack.append(node)


def _follows(number: str, following: str) -> bool:
    """Whether ``following`` is the next number of the same run, inserted numbers included."""
    if not number[0].isdigit() or not following[0].isdigit():
        return number[0].isdigit() == following[0].isdigit() and following > number
    here = [int(n) for n in number.split("-")]
    there = [int(n) for n in following.split("-")]
    return here < there and there[0] - here[0] <= 1


def _rank(block: Block) -> int:
    if block.kind == "chapter":
        return _CHAPTER_RANK
    if block.kind == "article":
        return _ARTICLE_RANK
    if block.kind == "section":
        return _SECTION_RANK
    if block.kind == "annex":
        return 1
    label = (block.num or "").lower().replace("i", "і")
    for word in ("подраздел", "кіші бөлім", "параграф", "§", "раздел", "бөлім", "часть", "бөлік"):
        if word in label:
            return 2 if word == "бөлім" and block.number else _RANKS[word]
    return _ROMAN_RANK


def _first(blocks: Sequence[Block], kinds: set[str]) -> int:
    """Index of the first block of these kinds, or the number of blocks."""
    return next((i for i, block in enumerate(blocks) if block.kind in kinds), len(blocks))


def _restarts(blocks: Sequence[Block], formula: int) -> bool:
    """Whether items are numbered from 1 a second time after an enacting formula."""
    ones = [b for b in blocks[formula + 1 :] if b.kind == "para" and b.number == "1"]
    return len(ones) > 1


def _next_structural(blocks: Sequence[Block]) -> list[int | None]:
    """For each block, the index of the next one that is neither text nor a note."""
    following: list[int | None] = [None] * len(blocks)
    upcoming: int | None = None
    for index in range(len(blocks) - 1, -1, -1):
        following[index] = upcoming
        if blocks[index].kind not in {"text", "note", "formula"}:
            upcoming = index
    return following
