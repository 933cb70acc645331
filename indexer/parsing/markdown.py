"""Markdown: the lines of an act kept as Markdown, as in public collections of legislation.

Markup says what plain text leaves to be guessed: headings, notes set off as quotations, rows of
tables. It is read into the role of a line and dropped from the line's text.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.parsing.captions import read_caption
from indexer.parsing.lines import Line, Role, cover, fold_lookalikes, fold_space, split_lines
from indexer.parsing.stamps import end_of_stamp, is_signature

# A heading, an anchor or an emphasised article: what no plain dump of an act has at line starts.
_SIGNS = re.compile(
    r"^(?:#{1,6}[ \t]+\S|<a\s+(?:id|name)=|<table\b|>[ \t]*\*"
    r"|\*\*(?:[СC]татья[ \t]|\d[\d-]{0,9}[ \t-]{0,3}бап))",
    re.MULTILINE,
)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_QUOTE = re.compile(r"(?:>\s?)+")
_ONLY_MARKUP = re.compile(
    r"(?:<!--[^<>]*-->|<a\s[^<>]*>|</a>|</?(?:div|p|br|details|summary|center)\b[^<>]*>|\s)+$"
    r"|\s*(?:```.*|~~~.*|[-*_](?:\s*[-*_]){2,})\s*$",
    re.IGNORECASE,
)
# «Статья 13<sup>1</sup>» is what is elsewhere printed as 13-1.
_RAISED = re.compile(r"(?<=\d)<sup>\s?(\d{1,3})\s?</sup>", re.IGNORECASE)
_BULLET = re.compile(r"[-*+]\s+(?=(?:\d{1,3}(?:-\d{1,3})?|[а-яәғқңөұүһі])\\?[.)]\s)")
_ANCHOR = re.compile(
    r"<!--[^<>]*-->|<a\s[^<>]*>|</a>|<br\s*/?>|</?(?:b|i|u|em|strong|sup|sub|span|p)\b[^<>]*>", re.I
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_STRONG = re.compile(r"\*\*|~~")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+)(?<=[^\s*\\])\*(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|\"'<>~№])")
_TAG = re.compile(r"(<[^<>]*>)")
_TABLE_END = re.compile(r"</table>", re.IGNORECASE)
_COLUMNS = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?$")
_BETWEEN = re.compile(r"(?<!\\)\|")
_PIPES = re.compile(r"\|.*\|$")
_YAML_LIMIT = 200


def is_markdown(text: str) -> bool:
    """Whether a text is marked up."""
    return _SIGNS.search(text) is not None


def read_markdown(text: str) -> Iterator[Line]:
    """Yield the lines of a Markdown text that say something.

    Args:
        text: Any text; markup that does not close is read as far as it goes.

    Yields:
        Lines without markup. What stood before a line and says nothing (anchors, rules) lies
        within its offsets, so that the lines cover the text.
    """
    yield from cover(iter(_unframed(list(_lines(text)))), len(text))


def _unframed(lines: list[Line]) -> list[Line]:
    """Make plain lines of tables that only set a signature, a stamp or a caption to one side."""
    table: list[int] = []
    for index, line in enumerate((*lines, None)):
        if table and (line is None or line.role != "row" or line.after_blank):
            _unframe(lines, table)
            table = []
        if line is not None and line.role == "row" and line.text:
            table.append(index)
    return lines


def _unframe(lines: list[Line], table: list[int]) -> None:
    if len(table) == 1:
        index = table[0]
        text = fold_space(lines[index].text.replace("|", " "))
        line = replace(
            lines[index], text=text, key=fold_lookalikes(text), role="", after_blank=True
        )
        if is_signature(text) or end_of_stamp([line], 0) or read_caption([line], 0, True):
            lines[index] = line


def _lines(text: str) -> Iterator[Line]:
    """The lines, those of nothing but markup among them with an empty text."""
    after_blank = True
    front = _front_matter(text)
    table_end = 0
    title = False
    for offset, raw in split_lines(text):
        if offset < table_end:
            continue
        stripped = raw.strip()
        if not stripped:
            after_blank = True
            continue
        if offset < front:
            role: Role = "aside"
            content = "" if stripped == "---" else stripped
        elif stripped[:6].lower() == "<table":
            table_end, rows = _table(text, offset)
            yield from rows
            after_blank = True
            continue
        else:
            role, content = _unmark(stripped)
            if role == "heading" and stripped.startswith("# ") and not title:
                role, title = "title", True
        folded = fold_space(content)
        yield Line(
            text=folded,
            key=fold_lookalikes(folded),
            after_blank=after_blank,
            loose_start=False,
            loose_end=False,
            start=offset,
            end=offset + len(raw),
            role=role,
        )
        after_blank = not (folded or role == "row")


def _front_matter(text: str) -> int:
    """Offset after the YAML block that a file begins with; 0 where there is none."""
    for count, (offset, raw) in enumerate(split_lines(text)):
        closes = raw.rstrip() == "---"
        if count == 0 and not closes:
            return 0
        if count and closes:
            return offset + len(raw)
        if count > _YAML_LIMIT:
            return 0
    return 0


def _unmark(line: str) -> tuple[Role, str]:
    """What the markup of a line says, and the line without it."""
    if _ONLY_MARKUP.match(line):
        return "", ""
    if _COLUMNS.match(line):
        return "row", ""
    role: Role = ""
    if match := _QUOTE.match(line):
        role, line = "quote", line[match.end() :].strip()
    if match := _HEADING.match(line):
        role, line = role or "heading", match[2]
    if _PIPES.match(line):
        cells = [_inline(cell).strip() for cell in _BETWEEN.split(line.strip("|"))]
        return "row", " | ".join(cells)
    return role, _inline(line[bullet.end() :] if (bullet := _BULLET.match(line)) else line)


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", _ANCHOR.sub(" ", _RAISED.sub(r"-\1", text)))
    text = _EMPHASIS.sub(r"\1", _STRONG.sub("", text))
    return html.unescape(_ESCAPE.sub(r"\1", text))


def _table(text: str, start: int) -> tuple[int, list[Line]]:
    """The rows of an HTML table, one line each, and the offset after the table."""
    closing = _TABLE_END.search(text, start)
    end = closing.end() if closing else len(text)
    rows: list[tuple[int, list[str]]] = []
    place = start
    for piece in _TAG.split(text[start:end]):
        is_tag = _TAG.fullmatch(piece) is not None
        tag = piece[1:4].strip("> /").lower() if is_tag else ""
        if tag == "tr" and piece[1] != "/":
            rows.append((place, []))
        elif tag in {"td", "th"} and piece[1] != "/":
            if not rows:
                rows.append((place, []))
            rows[-1][1].append("")
        elif not is_tag and piece.strip():
            if not rows:
                rows.append((place, []))
            if not rows[-1][1]:
                rows[-1][1].append("")
            rows[-1][1][-1] += f" {piece}"
        place += len(piece)
    lines: list[Line] = []
    bounds = [start, *(offset for offset, _ in rows[1:]), end]
    for (_, cells), first, last in zip(rows, bounds, bounds[1:], strict=False):
        folded = " | ".join(fold_space(html.unescape(_ANCHOR.sub(" ", cell))) for cell in cells)
        kept = folded if folded.strip(" |") else ""
        lines.append(Line(kept, fold_lookalikes(kept), not lines, False, False, first, last, "row"))
    if not lines:
        lines = [Line("", "", True, False, False, start, end, "row")]
    return end, lines
