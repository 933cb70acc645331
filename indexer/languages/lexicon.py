"""The words known: those of the shipped lists and those of the documents that are searched."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

from indexer.languages.codes import LANGUAGES, Language
from indexer.languages.kk.endings import are_endings, endings
from indexer.languages.kk.harmony import VOICELESS, agrees, meets
from indexer.languages.kk.letters import SPECIAL, VOWELS
from indexer.languages.kk.skeleton import skeleton
from indexer.languages.ru.forms import morphology
from indexer.languages.tables import DOCUMENT_WEIGHT, WordTables, shipped_tables, trigrams

MIN_STEM = 3
"""Shortest stem, in letters, that takes an ending no list has seen on it."""

LONGEST_WORD = 48
"""Longest word, in letters, that is looked for; a longer one is no word of any language here."""

_MIN_ATTESTED = 4
_FORMS = 3
_REGULAR = 3


@dataclass(frozen=True)
class Lexicon:
    """Words with weights; a weight is about the logarithm of a frequency, from 0 to 10.

    Attributes:
        layers: The tables looked at, those of the documents before the shipped ones.
    """

    layers: tuple[WordTables, ...]

    @cached_property
    def endings(self) -> Mapping[str, float]:
        """Kazakh endings with their weights, from 0 to 6."""
        return endings()

    @cached_property
    def weights(self) -> Mapping[Language, Callable[[str], int | None]]:
        """For each language what tells the weight of a lower-case word; None where none holds it.

        Questions repeat their words, and each is looked up many times.
        """
        return {
            code: _first(tuple(layer.weights(code) for layer in self.layers)) for code in LANGUAGES
        }

    def weight(self, word: str, language: Language) -> int | None:
        """Returns the weight of a lower-case word; None where no list holds it."""
        return self.weights[language](word)

    def knows(self, word: str, language: Language) -> bool:
        """Returns whether a list of a language holds a lower-case word."""
        return self.weights[language](word) is not None

    def usual(self, word: str) -> str:
        """Returns a lower-case word in the case in which it is usually written."""
        for layer in self.layers:
            if found := layer.cases.get(word):
                return str(found[0].decode())
        return word

    def of_skeleton(self, key: str) -> tuple[str, ...]:
        """Returns the Kazakh words of a skeleton."""
        return tuple(
            [
                word.decode()
                for layer in reversed(self.layers)
                for word in layer.skeletons.get(key, ())
            ]
        )

    def endings_of_skeleton(self, key: str) -> tuple[str, ...]:
        """Returns the Kazakh endings of a skeleton."""
        return _endings_by_skeleton().get(key, ())

    def letterless_weight(self, word: str) -> int | None:
        """Returns the greatest weight of the Kazakh words that a Russian keyboard writes so."""
        found = (layer.letterless.get(word) for layer in self.layers)
        return max((int(one[0][0]) for one in found if one), default=None)

    @cached_property
    def russian_odds(self) -> Callable[[str], float]:
        """What tells the log odds, Russian over letterless Kazakh, of three letters."""
        known = _first((self.layers[-1].odds,))
        return lambda gram: known(gram) or 0.0

    def split(self, word: str) -> tuple[str, str] | None:
        """Returns the longest known stem of a Kazakh word form and its ending, or None."""
        for end in self.cuts(word):
            ending = word[end:]
            if ending not in self.endings:
                continue
            stem = word[:end]
            known = self.knows(stem, "kk") or (
                ending[0] in VOWELS
                and stem[-1] in VOICELESS
                and self.knows(stem[:-1] + VOICELESS[stem[-1]], "kk")
            )
            if known and agrees(stem, ending) and meets(stem, ending):
                return stem, ending
        return None

    def cuts(self, word: str, least: int = 1) -> range:
        """Returns where an ending of a word may begin, the shortest endings first.

        Args:
            word: A word; one longer than :data:`LONGEST_WORD` has no ending.
            least: Fewest letters of the ending.
        """
        size = len(word)
        first = max(MIN_STEM, size - self._longest_ending)
        return range(size - least, first - 1, -1) if size <= LONGEST_WORD else range(0)

    @cached_property
    def _longest_ending(self) -> int:
        """Letters of the longest ending, typed in whatever alphabet: a letter takes two at most."""
        return 2 * max(map(len, self.endings), default=0)

    def is_kazakh(self, word: str) -> bool:
        """Returns whether a lower-case word is a Kazakh word, or a form of one."""
        return self.knows(word, "kk") or self.split(word) is not None

    def is_rare_abbreviation(self, word: str) -> bool:
        """Returns whether a Kazakh word is an abbreviation that the documents do not use."""
        return self.usual(word).isupper() and (self.weight(word, "kk") or 0) < DOCUMENT_WEIGHT

    def is_plausible(self, word: str) -> bool:
        """Returns whether a word may be a form of a Kazakh word, of a loanword or of a name.

        More is plausible than :meth:`is_kazakh` accepts: stems that only their forms attest, and
        several endings in a row.
        """
        if len(word) > LONGEST_WORD:
            return False
        for end in range(len(word) - 1, MIN_STEM - 1, -1):
            stem, rest = word[:end], word[end:]
            if not meets(stem, rest) or not are_endings(rest):
                continue
            if self.knows(stem, "ru"):
                return True
            if agrees(stem, rest) and (self.knows(stem, "kk") or self._is_attested(stem)):
                return True
        return False

    def _is_attested(self, stem: str) -> bool:
        """Returns whether several known words are ``stem`` with an ending."""
        if len(stem) < _MIN_ATTESTED:
            return False
        found = set()
        for word in chain.from_iterable(layer.kk.iterkeys(stem) for layer in self.layers):
            rest = word[len(stem) :]
            if rest in self.endings and meets(stem, rest):
                found.add(word)
                if len(found) == _FORMS:
                    return True
        return False

    def is_well_formed(self, word: str) -> bool:
        """Returns whether a word has only sequences of letters that Kazakh words have."""
        return all(self._words_with(gram) >= _REGULAR for gram in trigrams(word))

    def _words_with(self, gram: str) -> int:
        found = (layer.trigrams.get(gram) for layer in self.layers)
        return sum(int(one[0][0]) for one in found if one)

    def is_russian(self, word: str) -> bool:
        """Returns whether a lower-case word is a Russian word form."""
        return self.knows(word, "ru") or (
            not any(letter in SPECIAL for letter in word) and bool(morphology().word_is_known(word))
        )


def load_lexicon(documents: WordTables | None = None) -> Lexicon:
    """Returns the shipped words, together with those of documents where there are some."""
    return Lexicon((shipped_tables(),) if documents is None else (documents, shipped_tables()))


def _first(tries: tuple[Any, ...]) -> Callable[[str], Any]:
    """Returns what looks a word up in ``tries``, one after the other."""

    def look_up(word: str) -> Any:
        for trie in tries:
            if found := trie.get(word):
                return found[0][0]
        return None

    return look_up


@cache
def _endings_by_skeleton() -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for ending in endings():
        index[skeleton(ending)].append(ending)
    return {key: tuple(found) for key, found in index.items()}
