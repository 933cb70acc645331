"""Words of a question as typed: where they stand, their alphabet and case, which are known."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from indexer.languages.folding import lower
from indexer.languages.kk.letters import compose
from indexer.languages.kk.restoration import restore
from indexer.languages.lexicon import Lexicon
from indexer.languages.lookalikes import fold_homoglyphs
from service.normalisation.recognition import is_english

LETTERS = re.compile(r"[^\W\d_]+")
"""Letters in a row."""

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`‘][^\W\d_]+)*['’ʼ`‘]?")
"""A word; an apostrophe may stand for the mark of a Latin letter."""

LATIN = re.compile("[A-Za-z\u00c0-\u024f\u0259]")
CYRILLIC = re.compile("[\u0400-\u052f]")

_JOINED = re.compile(r"[^\W\d_][-‐‑]$")
_JOINS = re.compile(r"[-‐‑][^\W\d_]")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question.

    Attributes:
        typed: The word as typed.
        is_first: Whether it begins the question.
        is_part: Whether a hyphen joins it to another word.
    """

    typed: str
    is_first: bool = False
    is_part: bool = False

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return lower(self.typed)

    @property
    def is_latin(self) -> bool:
        """Whether it has Latin letters."""
        return LATIN.search(self.typed) is not None

    @property
    def is_abbreviation(self) -> bool:
        """Whether it is written in capitals."""
        return self.typed.isupper() and len(self.typed) > 1

    @property
    def is_name(self) -> bool:
        """Whether it has capitals that are not the one that begins a question."""
        if self.typed.islower():
            return False
        return not (self.typed[1:].islower() and self.is_first)

    def in_case(self, word: str) -> str:
        """Returns ``word`` with the capitals of this one."""
        if self.is_abbreviation:
            return word.upper()
        return word[:1].upper() + word[1:] if self.typed[0].isupper() else word


def fold_letters(text: str) -> str:
    """Returns ``text`` without letters of the wrong alphabet that only look right."""
    return LETTERS.sub(lambda match: fold_homoglyphs(match[0]), text)


def replace_words(text: str, change: Callable[[Word], str | None]) -> str:
    """Returns ``text`` with its words as ``change`` has them, in the case in which they stand.

    Args:
        text: A question. Latin words that a Cyrillic one quotes stay.
        change: Takes a word and returns another, its capitals aside; None leaves it.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)] if CYRILLIC.search(text) else []
    opened = [low for low, _ in quoted]
    start_of_first = match.start() if (match := WORD.search(text)) else 0

    def replace(match: re.Match[str]) -> str:
        start = match.start()
        joined = _JOINED.match(text[max(0, start - 2) : start])
        is_part = joined is not None or _JOINS.match(text, match.end()) is not None
        word = Word(match[0], is_first=start == start_of_first, is_part=is_part)
        quote = bisect_left(opened, start) - 1
        if word.is_latin and quote >= 0 and start < quoted[quote][1]:
            return word.typed
        changed = change(word)
        return word.typed if changed is None else word.in_case(changed)

    return WORD.sub(replace, text)


def is_latin_known(word: str, lexicon: Lexicon) -> bool:
    """Returns whether a lower-case Latin word is English or surely Kazakh."""
    if is_english(word, lexicon):
        return True
    restoration = restore(compose(word), lexicon)
    return restoration is not None and (restoration.whole or restoration.score > 0)


def is_cyrillic_known(word: str, lexicon: Lexicon) -> bool:
    """Returns whether a lower-case Cyrillic word is Russian or Kazakh, its letters missing too."""
    if LATIN.search(word):
        return False
    return (
        lexicon.is_kazakh(word)
        or lexicon.is_russian(word)
        or lexicon.letterless_weight(word) is not None
    )
