"""Slips of the fingers, and a keyboard left in the other layout."""

import random
import re

# Keys in the same place: the Kazakh layout (Russian letters, Kazakh ones on the digit row) and the
# American one.
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюёәіңғүұқөһ"
_AMERICAN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`234589" + "0-="
_AMERICAN_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~@#$%*()_+'
_LAYOUT = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _AMERICAN + _AMERICAN_SHIFTED)

_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "әіңғүұқөһ")
_BESIDE = {
    letter: row[max(0, i - 1) : i] + row[i + 1 : i + 2]
    for row in _ROWS
    for i, letter in enumerate(row)
}

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_SHARE = 0.2


def other_layout(text: str) -> str:
    """Returns ``text`` typed with the keys of the Kazakh layout while the American one was on."""
    return text.translate(_LAYOUT)


def mistype(text: str, chance: random.Random) -> str:
    """Returns ``text`` with one slip in every fifth word of four letters or more, at least one.

    A slip is a letter left out, doubled, swapped with the next one, or hit one key aside.
    """
    words = list(_LONG_WORD.finditer(text))
    if not words:
        return text
    count = max(1, round(_SHARE * len(words)))
    for match in sorted(chance.sample(words, count), key=lambda m: -m.start()):
        text = text[: match.start()] + _slip(match[0], chance) + text[match.end() :]
    return text


def _slip(word: str, chance: random.Random) -> str:
    # First letters are rarely mistyped.
    i = chance.randrange(1, len(word))
    letter = word[i]
    beside = _BESIDE.get(letter.lower(), "")
    ways = [
        word[:i] + word[i + 1 :],
        word[:i] + letter + word[i:],
        word[: i - 1] + letter + word[i - 1] + word[i + 1 :],
        *([word[:i] + chance.choice(beside) + word[i + 1 :]] if beside else []),
    ]
    return chance.choice([way for way in ways if way != word])
