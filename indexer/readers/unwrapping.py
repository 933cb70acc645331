"""Unwrapping: the paragraphs of a text whose lines were broken where the page ended.

A line goes on in the next one where the next line's first word would not have fitted: no writer
chose that break. Where it would have fitted, somebody ended the paragraph there. What is left, full
last lines, is settled by what the text's other paragraphs look like: their indents, the room
between them, how they begin and end.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.readers.base import INSIDE, Line, Paragraph
from indexer.readers.boundaries import Boundaries, goes_on_anyway
from indexer.readers.hyphens import Hyphens
from indexer.readers.layout import ESTIMATED, Layout, find_layout, guess_layout
from indexer.readers.torn import mend_torn


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The paragraphs of one text.

    Attributes:
        paragraphs: In reading order.
        width: Length of a full line; None where the lines were paragraphs already.
        repairs: What was mended, with the number of times.
    """

    paragraphs: tuple[Paragraph, ...]
    width: float | None
    repairs: dict[str, int]


def unwrap(lines: Sequence[Line], slack: float = ESTIMATED, sheet: float = 0.0) -> Unwrapped:
    """Puts the paragraphs of a text together.

    Args:
        lines: Lines that hold text, in reading order.
        slack: Share of the width by which their lengths may be out, one of the constants of
            :mod:`indexer.readers.layout`; with its ``ESTIMATED`` they are estimated here by the
            widths of letters.
        sheet: Width of the page; 0 where unknown.
    """
    repairs: Counter[str] = Counter()
    layout = find_layout(lines, slack, sheet)
    if slack == ESTIMATED and (guess := layout or guess_layout(lines)) is not None:
        whole, torn = mend_torn(guess)
        if torn and (mended := find_layout(whole, slack)) is not None:
            lines, layout = whole, mended
            repairs["torn lines joined"] = torn
    hyphens = Hyphens(line.text for line in lines)
    if layout is not None and slack == ESTIMATED:
        lines = [
            replace(line, text=hyphens.restored(line.text)) if layout.is_double(index) else line
            for index, line in enumerate(lines)
        ]
        repairs["hyphens put back"] = hyphens.restores
    if layout is None:
        ends = [not goes_on_anyway(lines, index, hyphens) for index in range(len(lines))]
    else:
        ends = Boundaries(layout, hyphens).decide()
        repairs["wrapped lines joined"] = len(ends) - sum(ends)
    paragraphs = _joined(lines, ends, layout, hyphens)
    repairs["words joined at line ends"] = hyphens.joined
    return Unwrapped(paragraphs, layout.width if layout else None, +repairs)


def _joined(
    lines: Sequence[Line], ends: Sequence[bool], layout: Layout | None, hyphens: Hyphens
) -> tuple[Paragraph, ...]:
    left = min((line.left for line in lines), default=0.0)
    paragraphs: list[Paragraph] = []
    pieces: list[str] = []
    head: Line | None = None
    for line, ends_here in zip(lines, ends, strict=True):
        if head is None:
            head = line
        text = line.text if layout is None else line.text.strip()
        if pieces and hyphens.is_broken(pieces[-1].rstrip()) and text.lstrip()[:1].isalnum():
            pieces[-1] = hyphens.join(pieces[-1].rstrip(), text.lstrip())
        else:
            pieces.append(text.lstrip() if pieces else text)
        if ends_here:
            paragraphs.append(
                Paragraph(
                    " ".join(pieces),
                    head.page,
                    head.column,
                    head.left - left,
                    layout is None and head.gap >= 2,
                    head.number,
                    head.whole and head.gap == INSIDE,
                )
            )
            pieces, head = [], None
    return tuple(paragraphs)
