"""Addresses: the eIds of a finished tree, unique in the document."""

from collections.abc import Iterator
from itertools import groupby

from indexer.documents.passages import Status
from indexer.parsing.elements import Element
from indexer.parsing.nodes import Node
from indexer.parsing.status import mentions_repeal, opens_repealed
from indexer.reference.letters import TO_LATIN

_NAMES = {
    "chapter": "chp",
    "section": "sec",
    "article": "art",
    "annex": "annex",
    "para": "para",
    "point": "point",
}
_ROMAN = {"І": 1, "V": 5, "Х": 10, "L": 50, "С": 100, "М": 1000}


def freeze(root: Node) -> Element:
    """Return the frozen tree of a document with an eId for every element that has an address.

    Two elements of one number, such as two versions of an article, are told apart by a number
    after the second (``art_3``, ``art_3_2``), as Akoma Ntoso editors do.
    """
    return _Freezer().freeze(root, "")


class _Freezer:
    """Counts the addresses of one document as it gives them out."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def freeze(self, node: Node, prefix: str) -> Element:
        eid = self._eid(node, prefix)
        return Element(
            kind=node.kind,
            eid=eid,
            num=node.num,
            heading=node.heading,
            text=node.text,
            children=tuple(self._children(node, prefix if node.kind == "division" else eid)),
            notes=tuple(node.notes),
            spans=tuple(node.spans),
            status=_status(node),
        )

    def _children(self, node: Node, prefix: str) -> Iterator[Element]:
        # A list that comes later must not change the addresses before it; only a chapter without
        # articles, a text of lists, counts them from the first.
        owner = node.owner
        bare = 0 if owner.kind == "chapter" and owner.runs > 1 else 1
        for run, group in groupby(node.children, lambda n: n.run if n.run > bare else 0):
            if not run:
                yield from (self.freeze(child, prefix) for child in group)
                continue
            eid = self._unique(_join(prefix, f"list_{run}"))
            yield Element("list", eid, children=tuple(self.freeze(c, eid) for c in group))

    def _eid(self, node: Node, prefix: str) -> str:
        kind = node.kind
        if kind in {"document", "division", "preface", "conclusions"}:
            return ""
        if kind == "al":
            return _join(prefix, f"al_{self._count(prefix, 'al')}")
        if kind in {"decree", "preamble", "note"}:
            return self._unique(_join(prefix, kind))
        if kind == "section" and not node.number:
            return _join(prefix, f"sec_nn_{self._count(prefix, 'sec_nn')}")
        if kind in {"chapter", "article"}:
            # Their numbers run through the act; only an annex begins anew.
            prefix = prefix.split("__", 1)[0] if prefix.startswith("annex_") else ""
        number = eid_number(node.number) or str(self._count(prefix, kind))
        return self._unique(_join(prefix, f"{_NAMES[kind]}_{number}"))

    def _count(self, prefix: str, name: str) -> int:
        self._counts[prefix, name] = self._counts.get((prefix, name), 0) + 1
        return self._counts[prefix, name]

    def _unique(self, eid: str) -> str:
        copy = self._count(eid, "copies")
        return eid if copy == 1 else f"{eid}_{copy}"


def eid_number(number: str) -> str:
    """A number in the characters of an eId: Roman numerals become Arabic, Cyrillic letters Latin.

    Args:
        number: Number as the text gives it, with hyphens between its pieces; may be empty.
    """
    pieces = [piece for piece in number.split("-") if piece]
    return "-".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    if piece.isdecimal():
        return str(int(piece))
    is_letter = len(piece) == 1 and piece.isascii() and piece.islower()
    return piece if is_letter else TO_LATIN.get(piece) or str(_roman(piece))


def _roman(numeral: str) -> int:
    total = 0
    for here, after in zip(numeral, [*numeral[1:], ""], strict=True):
        value = _ROMAN.get(here.upper(), 0)
        total += -value if _ROMAN.get(after.upper(), 0) > value else value
    return total


def _join(prefix: str, part: str) -> str:
    return f"{prefix}__{part}" if prefix else part


def _status(node: Node) -> Status:
    says = opens_repealed(node.text or node.heading) or (
        not node.text and not node.children and mentions_repeal(node.notes)
    )
    if node.kind == "article" and len(node.children) == 1 and node.children[0].kind == "al":
        says = says or opens_repealed(node.children[0].text)
    return "repealed" if says else "in-force"
