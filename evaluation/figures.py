"""Measured tables in Markdown, between markers that name them.

``<!-- figures:NAME -->`` and ``<!-- /figures:NAME -->`` stand on lines of their own; everything
between them is written by one command and never by hand.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from evaluation.errors import DatasetError

_BLOCK = re.compile(
    r"(?P<open><!-- figures:(?P<name>[a-z-]+) -->\n).*?(?P<close><!-- /figures:(?P=name) -->)",
    re.DOTALL,
)
_MARK = re.compile(r"<!-- /?figures:[a-z-]+ -->")


def names(text: str, path: Path) -> tuple[str, ...]:
    """Returns the names of the tables that ``text`` has markers for.

    Raises:
        DatasetError: A marker has no counterpart.
    """
    blocks = list(_BLOCK.finditer(text))
    if len(_MARK.findall(text)) != 2 * len(blocks):
        raise DatasetError(
            f"{path}: a figures marker is not closed; write <!-- figures:NAME --> and "
            "<!-- /figures:NAME --> on lines of their own."
        )
    return tuple(block["name"] for block in blocks)


def fill(path: Path, makers: Mapping[str, Callable[[], str]], only: Iterable[str] = ()) -> None:
    """Replaces the tables of the file ``path``.

    Args:
        path: A Markdown file with markers.
        makers: What makes each table, by name.
        only: Names of the tables to replace; all by default.

    Raises:
        DatasetError: A marker names an unknown table, or there is none.
    """
    text = path.read_text(encoding="utf-8")
    wanted = [name for name in names(text, path) if not only or name in set(only)]
    if unknown := sorted(set(wanted) - set(makers)):
        raise DatasetError(f"{path}: no table {unknown[0]!r}; known: {', '.join(makers)}.")
    if not wanted:
        raise DatasetError(f"{path}: no marker <!-- figures:NAME --> for a table.")
    made = {name: makers[name]() for name in wanted}

    def block(match: re.Match[str]) -> str:
        table = made.get(match["name"])
        return match[0] if table is None else f"{match['open']}{table.strip()}\n{match['close']}"

    path.write_text(_BLOCK.sub(block, text), encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
