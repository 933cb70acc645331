"""Chooses how the words of a question are read: by the alphabet and the letters it is typed in."""

from collections.abc import Callable
from functools import partial

from indexer.documents.passages import Language
from indexer.languages.folding import lower
from indexer.languages.kk.letters import SPECIAL
from indexer.languages.lexicon import Lexicon
from service.normalisation.letters import add_letters, from_latin
from service.normalisation.slips import mend_slips
from service.normalisation.words import CYRILLIC, LATIN, WORD, Word, replace_words


def undo_habits(text: str, language: Language, lexicon: Lexicon, threshold: float) -> str:
    """Returns ``text`` with its Kazakh letters and without slips of the fingers.

    Args:
        text: A Kazakh or Russian question.
        language: Its language.
        lexicon: The words known.
        threshold: How sure a slip must be, see :func:`indexer.languages.typos.mend`.
    """
    change = _habit(text, language, lexicon)
    return replace_words(text, lambda word: change(word, lexicon, threshold))


def _habit(
    text: str, language: Language, lexicon: Lexicon
) -> Callable[[Word, Lexicon, float], str | None]:
    if len(LATIN.findall(text)) > len(CYRILLIC.findall(text)):
        return from_latin
    if language == "ru" or any(letter in SPECIAL for letter in text.lower()):
        return partial(mend_slips, language=language)
    words = [lower(word) for word in WORD.findall(text) if word.islower()]
    known = all(lexicon.is_kazakh(word) or lexicon.is_russian(word) for word in words)
    return partial(add_letters, is_letterless=not known)
