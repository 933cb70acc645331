"""Blocks: the paragraphs and headings of a text."""

from dataclasses import dataclass, field
from typing import Literal

from indexer.parsing.lines import Line, is_closed

BlockKind = Literal[
    "division", "chapter", "article", "section", "para", "point", "annex", "text", "note", "formula"
]

HEADINGS = frozenset({"division", "chapter", "article", "section", "annex"})


@dataclass(slots=True)
class Block:
    """One paragraph or heading.

    Attributes:
        kind: What it is.
        number: Number as it stands in eIds; empty for none.
        num: Number as printed; None for none.
        pieces: Its text, in the pieces that lines broke it into, with the white space that
            belongs between them.
        quoted: It is part of a text that the document quotes (an amendment).
        caption: It is a note that only announces the note in the next paragraph.
        before: It is a note that stands before what it is about.
        last: The line that it ends with so far.
    """

    kind: BlockKind
    number: str = ""
    num: str | None = None
    pieces: list[str] = field(default_factory=list)
    quoted: bool = False
    caption: bool = False
    before: bool = False
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
