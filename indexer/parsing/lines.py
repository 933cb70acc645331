"""Lines of a source text: what each one says, and how the page laid it out.

White space of every kind is folded here and invisible characters are dropped; the layout that
carries meaning (blank lines, loose ends left by hyperlinks) is kept beside the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from indexer.languages.lookalikes import to_cyrillic

Role = Literal["", "title", "heading", "quote", "row", "aside"]

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_ENDINGS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259\u018f]+|[\u2010\u2011\u2212]+")
_ENDS = frozenset(".;:!?…")
_CLOSERS = "\"'»”“’)]*"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds text.

    Attributes:
        text: The line with white space folded and invisible characters dropped.
        key: ``text`` with Latin look-alikes replaced by Cyrillic letters, of the same length:
            recognisers read this, passages never do.
        after_blank: At least one blank line stands before it.
        loose_start: It begins with one space, as the text after a hyperlink does.
        loose_end: It ends with white space, as the text before a hyperlink does.
        start: Offset in the source of its first character, markup before it included.
        end: Offset in the source after its last character.
        role: What the source's markup says it is; empty where there is no markup.
    """

    text: str
    key: str
    after_blank: bool
    loose_start: bool
    loose_end: bool
    start: int
    end: int
    role: Role = ""

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence or a list item does."""
        return is_closed(self.text)


def is_closed(text: str) -> bool:
    """Whether a text ends in ``. ; : ! ?``, quotes and brackets after it aside."""
    return text[-1:] in _ENDS or text.rstrip(_CLOSERS)[-1:] in _ENDS


def fold_lookalikes(text: str) -> str:
    """Replace Latin letters that look Cyrillic, and hyphens of every kind, one by one."""
    # Few letters of a Cyrillic text are Latin, and a translation would look up every one.
    return _LATIN.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return to_cyrillic(match[0]) if match[0][0].isalpha() else "-" * len(match[0])


def fold_space(text: str) -> str:
    """Drop invisible characters and make one space of white space of every kind."""
    return " ".join(_INVISIBLE.sub("", text).split())


def split_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with the offset of each one's beginning."""
    start = 0
    for match in _ENDINGS.finditer(text):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a plain text that are not blank.

    Args:
        text: Any text, however damaged.
    """
    yield from cover(_lines(text), len(text))


def cover(lines: Iterator[Line], length: int) -> Iterator[Line]:
    """Yield the lines that say something, the others' places within those of their neighbours.

    Args:
        lines: Lines in order; those of nothing but markup or invisible characters have no text.
        length: Length of the source.
    """
    pending: int | None = None
    held: Line | None = None
    for line in lines:
        if not line.text:
            pending = line.start if pending is None else pending
            continue
        if held is not None:
            yield held
        held = line if pending is None else replace(line, start=pending)
        pending = None
    if held is not None:
        yield held if pending is None else replace(held, end=length)


def _lines(text: str) -> Iterator[Line]:
    after_blank = True
    for offset, raw in split_lines(text):
        visible = _INVISIBLE.sub("", raw)
        folded = " ".join(visible.split())
        lead = len(visible) - len(visible.lstrip())
        if folded or raw.strip():
            yield Line(
                text=folded,
                key=fold_lookalikes(folded),
                after_blank=after_blank,
                loose_start=lead == 1,
                loose_end=visible[-1:].isspace(),
                start=offset,
                end=offset + len(raw),
            )
        after_blank = not folded
