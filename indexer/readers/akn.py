"""Akoma Ntoso 3.0: acts marked up, read as text and written from the parser's tree.

Source: OASIS LegalDocML, Akoma Ntoso Version 1.0 Part 2 (specifications of the schema 3.0).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree

from indexer.documents.passages import Language
from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.parsing.captions import is_kazakh_number
from indexer.parsing.elements import Element, ElementKind
from indexer.parsing.lines import fold_lookalikes, read_lines
from indexer.parsing.marks import ITEMS, recognise
from indexer.parsing.notes import note_kind
from indexer.parsing.titles import is_enacting_formula
from indexer.readers.base import Line, Progress, Source
from indexer.readers.extras import require
from indexer.readers.grids import read_grid

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_CODES: dict[str, Language] = {"kaz": "kk", "rus": "ru", "eng": "en"}
_LANGUAGES: dict[Language, str] = {language: code for code, language in _CODES.items()}
_SKIPPED = frozenset({"meta", "authorialNote", "remark", "noteRef"})
_TEXTS = frozenset({"p", "docTitle", "docType", "heading", "subheading", "crossHeading",
                    "longTitle", "listIntroduction", "listWrapUp"})  # fmt: skip
_ITEMS = frozenset({"paragraph", "subparagraph", "point", "list", "item", "indent", "alinea",
                    "clause", "subclause", "li"})  # fmt: skip
_HEADINGS = frozenset({"heading", "subheading"})
_DEPTH = 200
_ENTITIES = re.compile(rb"<!ENTITY", re.I)

_KINDS = {
    "division": "part",
    "chapter": "chapter",
    "section": "section",
    "article": "article",
    "para": "paragraph",
    "point": "point",
    "list": "list",
    "al": "alinea",
}
# The words of a number that is given without: the element says what it counts.
_WORDS: dict[str, dict[str, str]] = {
    "article": {"kk": "{}-бап.", "ru": "Статья {}.", "en": "Article {}."},
    "chapter": {"kk": "{}-тарау.", "ru": "Глава {}.", "en": "Chapter {}."},
}
_BARE = re.compile(r"(\d{1,4}(?:-\d{1,3})*)\W{0,2}$")
_FRONT_MATTER = re.compile(r"[a-z_]{2,20}:\s")
_PARTS = frozenset({"preface", "preamble", "conclusions"})


class AknReader:
    """Reads Akoma Ntoso XML."""

    def recognises(self, data: bytes) -> bool:
        """Whether the root element is Akoma Ntoso's."""
        return b"akomaNtoso" in data[:4096]

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads an act.

        Raises:
            DocumentError: The XML is damaged, declares entities, or is nested too deep.
        """
        parser = require("defusedxml.ElementTree")
        errors = require("defusedxml.common")
        if _ENTITIES.search(data):
            raise DocumentError(Fault.of("entities"))
        try:
            root = parser.fromstring(data)
        except (SyntaxError, ValueError, errors.DefusedXmlException) as error:
            raise DocumentError(Fault.of("damaged", reason=error)) from error
        code = next((e.get("language") for e in root.iter() if _tag(e) == "FRBRlanguage"), None)
        return Source(
            "akn",
            tuple(_lines(root, 0, _CODES.get(code or ""))),
            flowing=True,
            language=_CODES.get(code or ""),
        )


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _lines(element: Any, depth: int, language: Language | None) -> Iterator[Line]:
    if depth > _DEPTH:
        raise DocumentError(Fault.of("nested"))
    number = ""
    for child in element:
        tag = _tag(child)
        if tag in _SKIPPED:
            continue
        if tag == "num":
            number = _number(_text(child), _tag(element), language)
            continue
        if number and tag not in _HEADINGS and _tag(element) not in _ITEMS:
            if element.get("status") != "removed":
                # «Статья 4» without a title stands above its text.
                yield Line(number, number=number)
            # «Статья 4. Исключена Законом …»
            number = f"{number}." if element.get("status") == "removed" else ""
        found = [line for line in _inner(child, depth, language) if line.text]
        if number and found:
            joint = ". " if tag == "heading" and number[-1].isalnum() else " "
            found[0] = Line(f"{number}{joint}{found[0].text}", number=number)
            number = ""
        yield from found
    if number:
        yield Line(number, number=number)


def _inner(element: Any, depth: int, language: Language | None) -> Iterator[Line]:
    """The lines of an element in another."""
    tag = _tag(element)
    if tag in _TEXTS:
        yield Line(_text(element))
    elif tag == "table":
        yield from read_grid(_rows(element))
    elif tag == "hcontainer" and element.get("name") == "annex":
        yield from _annex(element, depth + 1, language)
    else:
        yield from _lines(element, depth + 1, language)


def _annex(element: Any, depth: int, language: Language | None) -> Iterator[Line]:
    """An annex with its caption as an act prints it: the number first, in Kazakh last."""
    named = {"num": "", "heading": ""}
    rest = ElementTree.Element("annex")
    for child in element:
        tag = _tag(child)
        if tag in named:
            named[tag] = _text(child)
        else:
            rest.append(child)
    pieces = [named["heading"], named["num"]]
    if not is_kazakh_number(named["num"]):
        pieces.reverse()
    if caption := " ".join(filter(None, pieces)):
        yield Line(caption)
    yield from _lines(rest, depth, language)


def _rows(table: Any) -> list[list[list[str]]]:
    """The paragraphs of a table's cells."""
    return [
        [[text for text in map(_text, cell) if text] or [_text(cell)] for cell in row]
        for row in table.iter()
        if _tag(row) == "tr"
    ]


