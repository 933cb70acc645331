"""Gives Kazakh words their letters: those of Latin questions, and those typed without ә, ғ, қ."""

from indexer.languages.kk.harmony import agrees
from indexer.languages.kk.letters import compose, letterless, transliterate
from indexer.languages.kk.restoration import Restoration, restore, spelling_cost
from indexer.languages.kk.skeleton import skeleton
from indexer.languages.lexicon import Lexicon
from indexer.languages.typos import mend, mend_spelling
from service.normalisation.recognition import is_english
from service.normalisation.words import Word

_APOSTROPHES = "'’ʼ`‘"
_CHEAP = 0.7
_FREQUENT = 3
_SOLID = 4.0
_COMMON_ENDING = 4
_LIKELIER = 2.0
_LIKELY = -1.0


def from_latin(word: Word, lexicon: Lexicon, threshold: float) -> str | None:
    """Returns a word of a Latin Kazakh question in Cyrillic."""
    if not word.is_latin:
        return None
    typed = compose(word.lower).strip(_APOSTROPHES)
    if word.is_abbreviation:
        return _abbreviation(typed, lexicon)
    found = restore(typed, lexicon)
    if (found is None or not found.whole) and is_english(typed, lexicon):
        return None
    if found is not None and (found.whole or found.score > _SOLID):
        return found.word
    mended = mend_spelling(typed, lexicon, threshold)
    if mended is not None and not word.typed[0].isupper():
        return mended
    if found is not None:
        return found.word
    if mended is not None and word.is_first:
        return mended
    return _with_ending(transliterate(typed), lexicon)


def add_letters(
    word: Word, lexicon: Lexicon, threshold: float, *, is_letterless: bool
) -> str | None:
    """Returns a word of a Cyrillic Kazakh question that has no Kazakh letter.

    Args:
        word: The word.
        lexicon: The words known.
        threshold: How sure a slip must be.
        is_letterless: Whether the question has words that need their letters; where not, it may
            be right as it stands.
    """
    typed = word.lower
    if word.is_latin:
        return latin_guest(word, lexicon)
    if len(typed) < 2:
        return None
    if word.is_abbreviation:
        return _abbreviation(typed, lexicon)
    found = restore(typed, lexicon)
    as_typed = lexicon.weight(typed, "kk")
    russian = lexicon.weight(typed, "ru")
    if russian is None and lexicon.is_russian(typed):
        russian = 0
    if found is not None and found.word != typed:
        rival = max((w for w in (as_typed, russian) if w is not None), default=None)
        if rival is None:
            sure = found.whole or found.score > 0
        else:
            sure = found.score - rival > (_LIKELY if is_letterless else _LIKELIER)
        if sure:
            return found.word
    if found is not None or as_typed is not None or russian is not None:
        return None
    mended = None
    if word.is_first or not word.typed[0].isupper():
        mended = mend_spelling(typed, lexicon, threshold) or mend(typed, lexicon, "kk", threshold)
    return mended or _with_ending(typed, lexicon)


def latin_guest(word: Word, lexicon: Lexicon) -> str | None:
    """Returns a Latin word of a Cyrillic question in Cyrillic where it is surely Kazakh."""
    if len(word.typed) < 4 or not word.typed.islower() or is_english(word.lower, lexicon):
        return None
    found = restore(compose(word.lower), lexicon)
    sure = found is not None and is_cheap(found) and found.score >= _FREQUENT
    return found.word if found is not None and sure else None


def is_cheap(found: Restoration) -> bool:
    """Returns whether a list holds the word and it is usually typed so."""
    return found.whole and found.cost < _CHEAP


def _abbreviation(typed: str, lexicon: Lexicon) -> str | None:
    """Returns the Kazakh abbreviation that is typed so."""
    found = [
        (spelling_cost(word, typed), -(lexicon.weight(word, "kk") or 0), usual)
        for word in lexicon.of_skeleton(skeleton(typed))
        if (usual := lexicon.usual(word)).isupper()
    ]
    cost, _, best = min(found, default=(_CHEAP, 0, ""))
    return best if cost < _CHEAP else None


def _with_ending(word: str, lexicon: Lexicon) -> str:
    """Restores the ending of a word whose stem no list knows."""
    for end in reversed(lexicon.cuts(word)):
        for ending in lexicon.endings_of_skeleton(skeleton(word[end:])):
            common = lexicon.endings[ending] >= _COMMON_ENDING and len(ending) > 1
            same = letterless(ending) == letterless(word[end:])
            if common and same and agrees(word[:end], ending):
                return word[:end] + ending
    return word
