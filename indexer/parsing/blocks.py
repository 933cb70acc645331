"""Blocks: the paragraphs and headings of a text."""

from dataclasses import dataclass, field
from typing import Literal

from indexer.parsing.elements import Span, SpanKind
from indexer.parsing.lines import Line, is_closed

BlockKind = Literal[
    "division",
    "chapter",
    "article",
    "section",
    "para",
    "point",
    "annex",
    "text",
    "table",
    "note",
    "notes",
    "formula",
    "aside",
]

HEADINGS = frozenset({"division", "chapter", "article", "section", "annex"})
# Blocks of the act's text that have no number.
PLAIN = frozenset({"text", "table"})
_SPAN_KINDS: dict[str, SpanKind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    **{"notes": "heading", "note": "note", "table": "table", "aside": "aside"},
}


@dataclass(slots=True)
class Block:
    """One paragraph or heading.

    Attributes:
        kind: What it is; ``notes`` for the word that opens the act's own notes.
        number: Number as it stands in eIds; empty for none.
        num: Number as printed; None for none.
        pieces: Its text, in the pieces that lines broke it into, with the white space that
            belongs between them.
        printed: Its numbers and what stands between them, where there may be several.
        plural: The word for its numbers is a plural.
        quoted: It is part of a text that the document quotes (an amendment).
        listed: It is one of the paragraphs that a colon introduces.
        caption: It is a note that only announces the note in the next paragraph.
        before: It is a note that stands before what it is about.
        start: Offset in the source of its first character.
        end: Offset after its last character; the start where another block answers for it.
        last: The line that it ends with so far.
    """

    kind: BlockKind
    number: str = ""
    num: str | None = None
    pieces: list[str] = field(default_factory=list)
    printed: str = ""
    plural: bool = False
    quoted: bool = False
    listed: bool = False
    caption: bool = False
    before: bool = False
    start: int = 0
    end: int = 0
    last: Line | None = None

    @property
    def text(self) -> str:
        """The paragraph, or the title of a heading."""
        return "".join(self.pieces)

    @property
    def closed(self) -> bool:
        """Whether the paragraph has come to its end."""
        return bool(self.pieces) and is_closed(self.pieces[-1])

    @property
    def is_heading(self) -> bool:
        """Whether it stands above other blocks."""
        return self.kind in HEADINGS

    @property
    def spans(self) -> list[Span]:
        """Where it stands in the source."""
        if self.start >= self.end:
            return []
        return [Span(self.start, self.end, _SPAN_KINDS.get(self.kind, "text"))]
