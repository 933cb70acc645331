"""HTML: pages saved from the register of acts, and any other page of text.

What a reader of the page sees as the act is kept: menus, scripts, forms, lists of links and hidden
parts go. A block of the page is a line; a link inside a sentence breaks nothing.
"""

import email
import email.policy
import re
from collections.abc import Collection, Iterator
from typing import Any

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.base import INSIDE, Line, Progress, Source
from indexer.readers.doubts import left_out
from indexer.readers.encodings import decode
from indexer.readers.extras import require
from indexer.readers.grids import read_grid
from indexer.readers.links import LINK, mend_links
from indexer.readers.menus import DEPTH, Links, measure
from indexer.readers.numbering import integer, spell
from indexer.readers.numbers import opening

_START = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body|p|div|table|article)[\s>]", re.I)
_WIDE_START = re.compile(r"<!doctype\s+html|<html[\s>]", re.I)
_SAVED = re.compile(rb"content-type:\s*multipart/related", re.I)
_DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "nav",
    "header", "footer", "aside", "form", "button", "select", "input", "textarea", "label",
    "dialog", "menu", "head", "title", "video", "audio", "del",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html",
    "legend", "li", "main", "ol", "p", "pre", "section", "summary", "ul", "caption", "tr", "td",
    "th", "tbody",
))  # fmt: skip
_MENUS = frozenset({"ul", "ol", "dl", "div", "p", "table"})
_ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_ROOTS = ("article", "main", '[role="main"]', "#content", ".content")
_MAIN_SHARE = 0.4
_MOST_OPEN = 1000
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|table|ul|ol|dl|blockquote|b|i|u|em|strong|font|a|center|"
    r"small|big|form|fieldset|pre|main|nav|header|footer|aside)\b",
    re.I,
)
# What Word, LibreOffice and pandoc make of footnotes, running heads and page numbers.
_NOTE = re.compile(r"_?(?:sdfootnote|sdendnote|ftn|edn|fn)\d{1,4}(?:sym)?$")
_FURNITURE = frozenset({"header", "footer"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BREAKS = re.compile(r"[\r\n]+")
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class HtmlReader:
    """Reads HTML pages, and archives of one page as browsers save them."""

    def recognises(self, data: bytes) -> bool:
        """Whether the content begins like a page."""
        start = data[:4096]
        if start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return _WIDE_START.search(start.decode("utf-16", "ignore")) is not None
        text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
        return (text.startswith(b"<") and _START.search(start) is not None) or (
            _SAVED.search(start) is not None
        )

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads a page.

        Raises:
            DocumentError: Its encoding gives no words, or it is nested too deep.
        """
        parser = require("selectolax.lexbor").LexborHTMLParser
        if _SAVED.search(data[:4096]):
            data = _page_of(data)
        decoded = decode(data)
        _check_depth(decoded.text)
        tree = parser(decoded.text)
        if tree.body is None:
            raise DocumentError(Fault.of("no-text"))
        links: dict[int, Links] = {}
        try:
            measure(tree.body, links)
            walk = _Walk(links)
            walk.read(_root(tree))
        except RecursionError as error:
            raise DocumentError(Fault.of("nested")) from error
        repairs = []
        if decoded.repaired:
            repairs.append(("letters of a wrong encoding", decoded.repaired))
        if walk.furniture:
            repairs.append(("running heads and page numbers dropped", walk.furniture))
        if walk.dropped:
            repairs.append(("menus and hidden parts dropped", walk.dropped))
        return Source(
            "html",
            tuple(walk.lines),
            flowing=walk.preformatted * 2 < sum(len(line.text) for line in walk.lines),
            encoding=decoded.encoding,
            repairs=tuple(repairs),
            doubts=left_out(walk.notes),
        )


def _check_depth(text: str) -> None:
    # The parser looks through all open elements at each new one.
    depth = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth + (-1 if match[1] else 1))
        if depth > _MOST_OPEN:
            raise DocumentError(Fault.of("nested"))


def _page_of(data: bytes) -> bytes:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise DocumentError(Fault.of("no-html"))


def _root(tree: Any) -> Any:
    """The element that holds the act: most of the page's text, without the page around it."""
    body = tree.body
    whole = len(body.text(strip=True))
    for selector in _ROOTS:
        nodes = tree.css(selector)
        if nodes:
            largest = max(nodes, key=lambda node: len(node.text(strip=True)))
            if len(largest.text(strip=True)) >= _MAIN_SHARE * whole:
                return largest
    return body


class _Walk:
    """Collects lines in the order of the page."""

    def __init__(self, links: dict[int, Links]) -> None:
        self._links = links
        self.lines: list[Line] = []
        self.dropped = 0
        self.notes = 0
        self.furniture = 0
        self.preformatted = 0
        self._pieces: list[str] = []
        self._number = ""

    def read(self, root: Any) -> None:
        """Reads an element and closes its last line."""
        self._children(root, 0, False)
        self._close()

    def _children(self, parent: Any, depth: int, pre: bool) -> None:
        if depth > DEPTH:
            raise DocumentError(Fault.of("nested"))
        child = parent.child
        while child is not None:
            self._node(child, depth, pre)
            child = child.next

    def _node(self, node: Any, depth: int, pre: bool) -> None:
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            self._pieces.append(text if pre else " ".join(_BREAKS.split(text)))
        elif not self._is_left_out(node):
            self._element(node, depth, pre)

    def _is_left_out(self, node: Any) -> bool:
        """Whether an element is no part of the text; counts what is."""
        tag = node.tag
        if tag in _DROPPED or tag.startswith(("-", "_")) or _is_hidden(node):
            self.dropped += tag in {"nav", "header", "footer", "aside", "form", "menu"}
        elif _NOTE.match(node.attributes.get("id") or ""):
            self.notes += 1
        elif tag == "div" and node.attributes.get("title") in _FURNITURE:
            self.furniture += 1
        else:
            return tag == "a" and _NOTE.search(node.attributes.get("href") or "") is not None
        return True

    def _element(self, node: Any, depth: int, pre: bool) -> None:
        tag = node.tag
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "sup":
            self._superscript(node.text(strip=True))
        elif tag in _MENUS and self._links[node.mem_id].is_menu:
            self._close()
            self.dropped += 1
        elif tag == "ol":
            self._close()
            self._ordered(node, depth, pre)
        elif tag == "table":
            self._close()
            self.lines.extend(read_grid(self._rows(node)))
        elif tag in _BLOCKS:
            self._close()
            self._children(node, depth + 1, pre or tag == "pre")
            self._close(
                heading=tag in {"h1", "h2", "h3", "h4", "h5", "h6"}, pre=pre or tag == "pre"
            )
        elif tag == "a" and "href" in node.attributes:
            self._pieces.append(LINK)
            self._children(node, depth + 1, pre)
            self._pieces.append(LINK)
        else:
            self._children(node, depth + 1, pre)

    def _ordered(self, node: Any, depth: int, pre: bool) -> None:
        """An ordered list: a page prints the numbers that its text lacks."""
        style = _LIST_STYLES.get(node.attributes.get("type") or "1", "decimal")
        count = integer(node.attributes.get("start"), 1)
        for item in _children(node, {"li", "ol", "ul"}):
            if item.tag != "li" or _NOTE.match(item.attributes.get("id") or ""):
                self._node(item, depth + 1, pre)
                continue
            count = integer(item.attributes.get("value"), count)
            self._number = f"{spell(count, style)}."
            self._children(item, depth + 1, pre)
            self._close()
            # An item of nothing but a list of its own prints no number.
            count += not self._number
            self._number = ""

    def _rows(self, table: Any) -> list[list[list[str]]]:
        rows: list[list[list[str]]] = []
        parts = [table, *_children(table, _ROW_GROUPS)]
        for row in (row for part in parts for row in _children(part, {"tr"})):
            cells: list[list[str]] = []
            for cell in _children(row, {"td", "th"}):
                walk = _Walk(self._links)
                walk.read(cell)
                cells.append([line.text for line in walk.lines])
            rows.append(cells)
        return rows

    def _superscript(self, text: str) -> None:
        before = "".join(self._pieces[-3:]).rstrip(LINK).rstrip()
        if text.isdigit() and before[-1:].isdigit():
            # «Статья 13¹» is what is elsewhere printed as 13-1.
            self._pieces.append(f"-{text}")
        else:
            self._pieces.append(text)

    def _close(self, heading: bool = False, pre: bool = False) -> None:
        text = mend_links("".join(self._pieces))
        self._pieces = []
        if heading:
            text = text.replace("\n", " ")
        gap = INSIDE if pre and self.lines else 0.0
        for raw in text.replace("\r", "").split("\n"):
            if not raw.strip():
                gap += 1
                continue
            line = raw if pre else " ".join(raw.split())
            self.preformatted += len(line) if pre else 0
            number, self._number = self._number, ""
            if number and opening(line) is None:
                line = f"{number} {line}"
            self.lines.append(Line(line, gap=gap))
            gap = INSIDE


def _children(parent: Any, tags: Collection[str]) -> Iterator[Any]:
    child = parent.child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
