"""Equivalents: what a question's words are called in the language of the documents.

A Russian or English word has Kazakh equivalents, a Kazakh word its synonyms, an acronym its full
name, a name its acronym. The entries are data (``data/``), extended by what the documents
themselves define («Сыртқы істер министрлігі (бұдан әрі – СІМ)»).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from indexer.kazakh.alphabets import SPECIAL
from indexer.passages import Language
from indexer.russian import morphology
from indexer.vocabulary import words_of
from service.ranking.listing import listed
from service.ranking.thesaurus import Thesaurus

_LIKELY = 0.05
_PARTICLES = frozenset(("то", "ка", "нибудь", "либо", "таки", "де", "ау", "ақ", "мыс"))
_SHORT_NAME = 6
_LOAN = 5
_MOST_KEYS = 64

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a question that is matched as one.

    Attributes:
        words: Its words as they stand.
        equivalents: What it is called elsewhere, each a word or more in dictionary form.
        is_name: Whether it is a name or an acronym, which has no other meaning.
    """

    words: tuple[str, ...]
    equivalents: tuple[tuple[str, ...], ...] = ()
    is_name: bool = False


class Dictionary:
    """Equivalents of words and names, found whatever their grammatical form."""

    def __init__(self, definitions: Iterable[tuple[str, str]] = ()) -> None:
        """Reads the shipped entries.

        Args:
            definitions: Short and full names that the documents define.
        """
        self._entries: dict[_Key, dict[_Key, None]] = {}
        self._names: set[_Key] = set()
        # By the first word of an entry, its most words; by all but the last word of a name, that.
        self._longest: dict[str, int] = {}
        self._lasts: dict[_Key, list[str]] = {}
        self._thesaurus = Thesaurus()
        for russian, kazakh in _table("dictionary.tsv", 2):
            for equivalent in kazakh.split("|"):
                self._add(russian, equivalent)
        for kazakh, russian, english in _table("places.tsv", 3):
            self._add_name(russian, kazakh)
            self._add_name(english, kazakh)
        for row in _table("names.tsv", 6):
            for name in row:
                for kazakh in row[:2]:
                    self._add_name(name, kazakh)
        for short, full in definitions:
            self._add_name(short, full)

    def units(self, words: Sequence[str], language: Language) -> Iterator[Unit]:
        """Yields ``words`` cut into units: the longest entries first, else single words.

        Args:
            words: The words of a question.
            language: Its language.
        """
        forms = [forms_in(language, word) for word in words]
        start = 0
        while start < len(words):
            count, equivalents, is_name = self._entry(words[start:], forms[start:])
            if not is_name:
                longest, synonyms = self._thesaurus.longest(words[start:])
                if longest > count:
                    count, equivalents = longest, synonyms
                elif longest == count:
                    equivalents = tuple(dict.fromkeys(equivalents + synonyms))
            end = start + max(1, count)
            yield Unit(tuple(words[start:end]), equivalents, is_name)
            start = end

    def _entry(
        self, words: Sequence[str], forms: Sequence[tuple[str, ...]]
    ) -> tuple[int, tuple[_Key, ...], bool]:
        """Returns the longest entry that ``words`` begin with.

        Returns:
            How many words it has, 0 if there is none; its equivalents; whether it is a name.
        """
        longest = max(self._longest.get(form, 0) for form in forms[0])
        for count in range(min(len(words), longest), 0, -1):
            keys = [key for key in _keys(forms[:count]) if key in self._entries]
            keys = keys or list(self._declined(words[:count]))
            if keys:
                found = dict.fromkeys(e for key in keys for e in self._entries[key])
                return count, tuple(found), any(key in self._names for key in keys)
        return 0, (), False

    def _declined(self, words: Sequence[str]) -> Iterator[_Key]:
        """Yields the names that ``words`` are: a Kazakh name takes its endings at the last word."""
        *before, last = words
        for ending in self._lasts.get(tuple(before), ()) if before else ():
            if last.startswith(ending):
                yield (*before, ending)

    def _add_name(self, name: str, equivalent: str) -> None:
        for key in self._add(name, equivalent):
            self._names.add(key)
            self._lasts.setdefault(key[:-1], []).append(key[-1])

    def _add(self, name: str, equivalent: str) -> tuple[_Key, ...]:
        """Adds an entry and returns the keys under which it is found."""
        key, target = tuple(words_of(name.replace("ё", "е"))), tuple(words_of(equivalent))
        if not key or not target or key == target:
            return ()
        # The dictionary form of each word as well: a question says «окружающей среды». A single
        # word is listed in it, and an acronym has none: МОК is no form of «мокнуть».
        single = len(key) == 1 or name.isupper()
        lemmas = key if single else tuple(forms_of(word)[0] for word in key)
        keys = tuple(dict.fromkeys((key, lemmas)))
        for found in keys:
            self._entries.setdefault(found, {})[target] = None
            self._longest[found[0]] = max(self._longest.get(found[0], 0), len(found))
        return keys


def _keys(forms: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yields the ways to write a stretch of words: as it stands, or in dictionary forms."""
    yield from islice(product(*forms), _MOST_KEYS)


def forms_in(language: Language, word: str) -> tuple[str, ...]:
    """Returns the forms of a question's word; a short Kazakh word is no form of a Russian one."""
    return (word,) if language == "kk" and len(word) < _LOAN else forms_of(word)


@lru_cache(maxsize=100_000)
def forms_of(word: str) -> tuple[str, ...]:
    """Returns the likely dictionary forms of a word, the word itself among them."""
    word = word.replace("ё", "е")
    stem, hyphen, ending = word.partition("-")
    if hyphen and (ending in _PARTICLES or len(stem) <= _SHORT_NAME):
        return (*forms_of(stem), word)
    if set(SPECIAL) & set(word) or not "а" <= word[:1] <= "я":
        return (word,)
    parses = morphology().parse(word)
    lemmas = (parse.normal_form.replace("ё", "е") for parse in parses if parse.score > _LIKELY)
    return tuple(dict.fromkeys((*lemmas, word)))


def _table(name: str, columns: int) -> Iterator[list[str]]:
    for line in listed(name):
        yield [*line.split("\t"), *[""] * columns][:columns]