def _number(printed: str, tag: str, language: Language | None) -> str:
    bare = _BARE.fullmatch(printed)
    if bare is None or tag not in _WORDS or language is None:
        return printed
    return _WORDS[tag][language].format(bare[1])


def _text(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element.iter():
        if child is not element:
            pieces.append(child.text or "" if _tag(child) not in _SKIPPED else "")
            pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def write(
    root: Element, *, uri: str, language: Language, on: date, title: str, author: str = "#tarmaq"
) -> bytes:
    """Writes a parsed act as Akoma Ntoso 3.0.

    Args:
        root: What :func:`indexer.parsing.parse` returned.
        uri: URI of the work, ``/akn/kz/act/decree/2020-03-06/280``.
        language: Language of the edition.
        on: Date of the edition.
        title: Title of the act.
        author: What made the markup.

    Returns:
        UTF-8 XML with its declaration; valid against the schema.
    """
    ElementTree.register_namespace("", NAMESPACE)
    top = ElementTree.Element(_name("akomaNtoso"))
    act = _add(top, "act", name=uri.split("/")[4] if uri.count("/") > 4 else "act")
    _identify(act, uri, language, on, title, author)
    writer = _Writer()
    inside = [place for place, part in enumerate(root.children) if part.kind not in _PARTS]
    first, last = (inside[0], inside[-1] + 1) if inside else (len(root.children),) * 2
    before, after = root.children[:first], root.children[last:]
    # The schema allows one of each at either end; what stands between two documents stays there.
    preface = _texts(part for part in before if part.kind != "preamble")
    preamble = _texts(part for part in before if part.kind == "preamble")
    if preamble:
        formulas = [text for text in preface if any(map(is_enacting_formula, read_lines(text)))]
        preface = [text for text in preface if text not in formulas]
        preamble += formulas
    _add_block(act, "preface", preface)
    _add_block(act, "preamble", preamble)
    body = _add(act, "body")
    for element in root.children[first:last]:
        writer.hierarchy(body, element)
    if len(body) == 0:
        writer.plain(body, root)
    _add_block(act, "conclusions", _texts(after))
    ElementTree.indent(top)
    return bytes(ElementTree.tostring(top, encoding="utf-8", xml_declaration=True))


def _identify(act: Any, uri: str, language: Language, on: date, title: str, author: str) -> None:
    code = _LANGUAGES[language]
    meta = _add(act, "meta")
    identification = _add(meta, "identification", source=author)
    expression = f"{uri}/{code}@{on.isoformat()}"
    for level, address in (
        ("FRBRWork", uri),
        ("FRBRExpression", expression),
        ("FRBRManifestation", f"{expression}.xml"),
    ):
        part = _add(identification, level)
        _add(part, "FRBRthis", value=f"{address}/!main" if level == "FRBRWork" else address)
        _add(part, "FRBRuri", value=address)
        if level == "FRBRWork":
            _add(part, "FRBRalias", value=title or uri, name="title")
        _add(part, "FRBRdate", date=on.isoformat(), name="edition")
        _add(part, "FRBRauthor", href=author)
        if level == "FRBRWork":
            _add(part, "FRBRcountry", value="kz")
        if level == "FRBRExpression":
            _add(part, "FRBRlanguage", language=code)
    references = _add(meta, "references", source=author)
    _add(
        references,
        "TLCOrganization",
        eId=author.lstrip("#"),
        href="/akn/ontology/organization/kz/tarmaq",
        showAs="Tarmaq",
    )


class _Writer:
    """Writes elements; those without an address of their own get one that is not taken."""

    def __init__(self) -> None:
        self._unnamed = 0

    def hierarchy(self, parent: Any, element: Element) -> None:
        """A numbered element, or an unnumbered paragraph."""
        if not element.children and not _has_words(f"{element.heading}{element.text}"):
            # A rule between what an act approves.
            return
        name = _KINDS.get(element.kind)
        eid = element.eid or self._address(name or element.kind)
        if name is None:
            written = _add(parent, "hcontainer", eId=eid, name=element.kind)
        else:
            written = _add(parent, name, eId=eid)
        if element.status == "repealed":
            written.set("status", "removed")
        if element.num:
            _add(written, "num", element.num)
        if element.heading:
            _add(written, "heading", element.heading)
        self.plain(written, element)

    def plain(self, written: Any, element: Element) -> None:
        """An element's own text and what is in it."""
        if not element.children:
            content = _add(written, "content")
            if element.kind == "al" and "\n" in element.text:
                _add_table(content, element.text)
                return
            for text in element.text.split("\n"):
                _add(content, "p", text)
            return
        if element.text:
            _add(_add(written, "intro"), "p", element.text)
        for child in element.children:
            self.hierarchy(written, child)

    def _address(self, name: str) -> str:
        self._unnamed += 1
        return f"{name}_nn_{self._unnamed}"


def _texts(parts: Iterable[Element]) -> list[str]:
    """The paragraphs of what stands before or after an act, the publisher's left out."""
    return [
        text
        for part in parts
        for element in part.walk()
        for text in element.text.split("\n")
        if not _is_publishers(text)
    ]


def _add_block(act: Any, kind: ElementKind, texts: Sequence[str]) -> None:
    """The preface, preamble or conclusions, of which the schema allows one."""
    if texts:
        part = _add(act, kind)
        for text in texts:
            _add(part, "p", text)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_publishers(text: str) -> bool:
    """Whether a line before an act is a note, of the file's front matter, or of its contents."""
    if not _has_words(text) or note_kind(fold_lookalikes(text)) is not None:
        return True
    return _FRONT_MATTER.match(text) is not None or _is_heading(text)


def _is_heading(text: str) -> bool:
    marks = map(recognise, read_lines(text))
    return any(mark is not None and mark.kind not in ITEMS for mark in marks)


def _add_table(content: Any, text: str) -> None:
    table = _add(content, "table")
    rows = [row.split(" | ") for row in text.split("\n")]
    width = max(map(len, rows))
    for row in rows:
        cells = _add(table, "tr")
        # A row of one cell alone would read as a paragraph.
        for cell in [*row, *[""] * (width - len(row))]:
            _add(_add(cells, "td"), "p", cell)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    element = ElementTree.SubElement(parent, _name(tag), attributes)
    element.text = text
    return element
