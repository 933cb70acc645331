"""Folds a text to what is left of it however it was typed, to compare beginnings of words.

Kazakh letters, the Russian letters that people type instead of them, and the Latin letters of
both alphabets all become the same few Latin letters.
"""

import re
import unicodedata
from typing import Final

_WORD = re.compile(r"\w+")

_CYRILLIC: Final = {
    **dict(zip("абвгдезийклмнопрстуфхц", "abvgdeziiklmnoprstufhc", strict=True)),
    **dict(zip("әғқңөұүһі", "agknouuhi", strict=True)),
    **{"ё": "e", "ж": "j", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i", "э": "e"},
    **{"ю": "iu", "я": "ia", "ъ": "", "ь": ""},
}
# The order matters: longer spellings first.
_LATIN: Final = (
    ("shch", "sh"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ng", "n"),
    ("ts", "c"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("yo", "e"),
    ("y", "i"),
    ("q", "k"),
    ("w", "u"),
    ("x", "h"),
)


def fold(text: str) -> tuple[str, ...]:
    """Returns the skeletons of the words of ``text``."""
    return tuple(filter(None, map(_fold_word, _WORD.findall(text.casefold()))))


def _fold_word(word: str) -> str:
    letters = "".join(
        _CYRILLIC.get(letter, letter) for letter in unicodedata.normalize("NFC", word)
    )
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", letters)
        if not unicodedata.combining(letter)
    )
    plain = plain.replace("ı", "i")
    for spelling, letter in _LATIN:
        plain = plain.replace(spelling, letter)
    # Double letters are written by some and not by others: теңізі, tenizii.
    return re.sub(r"(\D)\1+", r"\1", plain)
