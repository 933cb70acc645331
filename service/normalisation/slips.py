"""Mends what was mistyped in a question that has its letters; one Kazakh word may lack them."""

from indexer.documents.passages import Language
from indexer.languages.kk.restoration import restore
from indexer.languages.lexicon import Lexicon
from indexer.languages.typos import mend
from service.normalisation.letters import is_cheap, latin_guest
from service.normalisation.words import Word

_FREQUENT = 3
_SHORT = 4
_NAME_TYPO = 3.5
_PLAUSIBLE_TYPO = 4.0


def mend_slips(word: Word, lexicon: Lexicon, threshold: float, *, language: Language) -> str | None:
    """Returns the word that a word of a question surely stands for; None where it may be right.

    Args:
        word: The word.
        lexicon: The words known.
        threshold: How sure a slip must be.
        language: Language of the question.
    """
    typed = word.lower
    is_kazakh = language == "kk"
    if word.is_latin:
        return latin_guest(word, lexicon) if is_kazakh else None
    if len(typed) < 3 or word.is_name or lexicon.is_russian(typed):
        return None
    if is_kazakh and lexicon.is_kazakh(typed):
        return None
    if without_letters := _letterless(word, lexicon):
        return without_letters
    # Echoes and foreign words of two parts are in no list: жым-жырт, хип-хоп.
    if word.is_part and len(typed) <= _SHORT:
        return None
    if is_kazakh and lexicon.is_plausible(typed):
        if lexicon.is_well_formed(typed):
            return None
        threshold = max(threshold, _PLAUSIBLE_TYPO)
    elif lexicon.is_kazakh(typed):
        return None
    if not word.typed.islower():
        threshold = max(threshold, _NAME_TYPO)
    return mend(typed, lexicon, language, threshold)


def _letterless(word: Word, lexicon: Lexicon) -> str | None:
    """Returns the frequent Kazakh word that ``word`` surely is without its letters."""
    if len(word.typed) < 5 or not word.typed.islower():
        return None
    found = restore(word.lower, lexicon)
    if found is None or found.word == word.lower or not is_cheap(found):
        return None
    return found.word if (lexicon.weight(found.word, "kk") or 0) >= _FREQUENT else None
