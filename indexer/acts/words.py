"""The words of a text as names of acts are matched with them: folded, the country left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from indexer.reference.folding import fold, level

_WORD = re.compile(r"\w+")
_LONGEST = 40
_BEFORE_COUNTRY: Final = frozenset(("в", "of", "in", "the"))
_FOREIGN: Final = frozenset(("рф", "россии", "россиискои", "евразииского", "беларус"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        text: As written.
        key: Without regard to how it is typed.
        start: Offset in the text.
        end: Offset after it.
        country: The language in which the country stands beside it: ``kk``, ``ru``, ``en``;
            empty where it does not.
        foreign: Whether another country follows it.
    """

    text: str
    key: str
    start: int
    end: int
    country: str = ""
    foreign: bool = False


def words(text: str) -> list[Word]:
    """Returns the words of a text, those of «Қазақстан Республикасы» left out."""
    every = list(_words(level(text)))
    found: list[Word] = []
    after = ""
    place = 0
    while place < len(every):
        if (size := _country(every, place)) and (len(found) or place + size < len(every)):
            after = _language(every[place : place + size])
            end = every[place + size - 1].end
            while found and found[-1].key in _BEFORE_COUNTRY:
                found.pop()
            if found:
                found[-1] = replace(found[-1], end=end, country=after)
            place += size
            continue
        word = every[place]
        if found and word.key in _FOREIGN:
            found[-1] = replace(found[-1], foreign=True)
        found.append(replace(word, country=after) if after else word)
        after = ""
        place += 1
    return found


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        piece = match[0]
        yield Word(piece, _key(piece[:_LONGEST]), match.start(), match.end())


@lru_cache(maxsize=4_096)
def _key(piece: str) -> str:
    return fold(piece)


def _country(every: list[Word], place: int) -> int:
    """Returns how many words from a place on name the country; 0 for none."""
    key = every[place].key
    if key in ("рк", "кр"):
        return 1
    if place + 1 == len(every):
        return 0
    following = every[place + 1].key
    if key.startswith("республик") and following.startswith("казахстан"):
        return 2
    if key == "казакстан" and following.startswith("республикас"):
        return 2
    is_english = every[place].text.lower() == "republic" and following == fold("of")
    if is_english and place + 2 < len(every) and every[place + 2].text.lower() == "kazakhstan":
        return 3
    return 0


def _language(named: list[Word]) -> str:
    if named[0].text[0].isascii():
        return "en"
    return "kk" if named[0].key in ("кр", "казакстан") else "ru"
