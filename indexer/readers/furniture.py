"""Page furniture: running heads and page numbers, which are no part of a text."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from indexer.parsing.marks import ITEMS
from indexer.readers.base import Line
from indexer.readers.numbers import opening

_DEPTH = 3
_LEAST_PAGES = 3
_LEAST_SHARE = 0.4
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:стр|бет|page|с)\W{0,2}\s?)?(?P<page>\d{1,4})"
    r"(?:\s?(?:/|из|of|-?\s?бет)\s?\d{0,4})?\W{0,3}$",
    re.IGNORECASE,
)
_APART = 1.4


def drop_furniture(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Drops what is printed on every page.

    Args:
        lines: Lines with pages, in reading order.

    Returns:
        The other lines, and how many were dropped.
    """
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        # The head of a table may be printed on each page, too.
        if not line.whole:
            pages[line.page].append(index)
    edges: dict[int, list[int]] = {}
    for page, indices in pages.items():
        by_height = sorted(indices, key=lambda index: lines[index].top)
        edges[page] = [*by_height[:_DEPTH], *by_height[-_DEPTH:]]
    dropped = _running_heads(lines, edges) | _page_numbers(lines, edges)
    kept = [
        # The room before a line tells nothing where a running head stood above it.
        replace(line, gap=0.0) if index - 1 in dropped else line
        for index, line in enumerate(lines)
        if index not in dropped
    ]
    return kept, len(dropped)


def _running_heads(lines: Sequence[Line], edges: dict[int, list[int]]) -> set[int]:
    seen: dict[str, set[int]] = defaultdict(set)
    for page, indices in edges.items():
        for index in indices:
            seen[_key(lines[index].text)].add(page)
    least = max(min(_LEAST_PAGES, max(2, len(edges))), _LEAST_SHARE * len(edges))
    sides = _sides(lines, edges)
    if len(edges) == 2:
        # Two pages may have a line in common by chance, but not their first or last one.
        edges = {page: [indices[0], indices[-1]] for page, indices in edges.items()}
    return {
        index
        for indices in edges.values()
        for index in indices
        if (len(seen[_key(lines[index].text)]) >= least or index in sides)
        and any(letter.isalpha() for letter in lines[index].text)
        and not _PAGE_NUMBER.match(lines[index].text)
    }


def _sides(lines: Sequence[Line], edges: dict[int, list[int]]) -> set[int]:
    """The heads and feet of left pages, and of right ones: the same line on each, numbers aside."""
    found: set[int] = set()
    for odd in (0, 1):
        pages = [page for page in edges if page % 2 == odd]
        if len(pages) < 2 or len(edges) < _LEAST_PAGES:
            continue
        for place in (0, -1):
            outermost = [edges[page][place] for page in pages]
            if len({_key(lines[index].text) for index in outermost}) == 1:
                found.update(outermost)
    return found


def _page_numbers(lines: Sequence[Line], edges: dict[int, list[int]]) -> set[int]:
    """Lone numbers that count the pages."""
    found: list[tuple[int, int, int]] = []
    for page, indices in edges.items():
        for index in set(indices):
            if match := _PAGE_NUMBER.match(lines[index].text.strip()):
                found.append((index, page, int(match["page"]) - page))
    offsets = Counter(offset for _, _, offset in {(i, p, o) for i, p, o in found})
    if not offsets:
        return set()
    offset, count = offsets.most_common(1)[0]
    if count >= max(2, _LEAST_SHARE * len(edges)):
        return {index for index, _, other in found if other == offset}
    return {
        index
        for index, page, offset in found
        if len(edges) <= 2
        and index == edges[page][-1]
        and (offset == 0 or lines[index].gap > _APART)
    }


def _key(text: str) -> str:
    """What a running head says on each page; of «Статья 5», a heading, the number is a part."""
    text = " ".join(text.split()).lower()
    mark = opening(text.capitalize())
    return text if mark is not None and mark.kind not in ITEMS else _DIGITS.sub("#", text)
