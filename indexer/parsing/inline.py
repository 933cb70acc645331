"""Elements that a page ran together in one paragraph (``…: 1) …; 2) …``, «Примечания. 1. …»)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.parsing.blocks import Block
from indexer.parsing.lines import fold_space
from indexer.parsing.marks import printed_number
from indexer.parsing.ranges import announced, is_inserted

_INLINE_POINT = re.compile(r"(?<=[:;]) (\d{1,2})\s?\) ?(?=[^\W\d])")
_NOTES = re.compile(
    r"(?:Примечани[ея]|Ескертпе(?:лер)?|Ескертулер)\s?[.:]\s(?P<first>1)\s?\.\s?(?=\S)"
)


def split_block(block: Block, source: str, before: str = "") -> Iterator[Block]:
    """Yield a block and, after it, the elements that stood in its text.

    Args:
        block: A block as the lines gave it.
        source: The document, for the places of the elements.
        before: Number of the last block of its kind; empty for none in the same element.
    """
    if block.quoted:
        yield block
    elif numbers := announced(block.printed, block.text, block.plural, before):
        yield from _several(block, numbers)
    elif block.number != block.printed and is_inserted(block.printed, before):
        yield from _several(block, (block.printed,))
    elif block.kind == "text" and (match := _NOTES.match(block.text)):
        place = _offset(block, match.start("first"), source)
        word = block.text[: match.start("first")].strip()
        yield replace(block, kind="notes", pieces=[word], end=place)
        rest = [block.text[match.end() :]]
        yield from _points(
            replace(block, kind="para", number="1", num="1.", pieces=rest, start=place), source
        )
    elif block.kind in {"text", "para"}:
        yield from _points(block, source)
    else:
        yield block


def _several(block: Block, numbers: tuple[str, ...]) -> Iterator[Block]:
    """One block for each number; the first answers for the place in the source."""
    like = block.num or ""
    if block.kind in {"para", "point"}:
        like = ")" if block.kind == "point" else "."
    for place, number in enumerate(numbers):
        copy = replace(
            block,
            kind=block.kind,
            number=number,
            num=printed_number(block.kind, number, like),  # type: ignore[arg-type]
            printed="",
        )
        yield copy if place == 0 else replace(copy, start=block.start, end=block.start)


def _points(block: Block, source: str) -> Iterator[Block]:
    text = block.text
    starts: list[re.Match[str]] = []
    for match in _INLINE_POINT.finditer(text):
        opens = text[match.start() - 1] == ":"
        if int(match[1]) == len(starts) + 1 and opens == (not starts):
            starts.append(match)
    if len(starts) < 2:
        yield block
        return
    places = _offsets(block, [match.start(1) for match in starts], source)
    yield replace(block, pieces=[text[: starts[0].start()]], end=places[0])
    bounds = [*(match.start() for match in starts[1:]), len(text)]
    ends = [*places[1:], block.end]
    for match, bound, start, end in zip(starts, bounds, places, ends, strict=True):
        pieces = [text[match.end() : bound].strip()]
        yield Block("point", match[1], f"{match[1]})", pieces, start=start, end=end)


def _offset(block: Block, place: int, source: str) -> int:
    return _offsets(block, [place], source)[0]


def _offsets(block: Block, places: list[int], source: str) -> list[int]:
    """Where places in a block's text lie in the source.

    Characters are counted from the end, where nothing but the text stands; the full stops that
    the block put in for the page are none of the source's.
    """
    wanted = []
    for place in places:
        begin, count = 0, 0
        for piece in block.pieces:
            inside = piece[max(place - begin, 0) :]
            if piece != ". ":
                count += len("".join(inside.split()))
            begin += len(piece)
        wanted.append(count)
    found: list[int] = []
    counted, offset = 0, block.end
    for count in reversed(wanted):
        while counted < count and offset > block.start:
            offset -= 1
            counted += fold_space(source[offset]) != ""
        found.append(offset)
    return found[::-1]
