"""What every reader takes and gives: bytes in, lines with the page's layout out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from indexer.documents.passages import Language
from indexer.readers.doubts import Doubt

Format = Literal["text", "markdown", "html", "docx", "odt", "pdf", "scan", "akn"]

Progress = Callable[[int, int], None]
"""Called with the pages done and the pages in all."""

MAX_BYTES = 200 * 2**20
MAX_UNPACKED = 400 * 2**20
MAX_PAGES = 5_000

INSIDE = 1.0
"""Gap of a line that goes on with the one before it, as lines of running text do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the page shows it; a whole paragraph where the format knows paragraphs.

    Lengths are in the page's own unit (points, pixels, or characters of a plain text), the same
    throughout one source.

    Attributes:
        text: What it says; white space inside it is kept.
        page: Page it stands on, from 1; 0 where the format has no pages.
        column: Column of that page, from 1; 0 for a line across all columns, or no columns.
        left: Distance of its beginning from the page's left edge.
        right: Distance of its end from the page's left edge.
        first: Width of its first word, which would have had to fit on the line before.
        space: Width of a space.
        gap: Distance from the line before, in line heights of the page: 1 in running text, more
            where space was left, 0 where unknown.
        top: Distance from the page's top edge; lines of one source with pages have it or have not.
        height: Height of its letters; 0 where unknown.
        number: Number that the format kept apart from the text (an automatic list), as printed.
        whole: Whether it is a paragraph among the lines of a source that breaks them.
    """

    text: str
    page: int = 0
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    space: float = 1.0
    gap: float = 0.0
    top: float = 0.0
    height: float = 0.0
    number: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader made of one file.

    Attributes:
        format: What the file is.
        lines: Its lines, in reading order.
        measured: Whether ``left``, ``right`` and ``first`` are lengths measured on a page.
        flowing: Whether each line is a whole paragraph, so that nothing has to be unwrapped.
        pages: Number of pages; 0 where the format has none.
        sheet: Width of the widest page, in the unit of the lines' lengths; 0 where unknown.
        columns: Greatest number of columns on a page.
        encoding: Encoding of the letters; empty where the format settles it.
        language: Language that the file itself states, if any.
        recognised: Whether the letters were recognised in a picture.
        repairs: What the reader mended, with the number of times.
        doubts: What a person should look at.
    """

    format: Format
    lines: tuple[Line, ...]
    measured: bool = False
    flowing: bool = False
    pages: int = 0
    sheet: float = 0.0
    columns: int = 1
    encoding: str = ""
    language: Language | None = None
    recognised: bool = False
    repairs: tuple[tuple[str, int], ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Reader(Protocol):
    """Reads one format."""

    def recognises(self, data: bytes) -> bool:
        """Whether the content is of this format; cheap, and never raises."""
        ...

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads a file of this format.

        Raises:
            DocumentError: The file is damaged, encrypted, or larger than a document may be.
        """
        ...


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading or item: a line of the text that the parser reads.

    Attributes:
        text: What it says, its printed number included.
        page: Page on which it begins, from 1; 0 where the format has no pages.
        column: Column in which it begins, from 1; 0 for none.
        indent: Distance of its first line from the text's left edge, in the page's unit.
        spaced: Whether a blank line stands before it.
        number: Number that the format kept apart from the text; part of ``text`` too.
        inside: Whether it is a further row of the table before it.
    """

    text: str
    page: int = 0
    column: int = 0
    indent: float = 0.0
    spaced: bool = False
    number: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What was recognised in a file, and what was done to it.

    Attributes:
        format: What the file is.
        language: Language of this edition.
        languages: All languages found in the file.
        encoding: Encoding of the letters; empty where the format settles it.
        pages: Number of pages; 0 where the format has none.
        columns: Greatest number of columns on a page.
        wrap_width: Length of a full line in the page's unit; None where lines are paragraphs.
        recognised: Whether the letters were recognised in a picture.
        repairs: What was mended, with the number of times.
        other_script: Lines that are in another script than the edition's.
        unplaced: Lines that could be given to no edition, and are in none.
        doubts: What a person should look at.
    """

    format: Format
    language: Language
    languages: tuple[Language, ...]
    encoding: str = ""
    pages: int = 0
    columns: int = 1
    wrap_width: float | None = None
    recognised: bool = False
    repairs: tuple[tuple[str, int], ...] = ()
    other_script: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One edition: one language of a file.

    Attributes:
        language: Its language.
        paragraphs: Its paragraphs, in reading order.
        report: What was recognised and mended.
    """

    language: Language
    paragraphs: tuple[Paragraph, ...]
    report: Report = field(repr=False)

    @property
    def text(self) -> str:
        """The text as :func:`indexer.parsing.parse` reads it: a paragraph a line."""
        return "\n".join(
            f"\n{paragraph.text}" if paragraph.spaced else paragraph.text
            for paragraph in self.paragraphs
        )
