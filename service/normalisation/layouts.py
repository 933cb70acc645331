"""Undoes a wrong keyboard layout: ``Rfrjds`` is ``Каковы``, ``0аза0`` is ``қазақ``."""

import re
from collections.abc import Callable

from indexer.languages.folding import lower
from indexer.languages.keyboards import KAZAKH, KAZAKH_DIGITS, RUSSIAN, readings, retype
from indexer.languages.lexicon import Lexicon
from indexer.reference.folding import fold
from indexer.reference.particles import ENDINGS
from service.normalisation.recognition import recognise
from service.normalisation.words import (
    CYRILLIC,
    LATIN,
    LETTERS,
    WORD,
    is_cyrillic_known,
    is_latin_known,
)

_TOKEN = re.compile(r"[\w=()№-]*[а-яёА-ЯЁ][\w=()№-]*")
_ENDED = re.compile(r"\d+-([а-яёәғқңөұүһі]{1,4})", re.IGNORECASE)
_LETTER_KEYS = frozenset("[];=<>{}`")

_KNOWN = 0.6
_ADVANTAGE = 0.25
_OWN = 0.1
_FREQUENT = 3
_COMMON = 8


def undo_layout(text: str, lexicon: Lexicon) -> str:
    """Returns what the keys pressed for a Latin ``text`` write in a layout that makes words."""
    if CYRILLIC.search(text) or not LATIN.search(text):
        return text
    as_typed = _known_share(text, lexicon, is_latin_known)
    best, best_share = text, max(_KNOWN, as_typed + _ADVANTAGE)
    for language, layout in (("kk", KAZAKH), ("ru", RUSSIAN)):
        retyped = " ".join(_best_reading(token, layout, lexicon) for token in text.split(" "))
        share = _known_share(retyped, lexicon, is_cyrillic_known)
        if recognise(retyped, lexicon) == language:
            # Both layouts write most words alike: the marks and ё tell them apart.
            share += _OWN
        if share > best_share:
            best, best_share = retyped, share
    if best is not text and text.endswith(("?", "&")):
        best = best[:-1] + "?"
    return best


def undo_digits(text: str, lexicon: Lexicon) -> str:
    """Returns ``text`` with words in place of those typed on the row of digits."""
    return _TOKEN.sub(lambda match: _without_digits(match[0], lexicon), text)


def _best_reading(token: str, layout: dict[str, str], lexicon: Lexicon) -> str:
    if not LATIN.search(token) and any(character.isdigit() for character in token):
        return token
    shares = {
        reading: _known_share(reading, lexicon, is_cyrillic_known)
        for reading in readings(token, layout)
    }
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0 or not token.isupper() else token


def _known_share(text: str, lexicon: Lexicon, known: Callable[[str, Lexicon], bool]) -> float:
    """Returns the share of letters that stand in known words."""
    total = found = 0
    for token in text.split(" "):
        for word in WORD.findall(token):
            total += len(word)
            found += len(word) if known(lower(word), lexicon) else 0
        # Marks and digits between letters are no part of a known word.
        if total:
            rest = WORD.sub("", token)
            total += sum(mark.isdigit() or mark in _LETTER_KEYS for mark in rest)
    return found / total if total else 0.0


def _is_number(token: str) -> bool:
    """Whether a token is a number with an ending: «5-ке», «2030-ға», «5-го»."""
    match = _ENDED.fullmatch(token)
    return match is not None and fold(match[1]) in ENDINGS


def _without_digits(token: str, lexicon: Lexicon) -> str:
    if not any(character in KAZAKH_DIGITS for character in token) or _is_number(token):
        return token
    retyped = retype(token, KAZAKH_DIGITS)
    if not retyped.isalpha():
        return token
    word = lower(retyped)
    if any(character.isdigit() for character in token):
        known = len(word) > 2 and lexicon.is_kazakh(word)
    else:
        # Marks are marks, unless what they part is no word and the whole is one.
        known = (lexicon.weight(word, "kk") or 0) >= (_FREQUENT if word[4:] else _COMMON)
        known = known and not all(
            is_cyrillic_known(part, lexicon) for part in LETTERS.findall(lower(token))
        )
    return retyped if known else token
