"""What stands around a mention and between it and the one before."""

from dataclasses import dataclass, replace
from typing import Final

from indexer.reference.folding import fold
from indexer.reference.numbers import Item, span
from indexer.reference.particles import FROM, LISTING, SMALL, UNTIL, UP_TO
from indexer.reference.tokens import Tokens
from indexer.reference.vocabulary import COPIES, UNNUMBERED, Word

_PUNCTUATION = frozenset(',;:()«»"-–“”')
LISTING_MARKS: Final = frozenset({",", ";", "+"})
"""Between the members of a list."""

_HOLDERS = frozenset({"chp", "sec", "art"})
_GAP = 8
_SMALL_WORDS = 3
_LISTING_TOKENS = 3

# What stands before the number of a copy, by language.
_COPY_WORDS: Final = tuple(
    [fold(word) for word in pattern.partition("(")[2].partition(",")[0].split()]
    for pattern in COPIES.values()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A word for an element in a question, with the numbers beside it.

    Attributes:
        word: The word; its ``kind`` may be ``part``.
        items: Numbers; empty for a decree, a preamble or a note without one.
        start: Offset in the question.
        end: Offset after it.
        first: Index of its first token.
        last: Index after its last token.
        adjoins: Nothing but marks and small words stands between it and the mention before.
        joins: Nothing but a comma or a conjunction does.
        follows_of: Whether "of" stands between it and the mention before.
        copy: Which of several elements of the number, where the question says so; else 0.
    """

    word: Word
    items: tuple[Item, ...]
    start: int
    end: int
    first: int
    last: int
    adjoins: bool = False
    joins: bool = False
    follows_of: bool = False
    copy: int = 0

    @property
    def kind(self) -> str:
        """Sort of element."""
        return self.word.kind

    @property
    def is_weak(self) -> bool:
        """Whether it counts only beside another: «в первой части», «первые три пункта»."""
        if self.kind == "part":
            return any(item.first.spelled for item in self.items)
        return self.kind not in _HOLDERS and any(item.first.counted for item in self.items)


def unnumbered(mention: Mention, tokens: Tokens) -> Mention:
    """Reads «ненумерованный раздел 1», as elements without numbers are printed."""
    before = tokens.at(mention.first - 1)
    kinds = {"sec": "sec_nn", "para": "al", "part": "al"}
    if before is None or before.key not in UNNUMBERED or mention.kind not in kinds:
        return mention
    word = replace(mention.word, kind=kinds[mention.kind])
    return replace(mention, word=word, start=before.start, first=mention.first - 1)


def copied(mention: Mention, tokens: Tokens) -> Mention:
    """Reads «статья 3 (номер повторяется, 2)», as the copies of an element are printed."""
    at = mention.last
    if len(mention.items) > 1 or not tokens.is_text(at, "("):
        return mention
    for words in _COPY_WORDS:
        comma = at + 1 + len(words)
        number = tokens.at(comma + 1)
        if [token.key for token in tokens[at + 1 : comma]] != words or number is None:
            continue
        if tokens.is_text(comma, ",") and tokens.is_text(comma + 2, ")") and number.key.isdigit():
            end = tokens[comma + 2].end
            return replace(mention, end=end, last=comma + 3, copy=int(number.key))
    return mention


def placed(mention: Mention, previous: Mention | None, tokens: Tokens) -> Mention:
    """Says how a mention stands to the one before it."""
    if previous is None or mention.first - previous.last > _GAP:
        return mention
    between = tokens[previous.last : mention.first]
    words = [token for token in between if token.kind == "word"]
    marks = [token for token in between if token.kind != "word"]
    adjoins = (
        all(token.key in SMALL for token in words)
        and all(token.text in _PUNCTUATION or token.kind == "dash" for token in marks)
        and len(words) <= _SMALL_WORDS
    )
    joins = 0 < len(between) <= _LISTING_TOKENS and all(
        token.key in LISTING if token.kind == "word" else token.text in LISTING_MARKS
        for token in between
    )
    follows_of = any(token.text.lower() == "of" for token in words)
    return replace(mention, adjoins=adjoins, joins=joins, follows_of=follows_of)


def spanned(first: Mention, last: Mention, tokens: Tokens) -> Mention | None:
    """Joins «с пункта 3.1 по пункт 3.5» and «3.1-тармақтан 3.5-тармаққа дейін»."""
    if first.kind != last.kind or len(first.items) != 1 or len(last.items) != 1:
        return None
    start, end = first.items[0], last.items[0]
    if start.last is not None or end.last is not None or not start.first.ordinals:
        return None
    between = tokens[first.last : last.first]
    stop = last.last
    is_russian = len(between) == 1 and (
        between[0].kind in {"dash", "hyphen"}
        or (between[0].key in UP_TO and tokens.is_word(first.first - 1, FROM))
    )
    if not is_russian:
        is_kazakh = len(between) <= 1 and first.word.ablative and last.word.dative
        if not is_kazakh or not tokens.is_word(stop, UNTIL):
            return None
        stop += 1
    items = (span(start.first, end.first, start.place),)
    return replace(first, items=items, end=tokens[stop - 1].end, last=stop)
