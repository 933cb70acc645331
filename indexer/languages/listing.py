"""Lists of words: plain text, an entry a line, its cells between tabs.

What follows ``#`` is a remark. Beside a list ``name.tsv`` may stand ``name.hand.tsv``, whose
entries win: one of the same first cell replaces those of the list, and ``-`` before a first cell
removes them.
"""

from collections.abc import Iterator
from importlib.resources.abc import Traversable

_REMOVES = "-"


def listed(file: Traversable) -> Iterator[str]:
    """Yields the lines of ``file`` that are not empty, without remarks."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if "#" in line:
            line = line.partition("#")[0].rstrip()
        if line:
            yield line


def entries(folder: Traversable, name: str) -> list[list[str]]:
    """Returns the cells of each entry of a list; those of its hand-made file win.

    Args:
        folder: Where the lists are.
        name: Name of the file; it may be absent, and so may the hand-made one.
    """
    found: dict[str, list[list[str]]] = {}
    for cells in map(_cells, _lines(folder, name)):
        found.setdefault(cells[0].lower(), []).append(cells)
    by_hand: dict[str, list[list[str]]] = {}
    for cells in map(_cells, _lines(folder, by_hand_name(name))):
        removed = cells[0].startswith(_REMOVES)
        kept = by_hand.setdefault(cells[0].removeprefix(_REMOVES).lower(), [])
        kept.extend([] if removed else [cells])
    # An entry that is replaced keeps its place.
    return [cells for kept in (found | by_hand).values() for cells in kept]


def removed_by_hand(folder: Traversable, name: str) -> list[str]:
    """Returns the first cells that the hand-made file of a list removes."""
    lines = _lines(folder, by_hand_name(name))
    cells = (line.split("\t")[0] for line in lines if line.startswith(_REMOVES))
    return [cell.removeprefix(_REMOVES).strip() for cell in cells]


def by_hand_name(name: str) -> str:
    """Returns the name of the hand-made file: ``question.hand.txt`` beside ``question.txt``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.hand{dot}{ending}"


def _lines(folder: Traversable, name: str) -> Iterator[str]:
    file = folder / name
    return listed(file) if file.is_file() else iter(())


def _cells(line: str) -> list[str]:
    return line.split("\t")
