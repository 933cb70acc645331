"""The page: the lines of a document, and what can be told of one from those around it."""

from collections.abc import Sequence
from itertools import pairwise

from indexer.parsing.lines import Line
from indexer.parsing.notes import NoteKind, may_be_note, note_kind

PUNCTUATION = ",;.:)"
# A paragraph's beginning tells a note from text.
_BEGINNING = 600
_BEGINNING_LINES = 16


class Page:
    """The lines of one document.

    Attributes:
        lines: The lines that are not blank.
        spaced: Blank lines stand between paragraphs, so that lines break at hyperlinks.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        blanks = [(line.closed, after.after_blank) for line, after in pairwise(lines)]
        # A form or a table alone has no sentences.
        ends = [blank for closed, blank in blanks if closed] or [blank for _, blank in blanks]
        self.spaced = sum(ends) * 2 > len(ends)

    def following(self, index: int) -> Line | None:
        """The line after one; None at the end."""
        return self.lines[index + 1] if index + 1 < len(self.lines) else None

    def beginning(self, index: int) -> str:
        """The paragraph that begins on a line, as far as it tells what the paragraph is."""
        pieces, length = [self.lines[index].key], len(self.lines[index].key)
        for line in self.lines[index + 1 : index + _BEGINNING_LINES]:
            if line.after_blank or not self.spaced or length > _BEGINNING:
                break
            pieces.append(line.key)
            length += len(line.key)
        return " ".join(pieces)

    def end(self, index: int) -> int:
        """Index after the paragraph that begins on a line of a page that sets blank lines."""
        end = index + 1
        while end < len(self.lines) and not self.lines[end].after_blank:
            if end - index >= _BEGINNING_LINES:
                break
            end += 1
        return end

    def note(self, index: int) -> NoteKind | None:
        """The kind of the note that begins on a line; None where none does."""
        return note_kind(self.beginning(index)) if may_be_note(self.lines[index].key) else None

    def is_glued(self, line: Line, last: Line | None) -> bool:
        """Whether only a hyperlink's line break lies between two lines."""
        if last is None or line.after_blank or not self.spaced:
            return False
        return last.loose_end or line.loose_start or line.text[0] in PUNCTUATION
