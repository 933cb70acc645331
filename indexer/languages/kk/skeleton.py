"""One coarse form that a Kazakh word shares with every way of typing it.

Vowels and consonants that some habit confuses fall into one class, repeated classes into one:
``тәуелсіздік``, ``tauelsizdik``, ``täuelsızdık`` and ``тауелсиздик`` are all ``тауалсиздик``.
A skeleton finds candidates; :func:`indexer.languages.kk.restoration.spelling_cost` chooses.
"""

import re

from indexer.languages.folding import fold

# What the fold keeps apart and habits confuse; the marks of soft and hard letters are left out.
_CLASSES = str.maketrans("ехцчшщ", "аксссс") | str.maketrans("", "", "ьъ'’ʼ`‘")
_COMPOUND = str.maketrans({"я": "иа", "ю": "иу", "ё": "ио"})
_DIGRAPHS = re.compile("shch|sch|[sc]h|t(?:sh?|ş)|тс|dzh|dj|zh|gh|kh|ph|oe|^ye")
_DIGRAPH_CLASSES = {
    "dzh": "ж", "dj": "ж", "zh": "ж", "gh": "г", "kh": "к", "ph": "ф", "oe": "о", "ye": "е",
}  # fmt: skip
_N = re.compile("нг+")
_REPEATED = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """Returns the skeleton of a lower-case Cyrillic or Latin word."""
    folded = _DIGRAPHS.sub(lambda match: _DIGRAPH_CLASSES.get(match[0], "с"), word)
    classes = fold(folded.translate(_COMPOUND)).translate(_CLASSES)
    return _REPEATED.sub(r"\1", _N.sub("н", classes))


def skeletons(word: str) -> tuple[str, ...]:
    """Returns every skeleton that a typed word may have; ``ue`` may be one letter or two."""
    if "ue" in word:
        return skeleton(word), skeleton(word.replace("ue", "u"))
    return (skeleton(word),)
