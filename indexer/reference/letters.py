"""Lettered points: «а)», «б)», «в)» in texts, ``a``, ``b``, ``v`` in eIds.

A Latin letter in a text is its own name in an eId.
"""

TO_LATIN: dict[str, str] = {
    **{"а": "a", "ә": "ae", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d", "е": "e"},
    **{"ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "j", "к": "k", "қ": "kh", "л": "l"},
    **{"м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "oe", "п": "p", "р": "r", "с": "s"},
    **{"т": "t", "у": "u", "ұ": "uu", "ү": "ue", "ф": "f", "х": "h", "һ": "hy", "ц": "c"},
    **{"ч": "ch", "ш": "sh", "щ": "shh", "ъ": "hh", "ы": "y", "і": "ii", "ь": "q", "э": "je"},
    **{"ю": "ju", "я": "ja"},
}
LATIN = (*TO_LATIN.values(), "w", "x")
TO_CYRILLIC: dict[str, str] = {latin: cyrillic for cyrillic, latin in TO_LATIN.items()}
ORDER: dict[str, int] = {latin: place for place, latin in enumerate(LATIN, start=1)}
