"""Kazakh written without its own letters, and in Latin letters."""

import random
import re

from indexer.languages.kk.letters import letterless

# The alphabet of 28 January 2021; letters of Russian words are written by sound.
_LATIN_2021 = {
    "а": "a", "ә": "ä", "б": "b", "в": "v", "г": "g", "ғ": "ğ", "д": "d", "е": "e", "ё": "io",
    "ж": "j", "з": "z", "и": "i", "й": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n",
    "ң": "ñ", "о": "o", "ө": "ö", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "ū",
    "ү": "ü", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "tş", "ш": "ş", "щ": "ştş", "ъ": "",
    "ы": "y", "і": "ı", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip

# How people write Kazakh in chats: the usual way first, others after it.
_INFORMAL: dict[str, tuple[str, ...]] = {
    "а": ("a",), "ә": ("a",), "б": ("b",), "в": ("v",), "г": ("g",), "ғ": ("g", "gh"),
    "д": ("d",), "е": ("e",), "ё": ("e", "yo"), "ж": ("zh", "j"), "з": ("z",), "и": ("i",),
    "й": ("i", "y"), "к": ("k",), "қ": ("k", "q"), "л": ("l",), "м": ("m",), "н": ("n",),
    "ң": ("n", "ng"), "о": ("o",), "ө": ("o",), "п": ("p",), "р": ("r",), "с": ("s",),
    "т": ("t",), "у": ("u", "w"), "ұ": ("u",), "ү": ("u",), "ф": ("f",),
    "х": ("h", "kh"), "һ": ("h",), "ц": ("c", "ts"), "ч": ("ch",), "ш": ("sh", "sh", "sh", "w"),
    "щ": ("sh",), "ъ": ("",), "ы": ("y", "i"), "і": ("i",), "ь": ("",), "э": ("e",),
    "ю": ("yu", "iu"), "я": ("ya", "ia"),
}  # fmt: skip

_WORD = re.compile(r"[а-яёәғқңөұүһі]+", re.IGNORECASE)


def without_letters(text: str) -> str:
    """Returns ``text`` as typed on a Russian keyboard: ә becomes а, қ becomes к and so on."""
    return letterless(text)


def latin_2021(text: str) -> str:
    """Returns ``text`` in the Kazakh Latin alphabet of 2021.

    Source: the alphabet presented on 28 January 2021, 31 letters.
    """
    return _write(text, _LATIN_2021)


def informal_ascii(text: str, chance: random.Random) -> str:
    """Returns ``text`` in the ASCII of chats; one writer keeps to one spelling of a letter."""
    return _write(text, {letter: chance.choice(ways) for letter, ways in _INFORMAL.items()})


def _write(text: str, table: dict[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        letters = match[0]
        is_shout = len(letters) > 1 and letters.isupper()
        written = ""
        for letter in letters:
            latin = table[letter.lower()]
            if is_shout:
                written += latin.upper()
            else:
                written += latin.capitalize() if letter.isupper() else latin
        return written

    return _WORD.sub(word, text)
