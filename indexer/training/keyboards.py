"""Kazakh as people type it on other keyboards: without its own letters, or in Latin ones."""

import random
from typing import Final, Literal

Keyboard = Literal["letterless", "latin"]

_LETTERLESS: Final = {
    "ә": ("а",),
    "ғ": ("г",),
    "қ": ("к",),
    "ң": ("н", "н", "нг"),
    "ө": ("о",),
    "ұ": ("у",),
    "ү": ("у",),
    "һ": ("х",),
    "і": ("и", "и", "ы"),
}
_LATIN: Final = {
    **dict(zip("абвгдезилмнопрстфэ", "abvgdezilmnoprstfe", strict=True)),
    "ә": ("a", "a", "ae"),
    "ғ": ("g", "g", "gh"),
    "ё": ("yo", "io"),
    "ж": ("zh", "j"),
    "й": ("i", "y"),
    "к": ("k",),
    "қ": ("k", "q"),
    "ң": ("n", "ng"),
    "ө": ("o",),
    "у": ("u", "w"),
    "ұ": ("u",),
    "ү": ("u",),
    "х": ("h", "kh"),
    "һ": ("h",),
    "ц": ("c", "ts"),
    "ч": ("ch",),
    "ш": ("sh",),
    "щ": ("sh", "sch"),
    "ъ": ("",),
    "ы": ("y", "i"),
    "і": ("i",),
    "ь": ("",),
    "ю": ("yu", "iu"),
    "я": ("ya", "ia"),
}


def retype(text: str, keyboard: Keyboard, chooser: random.Random) -> str:
    """Returns Kazakh ``text`` as typed on another keyboard; each letter is typed one way in it."""
    table = _LETTERLESS if keyboard == "letterless" else _LATIN
    typed: dict[str, str | int | None] = {}
    for letter, ways in table.items():
        way = chooser.choice(ways)
        typed[letter] = way
        typed[letter.upper()] = way.capitalize()
    return text.translate(str.maketrans(typed))
