"""The words known: those of the shipped lists and those of the documents that are searched."""

import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from pymorphy3 import MorphAnalyzer

from indexer.kazakh.alphabets import SPECIAL, fold_homoglyphs, letterless
from indexer.kazakh.harmony import agrees
from indexer.kazakh.skeleton import skeleton
from indexer.passages import Language

MIN_STEM = 3
"""Shortest stem, in letters, that takes an ending no list has seen on it."""

_DOCUMENT_WEIGHT = 4
_MAX_WEIGHT = 12
_WORD = re.compile(r"[^\W\d_]+")
_VOICED = {"г": "к", "ғ": "қ", "б": "п"}
_VOWELS = frozenset("аәеиоөуұүыіэюя")


@dataclass(frozen=True)
class Lexicon:
    """Words with weights; a weight is about the logarithm of a frequency, from 0 to 12.

    Attributes:
        words: For each language its words in lower case with their weights.
        cases: The usual case of the words that are not written in lower case.
        endings: Kazakh endings with their weights, from 0 to 6.
    """

    words: Mapping[Language, Mapping[str, int]]
    cases: Mapping[str, str]
    endings: Mapping[str, float]

    @cached_property
    def by_skeleton(self) -> Mapping[str, tuple[str, ...]]:
        """The Kazakh words of each skeleton."""
        return _index(self.words["kk"])

    @cached_property
    def endings_by_skeleton(self) -> Mapping[str, tuple[str, ...]]:
        """The Kazakh endings of each skeleton."""
        return _index(self.endings)

    @cached_property
    def letterless_weights(self) -> Mapping[str, int]:
        """The greatest weight of the Kazakh words that a Russian keyboard writes alike."""
        weights: dict[str, int] = {}
        for word, weight in self.words["kk"].items():
            key = letterless(word)
            weights[key] = max(weight, weights.get(key, 0))
        return weights

    def weight(self, word: str, language: Language) -> int | None:
        """Returns the weight of a lower-case word; None where no list holds it."""
        return self.words[language].get(word)

    def split(self, word: str) -> tuple[str, str] | None:
        """Returns the longest known stem of a Kazakh word form and its ending, or None."""
        kazakh = self.words["kk"]
        for end in range(len(word) - 1, MIN_STEM - 1, -1):
            ending = word[end:]
            if ending not in self.endings:
                continue
            stem = word[:end]
            known = stem in kazakh or (
                ending[0] in _VOWELS
                and stem[-1] in _VOICED
                and stem[:-1] + _VOICED[stem[-1]] in kazakh
            )
            if known and agrees(stem, ending):
                return stem, ending
        return None

    def is_kazakh(self, word: str) -> bool:
        """Returns whether a lower-case word is a Kazakh word, or a form of one."""
        return word in self.words["kk"] or self.split(word) is not None

    def is_russian(self, word: str) -> bool:
        """Returns whether a lower-case word is a Russian word form."""
        return word in self.words["ru"] or (
            not any(letter in SPECIAL for letter in word) and bool(_russian().word_is_known(word))
        )


def load_lexicon(texts: Iterable[tuple[Language, str]] = ()) -> Lexicon:
    """Returns the shipped words together with the words of ``texts``.

    Args:
        texts: Texts of the documents, each with its language; their words weigh more.
    """
    shipped = _shipped()
    found: dict[Language, Counter[str]] = {"kk": Counter(), "ru": Counter(), "en": Counter()}
    for language, text in texts:
        found[language].update(map(fold_homoglyphs, _WORD.findall(text)))
    if not any(found.values()):
        return shipped
    words: dict[Language, Mapping[str, int]] = {}
    cases = dict(shipped.cases)
    for language, counts in found.items():
        words[language] = merged = dict(shipped.words[language])
        for word, usual in _usual_cases(counts).items():
            merged[word] = min(_MAX_WEIGHT, merged.get(word, 0) + _DOCUMENT_WEIGHT)
            if usual == word:
                cases.pop(word, None)
            else:
                cases[word] = usual
    return Lexicon(words, cases, shipped.endings)


@cache
def _shipped() -> Lexicon:
    words: dict[Language, Mapping[str, int]] = {}
    cases: dict[str, str] = {}
    for language in ("kk", "ru", "en"):
        words[language] = weights = {}
        content = (files("indexer.kazakh") / "data" / f"{language}.txt.xz").read_bytes()
        for line in lzma.decompress(content).decode().splitlines():
            usual, _, weight = line.rpartition(" ")
            word = usual.lower()
            weights[word] = int(weight)
            if usual != word:
                cases[word] = usual
    endings = {}
    content = (files("indexer.kazakh") / "data" / "endings.txt").read_bytes()
    for line in content.decode().splitlines():
        ending, _, count = line.partition(" ")
        endings[ending] = min(6.0, int(count).bit_length() / 2)
    return Lexicon(MappingProxyType(words), MappingProxyType(cases), MappingProxyType(endings))


def _usual_cases(counts: Counter[str]) -> dict[str, str]:
    """Returns for each word the case in which it stands most often; capitals count half.

    A capital often only begins a sentence.
    """
    best: dict[str, tuple[float, str]] = {}
    for form, count in counts.items():
        word = form.lower()
        score = count * (1.0 if form == word or form.isupper() else 0.5)
        best[word] = max(best.get(word, (0.0, word)), (score, form))
    return {word: form for word, (_, form) in best.items()}


def _index(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for word in words:
        index[skeleton(word)].append(word)
    return {key: tuple(found) for key, found in index.items()}


@cache
def _russian() -> MorphAnalyzer:

    return MorphAnalyzer()
