"""Cuts a question into numbers, words and marks, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from indexer.reference.folding import DASH, HYPHEN, fold, level
from indexer.reference.vocabulary import Word, find_word

TokenKind = Literal["number", "word", "hyphen", "dash", "mark", "other"]

# Letters that people type for the digits 0, 1 and 3.
_DIGITS = str.maketrans("OoОоlIІЗз", "000011133")
_ROMAN = re.compile("[IІ]{2,3}")
CLOSE = 3
"""How much white space may stand inside a reference, in characters."""

_LONGEST = 32
_DIGIT = r"[\dOoОоlIІЗз]"
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"""
    (?P<other> \d{{1,2}} ([./]) \d{{1,2}} \2 (?: \d{{4}} | \d\d ) (?! [\d.]*\d )
      | \d{{4}} - \d\d - \d\d (?! \d )
      | \d{{5,}} (?: \.\d+ )* | \d+ \. \d{{4,}} (?: \.\d+ )* | \d+ (?: \.\d+ ){{4,}} )
  | (?P<number>
        (?<! {_LETTER} ) (?= [^\W\d_.]{{0,3}} \.? [^\W\d_]{{0,2}} \d )
        {_DIGIT}{{1,4}} (?: \.{_DIGIT}{{1,3}} ){{0,3}} (?! {_LETTER} | \.?\d )
      | \d{{1,4}} (?: \.\d{{1,3}} ){{0,3}} )
  | (?P<word> § | {_LETTER} (?: {_LETTER} | [\u0300-\u036f] | ['’ʼ`‘] (?= {_LETTER} ) )*
        (?: (?<= [A-Za-z] ) ['’ʼ`] (?= \s ) )? )
  | (?P<hyphen> {HYPHEN} )
  | (?P<dash> {DASH} | … | \.{{2,4}} )
  | (?P<mark> [^\s] )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a question.

    Attributes:
        kind: ``other`` is a number that no element bears, such as a date.
        text: As typed, evened out by :func:`~indexer.reference.folding.level`.
        start: Offset in the question.
        end: Offset after it.
        gap: Characters of white space before it.
        key: A word's spelling-free key; a number in ASCII digits without leading zeros.
        word: What the word says as the name of an element.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    gap: int
    key: str = ""
    word: Word | None = None


@lru_cache(maxsize=4_096)
def _known(piece: str) -> tuple[str, Word | None]:
    key = fold(piece)
    return key, find_word(piece, key)


class Tokens(list[Token]):
    """The pieces of a question in order; white space is only counted."""

    def at(self, place: int) -> Token | None:
        """Returns the token at a place; None before the first and after the last."""
        return self[place] if 0 <= place < len(self) else None

    def is_text(self, place: int, text: str) -> bool:
        """Returns whether the token at a place is a text."""
        token = self.at(place)
        return token is not None and token.text == text

    def is_word(self, place: int, keys: frozenset[str]) -> bool:
        """Returns whether the token at a place is one of some words, close to the one before."""
        token = self.at(place)
        return (
            token is not None and token.kind == "word" and token.key in keys and token.gap <= CLOSE
        )


def _value(number: str) -> int:
    """Returns the value of digits and letters typed for them; «III» is the Roman numeral."""
    digits = number.translate(_DIGITS)
    return len(number) if _ROMAN.fullmatch(number) else int(digits)


def tokens(question: str) -> Tokens:
    """Returns the pieces of a question."""
    return Tokens(_tokens(level(question)))


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    for match in _TOKEN.finditer(text):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        gap, piece = match.start() - end, match[0]
        end = match.end()
        key, word = "", None
        if kind == "number":
            key = ".".join(str(_value(number)) for number in piece.split("."))
        elif kind == "word":
            # A word longer than any of ours names nothing.
            key, word = _known(piece) if len(piece) <= _LONGEST else ("", None)
        yield Token(kind, piece, match.start(), end, gap, key, word)
