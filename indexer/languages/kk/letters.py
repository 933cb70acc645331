"""Kazakh letters and the ways to write each of them.

Source: the Latin alphabet of 28 January 2021 (31 letters), those of 2017 (apostrophes) and 2018
(acutes), and the informal spellings of messages.
"""

import unicodedata
from typing import Final

from indexer.languages.ru.letters import LETTERS as RUSSIAN

SPECIAL: Final = "әғқңөұүһі"
"""The letters that a Russian keyboard lacks."""

CYRILLIC: Final = RUSSIAN + SPECIAL

VOWELS: Final = frozenset("аәеёиіоөуұүыэюя")

_LETTERLESS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")

SPELLINGS: Final[dict[str, dict[str, float]]] = {
    "а": {"а": 0, "a": 0},
    "ә": {"ә": 0, "а": 0.03, "э": 0.5, "е": 1.5, "ä": 0, "á": 0, "ə": 0, "a": 0.1, "ae": 0.1,
          "e": 1.5},
    "б": {"б": 0, "b": 0},
    "в": {"в": 0, "v": 0, "w": 0.6},
    "г": {"г": 0, "g": 0, "gh": 1.2},
    "ғ": {"ғ": 0, "г": 0.03, "ğ": 0, "ǵ": 0, "gh": 0, "g": 0.1, "h": 1.5},
    "д": {"д": 0, "d": 0},
    "е": {"е": 0, "э": 1.2, "e": 0, "ye": 0.6, "ie": 1.0},
    "ё": {"ё": 0, "е": 0.2, "yo": 0, "io": 0, "jo": 0.4, "e": 0.6},
    "ж": {"ж": 0, "j": 0, "zh": 0, "z": 1.5, "dj": 0.6, "dzh": 0.6, "g": 2.0},
    "з": {"з": 0, "z": 0},
    "и": {"и": 0, "й": 1.0, "i": 0.1, "ı": 0.5, "iy": 0.2, "yi": 0.4, "ii": 0.3, "ij": 0.6,
          "y": 0.7, "ıı": 0.5, "ïy": 0.5, "ï": 0},
    "й": {"й": 0, "и": 0.7, "y": 0.1, "i": 0.2, "ı": 0.3, "j": 0.8, "": 2.0},
    "к": {"к": 0, "k": 0, "q": 0.8, "c": 1.2},
    "қ": {"қ": 0, "к": 0.03, "q": 0, "k": 0.1, "kh": 0.7, "x": 1.5, "h": 1.5, "х": 1.5, "c": 2.0},
    "л": {"л": 0, "l": 0},
    "м": {"м": 0, "m": 0},
    "н": {"н": 0, "n": 0},
    "ң": {"ң": 0, "н": 0.03, "нг": 0.5, "ñ": 0, "ń": 0, "ŋ": 0, "ng": 0, "n": 0.1, "nh": 0.6},
    "о": {"о": 0, "o": 0},
    "ө": {"ө": 0, "о": 0.03, "ö": 0, "ó": 0, "o": 0.1, "oe": 0.1},
    "п": {"п": 0, "p": 0},
    "р": {"р": 0, "r": 0},
    "с": {"с": 0, "s": 0, "ss": 0.8, "c": 0.8},
    "т": {"т": 0, "t": 0},
    "у": {"у": 0, "u": 0.2, "w": 0, "ý": 0, "uw": 0.4, "wu": 0.6, "uu": 0.4, "v": 1.5},
    "ұ": {"ұ": 0, "у": 0.03, "ū": 0, "u": 0.1, "ü": 0.8, "ú": 0.4, "û": 0, "o": 2.0},
    "ү": {"ү": 0, "у": 0.03, "ю": 1.0, "ü": 0, "ú": 0, "u": 0.1, "ue": 0.1, "ū": 1.0, "y": 2.0},
    "ф": {"ф": 0, "f": 0, "ph": 1.0},
    "х": {"х": 0, "h": 0, "x": 0.1, "kh": 0.1, "k": 1.5, "q": 1.5},
    "һ": {"һ": 0, "х": 0.03, "г": 0.6, "h": 0, "x": 0.6},
    "ц": {"ц": 0, "ts": 0, "c": 0.1, "tc": 0.5, "s": 1.0},
    "ч": {"ч": 0, "ch": 0, "tş": 0, "ç": 0, "tsh": 0.1, "c": 0.6, "ш": 1.5},
    "ш": {"ш": 0, "ş": 0, "sh": 0, "š": 0, "s": 0.8, "ch": 1.5, "sch": 1.0, "щ": 1.5, "c": 1.5},
    "щ": {"щ": 0, "sch": 0, "shch": 0, "şş": 0, "şç": 0, "ştş": 0, "sh": 0.5, "ш": 1.0},
    "ъ": {"ъ": 0, "": 0.1, "ь": 0.5},
    "ы": {"ы": 0, "и": 1.0, "y": 0, "ı": 0.8, "i": 0.3},
    "і": {"і": 0, "и": 0.03, "ы": 0.5, "i": 0, "ı": 0, "y": 0.8, "í": 0.2, "e": 2.0},
    "ь": {"ь": 0, "": 0.1},
    "э": {"э": 0, "е": 0.5, "e": 0.1, "é": 0},
    "ю": {"ю": 0, "yu": 0, "iu": 0, "ju": 0.3, "yü": 0.2, "u": 1.5, "у": 1.5},
    "я": {"я": 0, "ya": 0, "ia": 0, "ja": 0.3, "iya": 0.5, "ıa": 0.2, "a": 1.5},
}  # fmt: skip
"""For each letter how it may be typed, and at what cost (0 is standard, above 1 is unusual)."""

_DIGRAPHS = (
    ("shch", "щ"), ("iya", "ия"), ("sch", "щ"), ("zh", "ж"), ("sh", "ш"), ("ch", "ч"),
    ("tş", "ч"), ("gh", "ғ"), ("kh", "х"), ("ts", "ц"), ("ya", "я"), ("yu", "ю"), ("yo", "ё"),
    ("ia", "ия"), ("iu", "ю"), ("ng", "ң"),
)  # fmt: skip
_SINGLES = dict(
    zip(
        "abdefghijklmnopqrstuvwxyzäáöóüúūýñńğǵşıçc",
        "абдефгхижклмнопқрстувухызәәөөүүұуңңғғшічк",
        strict=True,
    )
)


def letterless(text: str) -> str:
    """Returns ``text`` as a Russian keyboard writes it: ``қазақ`` becomes ``казак``."""
    return text.translate(_LETTERLESS)


def compose(word: str) -> str:
    """Returns a Latin word with each apostrophe letter of 2017 (``a'``) as one letter (``á``)."""
    if not any(mark in word for mark in "'’ʼ`‘"):
        return word
    for mark in "’ʼ`‘":
        word = word.replace(mark, "'")
    for plain, letter in (("s'", "ş"), ("c'", "ç"), ("i'", "i")):
        word = word.replace(plain, letter)
    return unicodedata.normalize("NFC", word.replace("'", "\u0301"))


def transliterate(word: str) -> str:
    """Returns a lower-case Latin word letter by letter in Cyrillic, for names no list knows."""
    for latin, cyrillic in _DIGRAPHS:
        word = word.replace(latin, cyrillic)
    return "".join(_SINGLES.get(letter, letter) for letter in word)
