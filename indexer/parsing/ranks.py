"""Ranks: how deep elements stand, and what the blocks after one tell of it."""

from collections.abc import Sequence

from indexer.languages.lookalikes import to_cyrillic
from indexer.parsing.blocks import PLAIN, Block
from indexer.parsing.stamps import is_signature

_RANKS = {
    "часть": 1,
    "бөлім": 1,
    "бөлік": 1,
    "раздел": 2,
    "section": 2,
    "подраздел": 3,
    "кіші бөлім": 3,
    "subsection": 3,
    "параграф": 5,
    "paragraph": 5,
    "§": 5,
}
# Latin letters of points that may be Cyrillic ones.
_LOOKALIKE_LETTERS = frozenset("aceopxyhkmti")
CHAPTER_RANK, ROMAN_RANK, SECTION_RANK, ARTICLE_RANK, NOTE_RANK = 4, 6, 7, 8, 9
PARA_RANK, POINT_RANK, LETTER_RANK = 10, 11, 12


def follows(number: str, following: str) -> bool:
    """Whether ``following`` is the next number of the same run, inserted numbers included."""
    if not number[0].isdigit() or not following[0].isdigit():
        return number[0].isdigit() == following[0].isdigit() and following > number
    here = [int(n) for n in number.split("-")]
    there = [int(n) for n in following.split("-")]
    return here < there and there[0] - here[0] <= 1


def rank(block: Block) -> int:
    """The depth that a heading belongs at: it stands in the nearest element of a lower one."""
    if block.kind == "chapter":
        return CHAPTER_RANK
    if block.kind == "article":
        return ARTICLE_RANK
    if block.kind == "section":
        return SECTION_RANK
    if block.kind == "annex":
        return 1
    printed = (block.num or "").lower()
    label = printed.replace("i", "і")
    for word in (
        *("подраздел", "кіші бөлім", "параграф", "§", "раздел", "бөлім", "часть", "бөлік"),
        *("subsection", "section", "paragraph"),
    ):
        if word in label or word in printed:
            return 2 if word == "бөлім" and block.number else _RANKS[word]
    return ROMAN_RANK


def whole_number(number: str, last: str) -> str:
    """A number as the one before it tells it: whole, or in the alphabet of the list.

    «06)» after «105)» has lost its first digit; a Latin «c)» is Cyrillic but after a Latin «b)».
    """
    letter = number[0]
    if letter in _LOOKALIKE_LETTERS and not (last and last[0] == chr(ord(letter) - 1)):
        return to_cyrillic(letter) + number[1:]
    if number[0] != "0" or not last.isdigit():
        return number
    following = str(int(last) + 1)
    return following if following.endswith(number) else number


def signatures(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether it is of the signature under the act or before an annex."""
    signs = [False] * len(blocks)
    below = True
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        signs[index] = (
            below
            and block.kind in {"text", "section"}
            and not block.num
            and is_signature(block.text)
        )
        below = signs[index] or block.kind in {"annex", "aside"}
    return signs


def next_structural(blocks: Sequence[Block]) -> list[int | None]:
    """For each block, the index of the next one that is neither text nor a note."""
    following: list[int | None] = [None] * len(blocks)
    upcoming: int | None = None
    for index in range(len(blocks) - 1, -1, -1):
        following[index] = upcoming
        if blocks[index].kind not in {*PLAIN, "note", "formula", "aside"}:
            upcoming = index
    return following
