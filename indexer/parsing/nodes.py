"""Nodes: elements under construction."""

from dataclasses import dataclass, field

from indexer.parsing.elements import ElementKind, Span


@dataclass(slots=True, eq=False)
class Node:
    """An element that still grows.

    Attributes:
        kind: Sort of element.
        rank: Depth it belongs at: an element stands in the nearest one of a lower rank.
        number: Number as it stands in eIds; empty for none.
        num: Number as printed; None for none.
        heading: Title.
        text: Own text.
        children: Nodes in it.
        notes: Editorial notes about it.
        spans: Where its own words and its notes stand in the source.
        parent: Node it stands in; None for the document.
        run: For a point, which of its container's runs of points it belongs to, from 1.
        runs: For a container, how many runs of points it holds.
        last_point: For a container, number of its last point.
        expects_more: For a point, whether unnumbered paragraphs after it belong to it.
    """

    kind: ElementKind
    rank: int = 0
    number: str = ""
    num: str | None = None
    heading: str = ""
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    parent: "Node | None" = None
    run: int = 0
    runs: int = 0
    last_point: str = ""
    expects_more: bool = False

    @property
    def owner(self) -> "Node":
        """The node itself, or the nearest one above with an address: divisions have none."""
        node = self
        while node.kind == "division" and node.parent is not None:
            node = node.parent
        return node

    def add(self, child: "Node") -> None:
        """Put a node at the end of this one."""
        child.parent = self
        self.children.append(child)
