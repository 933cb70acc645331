"""Letters that a recogniser's model cannot write, put back where the dictionaries know the word.

Tesseract's Kazakh model has no щ, ъ, ё, № and en dash: it writes ш, ь, е, «Хо» and a hyphen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from indexer.documents.passages import Language
from indexer.languages.lookalikes import fold_homoglyphs
from indexer.readers.base import Line
from indexer.readers.words import is_word

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER_SIGN = re.compile(r"(?<!\w)(?:Хо|ХЬ|Ме|Мо|Ло|№о|Хе|No|Ne|Nо|Nе|М9|Х9)\.?\s?(?=\d)")
_DASH = re.compile(r"(?<=[\w»)\"”]) [-—] (?=[\w«(\"“])")
_OTHERS = {"ш": "шщ", "ь": "ьъ", "Ш": "ШЩ", "Ь": "ЬЪ"}
_MOST = 4
_SCHWA = str.maketrans("əƏ", "әӘ")


def restore(lines: Sequence[Line], language: Language) -> tuple[list[Line], int]:
    """Puts letters back in the lines of recognised pages.

    Args:
        lines: Lines of one edition.
        language: Its language.

    Returns:
        The lines, and how many places were changed.
    """
    if language == "en":
        return list(lines), 0
    count = 0
    restored = []
    for line in lines:
        text, signs = _NUMBER_SIGN.subn("№ ", line.text)
        text, dashes = _DASH.subn(" – ", text)
        schwas = sum(map(text.count, "əƏ"))
        text = text.translate(_SCHWA)
        words = 0

        def put(match: re.Match[str]) -> str:
            nonlocal words
            word = _restored(match[0])
            words += word != match[0]
            return word

        text = _WORD.sub(put, text)
        count += signs + dashes + schwas + words
        restored.append(line if text == line.text else replace(line, text=text))
    return restored, count


def _restored(word: str) -> str:
    word = fold_homoglyphs(word)
    places = sum(letter in _OTHERS for letter in word)
    if not 0 < places <= _MOST or is_word(word.lower()):
        return word
    for letters in product(*(_OTHERS.get(letter, letter) for letter in word)):
        candidate = "".join(letters)
        if candidate != word and is_word(candidate.lower()):
            return candidate
    return word
