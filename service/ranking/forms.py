"""Kazakh word forms: which words may be a dictionary form with endings.

Endings follow the stem and leave its letters, so a form begins with its stem. What follows a long
stem is not looked at, so derived words count as forms (тәуелділік of тәуелді); after a short one
it must be known endings.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.kazakh.harmony import VOICED, VOICELESS, agrees, meets
from indexer.kazakh.lexicon import load_lexicon

_VOWELS = frozenset("аәеёиіоөуұүыэюя")
_SHORT = 3
_PRESENT = re.compile("[ае](?:д[ыі]|т[ыі]н)")


def stem_of(entry: str) -> str:
    """Returns the stem of a dictionary form: verbs are listed in -у."""
    return entry[:-1] if len(entry) > _SHORT and entry[-1] in "ую" else entry


def is_form(word: str, entry: str) -> bool:
    """Whether ``word`` may be ``entry`` with endings; a last к, қ, п is voiced before a vowel.

    Args:
        word: A word as it stands in a text.
        entry: A dictionary form.
    """
    stem = stem_of(entry)
    if not word.startswith(stem) and not word.startswith(_voiced(stem)):
        return False
    rest = word[len(stem) :]
    if len(stem) > _SHORT or not rest or (len(entry) > _SHORT and word.startswith(entry)):
        return True
    # After a consonant а, е, о, у begin another word, not an ending; verbs have a present tense.
    if stem[-1] not in _VOWELS and rest[0] in "аәеоөуұүэюя":
        return stem != entry and bool(_PRESENT.match(rest)) and _may_end(word[: len(stem)], rest)
    return _may_end(word[: len(stem)], rest)


@lru_cache(maxsize=100_000)
def _may_end(stem: str, rest: str) -> bool:
    """Whether ``rest`` may be endings of ``stem``."""
    return meets(stem, rest) and agrees(stem, rest) and load_lexicon().are_endings(rest)


def entries_in(word: str, shortest: int) -> Iterator[str]:
    """Yields the dictionary forms that ``word`` may be a form of, the longest stems first.

    Args:
        word: A word as it stands in a text.
        shortest: Least number of letters of a stem.
    """
    for end in range(len(word), shortest - 1, -1):
        stem = word[:end]
        yield from (stem, stem + "у", stem + "ю")
        if stem[-1] in VOICELESS:
            yield stem[:-1] + VOICELESS[stem[-1]]


def beginnings(entry: str) -> frozenset[str]:
    """Returns the letters with which the forms of a dictionary form may begin."""
    return frozenset((entry[0], VOICED.get(entry, entry[0])))


def _voiced(stem: str) -> str:
    return stem[:-1] + VOICED.get(stem[-1], stem[-1])
