"""Elements: the tree that a document is read into."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.documents.passages import Status

ElementKind = Literal[
    "document",
    "preface",
    "preamble",
    "decree",
    "division",
    "chapter",
    "section",
    "article",
    "annex",
    "para",
    "point",
    "list",
    "al",
    "note",
    "conclusions",
]
SpanKind = Literal["heading", "text", "table", "note", "aside"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source that one element answers for.

    The spans of a tree do not overlap, and no character but white space lies outside them.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        kind: What the stretch is: ``heading``, ``text`` (an item or a paragraph, its number
            included), ``table``, ``note`` (the publisher's) or ``aside`` (captions, signatures).
    """

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Element:
    """One element of one edition of a document, with everything below it.

    Attributes:
        kind: Sort of element.
        eid: Akoma Ntoso style address; empty for the document, and for what has no address
            (divisions, the publisher's preface and the signatures).
        num: Number as printed, in a uniform spelling (``3.17.``, ``2)``, ``5-тарау``).
        heading: Title without the number; empty where there is none.
        text: The element's own text, without the text of its children.
        children: Elements below it, in document order.
        notes: Editorial notes about it, as printed: who changed it and when, what came into
            force. They are the element's history and never passages.
        spans: Where its own words and its notes stand in the source.
        status: ``repealed`` when the act says that the element was excluded or lost its force.
    """

    kind: ElementKind
    eid: str = ""
    num: str | None = None
    heading: str = ""
    text: str = ""
    children: tuple["Element", ...] = ()
    notes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    status: Status = "in-force"

    @property
    def label(self) -> str:
        """Number and heading as one line, as it appears in heading paths."""
        if self.kind == "section" and self.num:
            return f"{self.num} {self.heading}".strip()
        return ". ".join(
            part.rstrip(".") if index == 0 and self.heading else part
            for index, part in enumerate((self.num or "", self.heading))
            if part
        )

    def walk(self) -> Iterator["Element"]:
        """Yield the element and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()
