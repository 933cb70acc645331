"""The register's page: a dump of an act set again as the page that it was taken from.

A dump has a line for each piece of text between two tags. Where its paragraphs begin, and what is a
heading or a table, the parser says; lines of one paragraph are its text and its links in turn.
"""

import html
from collections.abc import Iterator

from indexer.parsing import parse
from indexer.parsing.lines import split_lines

_BREAK = "\n"


def register_page(text: str, style: str = "") -> bytes:
    """Sets a dump as a page of HTML.

    Args:
        text: The dump.
        style: What the page's style sheet says.
    """
    head = f'<meta charset="utf-8"><style>{style}</style>'
    body = "\n".join(_blocks(text))
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _blocks(text: str) -> Iterator[str]:
    kinds: dict[int, str] = {}
    tables: dict[int, tuple[int, str]] = {}
    for element in parse(text).walk():
        for span in element.spans:
            kinds[span.start] = span.kind
            if span.kind == "table":
                tables[span.start] = span.end, element.text
    lines: list[str] = []
    kind, until = "text", 0
    for offset, line in split_lines(text):
        if offset < until:
            continue
        lead = len(line) - len(line.lstrip())
        start = next((place for place in range(offset, offset + lead + 1) if place in kinds), None)
        if start is None or not line.strip():
            lines.append(line if line.strip() else _BREAK)
            continue
        yield from _paragraph(kind, lines)
        lines, kind = [line], kinds[start]
        if start in tables:
            until, rows = tables[start]
            yield _table(rows)
            lines = []
    yield from _paragraph(kind, lines)


def _paragraph(kind: str, lines: list[str]) -> Iterator[str]:
    while lines and lines[-1] == _BREAK:
        lines.pop()
    shown, pieces, last = "", 0, _BREAK
    for line in lines:
        if line == _BREAK:
            shown, pieces = f"{shown}<br>", 0
        else:
            apart = kind == "aside" and last[-1:].strip() and line[:1].strip()
            words = html.escape(line)
            shown += "<br>" if apart else ""
            shown += f'<a href="/rus/docs/">{words}</a>' if pieces % 2 else words
            pieces += 1
        last = line
    if shown:
        tag = "h3" if kind == "heading" else "p"
        yield f"<{tag}>{shown}</{tag}>"


def _table(text: str) -> str:
    rows = (row.split(" | ") for row in text.split("\n"))
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
