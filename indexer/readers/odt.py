"""OpenDocument: paragraphs with the numbers of their lists.

Source: OASIS OpenDocument 1.3 Part 3, 5.3 (lists), 16.31 (list level styles).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.archive import has_member, open_archive, read_member
from indexer.readers.base import Line, Progress, Source
from indexer.readers.doubts import left_out
from indexer.readers.extras import require
from indexer.readers.flowing import broken_lines
from indexer.readers.grids import read_grid
from indexer.readers.links import LINK, mend_links
from indexer.readers.numbering import Counter, Level, integer
from indexer.readers.raised import RAISED, settle

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_OASIS}text:1.0}}"
_TABLE = f"{{{_OASIS}table:1.0}}"
_STYLE = f"{{{_OASIS}style:1.0}}"
_OFFICE = f"{{{_OASIS}office:1.0}}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NOTE = f"{_TEXT}note"
_DRAWING = f"{{{_OASIS}drawing:1.0}}"
_BOXES = {f"{_DRAWING}text-box", f"{_DRAWING}custom-shape", f"{_DRAWING}rect"}
_SKIPPED = {f"{_TEXT}tracked-changes", _NOTE, f"{_OFFICE}annotation", f"{_OFFICE}forms"}
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_ROW_GROUPS = {f"{_TABLE}table-{name}" for name in ("header-rows", "rows", "row-group")}
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "а": "russianLower", "А": "russianUpper", "": "none",
}  # fmt: skip
_RAISED = re.compile(r"super|[1-9]")
_PLACE = re.compile(r"%(\d+)%")
_MIME = b"application/vnd.oasis.opendocument.text"


class OdtReader:
    """Reads ODT files."""

    def recognises(self, data: bytes) -> bool:
        """Whether the archive says that it is an OpenDocument text."""
        return _MIME in data[:200] and has_member(data, "content.xml")

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads an OpenDocument text.

        Raises:
            DocumentError: It is damaged or encrypted, or unpacks to too much.
        """
        parser = require("defusedxml.ElementTree")
        with open_archive(data) as archive:
            names = archive.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in read_member(
                archive, "META-INF/manifest.xml"
            ):
                raise DocumentError(Fault.of("encrypted"))
            try:
                content = parser.fromstring(read_member(archive, "content.xml"))
                styles = (
                    parser.fromstring(read_member(archive, "styles.xml"))
                    if "styles.xml" in names
                    else None
                )
            except (SyntaxError, ValueError) as error:
                raise DocumentError(Fault.of("damaged", reason=error)) from error
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise DocumentError(Fault.of("no-text"))
        trees = [tree for tree in (styles, content) if tree is not None]
        try:
            lines = list(_Body(trees).walk(body))
        except RecursionError as error:
            raise DocumentError(Fault.of("nested")) from error
        notes = sum(1 for _ in body.iter(_NOTE))
        return Source("odt", tuple(lines), flowing=True, doubts=left_out(notes))


