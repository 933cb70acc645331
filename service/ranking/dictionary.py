"""Equivalents: what a question's words are called in the language of the documents.

A Russian or English word has Kazakh equivalents, an acronym its full name, a name its acronym.
The entries are data (``data/*.tsv``), extended by what the documents themselves define
(«Сыртқы істер министрлігі (бұдан әрі – СІМ)»).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice, product

from indexer.kazakh.alphabets import SPECIAL
from indexer.passages import Language
from indexer.russian import morphology
from indexer.vocabulary import words_of

_LONGEST = 7
_LIKELY = 0.05
_PARTICLES = frozenset(("то", "ка", "нибудь", "либо", "таки", "де", "ау", "ақ", "мыс"))
_SHORT_NAME = 6
_LOAN = 5
_MOST_KEYS = 64


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
        self._entries: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        self._names: set[tuple[str, ...]] = set()
        for russian, kazakh in _table("dictionary.tsv", 2):
            for equivalent in kazakh.split("|"):
                self._add(russian, equivalent)
        words = set(self._entries)
        for kazakh, russian, english in _table("places.tsv", 3):
            self._add(russian, kazakh)
            self._add(english, kazakh)
        for row in _table("names.tsv", 6):
            for name in row:
                for kazakh in row[:2]:
                    self._add(name, kazakh)
        for short, full in definitions:
            self._add(short, full)
        self._names = set(self._entries) - words

    def units(self, words: Sequence[str], language: Language) -> Iterator[Unit]:
        """Yields ``words`` cut into units: the longest entries first, else single words.

        Args:
            words: The words of a question.
            language: Its language.
        """
        forms = [forms_in(language, word) for word in words]
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + _LONGEST), start, -1):
                keys = [key for key in _keys(forms[start:end]) if key in self._entries]
                if keys:
                    found = dict.fromkeys(e for key in keys for e in self._entries[key])
                    is_name = any(key in self._names for key in keys)
                    yield Unit(tuple(words[start:end]), tuple(found), is_name)
                    break
            else:
                end = start + 1
                yield Unit((words[start],))
            start = end

    def _add(self, name: str, equivalent: str) -> None:
        key, target = words_of(name.replace("ё", "е")), tuple(words_of(equivalent))
        if not key or not target or tuple(key) == target:
            return
        self._entries.setdefault(tuple(key), {})[target] = None
        # The dictionary form of each word as well: a question says «окружающей среды».
        lemmas = tuple(forms_of(word)[0] for word in key)
        self._entries.setdefault(lemmas, {})[target] = None


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
    text = (files("service.ranking") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), *[""] * columns][:columns]
