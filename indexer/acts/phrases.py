"""Where a name ends: words beside it that make it another act's.

«Закон о банках» is one act and «закон о банках данных» another, and so are «бағалау туралы заң» and
«тәуекелдерді бағалау туралы заң», "law on credit" and "law on credit unions".
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from indexer.acts.words import Word, words
from indexer.languages.codes import LANGUAGES, Language
from indexer.languages.ru.forms import morphology
from indexer.reference.folding import fold, is_cyrillic
from indexer.reference.vocabulary import find_word

MOST_WORDS: Final = 16
"""How many words of a text a name may have."""

SHORTEST: Final = 3
"""Letters of the shortest word that says something."""

_MARKS: Final = frozenset('.,?!;:()"«»“”„–—')
_ADDING: Final = frozenset(map(fold, ("и", "and", "of")))
_CASES_KK: Final = (
    "да", "де", "та", "те", "га", "ге", "ка", "дан", "ден", "тан", "тен", "нан", "нен", "ша", "ше",
    "даги", "деги", "таги", "теги",
)  # fmt: skip
_OWNERS_KK: Final = ("нин", "дин", "тин")
_COUNTRY: Final = ("казахстан", "казакстан", "kazakhstan")
# How much likelier the case of what belongs to a noun must be than that of a subject.
_LIKELIER: Final = 2
_BELONGING: Final = ("gent", "gen2", "loct", "loc2")
_LETTERS: Final = 4
_LIKELY: Final = 0.4
_UNLIKELY: Final = 0.05


class Text:
    """A question as names are sought in it.

    Attributes:
        text: The question.
        words: Its words.
    """

    def __init__(
        self,
        text: str,
        taken: Sequence[tuple[int, int]] = (),
        known: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Takes a question, where its references stand and where acts that are named already."""
        self.text = text
        self.words = words(text)
        self._barred = [
            any(start < word.end and word.start < end for start, end in (*taken, *known))
            for word in self.words
        ]

    def is_barred(self, place: int) -> bool:
        """Whether a word is part of a reference or of a name."""
        return self._barred[place]

    def start(self, place: int) -> int:
        """Returns the offset of a word."""
        return self.words[place].start

    def end(self, place: int) -> int:
        """Returns the offset after a word."""
        return self.words[place].end

    def following(self, start: int) -> Iterator[int]:
        """Yields the words from a place on, up to a reference or a mark that ends a phrase."""
        for place in range(start, min(len(self.words), start + MOST_WORDS)):
            if self._barred[place] or (place > start and self.is_parted(place)):
                return
            yield place

    def preceding(self, start: int) -> Iterator[int]:
        """Yields the words from a place back."""
        for place in range(start, max(-1, start - MOST_WORDS), -1):
            if place < 0 or self._barred[place] or (place < start and self.is_parted(place + 1)):
                return
            yield place

    def is_cut(self, place: int) -> bool:
        """Whether a word is cut short: «исполнит. производстве»."""
        if place + 1 >= len(self.words) or len(self.words[place].key) < SHORTEST:
            return False
        after = self.words[place + 1]
        between = self.text[self.words[place].end : after.start]
        return between.strip() == "." and after.text[:1].islower()

    def is_parted(self, place: int) -> bool:
        """Whether a mark stands before a word that no title has inside."""
        before = self.words[place - 1]
        between = self.text[before.end : self.words[place].start]
        if between.startswith(".") and self.is_cut(place - 1):
            between = between[1:]
        return not _MARKS.isdisjoint(between)

    def _is_free(self, place: int) -> bool:
        """Whether a word may belong to a name beside it."""
        word = self.words[place]
        return not (
            self.is_barred(place)
            or word.text.isdigit()
            or word.key.startswith(_COUNTRY)
            or find_word(word.text, word.key) is not None
            or word.key in pointing()
        )

    def goes_on(self, place: int) -> bool:
        """Whether the word at a place belongs to what stands before it: «закон о банках данных»."""
        if place >= len(self.words) or self.is_parted(place):
            return False
        word = self.words[place]
        if word.key in _ADDING and not self.is_barred(place):
            return self.goes_on(place + 1)
        if not self._is_free(place) or (word.text.isupper() and len(word.text) <= _LETTERS):
            return False
        if is_latin(word):
            return self.words[place - 1].key in _ADDING
        return _belongs(word.text.lower())

    def is_followed(self, place: int) -> bool:
        """Whether an English word that says something stands at a place: "credit unions"."""
        if place >= len(self.words) or self.is_parted(place) or not self._is_free(place):
            return False
        word = self.words[place]
        return not is_cyrillic(word.text) and word.key not in asking() | joining()

    def is_modified(self, place: int) -> bool:
        """Whether the word at a place describes what follows it: «ғарыштық қызмет туралы»."""
        if place < 0 or self.is_parted(place + 1) or not self._is_free(place):
            return False
        key = self.words[place].key
        if key.endswith(_OWNERS_KK):
            # «Қазақстанның банктер туралы заңы» has the law, «банктердің қызметі» the business.
            return self.words[place + 1].key.endswith(("си", "ги", "ки", "ни", "ри", "ли"))
        return not (key in asking() | joining() or key.endswith(_CASES_KK) or len(key) < SHORTEST)


def _belongs(word: str) -> bool:
    """Whether a Russian word is likelier of what stands before it than the subject of a clause.

    «Банках данных» is one thing, «закон о банках тайна» two.
    """
    own = other = 0.0
    is_adjective = False
    for parse in morphology().parse(word):
        tag, score = str(parse[1]), parse[3]
        if "Apro" in tag or not tag.startswith(("NOUN", "ADJF", "PRTF")):
            continue
        is_adjective = is_adjective or not tag.startswith("NOUN")
        if any(case in tag for case in _BELONGING):
            own += score
        elif "nomn" in tag or ("accs" in tag and "anim" not in tag):
            other += score
    if is_adjective and other <= _UNLIKELY:
        return own > 0
    return own >= _LIKELY and own > _LIKELIER * other


@cache
def _data() -> dict[str, Any]:
    text = (files("indexer") / "acts" / "titles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def joining() -> frozenset[str]:
    """Returns the words inside a title that say nothing of it, folded."""
    return frozenset(fold(word) for own in _data()["joining"].values() for word in own)


@cache
def pointing() -> frozenset[str]:
    """Returns the words before a name that are of no title, folded."""
    return frozenset(fold(word) for own in _data()["pointing"].values() for word in own)


@cache
def asking() -> frozenset[str]:
    """Returns the words of a question that are no part of a name, folded."""
    return frozenset(fold(word) for own in _data()["asking"].values() for word in own)


class Contraction(NamedTuple):
    """How people shorten a word of titles.

    Attributes:
        language: Its language.
        short: The short form.
        key: The same, folded.
        full: The full word.
    """

    language: Language
    short: str
    key: str
    full: str


@cache
def contractions() -> tuple[Contraction, ...]:
    """Returns how people shorten words of titles."""
    return tuple(
        Contraction(language, short, fold(short), full)
        for language in LANGUAGES
        for short, full in _data()["contractions"].get(language, {}).items()
    )


def is_latin(word: Word) -> bool:
    """Whether a word has no Cyrillic letters."""
    return not is_cyrillic(word.text)
