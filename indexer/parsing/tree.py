"""The tree: blocks in order become nested elements with addresses."""

from collections.abc import Sequence

from indexer.parsing.addresses import freeze
from indexer.parsing.blocks import Block
from indexer.parsing.elements import Element, ElementKind
from indexer.parsing.front import read_front
from indexer.parsing.nodes import Node
from indexer.parsing.titles import is_signature

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
        start = self._place_front()
        end = len(self._blocks)
        while end > start and _is_signature(self._blocks[end - 1]):
            end -= 1
        for index in range(start, end):
            self._place(index, self._blocks[index])
        self._set_aside("conclusions", self._blocks[end:])
        self._root.notes.extend(self._take_notes())
        return freeze(self._root)

    def _place_front(self) -> int:
        """Place what stands before the act; return the index of the act's first block."""
        front = read_front(self._blocks)
        self._set_aside("preface", front.preface)
        if front.preamble:
            preamble = Node("preamble", rank=1)
            self._root.add(preamble)
            for block in front.preamble:
                preamble.add(Node("al", text=block.text))
        if front.is_decree:
            self._push(Node("decree", rank=1))
        return front.start

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
            self._place_para(block)
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
        if (printed := self._printed_before(block)) is not None:
            printed.notes.extend(self._take_notes())
            return
        node = Node(
            block.kind,  # type: ignore[arg-type]  # headings are element kinds
            rank=_rank(block),
            number=block.number,
            num=block.num,
            heading=block.text,
            notes=self._take_notes(),
        )
        self._pop_below(node.rank)
        self._push(node)

    def _take_notes(self) -> list[str]:
        """The notes that wait for the heading they are about."""
        notes, self._pending_notes = self._pending_notes, []
        return notes

    def _printed_before(self, block: Block) -> Node | None:
        """The open element of the same heading, where only notes stand between the two."""
        if not block.number:
            return None
        heading = (block.kind, block.num, block.text)
        return next(
            (
                node
                for node in self._stack
                if not node.children and (node.kind, node.num, node.heading) == heading
            ),
            None,
        )

    def _place_para(self, block: Block) -> None:
        if self._in("decree") and block.number == "1" and self._decree_is_over():
            self._pop_below(1)
        self._pop_below(_PARA_RANK)
        self._push(Node("para", _PARA_RANK, block.number, block.num, text=block.text))

    def _decree_is_over(self) -> bool:
        """Whether a signature or a title stands behind the decree's items."""
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
            while len(self._stack) > 1 and self._stack[-1].kind == "decree":
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


def _is_signature(block: Block) -> bool:
    return block.kind in {"text", "section"} and not block.num and is_signature(block.text)


def _next_structural(blocks: Sequence[Block]) -> list[int | None]:
    """For each block, the index of the next one that is neither text nor a note."""
    following: list[int | None] = [None] * len(blocks)
    upcoming: int | None = None
    for index in range(len(blocks) - 1, -1, -1):
        following[index] = upcoming
        if blocks[index].kind not in {"text", "note", "formula"}:
            upcoming = index
    return following
