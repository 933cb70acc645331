"""Word: paragraphs with the numbers that Word prints and does not store.

Source: ECMA-376 Part 1, 17.9 (numbering), 17.3.1.19 (numPr), 17.13.5 (revisions).
"""

import io
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

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_SKIPPED = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr")} | {
    _FALLBACK,
    _BOX,
}
_NOTES = {f"{_W}footnoteReference", f"{_W}endnoteReference"}
_CONTAINERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
# Of text, and of an equation.
_LETTERS = {f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LONGEST_CHAIN = 20


class DocxReader:
    """Reads DOCX files."""

    def recognises(self, data: bytes) -> bool:
        """Whether the archive holds a Word document, or the file is of an older Word."""
        return has_member(data, "word/document.xml") or data.startswith((_OLD, b"{\\rtf"))

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads a Word document.

        Raises:
            DocumentError: It is damaged, encrypted, of an older format, or unpacks to too much.
        """
        if data.startswith(b"{\\rtf"):
            raise DocumentError(Fault.of("rtf"))
        if data.startswith(_OLD):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise DocumentError(Fault.of("encrypted"))
            raise DocumentError(Fault.of("old-word"))
        docx = require("docx")
        with open_archive(data) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    read_member(archive, name)
        try:
            document = docx.Document(io.BytesIO(data))
            lines = list(_Body(document).lines())
            notes = sum(element.tag in _NOTES for element in document.element.body.iter(*_NOTES))
        except DocumentError:
            raise
        except Exception as error:  # python-docx and lxml let many kinds through
            raise DocumentError(Fault.of("damaged", reason=error)) from error
        return Source("docx", tuple(lines), flowing=True, doubts=left_out(notes))


class _Body:
    """Walks one document; list counters go on from paragraph to paragraph."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = {
            style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")
        }
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in _TRUE
            ),
            None,
        )
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, Counter] = {}
        numbering = next(
            (
                part.element
                for part in (
                    relation._target
                    for relation in document.part.rels.values()
                    if not relation.is_external
                )
                if str(part.partname).endswith("numbering.xml")
            ),
            None,
        )
        if numbering is not None:
            self._read_lists(numbering)

    def lines(self) -> Iterator[Line]:
        """The lines of the document in order."""
        yield from self._walk(self._body)

    def _walk(self, parent: Any) -> Iterator[Line]:
        blanks = 0
        for element in parent:
            if element.tag == f"{_W}p":
                lines = list(self._paragraph(element))
                if lines and blanks:
                    lines[0] = replace(lines[0], gap=1.0 + blanks)
                blanks = 0 if lines else blanks + 1
                yield from lines
            elif element.tag == f"{_W}tbl":
                yield from read_grid(self._rows(element))
            elif element.tag in _CONTAINERS:
                yield from self._walk(element)

    def _rows(self, table: Any) -> list[list[list[str]]]:
        return [
            [[line.text for line in self._walk(cell)] for cell in _children(row, f"{_W}tc")]
            for row in _children(table, f"{_W}tr")
        ]

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        for box in _boxes(paragraph):
            yield from self._walk(box)
        text = mend_links(settle("".join(_text(paragraph))))
        number = self._number(paragraph) if text.strip() else ""
        yield from broken_lines(text, number)

    # -- numbers ------------------------------------------------------------------------------

    def _number(self, paragraph: Any) -> str:
        name, level = self._list_of(paragraph)
        found = self._lists.get(name)
        if found is None:
            return ""
        counter = self._counters.setdefault(found.abstract, Counter(found.levels))
        counter.levels = found.levels
        for override, start in found.starts.items():
            counter.begin(override, start)
        found.starts.clear()
        return counter.step(level)

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        """Id of the list that a paragraph is in, and its level; ``0`` for none."""
        properties = paragraph.find(f"{_W}pPr")
        own = _value(properties, "numPr", "numId"), _value(properties, "numPr", "ilvl")
        style = _value(properties, "pStyle") or self._default
        name, level = own
        holder = style
        for _ in range(_LONGEST_CHAIN):
            if (name is not None and level is not None) or holder not in self._styles:
                break
            element = self._styles[holder].find(f"{_W}pPr")
            if name is None and (name := _value(element, "numPr", "numId")) is not None:
                level = level or self._level_of_style(name, holder)
            level = level or _value(element, "numPr", "ilvl")
            holder = _value(self._styles[holder], "basedOn")
        return name or "0", integer(level)

    def _level_of_style(self, name: str, style: str | None) -> str | None:
        found = self._lists.get(name)
        return found.styles.get(style or "") if found else None

    def _read_lists(self, numbering: Any) -> None:
        abstracts = {
            element.get(f"{_W}abstractNumId"): element
            for element in numbering.iter(f"{_W}abstractNum")
        }
        for element in numbering.iter(f"{_W}num"):
            abstract = _value(element, "abstractNumId") or ""
            if abstract not in abstracts:
                continue
            levels: dict[int, Level] = {}
            styles: dict[str, str] = {}
            for level in abstracts[abstract].iter(f"{_W}lvl"):
                index = level.get(f"{_W}ilvl") or "0"
                levels[integer(index)] = _level(level)
                if (style := _value(level, "pStyle")) is not None:
                    styles[style] = index
            starts: dict[int, int] = {}
            for override in element.iter(f"{_W}lvlOverride"):
                index = integer(override.get(f"{_W}ilvl"))
                if (start := _value(override, "startOverride")) is not None:
                    starts[index] = integer(start)
                if (level := override.find(f"{_W}lvl")) is not None:
                    levels[index] = _level(level)
            self._lists[element.get(f"{_W}numId")] = _List(abstract, levels, styles, starts)


class _List:
    """One list of the document, as ``w:num`` defines it."""

    __slots__ = ("abstract", "levels", "starts", "styles")

    def __init__(
        self,
        abstract: str,
        levels: dict[int, Level],
        styles: dict[str, str],
        starts: dict[int, int],
    ) -> None:
        self.abstract = abstract
        self.levels = levels
        self.styles = styles
        self.starts = starts


_TRUE = {"1", "true", "on"}


def _level(element: Any) -> Level:
    return Level(
        _value(element, "lvlText") or "",
        _value(element, "numFmt") or "decimal",
        integer(_value(element, "start"), 1),
        _value(element, "lvlRestart") != "0",
        element.find(f"{_W}isLgl") is not None and _value(element, "isLgl") not in {"0", "false"},
    )


def _children(element: Any, tag: str) -> Iterator[Any]:
    """Children with a tag, those inside content controls and insertions included."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, tag)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes that are anchored in a paragraph."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _boxes(child)


def _text(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag in _LETTERS:
            yield child.text or ""
        elif tag in {f"{_W}tab", f"{_W}ptab"}:
            yield " "
        elif tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}hyperlink":
            yield LINK
            yield from _text(child)
            yield LINK
        elif tag == f"{_W}r" and _is_raised(child):
            yield RAISED
            yield from _text(child)
        else:
            yield from _text(child)


def _is_raised(run: Any) -> bool:
    raised = integer(_value(run, "rPr", "position")) > 0
    return raised or _value(run, "rPr", "vertAlign") == "superscript"


def _value(element: Any, *names: str) -> str | None:
    """The ``w:val`` of a nested element."""
    for name in names:
        if element is None:
            return None
        element = element.find(f"{_W}{name}")
    return None if element is None else element.get(f"{_W}val")
