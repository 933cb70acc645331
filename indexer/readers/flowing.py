"""Flowing text: the paragraphs of a format that knows them, and the room that parts them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.parsing.lines import is_closed
from indexer.parsing.marks import ITEMS
from indexer.readers.base import INSIDE, Line, Paragraph
from indexer.readers.layout import surely_goes_on
from indexer.readers.numbers import opening

_LONGEST_TITLE = 100
# Of the concept's own page, which broke its sentences, .1; of 41 acts of the register .01 at most.
_MOST_OPEN = 0.03


def apart(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Parts the paragraphs of a text by room, as the parser knows it.

    Empty paragraphs make the room where most paragraphs have one before them; here and there one
    parts nothing. Where there are none each paragraph stands apart but for lines inside one, unless
    so many lack a final sign that a page must have broken them.

    Args:
        lines: Paragraphs in reading order; the gap of one that goes on inside the paragraph before
            it, after a line break or in the next row of a table, is :data:`INSIDE`.
    """
    pairs = list(pairwise(lines))
    ends = [below.gap >= 2 for line, below in pairs if is_closed(line.text.rstrip())]
    parted = sum(ends) * 2 > len(ends)
    # A text that was pasted in may have a paragraph for each line of a page that broke it.
    texts = [(line.text, below.text) for line, below in pairs if below.gap != INSIDE]
    broken = _are_broken(texts)
    for index, line in enumerate(lines):
        spaced = line.gap >= 2 if parted else line.gap != INSIDE and index > 0 and not broken
        yield Paragraph(line.text, line.page, line.column, line.left, spaced, line.number)


def broken_lines(text: str, number: str = "") -> Iterator[Line]:
    """The lines of one paragraph that its writer broke.

    Args:
        text: The paragraph, a line feed at each break.
        number: Number that the format kept apart from the text.
    """
    gap = 0.0
    for index, piece in enumerate(text.split("\n")):
        if not piece.strip():
            gap += 1
            continue
        own = number if index == 0 else ""
        # White space at the ends tells the parser of links that a page broke.
        yield Line(f"{own} {piece.strip()}" if own else piece, gap=gap, number=own)
        gap = INSIDE


def set_apart(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Parts the paragraphs that were put together from lines, as those of :func:`apart` are."""
    pairs = pairwise(paragraphs)
    if _are_broken([(here.text, below.text) for here, below in pairs if not below.inside]):
        return tuple(paragraphs)
    parted = (replace(paragraph, spaced=not paragraph.inside) for paragraph in paragraphs[1:])
    return (*paragraphs[:1], *parted)


def _are_broken(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether so many paragraphs go on in the next that a page must have broken them."""
    return sum(_is_open(*pair) for pair in pairs) > _MOST_OPEN * len(pairs)


def _is_open(text: str, following: str) -> bool:
    """Whether a paragraph is no title and ends without a sign, and what follows is no item."""
    if surely_goes_on(Line(text), Line(following)):
        return True
    text = text.rstrip()
    if len(text) <= _LONGEST_TITLE or is_closed(text) or opening(following) is not None:
        return False
    mark = opening(text)
    return mark is None or mark.kind in ITEMS
