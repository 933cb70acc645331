"""Questions in capitals throughout."""

from indexer.languages.folding import lower
from indexer.languages.lexicon import Lexicon
from service.normalisation.words import LATIN, WORD, is_cyrillic_known, is_latin_known

_LONG = 6


def is_shouted(text: str, lexicon: Lexicon) -> bool:
    """Returns whether a text is in capitals that are not those of abbreviations."""
    words = [word for word in WORD.findall(text) if len(word) > 1]
    if not words or not text.isupper():
        return False
    if len(words) == 1 and len(words[0]) < _LONG:
        return False
    return any(len(word) > 3 and _is_ordinary(lower(word), lexicon) for word in words)


def sentence_case(text: str, lexicon: Lexicon) -> str:
    """Returns a lower-case text with the capitals of a sentence, of names and abbreviations."""
    text = WORD.sub(lambda match: lexicon.usual(match[0]), text)
    for at, character in enumerate(text):
        if character.isalpha():
            return text[:at] + character.upper() + text[at + 1 :]
    return text


def _is_ordinary(word: str, lexicon: Lexicon) -> bool:
    if lexicon.usual(word).isupper():
        return False
    return (is_latin_known if LATIN.search(word) else is_cyrillic_known)(word, lexicon)
