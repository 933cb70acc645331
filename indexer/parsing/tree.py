"""The tree: blocks in order become nested elements with addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.parsing.blocks import Block
from indexer.parsing.elements import Element, ElementKind, Status
from indexer.reference.letters import TO_LATIN

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

_REPEALED = re.compile(
    r"^\W{0,3}(?:(?:статья|глава|параграф|\d[\d-]*-(?:бап|тарау|параграф))\W{0,3}[\d-]*\W{0,3})?"
    r"(?:алып\s+тасталды|алынып\s+тасталды|алынып\s+тасталсын|күші\s+жойылды"
    r"|исключен|утратил[аио]?\s+силу)",
    re.IGNORECASE,
)
_REPEALED_NOTE = re.compile(
    r"алып\s+тасталды|алынып\s+тасталды|күші\s+жойылды|исключен[аы]?\b|утратил[аи]?\s+силу",
    re.IGNORECASE,
)
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
_HEADINGS = frozenset({"division", "chapter", "section", "article", "annex"})
_PART_NAMES = {
    "chapter": "chp",
    "section": "sec",
    "article": "art",
    "annex": "annex",
    "para": "para",
    "point": "point",
    "decree": "decree",
    "preamble": "preamble",
}


@dataclass(slots=True, eq=False)
class _Node:
    """An element under construction."""

    kind: ElementKind
    rank: int = 0
    number: str = ""
    num: str | None = None
    heading: str = ""
    text: str = ""
    children: list["_Node"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    owner: "_Node | None" = None
    run: int = 0
    runs: int = 0
    last_point: str = ""
    expects_more: bool = False


class TreeBuilder:
    """Places the blocks of one document, one after the other."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._root = _Node("document")
        self._stack = [self._root]
        self._pending_notes: list[str] = []
        self._next_structural = _next_structural(blocks)

    def build(self) -> Element:
        """Return the frozen tree."""
        start = self._front_matter()
        for index in range(start, len(self._blocks)):
            self._place(index, self._blocks[index])
        return _Freezer().freeze(self._root)

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
                self._push(_Node("decree", rank=1))
            return formula + 1
        item = _first(blocks, {"para"})
        if first == len(blocks):
            first = min(_first(blocks, {"section"}), item, _first(blocks, {"point"}))
            return self._caption(first) if first < len(blocks) else 0
        if item < first and blocks[item].number == "1":
            self._caption(item, keep_closed=False)
            self._push(_Node("decree", rank=1))
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
        own = [b for b in front if b.kind == "text" and b.closed and _PREAMBLE.search(b.text)]
        self._set_aside("preface", [b for b in front if b not in own and b.kind != "note"])
        self._root.notes.extend(b.text for b in front if b.kind == "note")
        if own:
            preamble = _Node("preamble", rank=1)
            self._push(preamble)
            for block in own:
                self._add(preamble, _Node("al", text=block.text))
            self._stack.pop()
        return first

    def _set_aside(self, kind: ElementKind, blocks: Sequence[Block]) -> None:
        self._root.notes.extend(b.text for b in blocks if b.kind == "note" and b.text)
        lines = [" ".join(filter(None, (b.num, b.text))) for b in blocks if b.kind != "note"]
        if lines:
            self._root.children.append(_Node(kind, text="\n".join(lines)))

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
        if (
            following is not None
            and self._blocks[following].is_heading
            and block.before
        ):
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
        node = _Node(
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
        self._push(_Node("para", _PARA_RANK, block.number, block.num, text=block.text))

    def _captioned(self, index: int) -> bool:
        """Whether the decree is over: its text has signatures or a title behind it."""
        decree = self._stack[1]
        return bool(decree.children) and self._root.children[-1] is not decree

    def _place_point(self, block: Block) -> None:
        lettered = not block.number[0].isdigit()
        self._pop_below(_LETTER_RANK if lettered else _POINT_RANK)
        parent = self._stack[-1]
        owner = _owner(parent)
        number = block.number
        if owner.runs == 0 or (
            number in {"1", "а"} and (owner.last_point != "" or parent.kind == "division")
        ):
            owner.runs += 1
        owner.last_point = number
        node = _Node("point", _LETTER_RANK if lettered else _POINT_RANK, number, block.num)
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
        self._add(parent, _Node("al", text=block.text))

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

    def _push(self, node: _Node) -> None:
        self._add(self._stack[-1], node)
        self._stack.append(node)

    def _add(self, parent: _Node, node: _Node) -> None:
        node.owner = _owner(parent)
        parent.children.append(node)


class _Freezer:
    """Gives addresses to the nodes of a finished tree and freezes them."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._counts: dict[tuple[str, str], int] = {}

    def freeze(self, node: _Node, prefix: str = "") -> Element:
        eid = self._eid(node, prefix)
        inner = prefix if node.kind == "division" else eid
        owner = _owner(node)
        children: list[Element] = []
        run: list[Element] = []
        current = 0
        for child in node.children:
            if child.kind == "point" and owner.runs > 1:
                if child.run != current and run:
                    children.append(self._list(current, inner, run))
                    run = []
                current = child.run
                run.append(self.freeze(child, _join(inner, f"list_{current}")))
                continue
            if run:
                children.append(self._list(current, inner, run))
                run = []
            children.append(self.freeze(child, inner))
        if run:
            children.append(self._list(current, inner, run))
        return Element(
            node.kind,
            eid,
            node.num,
            node.heading,
            node.text,
            tuple(children),
            tuple(node.notes),
            _status(node),
        )

    def _list(self, number: int, prefix: str, points: list[Element]) -> Element:
        eid = self._unique(_join(prefix, f"list_{number}"))
        return Element("list", eid, children=tuple(points))

    def _eid(self, node: _Node, prefix: str) -> str:
        kind = node.kind
        if kind in {"document", "division", "preface", "conclusions"}:
            return ""
        if kind == "al":
            return _join(prefix, f"al_{self._count(prefix, 'al')}")
        if kind in {"decree", "preamble"}:
            return _join(prefix, kind)
        if kind == "section" and not node.number:
            return _join(prefix, f"sec_nn_{self._count(prefix, 'sec_nn')}")
        if kind in {"chapter", "article"}:
            prefix = prefix.split("__", 1)[0] if prefix.startswith("annex_") else ""
        number = _ascii(node.number) or str(self._count(prefix, kind))
        return self._unique(_join(prefix, f"{_PART_NAMES[kind]}_{number}"))

    def _count(self, prefix: str, name: str) -> int:
        self._counts[prefix, name] = self._counts.get((prefix, name), 0) + 1
        return self._counts[prefix, name]

    def _unique(self, eid: str) -> str:
        """Number the second and later elements of one address, as Akoma Ntoso editors do."""
        copy = self._count(eid, "copies")
        unique = eid if copy == 1 else f"{eid}_{copy}"
        self._used.add(unique)
        return unique


def _owner(node: _Node) -> _Node:
    """The nearest element with an address of its own; divisions have none."""
    while node.kind == "division" and node.owner is not None:
        node = node.owner
    return node


def _join(prefix: str, part: str) -> str:
    return f"{prefix}__{part}" if prefix else part


def _ascii(number: str) -> str:
    """A number in the letters of an eId: Roman numerals and Cyrillic letters become Latin."""
    if number[:1].isdigit() or not number:
        return "-".join(str(int(piece)) for piece in number.split("-") if piece)
    letter, _, tail = number.partition("-")
    if letter in TO_LATIN:
        return TO_LATIN[letter] + (f"-{tail}" if tail else "")
    return str(_roman(letter)) + (f"-{tail}" if tail else "")


def _roman(numeral: str) -> int:
    values = {"І": 1, "V": 5, "Х": 10, "L": 50, "С": 100, "М": 1000}
    total = 0
    for here, after in zip(numeral, [*numeral[1:], ""], strict=True):
        value = values.get(here, 0)
        total += -value if values.get(after, 0) > value else value
    return total


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


def _status(node: _Node) -> Status:
    if node.text:
        return "repealed" if _REPEALED.match(node.text.replace("i", "і")) else "in-force"
    if node.heading and _REPEALED.match(node.heading.replace("i", "і")):
        return "repealed"
    notes = (note.replace("i", "і") for note in node.notes)
    if (
        node.kind in _HEADINGS
        and not node.children
        and any(_REPEALED_NOTE.search(note) for note in notes)
    ):
        return "repealed"
    return "in-force"


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
