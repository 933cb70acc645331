"""The words known: those of the shipped lists and those of the documents that are searched."""

import lzma
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from indexer.kazakh.alphabets import SPECIAL, fold_homoglyphs, letterless
from indexer.kazakh.harmony import VOICELESS, agrees, meets
from indexer.kazakh.skeleton import skeleton
from indexer.passages import Language
from indexer.russian import morphology

MIN_STEM = 3
"""Shortest stem, in letters, that takes an ending no list has seen on it."""

_MIN_ATTESTED = 4
_FORMS = 3
_REGULAR = 3
_DOCUMENT_WEIGHT = 5
_DOCUMENT_GAIN = 2
_MAX_WEIGHT = 10
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("аәеиоөуұүыіэюя")


@dataclass(frozen=True)
class Lexicon:
    """Words with weights; a weight is about the logarithm of a frequency, from 0 to 10.

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
                and stem[-1] in VOICELESS
                and stem[:-1] + VOICELESS[stem[-1]] in kazakh
            )
            if known and agrees(stem, ending) and meets(stem, ending):
                return stem, ending
        return None

    def is_kazakh(self, word: str) -> bool:
        """Returns whether a lower-case word is a Kazakh word, or a form of one."""
        return word in self.words["kk"] or self.split(word) is not None

    def is_rare_abbreviation(self, word: str) -> bool:
        """Returns whether a Kazakh word is an abbreviation that the documents do not use."""
        return self.cases.get(word, "").isupper() and self.words["kk"][word] < _DOCUMENT_WEIGHT

    def is_plausible(self, word: str) -> bool:
        """Returns whether a word may be a form of a Kazakh word, of a loanword or of a name.

        More is plausible than :meth:`is_kazakh` accepts: stems that only their forms attest, and
        several endings in a row.
        """
        for end in range(len(word) - 1, MIN_STEM - 1, -1):
            stem, rest = word[:end], word[end:]
            if not meets(stem, rest) or not self.are_endings(rest):
                continue
            if stem in self.words["ru"]:
                return True
            if agrees(stem, rest) and (stem in self.words["kk"] or self._is_attested(stem)):
                return True
        return False

    def _is_attested(self, stem: str) -> bool:
        """Returns whether several known words are ``stem`` with an ending."""
        if len(stem) < _MIN_ATTESTED:
            return False
        found = 0
        for at in range(bisect_left(self._sorted, stem), len(self._sorted)):
            word = self._sorted[at]
            if not word.startswith(stem):
                return False
            rest = word[len(stem) :]
            found += rest in self.endings and meets(stem, rest)
            if found == _FORMS:
                return True
        return False

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.words["kk"])

    def are_endings(self, rest: str, most: int = 3) -> bool:
        """Returns whether ``rest`` is at most ``most`` known Kazakh endings in a row."""
        if not rest or rest in self.endings:
            return True
        return most > 1 and any(
            rest[:end] in self.endings
            and meets(rest[:end], rest[end:])
            and self.are_endings(rest[end:], most - 1)
            for end in range(len(rest) - 1, 1, -1)
        )

    def is_well_formed(self, word: str) -> bool:
        """Returns whether a word has only sequences of letters that Kazakh words have."""
        return all(self._trigrams[gram] >= _REGULAR for gram in trigrams(word))

    @cached_property
    def _trigrams(self) -> Counter[str]:
        return Counter(gram for word in self.words["kk"] for gram in trigrams(word))

    def is_russian(self, word: str) -> bool:
        """Returns whether a lower-case word is a Russian word form."""
        return word in self.words["ru"] or (
            not any(letter in SPECIAL for letter in word) and bool(morphology().word_is_known(word))
        )


def trigrams(word: str) -> Iterator[str]:
    """Yields the three-letter sequences of a word, its ends included."""
    padded = f" {word} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))


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
            merged[word] = min(
                _MAX_WEIGHT, max(merged.get(word, 0) + _DOCUMENT_GAIN, _DOCUMENT_WEIGHT)
            )
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
    """Returns for each word the case in which it stands most often; a capital counts a quarter.

    A capital often only begins a sentence.
    """
    best: dict[str, tuple[float, str]] = {}
    for form, count in counts.items():
        word = form.lower()
        score = count * (1.0 if form == word or form.isupper() else 0.25)
        best[word] = max(best.get(word, (0.0, word)), (score, form))
    return {word: form for word, (_, form) in best.items()}


def _index(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for word in words:
        index[skeleton(word)].append(word)
    return {key: tuple(found) for key, found in index.items()}
