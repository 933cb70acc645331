"""The tree: blocks in order become nested elements with addresses."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.parsing.addresses import eid_number, freeze
from indexer.parsing.blocks import Block
from indexer.parsing.captions import is_kazakh_number
from indexer.parsing.elements import Element, ElementKind
from indexer.parsing.front import read_front
from indexer.parsing.nodes import Node
from indexer.parsing.notes import note_subject
from indexer.parsing.ranks import (
    LETTER_RANK,
    NOTE_RANK,
    PARA_RANK,
    POINT_RANK,
    follows,
    next_structural,
    rank,
    signatures,
    whole_number,
)
from indexer.parsing.repairs import repair

_CONTAINERS = frozenset(
    {"document", "decree", "preamble", "division", "chapter", "section", "article", "annex"}
)


class TreeBuilder:
    """Places the blocks of one document, one after the other."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._root = Node("document")
        self._stack = [self._root]
        self._pending_notes: list[Block] = []
        self._next_structural = next_structural(blocks)
        self._signatures = signatures(blocks)
        self._annexes = [block.number for block in blocks if block.kind == "annex"]

    def build(self) -> Element:
        """Return the frozen tree."""
        start = self._place_front()
        end = len(self._blocks)
        while end > start and self._signatures[end - 1]:
            end -= 1
        for index in range(start, end):
            self._place(index, self._blocks[index])
        self._set_aside("conclusions", self._blocks[end:])
        self._take_notes(self._root)
        repair(self._root)
        return freeze(self._root)

    def _place_front(self) -> int:
        """Place what stands before the act; return the index of the act's first block."""
        front = read_front(self._blocks)
        self._set_aside("preface", front.preface)
        if front.preamble:
            preamble = Node("preamble", rank=1)
            self._root.add(preamble)
            for block in front.preamble:
                preamble.add(Node("al", text=block.text, spans=block.spans))
        if front.is_decree:
            self._push(Node("decree", rank=1))
        return front.start

    def _set_aside(self, kind: ElementKind, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if block.kind == "note":
                _add_note(self._root, block)
        others = [block for block in blocks if block.kind != "note"]
        if others:
            lines = [" ".join(filter(None, _printed(block))) for block in others]
            spans = [replace(span, kind="aside") for block in others for span in block.spans]
            self._root.add(Node(kind, text="\n".join(lines), spans=spans))

    # -- placing ------------------------------------------------------------------------------

    def _place(self, index: int, block: Block) -> None:
        if block.kind == "note":
            self._place_note(index, block)
        elif block.kind == "aside" or self._signatures[index]:
            self._set_aside("preface" if block.kind == "aside" else "conclusions", [block])
        elif block.is_heading:
            self._place_heading(block)
        elif block.kind == "notes":
            self._pop_below(NOTE_RANK)
            self._push(Node("note", NOTE_RANK, num=block.text, spans=block.spans))
        elif block.kind == "para":
            self._place_para(block)
        elif block.kind == "point":
            self._place_point(block)
        else:
            self._place_text(index, block)

    def _place_note(self, index: int, block: Block) -> None:
        following = self._next_structural[index]
        if following is not None and self._blocks[following].is_heading and block.before:
            self._pending_notes.append(block)
            return
        _add_note(self._noted(block), block)

    def _noted(self, block: Block) -> Node:
        """The open element that a note is about: the one it names, or what holds the items."""
        kind, number = note_subject(block.text)
        for node in reversed(self._stack):
            if node.kind == kind and eid_number(node.number) == eid_number(number):
                return node
        return next(
            node
            for node in reversed(self._stack)
            if node.kind in _CONTAINERS and node.kind != "decree"
        )

    def _place_heading(self, block: Block) -> None:
        if block.kind == "annex" and self._in("decree"):
            self._pop_below(1)
            if not self._is_annex_of_several(block):
                self._set_aside("preface", [block])
                return
        if (printed := self._printed_before(block)) is not None:
            printed.spans.extend(block.spans)
            self._take_notes(printed)
            return
        node = Node(
            block.kind,  # type: ignore[arg-type]  # headings are element kinds
            rank=rank(block),
            number=block.number,
            num=block.num,
            heading=block.text,
            spans=block.spans,
        )
        self._take_notes(node)
        self._pop_below(node.rank)
        self._push(node)

    def _is_annex_of_several(self, block: Block) -> bool:
        """Whether what a decree approves is one of its annexes, and not its only one."""
        return bool(block.number) or (len(self._annexes) > 1 and not any(self._annexes))

    def _take_notes(self, node: Node) -> None:
        """Give an element the notes that waited for it."""
        for block in self._pending_notes:
            _add_note(node, block)
        self._pending_notes = []

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
        if self._fills(block):
            return
        self._pop_below(PARA_RANK)
        self._push(
            Node("para", PARA_RANK, block.number, block.num, text=block.text, spans=block.spans)
        )

    def _decree_is_over(self) -> bool:
        """Whether a signature or a title stands behind the decree's items."""
        decree = self._stack[1]
        return bool(decree.children) and self._root.children[-1] is not decree

    def _fills(self, block: Block) -> bool:
        """Put an item's text where only its number and notes stand so far."""
        node = self._stack[-1]
        if (node.kind, node.number) != (block.kind, block.number) or node.text or node.children:
            return False
        node.text = block.text
        node.spans.extend(block.spans)
        node.expects_more = block.text.endswith(":")
        return True

    def _place_point(self, block: Block) -> None:
        if self._fills(block):
            return
        lettered = not block.number[0].isdigit()
        self._pop_below(LETTER_RANK if lettered else POINT_RANK)
        parent = self._stack[-1]
        owner = parent.owner
        number = whole_number(block.number, owner.last_point)
        if owner.runs == 0 or (
            number in {"1", "а"} and (owner.last_point != "" or parent.kind == "division")
        ):
            owner.runs += 1
        owner.last_point = number
        node = Node("point", LETTER_RANK if lettered else POINT_RANK, number, block.num)
        node.text = block.text
        node.spans = block.spans
        node.run = owner.runs
        node.expects_more = block.text.endswith(":")
        self._push(node)

    def _place_text(self, index: int, block: Block) -> None:
        if self._in("decree") and not block.closed and block.kind == "text":
            self._set_aside("preface", [block])
            return
        annex = self._stack[-1]
        if (
            annex.kind == "annex"
            and block.kind == "text"
            and not (block.closed or annex.children)
            and block.text[0].islower()
        ):
            annex.heading = f"{annex.heading} {block.text}".strip()
            annex.spans.extend(replace(span, kind="heading") for span in block.spans)
            return
        while self._stack[-1].kind == "point" and not self._belongs_to_point(index, block):
            self._stack.pop()
        parent = self._stack[-1]
        if parent.kind == "point" and parent.expects_more and block.text.endswith("."):
            parent.expects_more = False
        parent.add(Node("al", text=block.text, spans=block.spans))

    def _belongs_to_point(self, index: int, block: Block) -> bool:
        point = self._stack[-1]
        if block.quoted or point.expects_more:
            return True
        following = self._next_structural[index]
        if following is None or self._blocks[following].kind != "point":
            return False
        return follows(point.number, self._blocks[following].number)

    # -- the stack ----------------------------------------------------------------------------

    def _in(self, kind: ElementKind) -> bool:
        return any(node.kind == kind for node in self._stack)

    def _pop_below(self, rank: int) -> None:
        """Close the elements that one of this rank cannot stand in."""
        while len(self._stack) > 1 and self._stack[-1].rank >= rank:
            self._stack.pop()
        if rank < PARA_RANK:
            while len(self._stack) > 1 and self._stack[-1].kind == "decree":
                self._stack.pop()

    def _push(self, node: Node) -> None:
        self._stack[-1].add(node)
        self._stack.append(node)


def _printed(block: Block) -> tuple[str, ...]:
    """Number and text in their order: in Kazakh the number of an annex comes last."""
    number = block.num or ""
    if block.kind == "annex" and is_kazakh_number(number):
        return block.text, number
    return number, block.text


def _add_note(node: Node, block: Block) -> None:
    if block.text:
        node.notes.append(block.text)
    node.spans.extend(block.spans)