class _Body:
    def __init__(self, trees: list[Any]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._outline: dict[int, Level] = {}
        self._raised: set[str | None] = set()
        for tree in trees:
            for style in tree.iter(f"{_TEXT}list-style"):
                self._styles[style.get(f"{_STYLE}name")] = _levels(style)
            self._raised |= {
                style.get(f"{_STYLE}name")
                for style in tree.iter(f"{_STYLE}style")
                for properties in style.iter(f"{_STYLE}text-properties")
                if _RAISED.match(properties.get(f"{_STYLE}text-position") or "")
            }
            for style in tree.iter(f"{_TEXT}outline-style"):
                self._outline = _levels(style)
        self._headings = Counter(self._outline)
        self._counters: dict[str, Counter] = {}
        self._last: dict[str, Counter] = {}

    def walk(self, parent: Any) -> Iterator[Line]:
        """The lines of what is in an element; empty paragraphs are the room before the next."""
        blanks = 0
        for element in parent:
            lines = list(self._element(element))
            if lines and blanks:
                lines[0] = replace(lines[0], gap=1.0 + blanks)
            blanks = 0 if lines else blanks + (element.tag in _PARAGRAPHS)
            yield from lines

    def _element(self, element: Any) -> Iterator[Line]:
        if element.tag in _SKIPPED:
            return
        if element.tag == f"{_TEXT}list":
            yield from self._list(element, 0, None)
        elif element.tag in _PARAGRAPHS:
            yield from self._boxes(element)
            number = ""
            if element.tag == f"{_TEXT}h" and self._outline:
                level = integer(element.get(f"{_TEXT}outline-level"), 1) - 1
                if element.get(f"{_TEXT}is-list-header") != "true":
                    number = self._headings.step(level)
            yield from self._paragraph(element, number)
        elif element.tag == f"{_TABLE}table":
            yield from read_grid(
                [
                    [
                        [line.text for line in self.walk(cell)]
                        for cell in row
                        if cell.tag == f"{_TABLE}table-cell"
                    ]
                    for row in _rows(element)
                ]
            )
        else:
            yield from self.walk(element)

    def _list(self, element: Any, level: int, counter: Counter | None) -> Iterator[Line]:
        if counter is None or element.get(f"{_TEXT}style-name") is not None:
            counter = self._counter(element, level, counter)
        for item in element:
            if item.tag not in {f"{_TEXT}list-item", f"{_TEXT}list-header"}:
                continue
            if (start := item.get(f"{_TEXT}start-value")) is not None:
                counter.begin(level, integer(start, 1))
            numbered = item.tag == f"{_TEXT}list-item"
            for child in item:
                if child.tag == f"{_TEXT}list":
                    yield from self._list(child, level + 1, counter)
                elif child.tag in _PARAGRAPHS:
                    yield from self._boxes(child)
                    text = "".join(self._text(child)).strip()
                    number = counter.step(level) if numbered and text else ""
                    numbered = numbered and not text
                    yield from self._paragraph(child, number)

    def _boxes(self, paragraph: Any) -> Iterator[Line]:
        """The lines of the text boxes that are anchored in a paragraph."""
        for child in paragraph:
            if child.tag in _BOXES:
                yield from self.walk(child)
            elif child.tag not in _SKIPPED:
                yield from self._boxes(child)

    def _paragraph(self, element: Any, number: str) -> Iterator[Line]:
        yield from broken_lines(mend_links(settle("".join(self._text(element)))), number)

    def _text(self, element: Any) -> Iterator[str]:
        # A line end of the file is only a space; the line break is an element.
        yield (element.text or "").replace("\n", " ")
        for child in element:
            if child.tag == f"{_TEXT}s":
                yield " " * min(integer(child.get(f"{_TEXT}c"), 1), 100)
            elif child.tag == f"{_TEXT}tab":
                yield " "
            elif child.tag == f"{_TEXT}line-break":
                yield "\n"
            elif child.tag not in _SKIPPED and child.tag not in _BOXES:
                if child.get(f"{_TEXT}style-name") in self._raised:
                    yield RAISED
                around = LINK if child.tag == f"{_TEXT}a" else ""
                yield around
                yield from self._text(child)
                yield around
            yield (child.tail or "").replace("\n", " ")

    def _counter(self, element: Any, level: int, outer: Counter | None) -> Counter:
        name = element.get(f"{_TEXT}style-name") or ""
        levels = self._styles.get(name, {})
        continued = element.get(f"{_TEXT}continue-list")
        if outer is not None and level > 0:
            # A nested list of another style still goes on with the outer list's numbers.
            outer.levels = levels or outer.levels
            return outer
        counter = None
        if continued is not None:
            counter = self._counters.get(continued)
        elif element.get(f"{_TEXT}continue-numbering") == "true":
            counter = self._last.get(name)
        counter = counter or Counter(levels)
        counter.levels = levels or counter.levels
        self._last[name] = counter
        if (own := element.get(_ID)) is not None:
            self._counters[own] = counter
        return counter


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those of tables in its cells aside."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _levels(style: Any) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in style:
        index = integer(element.get(f"{_TEXT}level"), 1) - 1
        if element.tag == f"{_TEXT}list-level-style-bullet":
            levels[index] = Level("", "bullet")
            continue
        form = element.get(f"{_STYLE}num-format") or ""
        style_name = _STYLES.get(form.partition(",")[0].strip(), "decimal")
        pattern = element.get(f"{_LOEXT}num-list-format")
        if pattern is not None:
            pattern = _PLACE.sub(r"%\1", pattern)
        elif form:
            shown = integer(element.get(f"{_TEXT}display-levels"), 1)
            places = ".".join(f"%{n}" for n in range(max(1, index + 2 - shown), index + 2))
            prefix = element.get(f"{_STYLE}num-prefix") or ""
            pattern = prefix + places + (element.get(f"{_STYLE}num-suffix") or "")
        else:
            pattern = ""
        levels[index] = Level(pattern, style_name, integer(element.get(f"{_TEXT}start-value"), 1))
    return levels
