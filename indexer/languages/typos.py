"""Mends one slip of the fingers in a word: a letter swapped, dropped, doubled, added or missed.

Only a word that no list knows is mended, and only where a known word lies one slip away that is
frequent enough for the slip: an unknown word is more often rare than mistyped.
"""

from collections.abc import Callable, Iterator

from indexer.languages.codes import Language
from indexer.languages.keyboards import NEIGHBOURS
from indexer.languages.kk.harmony import assimilates
from indexer.languages.kk.letters import CYRILLIC
from indexer.languages.kk.restoration import spelling_cost
from indexer.languages.kk.skeleton import skeletons
from indexer.languages.lexicon import LONGEST_WORD, Lexicon

MIN_LENGTH = 4
"""Shortest word that is mended."""

_LONG = 6
_SHORT_WORD = 2.0
_SWAPPED = 1.0
_DOUBLED = 0.5
_MISSED = 1.5
_ADDED = 2.0
_NEIGHBOUR = 1.1
_OTHER = 4.0
_FIRST = 1.5
_CLASSES = "аоуибвгджзклмнпрстф"
_ALTERED = 2.0
_SPELLING_FACTOR = 1.5


def slips(word: str) -> Iterator[tuple[str, float]]:
    """Yields each word that one slip could have turned into ``word``, with the slip's cost."""
    size = len(word)
    for at in range(size):
        first = _FIRST if at == 0 else 0.0
        letter, left, right = word[at], word[:at], word[at + 1 :]
        if at and letter == word[at - 1]:
            yield left + right, _DOUBLED
        else:
            beside = NEIGHBOURS.get(letter, frozenset())
            near = (at and word[at - 1] in beside) or (right and right[0] in beside)
            yield left + right, first + (_NEIGHBOUR + 0.5 if near else _ADDED)
        if right and right[0] != letter:
            yield left + right[0] + letter + right[1:], first + _SWAPPED
        near_keys = NEIGHBOURS.get(letter, frozenset())
        for other in CYRILLIC:
            if other != letter:
                cost = _NEIGHBOUR if other in near_keys else _OTHER
                yield left + other + right, first + cost
    for at in range(size + 1):
        first = _FIRST if at == 0 else 0.0
        for other in CYRILLIC:
            doubled = at and word[at - 1] == other
            yield word[:at] + other + word[at:], first + (_DOUBLED if doubled else _MISSED)


def mend(word: str, lexicon: Lexicon, language: Language, threshold: float) -> str | None:
    """Returns the known word that ``word`` most likely is a slip of.

    Args:
        word: An unknown Cyrillic word in lower case.
        lexicon: The words known.
        language: Language of the question; words of the other one weigh less.
        threshold: Least weight, less the slip's cost, at which a word is mended.
    """
    if not MIN_LENGTH <= len(word) <= LONGEST_WORD:
        return None
    if len(word) == MIN_LENGTH:
        threshold += _SHORT_WORD
    other: Language = "kk" if language == "ru" else "ru"
    own, foreign = lexicon.weights[language], lexicon.weights[other]
    best, best_score = None, threshold
    stems: list[tuple[str, float]] = []
    for candidate, cost in slips(word):
        weight: float | None = own(candidate)
        if weight is None and (weight := foreign(candidate)) is not None:
            weight -= 2.0
        if weight is None:
            stems.append((candidate, cost))
        elif weight - cost > best_score:
            best, best_score = candidate, weight - cost
    if best is not None:
        return best
    if language == "kk":
        # What looks like Kazakh is likelier to be a rare word than a slip in a rare form.
        return None if lexicon.is_well_formed(word) else _mend_form(stems, lexicon, threshold)
    return _mend_inflected(stems, lexicon) if len(word) >= _LONG else None


def _mend_inflected(candidates: list[tuple[str, float]], lexicon: Lexicon) -> str | None:
    """Returns the only Russian word form that two swapped or doubled letters explain."""
    known = {
        candidate
        for candidate, cost in candidates
        if cost <= _SWAPPED and lexicon.is_russian(candidate)
    }
    return known.pop() if len(known) == 1 else None


def _mend_form(
    candidates: list[tuple[str, float]], lexicon: Lexicon, threshold: float
) -> str | None:
    best, best_score = None, threshold
    for candidate, cost in candidates:
        if cost > _MISSED or (parts := lexicon.split(candidate)) is None:
            continue
        stem, ending = parts
        if not assimilates(stem, ending):
            continue
        known = lexicon.weight(stem, "kk")
        weight = min(2 if known is None else known, lexicon.endings[ending] * 1.5)
        score = weight + 0.5 * len(stem) - 3.0 - cost
        if score > best_score:
            best, best_score = candidate, score
    return best


def mend_spelling(typed: str, lexicon: Lexicon, threshold: float) -> str | None:
    """Returns the Kazakh word that a Latin or letterless ``typed`` word is a slip of."""
    if not MIN_LENGTH <= len(typed) <= LONGEST_WORD:
        return None
    best, best_score = None, threshold
    seen: set[str] = set()
    for key in skeletons(typed):
        for near in _near(key):
            if near in seen:
                continue
            seen.add(near)
            for word in lexicon.of_skeleton(near):
                weight = lexicon.weight(word, "kk") or 0
                if weight - _ALTERED <= best_score:
                    continue
                cost = _slipped_cost(word, typed, spelling_cost)
                if weight - cost > best_score:
                    best, best_score = word, weight - cost
    return best


def _near(key: str) -> Iterator[str]:
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
        yield key[:at] + key[at + 1 : at + 2] + key[at] + key[at + 2 :]
        for name in _CLASSES:
            yield key[:at] + name + key[at + 1 :]
    for at in range(len(key) + 1):
        for name in _CLASSES:
            yield key[:at] + name + key[at:]


def _slipped_cost(word: str, typed: str, cost_of: Callable[[str, str], float]) -> float:
    """Returns the cost of typing ``word`` with one slip as ``typed``, spelled in any way."""
    best = 99.0
    for at in range(len(typed)):
        left, letter, right = typed[:at], typed[at], typed[at + 1 :]
        best = min(best, _SPELLING_FACTOR * cost_of(word, left + right) + _ADDED)
        if right:
            swapped = left + right[0] + letter + right[1:]
            best = min(best, _SPELLING_FACTOR * cost_of(word, swapped) + _SWAPPED)
    for at in range(len(word)):
        without = word[:at] + word[at + 1 :]
        best = min(best, _SPELLING_FACTOR * cost_of(without, typed) + _MISSED)
        # A wrong letter: the word without one of its letters, typed without one of the typed.
        for place in (at - 1, at, at + 1, at + 2):
            if 0 <= place < len(typed):
                other = typed[:place] + typed[place + 1 :]
                best = min(best, _SPELLING_FACTOR * cost_of(without, other) + _ALTERED)
    return best
