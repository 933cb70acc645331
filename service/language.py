"""Recognises the language of a question."""

import re

from indexer.passages import Language

_KAZAKH_LETTER = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_LATIN = re.compile("[a-zA-Z]")


def recognise(text: str) -> Language:
    """Returns the language of ``text``: Kazakh by its letters, else by script."""
    if _KAZAKH_LETTER.search(text):
        return "kk"
    if len(_LATIN.findall(text)) > len(_CYRILLIC.findall(text)):
        return "en"
    return "ru"
