"""Restores the Kazakh word that was typed without Kazakh letters or in Latin letters.

Candidates share the typed word's skeleton, whole or as a known stem with a known ending. The best
one is the likeliest: frequent, cheap to have been spelled so, in vowel harmony.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.languages.kk.harmony import VOICED, agrees, meets
from indexer.languages.kk.letters import SPELLINGS, VOWELS
from indexer.languages.kk.skeleton import skeleton, skeletons
from indexer.languages.lexicon import LONGEST_WORD, Lexicon

_IMPOSSIBLE = 99.0
_REPEATED = 2.0
_COST_FACTOR = 3.0
_DISHARMONY = 4.0
_SPLIT = 5.0
_STEM_LETTER = 0.7
_UNVOICED = {"г": "к", "б": "п"}


@dataclass(frozen=True, slots=True)
class Restoration:
    """A Kazakh word that a typed word may stand for.

    Attributes:
        word: The word, in lower case.
        score: Weight less cost; higher is likelier.
        cost: What it costs to have been spelled as typed.
        whole: Whether a list holds it whole, not only its stem.
    """

    word: str
    score: float
    cost: float
    whole: bool


def restore(typed: str, lexicon: Lexicon) -> Restoration | None:
    """Returns the likeliest Kazakh word for a lower-case typed word; None if there is none."""
    if len(typed) > LONGEST_WORD:
        return None
    best = max(_whole(typed, lexicon), key=_rank, default=None)
    if best is not None:
        return best
    best = max(_split(typed, lexicon), key=_rank, default=None)
    if best is not None:
        return best
    return max(_chained(typed, lexicon), key=_rank, default=None)


@lru_cache(maxsize=4_096)
def spelling_cost(word: str, typed: str) -> float:
    """Returns the least cost of typing the Kazakh ``word`` as ``typed``; 99 where nobody does."""
    row = [0.0] + [_IMPOSSIBLE] * len(typed)
    for letter in word:
        following = [_IMPOSSIBLE] * (len(typed) + 1)
        for start, so_far in enumerate(row):
            if so_far >= _IMPOSSIBLE:
                continue
            for spelling, cost in SPELLINGS.get(letter, {letter: 0.0}).items():
                end = start + len(spelling)
                if typed.startswith(spelling, start) and so_far + cost < following[end]:
                    following[end] = so_far + cost
        # A letter typed twice, and of two equal letters only one.
        for end in range(1, len(typed)):
            if typed[end] == typed[end - 1]:
                following[end + 1] = min(following[end + 1], following[end] + _REPEATED)
        row = following
    return row[-1]


def _rank(restoration: Restoration) -> tuple[float, str]:
    return restoration.score, restoration.word


def _whole(typed: str, lexicon: Lexicon) -> Iterator[Restoration]:
    for key in skeletons(typed):
        for word in lexicon.of_skeleton(key):
            cost = spelling_cost(word, typed)
            if cost < _IMPOSSIBLE and not lexicon.is_rare_abbreviation(word):
                weight = lexicon.weight(word, "kk") or 0
                yield Restoration(word, weight - _COST_FACTOR * cost, cost, whole=True)


def _split(typed: str, lexicon: Lexicon) -> Iterator[Restoration]:
    for end in lexicon.cuts(typed):
        endings = lexicon.endings_of_skeleton(skeleton(typed[end:]))
        if not endings:
            continue
        for stem, weight in _stems(typed[:end], lexicon):
            stem_cost = spelling_cost(stem, typed[:end])
            if stem_cost >= _IMPOSSIBLE:
                continue
            for ending in endings:
                cost = stem_cost + spelling_cost(ending, typed[end:])
                if (
                    cost >= _IMPOSSIBLE
                    or not meets(stem, ending)
                    or not _joins(stem, ending, lexicon)
                ):
                    continue
                score = weight + lexicon.endings[ending] + _STEM_LETTER * len(stem) - _SPLIT
                score -= _COST_FACTOR * cost
                if not agrees(stem, ending):
                    score -= _DISHARMONY
                yield Restoration(stem + ending, score, cost, whole=False)


def _chained(typed: str, lexicon: Lexicon) -> Iterator[Restoration]:
    """Yields forms with one more ending after a known stem with a known ending."""
    for end in lexicon.cuts(typed, least=2):
        endings = lexicon.endings_of_skeleton(skeleton(typed[end:]))
        inner = max(_split(typed[:end], lexicon), key=_rank, default=None) if endings else None
        if inner is None:
            continue
        for ending in endings:
            cost = spelling_cost(ending, typed[end:])
            if cost < _IMPOSSIBLE and agrees(inner.word, ending) and meets(inner.word, ending):
                score = inner.score + lexicon.endings[ending] - _SPLIT - _COST_FACTOR * cost
                yield Restoration(inner.word + ending, score, inner.cost + cost, whole=False)


def _stems(typed: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    key = skeleton(typed)
    for stem in lexicon.of_skeleton(key):
        yield stem, lexicon.weight(stem, "kk") or 0
    if key and key[-1] in _UNVOICED:
        for stem in lexicon.of_skeleton(key[:-1] + _UNVOICED[key[-1]]):
            if stem[-1] in VOICED:
                yield stem[:-1] + VOICED[stem[-1]], lexicon.weight(stem, "kk") or 0


def _joins(stem: str, ending: str, lexicon: Lexicon) -> bool:
    # A voiced final consonant is one only before a vowel.
    return ending[0] in VOWELS or lexicon.knows(stem, "kk")
