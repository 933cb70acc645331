"""Points that a page ran together in one paragraph (``…: 1) …; 2) …``)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.parsing.blocks import Block

_INLINE_POINT = re.compile(r"(?<=[:;]) (\d{1,2})\s?\) ?(?=[^\W\d])")


def split_points(block: Block) -> Iterator[Block]:
    """Yield a block and, after it, the points that stood in its text.

    Args:
        block: A block as the lines gave it.
    """
    if block.quoted or block.kind not in {"text", "para"}:
        yield block
        return
    text = block.text
    starts: list[re.Match[str]] = []
    for match in _INLINE_POINT.finditer(text):
        opens = text[match.start() - 1] == ":"
        if int(match[1]) == len(starts) + 1 and opens == (not starts):
            starts.append(match)
    if len(starts) < 2:
        yield block
        return
    yield replace(block, pieces=[text[: starts[0].start()]])
    bounds = [*(match.start() for match in starts[1:]), len(text)]
    for match, end in zip(starts, bounds, strict=True):
        yield Block("point", match[1], f"{match[1]})", [text[match.end() : end].strip()])
