"""Plain text and Markdown."""

import re
from collections import Counter
from collections.abc import Sequence

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.base import Line, Progress, Source
from indexer.readers.doubts import Doubt
from indexer.readers.encodings import Decoded, decode, wide_encoding
from indexer.readers.furniture import drop_furniture

_ENDINGS = re.compile("\r\n|[\r\n\v\x85\u2028\u2029]")
# Words, the room between two columns, words.
_GUTTER = re.compile(r"\S {3,}(?P<column>[^\W\d_])")
_LONGEST = 400
_EDGE = 5
_LEAST_DIVIDED = 10
_DIVIDED = 0.25
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}\s+\S")
_MARKS = re.compile(r"^ {0,3}(?:#{1,6}\s+|>\s?)|\s+#+\s*$")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=\S)(.{1,2000}?)(?<=\S)\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_LINK = re.compile(r"!?\[([^\]\[]{0,2000})\]\([^()\s]{0,2000}\)")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]*-{3,}[\s:|-]*\|?\s*$")


class TextReader:
    """Reads plain text; the last to be asked."""

    def recognises(self, data: bytes) -> bool:
        """Whether the bytes can be text."""
        return data[:2] in {b"\xff\xfe", b"\xfe\xff"} or not _is_binary(data)

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads a plain text.

        Raises:
            DocumentError: Its encoding gives no words, or it is no text.
        """
        if not self.recognises(data):
            raise DocumentError(Fault.of("no-format"))
        decoded = decode(data)
        return _source(decoded, decoded.text)


class MarkdownReader:
    """Reads Markdown: its marks go, its lines stay."""

    def recognises(self, data: bytes) -> bool:
        """Whether a line is a Markdown heading."""
        if _is_binary(data):
            return False
        return _HEADING.search(data[:200_000].decode("utf-8", "replace")) is not None

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads a Markdown text.

        Raises:
            DocumentError: Its encoding gives no words.
        """
        decoded = decode(data)
        lines = (_unmarked(line) for line in _ENDINGS.split(decoded.text))
        return _source(decoded, "\n".join(lines), "markdown")


def _unmarked(line: str) -> str:
    if _RULE.match(line):
        return ""
    line = _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", _MARKS.sub("", line)))
    return _ESCAPED.sub(r"\1", line)


def _source(decoded: Decoded, text: str, kind: str = "text") -> Source:
    lines: list[Line] = []
    # What PDFium leaves of a hyphen and the line end after it.
    text = text.replace("\x02", "-\n")
    pages = text.split("\f")
    for number, page in enumerate(pages, start=1):
        place = number if len(pages) > 1 else 0
        blanks = 0
        for raw in _ENDINGS.split(page):
            if not raw.strip():
                blanks += 1
                continue
            gap = 0.0 if not lines else 1.0 + blanks
            if lines and lines[-1].page != place:
                gap = 0.0
            lines.append(Line(raw, place, gap=gap, top=float(len(lines))))
            blanks = 0
    dropped = 0
    if len(pages) > 1:
        lines, dropped = drop_furniture(lines)
    repairs = []
    if decoded.repaired:
        repairs.append(("letters of a wrong encoding", decoded.repaired))
    if dropped:
        repairs.append(("running heads and page numbers dropped", dropped))
    doubts = (Doubt("columns"),) if _are_side_by_side(lines) else ()
    return Source(
        "markdown" if kind == "markdown" else "text",
        tuple(lines),
        pages=len(pages) if len(pages) > 1 else 0,
        encoding=decoded.encoding,
        repairs=tuple(repairs),
        doubts=doubts,
    )


def _are_side_by_side(lines: Sequence[Line]) -> bool:
    """Whether many lines have wide room inside, and go on after it at the same places."""
    matches = (_GUTTER.search(line.text[:_LONGEST]) for line in lines)
    places = Counter(match.start("column") for match in matches if match is not None)
    if places.total() <= max(_LEAST_DIVIDED, _DIVIDED * len(lines)):
        return False
    around = (sum(places[start + shift] for shift in range(_EDGE)) for start in list(places))
    return max(around) > places.total() / 3


def _is_binary(data: bytes) -> bool:
    sample = data[:65_536]
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or wide_encoding(data) is not None:
        return False
    return len(_CONTROLS.findall(sample)) * 50 > len(sample)
