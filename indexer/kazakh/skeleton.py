"""One coarse form that a Kazakh word shares with every way of typing it.

Vowels and consonants that some habit confuses fall into one class, repeated classes into one:
``тәуелсіздік``, ``tauelsizdik``, ``täuelsızdık`` and ``тауелсиздик`` are all ``TAUALSIZDIK``.
A skeleton finds candidates; :func:`indexer.kazakh.restoration.spelling_cost` chooses.
"""

import re

_CLASSES = str.maketrans(
    {
        letter: name
        for name, letters in {
            "A": "аәеэaäáeəé",
            "O": "оөoöó",
            "U": "уұүuwūüúýû",
            "I": "ыіийyıiíï",
            "B": "бb",
            "V": "вv",
            "G": "гғgğǵ",
            "D": "дd",
            "J": "жj",
            "Z": "зz",
            "K": "кқхһkqhx",
            "L": "лl",
            "M": "мm",
            "N": "нңnñńŋ",
            "P": "пp",
            "R": "рr",
            "S": "сшщцчsşšçc",
            "T": "тt",
            "F": "фf",
            "IA": "я",
            "IU": "ю",
            "IO": "ё",
            "": "ьъ'’ʼ`‘",
        }.items()
        for letter in letters
    }
)
_DIGRAPHS = re.compile("shch|sch|[sc]h|t(?:sh?|ş)|тс|dzh|dj|zh|gh|kh|ph|oe|^ye")
_DIGRAPH_CLASSES = {
    "dzh": "ж", "dj": "ж", "zh": "ж", "gh": "г", "kh": "к", "ph": "ф", "oe": "о", "ye": "е",
}  # fmt: skip
_N = re.compile("NG+")
_REPEATED = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """Returns the skeleton of a lower-case Cyrillic or Latin word."""
    folded = _DIGRAPHS.sub(lambda match: _DIGRAPH_CLASSES.get(match[0], "с"), word)
    return _REPEATED.sub(r"\1", _N.sub("N", folded.translate(_CLASSES)))


def skeletons(word: str) -> tuple[str, ...]:
    """Returns every skeleton that a typed word may have; ``ue`` may be one letter or two."""
    if "ue" in word:
        return skeleton(word), skeleton(word.replace("ue", "u"))
    return (skeleton(word),)
