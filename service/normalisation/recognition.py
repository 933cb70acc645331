"""Recognises the language of a question, however it is typed.

Every word votes for a language with the odds that the word lists and, for unknown words, letter
trigrams give it; the sum decides, so a mixed question has the language of most of its words. Where
nothing tells (``НАТО``, ``виза``), the question is Kazakh: the language of the documents.
"""

import math
import re

from indexer.documents.passages import Language
from indexer.languages.folding import lower
from indexer.languages.kk.letters import SPECIAL
from indexer.languages.kk.restoration import restore
from indexer.languages.lexicon import Lexicon, load_lexicon
from indexer.languages.tables import trigrams

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`‘][^\W\d_]+)*")
_LATIN = re.compile("[a-z\u00c0-\u024f\u0259]")
_KAZAKH_LATIN = frozenset("äáəğǵıñńŋóúūýş")
_RUSSIAN_LETTERS = frozenset("щъёэ")
_VOTE = 3.0
_UNKNOWN = -3.0
_TRIGRAM_VOTE = 2.0
_SAMPLE = 3
_LEAST_KAZAKH = 0.4
_ENGLISH_ENDINGS = ("'s", "s", "es", "ed", "d", "ing", "ly")


def recognise(text: str, lexicon: Lexicon | None = None) -> Language:
    """Returns the language of ``text``.

    Args:
        text: A question: Kazakh in any alphabet, with or without its letters, Russian or English.
        lexicon: The words known; the shipped ones by default.
    """
    lexicon = lexicon or load_lexicon()
    words = [lower(word) for word in _WORD.findall(text)]
    latin = [word for word in words if _LATIN.search(word)]
    cyrillic = [word for word in words if not _LATIN.search(word)]
    if len("".join(latin)) > len("".join(cyrillic)):
        votes = [english_vote(word, lexicon) for word in latin]
        # Another language of Latin letters has few Kazakh words: it is no Kazakh either.
        kazakh = sum(len(word) for word, vote in zip(latin, votes, strict=True) if vote < 0)
        is_kazakh = sum(votes) <= 0 and kazakh >= _LEAST_KAZAKH * len("".join(latin))
        return "kk" if is_kazakh else "en"
    return "ru" if sum(russian_vote(word, lexicon) for word in cyrillic) > 0 else "kk"


def russian_vote(word: str, lexicon: Lexicon) -> float:
    """Returns how much a lower-case Cyrillic word is Russian; below 0 it is Kazakh."""
    if any(letter in SPECIAL for letter in word):
        return -_VOTE
    russian: float | None = lexicon.weight(word, "ru")
    kazakh: float | None = lexicon.letterless_weight(word)
    if russian is None and lexicon.is_russian(word):
        russian = -1.0
    if russian is None and kazakh is None:
        if any(letter in _RUSSIAN_LETTERS for letter in word):
            return 1.0
        return _trigram_vote(word, lexicon)
    odds = (_UNKNOWN if russian is None else russian) - (_UNKNOWN if kazakh is None else kazakh)
    if len(word) > 3:
        odds += _trigram_vote(word, lexicon)
    return max(-_VOTE, min(_VOTE, odds / 2))


def english_vote(word: str, lexicon: Lexicon) -> float:
    """Returns how much a lower-case Latin word is English; below 0 it is Kazakh."""
    if any(letter in _KAZAKH_LATIN for letter in word):
        return -_VOTE
    size = min(len(word), 8) / 4
    english = is_english(word, lexicon)
    kazakh = restore(word, lexicon)
    if kazakh is None:
        return size if english else 0.2 * size
    if not english:
        return -size if kazakh.whole or kazakh.score > 0 else -0.3 * size
    # Both know it: the Kazakh word counts where it is short and frequent.
    return 0.6 * size if kazakh.score < 5 else 0.0


def is_english(word: str, lexicon: Lexicon) -> bool:
    """Returns whether a lower-case Latin word is an English word or a form of one."""
    if lexicon.knows(word, "en"):
        return True
    return any(
        word.endswith(ending)
        and len(word) > len(ending) + 2
        and any(lexicon.knows(f"{word[: -len(ending)]}{last}", "en") for last in ("", "e"))
        for ending in _ENGLISH_ENDINGS
    )


def _trigram_vote(word: str, lexicon: Lexicon) -> float:
    grams = tuple(trigrams(word))
    total = sum(map(lexicon.russian_odds, grams)) / math.sqrt(len(grams))
    return max(-_TRIGRAM_VOTE, min(_TRIGRAM_VOTE, total / 2))
