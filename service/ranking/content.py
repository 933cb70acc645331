"""The words of a question that say what it is about."""

from functools import cache, lru_cache
from typing import Final

from indexer.languages import Language, languages
from indexer.languages.ru.forms import morphology
from indexer.reference.folding import fold
from indexer.reference.particles import ASKING
from service.ranking.dictionary import forms_in

# Marks of pymorphy: prepositions, conjunctions, particles, pronouns and interjections.
_SMALL: Final = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
_PRONOMINAL: Final = "Apro"
_TELLING: Final = 3
"""Digits of a number that names something of itself: a year, an act. «5» may be of anything."""


@cache
def question_words() -> frozenset[str]:
    """Returns the words that ask, join or name any document, in any of the languages."""
    return frozenset().union(*(language.question_words() for language in languages()))


@lru_cache(maxsize=4_096)
def says_something(word: str, language: Language) -> bool:
    """Returns whether a word of a question says what it is about: not «что», «туралы», "5".

    Args:
        word: The word, in lower case.
        language: The question's language.
    """
    if word.isdigit():
        return len(word) >= _TELLING
    if len(word) < 2 or fold(word) in ASKING:
        return False
    forms = forms_in(language, word)
    if not question_words().isdisjoint(forms) or not _function_words().isdisjoint(forms):
        return False
    if language == "ru":
        tag = morphology().parse(word)[0].tag
        return tag.POS not in _SMALL and _PRONOMINAL not in tag
    return True


@cache
def _function_words() -> frozenset[str]:
    """Returns the words that only hold sentences together, in any of the languages."""
    return frozenset().union(
        *(
            words
            for language in languages()
            for role, words in language.structure().items()
            if role != "general"
        )
    )
