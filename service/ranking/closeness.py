"""Closeness: how close a word of a text is to a unit of a question, by spelling or as a form.

The ranking asks the same of all words of a corpus at once (:mod:`service.ranking.signals.words`);
here it is asked of the words of one text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from indexer.analysis.sequences import SPELLING
from indexer.languages import Language, language
from service.ranking.dictionary import Equivalent, Unit

DICTIONARY = 0.8
"""What a word counts that is a form of an equivalent, unless that is a name."""

_REMEMBERED = 16
_WORDS = 512
_SPELLINGS = 512

Close = Callable[[str], float]


def closeness(unit: Unit, words: Sequence[str], code: Language) -> list[float]:
    """Returns how close each word of a text is to any word or equivalent of ``unit``, 0 to 1.

    Words that begin with different letters are not close: forms of a word keep its beginning.

    Args:
        unit: A unit of a question.
        words: The words of the text.
        code: Its language.
    """
    return closest((unit,), words, code)[0]


def closest(units: Sequence[Unit], words: Sequence[str], code: Language) -> list[list[float]]:
    """Returns for each of ``units`` what :func:`closeness` returns."""
    near = _near(tuple(units), code)
    found = [[0.0] * len(words) for _ in units]
    for place, word in enumerate(words):
        for number, close in near.get(word[:1], ()):
            found[number][place] = close(word)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _near(units: tuple[Unit, ...], code: Language) -> Mapping[str, list[tuple[int, Close]]]:
    """Returns what tells how close a word is to which unit, by the letters it may begin with."""
    near: dict[str, list[tuple[int, Close]]] = {}
    for number, unit in enumerate(units):
        entries = tuple(dict.fromkeys(_parts_in(unit.equivalents, code)))
        spelled = [(word[:1], _spelling(word)) for word in unit.words]
        weight = 1.0 if unit.is_name else DICTIONARY
        is_form = language(code).form_of(entries)
        close = lru_cache(maxsize=_WORDS)(partial(_closeness, spelled, is_form, weight))
        begun = (start for entry in entries for start in language(code).beginnings(entry))
        for letter in {word[0] for word in (*unit.words, *begun) if word}:
            near.setdefault(letter, []).append((number, close))
    return near


def _closeness(
    spelled: Sequence[tuple[str, frozenset[str]]],
    is_form: Callable[[str], bool],
    weight: float,
    word: str,
) -> float:
    best = 0.0
    for letter, own in spelled:
        if letter == word[:1]:
            parts = _spelling(word)
            best = max(best, 2 * len(own & parts) / (len(own) + len(parts)))
    return weight if best < weight and is_form(word) else best


def _parts_in(equivalents: Sequence[Equivalent], code: Language) -> Iterator[str]:
    """Yields the words of the equivalents in a language."""
    for equivalent in equivalents:
        if equivalent.language == code:
            yield from equivalent.words


@lru_cache(maxsize=_SPELLINGS)
def _spelling(word: str) -> frozenset[str]:
    marked = f"#{word}#"
    return frozenset(
        marked[start : start + length]
        for length in SPELLING
        for start in range(len(marked) - length + 1)
    )
