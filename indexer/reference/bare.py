"""Reads a question that is a number without a word for an element."""

import re

from indexer.reference.numbering import NumberReader
from indexer.reference.numbers import Item
from indexer.reference.particles import ASKING
from indexer.reference.tokens import Tokens
from indexer.reference.written import WrittenPart, WrittenReference

_MOST_BARE = 10


_LAST_PIECE = 999


_LEADING_ZERO = re.compile(r"(?:^|\D)0\d")


_ASKING_MARKS = frozenset('?!.,;:«»"()')


def find_bare_numbers(pieces: Tokens) -> tuple[WrittenReference, ...]:
    """Reads a question that is a number and words of asking: «ал 3.18 ше?»."""
    found: list[tuple[Item, tuple[int, int]]] = []
    reader, at = NumberReader(pieces), 0
    while at < len(pieces):
        token = pieces[at]
        numbers = reader.numbers(at, opened=True) if reader.is_numeric(at) else None
        if numbers is not None:
            span = token.start, pieces[numbers.end - 1].end
            found.extend((item, span) for item in numbers.items)
            at = numbers.end
        elif token.text in _ASKING_MARKS or (token.kind == "word" and token.key in ASKING):
            at += 1
        else:
            return ()
    if not found or len(found) > _MOST_BARE:
        return ()
    if any(not _is_bare_item(item, pieces, len(found)) for item, _ in found):
        return ()
    return tuple(
        WrittenReference(
            (WrittenPart("para", *item.numbers),),
            *span,
            is_bare=True,
            otherwise=tuple(
                WrittenReference((WrittenPart("para", *other.numbers),), *span, is_bare=True)
                for other in item.otherwise
            ),
        )
        for item, span in found
    )


def _is_bare_item(item: Item, pieces: Tokens, count: int) -> bool:
    number = item.first
    pieces_of_it = number.ordinals
    if not 2 <= len(pieces_of_it) <= 3 or max(pieces_of_it) > _LAST_PIECE:
        return False
    # «5-3.17» is no range: its ends are not numbered alike.
    if item.last is not None and len(item.last.ordinals) != len(pieces_of_it):
        return False
    if _LEADING_ZERO.search(pieces[item.place].text):
        return False
    # «3-5» among other words may be anything; alone it is the item inserted after the third.
    return number.mark == "." or (number.mark == "-" and count == 1)
