"""The fold: what is left of a text however it was typed.

Kazakh letters, the Russian letters that people type instead of them and the Latin letters of all
alphabets become the same few Cyrillic letters: «тармағы», «тармагы», ``tarmaǵy`` and ``tarmagy``
are all ``тармаги``. The table is that of typing, :data:`indexer.languages.kk.letters.SPELLINGS`.
"""

import re
import unicodedata
from typing import Final

from indexer.languages.kk.letters import SPELLINGS, letterless

_WORD = re.compile(r"\w+")
_REPEATED = re.compile(r"(\D)\1+")
_USUAL = 0.2
"""Most that a spelling costs for its letter to fold to what it spells."""

_ALIKE: Final = str.maketrans("йыёэ", "ииее")

_COMPOUND: Final = str.maketrans(
    {"я": "иа", "ю": "иу", "ш": "сх", "щ": "сх", "ч": "цх", "ъ": "", "ь": ""}
)
# As the Latin digraphs fold; the order matters.
_DIGRAPHS: Final = (
    ("схцх", "сх"),
    ("зх", "ж"),
    ("кх", "х"),
    ("гх", "г"),
    ("нг", "н"),
    ("тс", "ц"),
)


class _Folds(dict[int, str]):
    """What each character folds to, by its code point."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        small = character.lower()
        if len(small) > 1:
            small = character
        if small not in _LETTERS:
            # A letter with a mark that no alphabet here has is the letter without it.
            base = unicodedata.normalize("NFD", small)[0]
            small = base if small.isalpha() and base in _LETTERS else small
        self[code] = _LETTERS.get(small, small)
        return self[code]


def _letters() -> dict[str, str]:
    """Returns what each letter folds to: the letter that it most cheaply spells."""
    cheapest: dict[str, tuple[float, str]] = {}
    for letter, spellings in SPELLINGS.items():
        for typed, cost in spellings.items():
            if len(typed) == 1 and cost <= _USUAL and (cost, letter) < cheapest.get(typed, (1, "")):
                cheapest[typed] = cost, letter
    return {typed: letterless(letter).translate(_ALIKE) for typed, (_, letter) in cheapest.items()}


_LETTERS: Final = _letters()
_FOLDS: Final = _Folds()


def lower(text: str) -> str:
    """Returns ``text`` in lower case; the dot that Python leaves of ``İ`` is removed."""
    return text.lower().replace("\u0307", "")


def fold(text: str) -> str:
    """Returns ``text`` folded character by character: each keeps its place.

    Args:
        text: Any text; letters of several characters (``sh``) stay several.
    """
    return text.translate(_FOLDS)


def sounds(text: str) -> tuple[str, ...]:
    """Returns the folded words of ``text``, with letters of several characters as one wrote them.

    A beginning of a word folds to a beginning of what the word folds to, so that what is being
    typed can be compared.
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    return tuple(filter(None, map(_sound, _WORD.findall(composed))))


def _sound(word: str) -> str:
    folded = fold(unicodedata.normalize("NFC", word).replace("yo", "e")).translate(_COMPOUND)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    for spelling, letter in _DIGRAPHS:
        plain = plain.replace(spelling, letter)
    # Double letters are written by some and not by others: теңізі, tenizii.
    return _REPEATED.sub(r"\1", plain)
