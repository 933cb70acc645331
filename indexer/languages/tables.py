"""Tables of words that the operating system maps: opening them costs nothing, nor does a word more.

Source: the tries of marisa-trie, https://marisa-trie.readthedocs.io/.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from marisa_trie import BytesTrie, RecordTrie

from indexer.compiled import compiled
from indexer.languages.base import languages
from indexer.languages.codes import LANGUAGES, Language
from indexer.languages.kk.letters import letterless
from indexer.languages.kk.skeleton import skeleton

DOCUMENT_WEIGHT = 5
"""Least weight of a word that the documents use."""

_DOCUMENT_GAIN = 2
_MAX_WEIGHT = 10
_SAMPLE = 3
_CAPITAL = 0.25

_WEIGHT, _COUNT, _ODDS = "B", "H", "d"
_MOST = 2**16 - 1


@dataclass(frozen=True)
class WordTables:
    """What one source knows of words: the shipped lists, or the documents.

    Attributes:
        kk: Kazakh words in lower case with their weights.
        ru: Russian ones.
        en: English ones.
        cases: The usual case of words, as UTF-8, where the source has one of its own.
        skeletons: The Kazakh words of each skeleton, as UTF-8.
        letterless: The greatest weight of the Kazakh words that a Russian keyboard writes alike.
        trigrams: In how many Kazakh words each three letters stand, at most 65,535.
        odds: Log odds, Russian over letterless Kazakh, of three letters; the shipped lists' only.
    """

    kk: Any
    ru: Any
    en: Any
    cases: Any
    skeletons: Any
    letterless: Any
    trigrams: Any
    odds: Any

    @classmethod
    def load(cls, folder: Path) -> "WordTables":
        """Maps the tables that :meth:`save` wrote to a folder."""
        empty = _compile(_of_nothing(), {})
        return cls(**{name: trie.mmap(_file(folder, name)) for name, trie in empty.items()})

    def save(self, folder: Path) -> None:
        """Writes the tables to a folder."""
        for field in fields(self):
            getattr(self, field.name).save(_file(folder, field.name))

    def weights(self, language: Language) -> Any:
        """Returns the words of a language, a trie of weights."""
        return getattr(self, language)


@cache
def shipped_tables() -> WordTables:
    """Returns the tables of the shipped lists, compiled where they are not yet."""
    return WordTables.load(compiled("words", [Path(__file__).parent], _make_shipped))


def document_tables(forms: Mapping[Language, Mapping[str, int]]) -> WordTables:
    """Returns the tables of the words of documents.

    Args:
        forms: Words as written in the documents with the number of uses, by language; they weigh
            more than those of the lists.
    """
    shipped = shipped_tables()
    words, cases = _of_nothing(), {}
    for language, counts in forms.items():
        known = shipped.weights(language)
        for word, usual in _usual_cases(counts).items():
            weight = known.get(word)[0][0] + _DOCUMENT_GAIN if word in known else 0
            words[language][word] = min(_MAX_WEIGHT, max(weight, DOCUMENT_WEIGHT))
            if usual != word or word in shipped.cases:
                cases[word] = usual
    return WordTables(**_compile(words, cases, shipped.kk))


def trigrams(word: str) -> Iterator[str]:
    """Yields the three-letter sequences of a word, its ends included."""
    padded = f" {word} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))


def _make_shipped(folder: Path) -> None:
    words, cases = _of_nothing(), {}
    for bundle in languages():
        for usual, weight in bundle.frequent():
            word = usual.lower()
            words[bundle.code][word] = weight
            if usual != word:
                cases[word] = usual
    tables = _compile(words, cases)
    tables["odds"] = _records(_ODDS, _odds(words).items())
    WordTables(**tables).save(folder)


def _compile(
    words: Mapping[Language, Mapping[str, int]], cases: Mapping[str, str], known: Any = ()
) -> dict[str, Any]:
    """Returns the tries of :class:`WordTables`; ``known`` words add nothing to what words share."""
    kazakh = words["kk"]
    added = [word for word in kazakh if word not in known]
    alike: dict[str, int] = {}
    for word, weight in kazakh.items():
        key = letterless(word)
        alike[key] = max(weight, alike.get(key, 0))
    counted = Counter(gram for word in added for gram in trigrams(word))
    return {
        **{code: _records(_WEIGHT, words[code].items()) for code in LANGUAGES},
        "cases": BytesTrie((word, usual.encode()) for word, usual in cases.items()),
        "skeletons": BytesTrie((skeleton(word), word.encode()) for word in added),
        "letterless": _records(_WEIGHT, alike.items()),
        "trigrams": _records(_COUNT, ((gram, min(n, _MOST)) for gram, n in counted.items())),
        "odds": RecordTrie(_ODDS),
    }


def _odds(words: Mapping[Language, Mapping[str, int]]) -> dict[str, float]:
    russian, kazakh = (
        Counter(
            gram for word in list(words[code])[::_SAMPLE] for gram in trigrams(letterless(word))
        )
        for code in ("ru", "kk")
    )
    ratio = kazakh.total() / russian.total()
    return {
        gram: math.log((russian[gram] + 0.5) / (kazakh[gram] + 0.5) * ratio)
        for gram in russian.keys() | kazakh.keys()
    }


def _usual_cases(counts: Mapping[str, int]) -> dict[str, str]:
    """Returns for each word the case in which it stands most often; a capital counts a quarter.

    A capital often only begins a sentence.
    """
    best: dict[str, tuple[float, str]] = {}
    for form, count in counts.items():
        word = form.lower()
        score = count * (1.0 if form == word or form.isupper() else _CAPITAL)
        best[word] = max(best.get(word, (0.0, word)), (score, form))
    return {word: form for word, (_, form) in best.items()}


def _records(layout: str, entries: Iterable[tuple[str, Any]]) -> Any:
    return RecordTrie(layout, ((key, (value,)) for key, value in entries))


def _of_nothing() -> dict[Language, dict[str, int]]:
    return {code: {} for code in LANGUAGES}


def _file(folder: Path, name: str) -> str:
    return str(folder / f"words-{name}.marisa")
