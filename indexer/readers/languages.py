"""Languages of lines: which edition of a file a line belongs to."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log

from indexer.documents.passages import Language

_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH = re.compile("[әғқңөұүһі]")
_RUSSIAN_WORDS = frozenset((
    "и", "в", "во", "на", "по", "с", "со", "для", "о", "об", "к", "ко", "от", "не", "или", "при",
    "из", "за", "до", "его", "их", "если", "как", "что", "это", "а", "но", "также", "статья",
    "глава", "пункт",
))  # fmt: skip
_KAZAKH_WORDS = frozenset((
    "мен", "пен", "бен", "және", "бап", "тарау", "туралы", "бар", "осы", "ол", "болып",
    "табылады", "сондай", "немесе", "ретінде", "бойынша", "жылы", "дейін",
))  # fmt: skip
_RUSSIAN_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ых|их|ый|ий|ой|ая|ое|ые|ия|ию|ии|ние|ния"
    r"|ться|тся|ость|ости|ами|ями|ем|ет|ют|ить|ать)$"
)

LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
_SWITCH = 12.0
_FEW_CHANGES = 0.25
_CLEAR = 3.0
_CAP = 20.0


def evidence(text: str) -> dict[Language, float]:
    """How much the words of a text speak for each language, in nats."""
    scores: dict[Language, float] = dict.fromkeys(LANGUAGES, 0.0)
    for word in _WORD.findall(text.lower().replace("i", "і") if _mixed(text) else text.lower()):
        if word.isascii():
            scores["en"] += 1.0 if len(word) > 1 else 0.0
        elif _KAZAKH.search(word) or word in _KAZAKH_WORDS:
            scores["kk"] += 2.5
        elif word in _RUSSIAN_WORDS:
            scores["ru"] += 2.5
        elif word >= "\u0400" and word[0] <= "\u04ff":
            scores["ru"] += 1.5 if _RUSSIAN_ENDING.search(word) else 0.6
            scores["kk"] += 0.2
    return {language: min(score, _CAP) for language, score in scores.items()}


def _mixed(text: str) -> bool:
    """Whether a text is Cyrillic, so that a Latin i in it is the Kazakh letter of that look."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def language_of(texts: Sequence[str]) -> Language | None:
    """The language of some lines together; None where they have no words."""
    totals: dict[Language, float] = dict.fromkeys(LANGUAGES, 0.0)
    for text in texts:
        for language, score in evidence(text).items():
            totals[language] += score
    best = max(totals, key=lambda language: totals[language])
    return best if totals[best] > 0 else None


def label(texts: Sequence[str]) -> list[Language]:
    """Gives each line a language; a change costs as much as several words say, or little in turns.

    Source: the sequence of states of least cost, A. J. Viterbi (1967).
    """
    costs: dict[Language, float] = dict.fromkeys(LANGUAGES, 0.0)
    back: list[dict[Language, Language]] = []
    scores = [evidence(text) for text in texts]
    switch, stay = _costs(scores)
    for found in scores:
        came: dict[Language, Language] = {}
        fresh: dict[Language, float] = {}
        cheapest = min(costs, key=lambda language: costs[language])
        for language in LANGUAGES:
            kept = costs[language] + stay
            origin = language if kept <= costs[cheapest] + switch else cheapest
            came[language] = origin
            moved = kept if origin == language else costs[origin] + switch
            fresh[language] = moved - found[language]
        back.append(came)
        costs = fresh
    state = min(costs, key=lambda language: costs[language])
    labels: list[Language] = []
    for came in reversed(back):
        labels.append(state)
        state = came[state]
    return labels[::-1]


def _costs(scores: Sequence[dict[Language, float]]) -> tuple[float, float]:
    """What a change of language costs and what staying does, in nats.

    Lines of two languages may stand in turn, as the cells of a table come out.
    """
    clear = [_clear_language(found) for found in scores]
    pairs = [pair for pair in pairwise(clear) if None not in pair]
    changes = sum(before != after for before, after in pairs) / (len(pairs) + 1)
    if changes < _FEW_CHANGES:
        return _SWITCH, 0.0
    return -log(changes), -log(1 - changes)


def _clear_language(found: dict[Language, float]) -> Language | None:
    best, second, *_ = sorted(LANGUAGES, key=lambda language: -found[language])
    return best if found[best] - found[second] >= _CLEAR else None
