"""Lettered points: «а)», «б)», «в)» in texts, ``a``, ``b``, ``v`` in eIds."""

TO_LATIN: dict[str, str] = {
    **{"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh"},
    **{"з": "z", "и": "i", "й": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o"},
    **{"п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c"},
    **{"ч": "ch", "ш": "sh", "щ": "shh", "ъ": "hh", "ы": "y", "ь": "q", "э": "je"},
    **{"ю": "ju", "я": "ja"},
}
LATIN = tuple(TO_LATIN.values())
TO_CYRILLIC: dict[str, str] = {latin: cyrillic for cyrillic, latin in TO_LATIN.items()}
ORDER: dict[str, int] = {latin: place for place, latin in enumerate(LATIN, start=1)}
