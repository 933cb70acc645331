"""Keyboard layouts: what a key writes, and which keys lie side by side.

Source: the Russian and Kazakh (RST 1017) layouts of Windows and xkb; both write йцукен on the
letter rows, the Kazakh one writes ә і ң ғ ү ұ қ ө һ on the row of digits.
"""

import re
from typing import Final

_ENGLISH = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_ENGLISH_SHIFT = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_RUSSIAN = "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю."
_RUSSIAN_SHIFT = 'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,'
_KAZAKH = '("әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№'
_KAZAKH_SHIFT = ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"

RUSSIAN: Final = dict(zip(_ENGLISH + _ENGLISH_SHIFT, _RUSSIAN + _RUSSIAN_SHIFT, strict=True))
"""What the keys of an English keyboard write when the layout is Russian."""

KAZAKH: Final = dict(zip(_ENGLISH + _ENGLISH_SHIFT, _KAZAKH + _KAZAKH_SHIFT, strict=True))
"""What the keys of an English keyboard write when the layout is Kazakh."""

KAZAKH_DIGITS: Final = {
    typed: KAZAKH[key] for key, typed in RUSSIAN.items() if KAZAKH[key].lower() in "әіңғүұқөһ"
}
"""What the digits of a Russian layout write when the layout is Kazakh."""

_ROWS = ("әіңғ  үұқөһ", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")


def _neighbours() -> dict[str, frozenset[str]]:
    # Each row is shifted by half a key: a key touches two keys above it and two below.
    near: dict[str, set[str]] = {}
    for row, letters in enumerate(_ROWS):
        for column, letter in enumerate(letters):
            beside = [(row, column - 1), (row, column + 1)]
            beside += [(row - 1, column), (row - 1, column + 1)]
            beside += [(row + 1, column - 1), (row + 1, column)]
            for r, c in beside:
                if 0 <= r < len(_ROWS) and 0 <= c < len(_ROWS[r]) and letter != " ":
                    near.setdefault(letter, set()).add(_ROWS[r][c])
    return {letter: frozenset(others - {" "}) for letter, others in near.items()}


NEIGHBOURS: Final = _neighbours()
"""For each Cyrillic letter those on the keys around its own."""

_CORE = re.compile(r"\w.*\w|\w", re.DOTALL)
_MOST_MARKS = 6
"""How many of the marks after a word may be letters of it."""


def retype(token: str, layout: dict[str, str]) -> str:
    """Returns what the keys pressed for ``token`` write in ``layout``."""
    return "".join(layout.get(character, character) for character in token)


def readings(token: str, layout: dict[str, str]) -> tuple[str, ...]:
    """Returns the readings of a token in ``layout``, the one that retypes everything first.

    Marks around a word may be meant as they are, or be letters: ``,`` is the key of ``б``. A
    hyphen in the word may be one, or the key of ``ө``.
    """
    core, before, after = "", token, ""
    if match := _CORE.search(token):
        core, before, after = match[0], token[: match.start()], token[match.end() :]
    found = [retype(token, layout)]
    for start in range(min(len(after), _MOST_MARKS) + 1):
        kept = after[start:]
        inside = core + after[:start]
        found.append(retype(before, layout) + retype(inside, layout) + kept)
        found.append(before + retype(inside, layout) + kept)
    if "-" in core:
        found.append(before + "-".join(retype(part, layout) for part in core.split("-")) + after)
    return tuple(dict.fromkeys(found))
