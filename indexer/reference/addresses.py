"""The addresses of one document, arranged once so that written references are looked up."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from indexer.reference.address import Part, Reference
from indexer.reference.reading import find_references
from indexer.reference.wording import is_numbered_after_container
from indexer.reference.written import WrittenPart

Mark = Literal["", ".", "-", "?"]


class Heading(Protocol):
    """A part of an outline, such as :class:`indexer.documents.outline.Section`."""

    @property
    def eid(self) -> str:
        """Its address; empty for a division (бөлім, раздел) of an act."""

    @property
    def num(self) -> str | None:
        """Its number as printed, for example «Раздел 1»."""

    @property
    def children(self) -> "Sequence[Heading]":
        """The parts in it."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its place in the document.

    Attributes:
        reference: Its address; None for a division of an act, which bears none.
        kind: Sort of element.
        number: Number in the eId's spelling.
        ordinals: The number as integers; letters count from 1.
        copy: Which of several elements of the number, from 1.
        mark: How the number is printed: ``.`` for 3.17, ``-`` for 13-1, ``?`` for what is most
            likely 3.17, empty where it is whole or nothing is known.
        parent: Position of the element that holds it; -1 for none.
        end: Position after the last element that lies in it.
        is_given: Whether the address was given and not only one above it.
    """

    reference: Reference | None
    kind: str
    number: str
    ordinals: tuple[int, ...]
    copy: int
    mark: Mark
    parent: int
    end: int
    is_given: bool

    @property
    def is_lettered(self) -> bool:
        """Whether its number is a letter."""
        return not self.number[:1].isdigit()


class Addresses:
    """The elements of one document in document order, found by kind and number.

    Making it sorts the addresses once; a look-up costs the logarithm of their number and what it
    finds.
    """

    def __init__(
        self,
        references: Iterable[Reference | str],
        *,
        printed: Mapping[str, str | None] | None = None,
        outline: Iterable[Heading] = (),
    ) -> None:
        """Arranges the addresses of a document.

        Args:
            references: Addresses of its passages, or eIds, in any order; the empty one, for the
                whole document, is passed over.
            printed: Number of an element as printed, by eId: ``3.17.`` or ``13-1.``. An eId
                writes both with a hyphen.
            outline: Its chapters and sections. An article's address does not name its chapter,
                and a division has none; only the outline tells what lies in them.

        Raises:
            InvalidReferenceError: A text is no eId.
        """
        given = {Reference.parse(r) if isinstance(r, str) else r for r in references}
        given.discard(Reference(()))
        self._elements = _Builder(given, printed or {}, tuple(outline)).elements()
        self._positions = {
            element.reference: position
            for position, element in enumerate(self._elements)
            if element.reference is not None
        }
        numbered: dict[tuple[str, str], list[int]] = defaultdict(list)
        kinds: dict[str, list[int]] = defaultdict(list)
        for position, element in enumerate(self._elements):
            numbered[element.kind, element.number].append(position)
            kinds[element.kind].append(position)
        self._numbered = dict(numbered)
        self._kinds = dict(kinds)
        given_elements = [(p, e.reference) for p, e in enumerate(self._elements) if e.is_given]
        self._given = [position for position, _ in given_elements]
        self._given_references = [r for _, r in given_elements if r is not None]

    def __len__(self) -> int:
        return len(self._elements)

    def __getitem__(self, position: int) -> Element:
        return self._elements[position]

    def __contains__(self, reference: object) -> bool:
        return reference in self._positions

    def position(self, reference: Reference) -> int | None:
        """Returns the position of an element; None where there is no such element."""
        return self._positions.get(reference)

    def under(self, reference: Reference) -> Sequence[Reference]:
        """Returns the given addresses of an element and of all that lies in it, in order."""
        position = self._positions.get(reference)
        return () if position is None else self.given(position)

    def given(self, position: int) -> Sequence[Reference]:
        """Returns the given addresses of the element at a position and of all that lies in it."""
        end = self._elements[position].end
        first = bisect_left(self._given, position)
        return self._given_references[first : bisect_left(self._given, end, first)]

    def find(self, kind: str, number: str, start: int = 0, end: int | None = None) -> Sequence[int]:
        """Returns the positions of the elements of a kind and number in a stretch."""
        return _within(self._numbered.get((kind, number), []), start, self._stop(end))

    def find_all(self, kind: str, start: int = 0, end: int | None = None) -> Sequence[int]:
        """Returns the positions of the elements of a kind in a stretch."""
        return _within(self._kinds.get(kind, []), start, self._stop(end))

    def above(self, position: int) -> Iterator[Element]:
        """Yields the elements that hold the one at a position, innermost first."""
        parent = self._elements[position].parent
        while parent >= 0:
            yield self._elements[parent]
            parent = self._elements[parent].parent

    def _stop(self, end: int | None) -> int:
        return len(self._elements) if end is None else end


def _within(positions: Sequence[int], start: int, end: int) -> Sequence[int]:
    return positions[bisect_left(positions, start) : bisect_left(positions, end)]


class _Node:
    """An element while the tree grows."""

    __slots__ = ("children", "order", "parent", "reference", "written")

    def __init__(
        self, order: int, reference: Reference | None, written: WrittenPart | None
    ) -> None:
        self.order = order
        self.reference = reference
        self.written = written
        self.parent: _Node | None = None
        self.children: list[_Node] = []


class _Builder:
    """Grows the tree of one document."""

    def __init__(
        self,
        given: set[Reference],
        printed: Mapping[str, str | None],
        outline: Sequence[Heading],
    ) -> None:
        self._given = given
        self._printed = printed
        known = {
            Reference(reference.parts[:length])
            for reference in (*given, *_headed(outline))
            for length in range(1, len(reference.parts) + 1)
        }
        self._nodes = {
            reference: _Node(order, reference, None)
            for order, reference in enumerate(sorted(known, key=lambda known: known.order))
        }
        self._divisions: list[_Node] = []
        for reference, node in self._nodes.items():
            node.parent = self._nodes.get(Reference(reference.parts[:-1]))
        self._adopt(outline)

    def _adopt(self, outline: Sequence[Heading]) -> None:
        """Puts articles under the chapters, and chapters under the divisions, that hold them."""
        stack: list[tuple[Heading, _Node | None]] = [(heading, None) for heading in outline]
        while stack:
            heading, above = stack.pop()
            node = self._node(heading, above)
            stack.extend((child, node or above) for child in heading.children)

    def _node(self, heading: Heading, above: _Node | None) -> _Node | None:
        if heading.eid:
            node = self._nodes[Reference.parse(heading.eid)]
            if node.parent is None and not _lies_in(above, node):
                node.parent = above
            return node
        written = find_references(heading.num or "")
        if len(written) != 1 or len(written[0].parts) != 1:
            return None
        division = _Node(len(self._nodes), None, written[0].parts[0])
        division.parent = above
        self._divisions.append(division)
        return division

    def elements(self) -> tuple[Element, ...]:
        """Returns the elements in document order, each before what it holds."""
        for node in self._nodes.values():
            above = node.parent
            while above is not None and above.reference is None:
                above.order = min(above.order, node.order)
                above = above.parent
        roots: list[_Node] = []
        for node in sorted((*self._divisions, *self._nodes.values()), key=lambda n: n.order):
            (roots if node.parent is None else node.parent.children).append(node)
        ordered: list[tuple[_Node, int]] = []
        ends: list[int] = []
        stack: list[tuple[_Node, int]] = [(node, -1) for node in reversed(roots)]
        while stack:
            node, parent = stack.pop()
            stack.extend((child, len(ordered)) for child in reversed(node.children))
            ordered.append((node, parent))
        ends = list(range(1, len(ordered) + 1))
        for place in range(len(ordered) - 1, -1, -1):
            if (parent := ordered[place][1]) >= 0:
                ends[parent] = max(ends[parent], ends[place])
        return tuple(
            self._element(node, parent, end)
            for (node, parent), end in zip(ordered, ends, strict=True)
        )

    def _element(self, node: _Node, parent: int, end: int) -> Element:
        reference = node.reference
        if reference is None:
            written = node.written or WrittenPart("sec")
            division = Part(written.kind, written.number)
            return Element(
                None, division.kind, division.number, division.ordinals, 1, "", parent, end, False
            )
        part = reference.parts[-1]
        return Element(
            reference,
            part.kind,
            part.number,
            part.ordinals,
            part.copy,
            self._mark(reference),
            parent,
            end,
            is_given=reference in self._given,
        )

    def _mark(self, reference: Reference) -> Mark:
        if "-" not in reference.parts[-1].number:
            return ""
        printed = self._printed.get(str(reference))
        if printed:
            return "." if "." in printed.rstrip(".)") else "-"
        if not is_numbered_after_container(reference.parts):
            return ""
        # A chapter's item 3-1 may be its item 3.1 or one inserted after its item 3.
        return "." if reference.parts[-2].kind == "sec" else "?"


def _headed(outline: Sequence[Heading]) -> Iterator[Reference]:
    stack = list(outline)
    while stack:
        heading = stack.pop()
        if heading.eid:
            yield Reference.parse(heading.eid)
        stack.extend(heading.children)


def _lies_in(node: _Node | None, holder: _Node) -> bool:
    while node is not None:
        if node is holder:
            return True
        node = node.parent
    return False
