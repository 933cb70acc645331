"""English word forms, by a stemmer.

Source: M. F. Porter, Snowball's English stemmer, https://snowballstem.org/algorithms/english/.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from snowballstemmer import stemmer

_POSSESSIVE = ("'s", "’s")


@cache
def _stemmer() -> Any:
    return stemmer("english")


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    for ending in _POSSESSIVE:
        word = word.removesuffix(ending)
    return str(_stemmer().stemWord(word))


def dictionary_forms(word: str) -> tuple[str, ...]:
    """Returns the stem of a lower-case word and the word itself."""
    return tuple(dict.fromkeys((_stem(word), word)))


def roots(word: str) -> tuple[str, ...]:
    """Returns the stem of a lower-case word."""
    return (_stem(word),)


def is_form(word: str, entry: str) -> bool:
    """Returns whether the lower-case ``word`` and ``entry`` have one stem."""
    return word == entry or _stem(word) == _stem(entry)


def form_of(entries: Iterable[str]) -> Callable[[str], bool]:
    """Returns what tells whether a word has the stem of any of ``entries``."""
    stems = frozenset(map(_stem, entries))
    return lambda word: bool(stems) and _stem(word) in stems


def beginnings(entry: str) -> frozenset[str]:
    """Returns what the forms of an entry begin with: study, studies share stud."""
    return frozenset((_stem(entry).rstrip("iy") or entry[:1],))
