"""Lines of a source text: what each one says, and how the page laid it out.

White space of every kind is folded here and invisible characters are dropped; the layout that
carries meaning (blank lines, loose ends left by hyperlinks) is kept beside the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_ENDINGS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_CLOSERS = "\"'»”“’)]*"
_LOOKALIKES = str.maketrans(
    "aceiopxyhkmtbABCEHIKMOPTXYəƏ",
    "асеіорхуһкмтвАВСЕНІКМОРТХУәӘ",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds text.

    Attributes:
        text: The line with white space folded and invisible characters dropped.
        key: ``text`` with Latin look-alikes replaced by Cyrillic letters, of the same length:
            recognisers read this, passages never do.
        number: Line number in the source, from 1.
        after_blank: At least one blank line stands before it.
        loose_start: It begins with one space, as the text after a hyperlink does.
        loose_end: It ends with white space, as the text before a hyperlink does.
    """

    text: str
    key: str
    number: int
    after_blank: bool
    loose_start: bool
    loose_end: bool

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence or a list item does."""
        return is_closed(self.text)


def is_closed(text: str) -> bool:
    """Whether a text ends in ``. ; : ! ?``, quotes and brackets after it aside."""
    return text.rstrip(_CLOSERS)[-1:] in set(".;:!?…") or text[-1:] in set(".;:!?…")


def fold_lookalikes(text: str) -> str:
    """Replace Latin letters that look Cyrillic, character by character."""
    return text.translate(_LOOKALIKES)


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not blank.

    Args:
        text: Any text, however damaged.
    """
    after_blank = True
    for number, raw in enumerate(_ENDINGS.split(text), start=1):
        visible = _INVISIBLE.sub("", raw)
        folded = " ".join(visible.split())
        if not folded:
            after_blank = True
            continue
        lead = len(visible) - len(visible.lstrip())
        yield Line(
            text=folded,
            key=fold_lookalikes(folded),
            number=number,
            after_blank=after_blank,
            loose_start=lead == 1,
            loose_end=visible[-1].isspace(),
        )
        after_blank = False
