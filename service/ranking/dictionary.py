"""Equivalents: what a question's words are called in the languages of the documents.

A word has equivalents in the other languages, a Kazakh word its synonyms, an acronym its full
name, a name its acronym and its form in the other languages. The entries are lists
(:mod:`indexer.languages.pairs`), each read both ways, extended by what the documents themselves
define («Сыртқы істер министрлігі (бұдан әрі – СІМ)»).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, permutations, product
from pathlib import Path

import indexer.languages
from indexer import vocabulary
from indexer.compiled import compiled
from indexer.languages import LANGUAGES, Language, language, pairs
from indexer.languages.kk.letters import SPECIAL
from indexer.languages.ru.forms import morphology
from indexer.vocabulary import words_of
from service.ranking.entries import Entries, Equivalent, Key, equivalent_of
from service.ranking.thesaurus import Thesaurus, kazakh_entries

__all__ = ["Dictionary", "Equivalent", "Unit", "forms_in"]

_LOAN = 5
_MOST_KEYS = 64

_FOREIGN, _KAZAKH = "foreign", "kazakh"
_SOURCES = (
    Path(indexer.languages.__file__).parent,
    Path(vocabulary.__file__),
    Path(__file__).with_name("entries.py"),
    Path(__file__).with_name("thesaurus.py"),
    Path(__file__),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a question that is matched as one.

    Attributes:
        words: Its words as they stand.
        equivalents: What it is called elsewhere.
        is_name: Whether it is a name or an acronym, which has no other meaning.
    """

    words: tuple[str, ...]
    equivalents: tuple[Equivalent, ...] = ()
    is_name: bool = False


class Dictionary:
    """Equivalents of words and names, found whatever their grammatical form."""

    def __init__(self, definitions: Iterable[tuple[str, str]] = ()) -> None:
        """Opens the shipped entries.

        Args:
            definitions: Short and full names that the documents define.
        """
        folder = compiled("dictionary", _SOURCES, _make_shipped)
        defined = _Gathered()
        for name, source, called in _defined(definitions):
            defined.add_name(name, source, called)
        self._layers = (Entries.load(folder, _FOREIGN), defined.entries())
        self._kazakh = Thesaurus(Entries.load(folder, _KAZAKH))

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
                longest, others = self._kazakh.longest(words[start:])
                foreign = language != "kk" and all(map(_is_foreign, words[start : start + longest]))
                if foreign and not (
                    set(equivalents) & set(others) if count else self._is_loan(forms[start])
                ):
                    longest, others = 0, ()
                if longest > count:
                    count, equivalents = longest, others
                elif longest == count:
                    equivalents = tuple(dict.fromkeys(equivalents + others))
            end = start + max(1, count)
            if language != "kk":
                # Spelling tells Kazakh forms, which keep their stems; человек and людей it parts.
                own = tuple(form[0] for form in forms[start:end])
                equivalents = (Equivalent(own, language), *equivalents)
                if language == "ru" and not is_name and _is_unheard(words[start:end]):
                    # A name of here is spelt alike in Kazakh: Арале, Арал.
                    equivalents = (*equivalents, Equivalent(own, "kk"))
            yield Unit(tuple(words[start:end]), equivalents, is_name)
            start = end

    def _is_loan(self, forms: Iterable[str]) -> bool:
        """Whether a Russian word is long and a Kazakh entry as it stands: регион, not права."""
        return any(len(form) >= _LOAN and form in self._kazakh for form in forms)

    def _entry(
        self, words: Sequence[str], forms: Sequence[tuple[str, ...]]
    ) -> tuple[int, tuple[Equivalent, ...], bool]:
        """Returns the longest entry that ``words`` begin with.

        Returns:
            How many words it has, 0 if there is none; its equivalents; whether it is a name.
        """
        longest = max(
            (layer.most_words(form) for layer in self._layers for form in forms[0]), default=0
        )
        for count in range(min(len(words), longest), 0, -1):
            keys = [key for key in _keys(forms[:count]) if self._has(key)]
            keys = keys or list(self._declined(words[:count]))
            if keys:
                found = dict.fromkeys(
                    called for key in keys for layer in self._layers for called in layer.called(key)
                )
                is_name = any(layer.is_name(key) for layer in self._layers for key in keys)
                return count, tuple(found), is_name
        return 0, (), False

    def _has(self, key: Key) -> bool:
        return any(key in layer for layer in self._layers)

    def _declined(self, words: Sequence[str]) -> Iterator[Key]:
        """Yields the names that ``words`` are: a Kazakh name takes its endings at the last word."""
        return chain.from_iterable(layer.declined_names(words) for layer in self._layers)


class _Gathered:
    """Entries while they are put together."""

    def __init__(self) -> None:
        self._found: dict[Key, dict[Equivalent, None]] = {}
        self._names: set[Key] = set()

    def entries(self) -> Entries:
        """Returns what was gathered."""
        return Entries.of(self._found, self._names)

    def add_name(self, name: str, source: Language, called: Iterable[Equivalent]) -> None:
        """Adds a name of a language."""
        self._names.update(self.add(name, source, called))

    def add(self, name: str, source: Language, called: Iterable[Equivalent]) -> tuple[Key, ...]:
        """Adds an entry and returns the keys under which it is found."""
        key = tuple(words_of(name.replace("ё", "е")))
        targets = [equivalent for equivalent in called if equivalent.words not in ((), key)]
        if not key or not targets:
            return ()
        # The dictionary form of each word as well: a question says «окружающей среды». A single
        # word is listed in it, and an acronym has none: МОК is no form of «мокнуть».
        single = (len(key) == 1 and source != "en") or name.isupper()
        lemmas = key if single else tuple(forms_in(source, word)[0] for word in key)
        keys = tuple(dict.fromkeys((key, lemmas)))
        for found in keys:
            self._found.setdefault(found, {}).update(dict.fromkeys(targets))
        return keys


def _make_shipped(folder: Path) -> None:
    shipped = _Gathered()
    for source, target in permutations(LANGUAGES, 2):
        if source != "kk":
            for word, equivalents in pairs.dictionary(source, target):
                shipped.add(word, source, (equivalent_of(e, target) for e in equivalents))
    for name, code, called in _names():
        shipped.add_name(name, code, called)
    shipped.entries().save(folder, _FOREIGN)
    kazakh_entries(_from_kazakh()).save(folder, _KAZAKH)


def _names() -> Iterator[tuple[str, Language, list[Equivalent]]]:
    """Yields each name with its language and what it is also called; Kazakh places are words."""
    for row in pairs.places():
        place = [equivalent_of(*cell) for cell in zip(row, LANGUAGES, strict=True)]
        for name, own in zip(row[1:], place[1:], strict=True):
            yield name, own.language, [other for other in place if other is not own]
    for row in pairs.names():
        cells = zip(row, (code for code in LANGUAGES for _ in range(2)), strict=True)
        called = [equivalent_of(*cell) for cell in cells]
        for name, own in zip(row, called, strict=True):
            yield name, own.language, [other for other in called if other is not own]


def _defined(
    definitions: Iterable[tuple[str, str]],
) -> Iterator[tuple[str, Language, list[Equivalent]]]:
    """Yields the short names that documents define; without a Kazakh letter, in both languages."""
    for short, full in definitions:
        yield short, "kk", [equivalent_of(full, "kk")]
        if not set(SPECIAL) & set(full.lower()):
            yield short, "ru", [equivalent_of(full, "ru")]


def _from_kazakh() -> Iterator[tuple[Key, Equivalent]]:
    """Yields the words of Kazakh entries, each with an equivalent in another language."""
    for target in LANGUAGES:
        if target != "kk":
            for word, equivalents in pairs.dictionary("kk", target):
                if key := tuple(words_of(word)):
                    yield from ((key, equivalent_of(other, target)) for other in equivalents)
    for row in pairs.places():
        key = tuple(words_of(row[0]))
        for name, target in zip(row[1:], LANGUAGES[1:], strict=True):
            if key and name:
                yield key, equivalent_of(name, target)


def _is_foreign(word: str) -> bool:
    """Whether a word of a question in another language is Russian and has no Kazakh letter."""
    return not set(SPECIAL) & set(word) and morphology().word_is_known(word)


def _keys(forms: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yields the ways to write a stretch of words: as it stands, or in dictionary forms."""
    yield from islice(product(*forms), _MOST_KEYS)


def _is_unheard(words: Sequence[str]) -> bool:
    """Whether the Russian dictionary has none of ``words``: names, most of them."""
    return not any(morphology().word_is_known(word) for word in words)


def forms_in(code: Language, word: str) -> tuple[str, ...]:
    """Returns the forms of a question's word; a short Kazakh word is no form of a Russian one."""
    if code == "kk" and len(word) < _LOAN:
        return (word,)
    russian = language("ru").dictionary_forms(word)
    english = language("en").dictionary_forms(word) if word.isascii() else ()
    return tuple(dict.fromkeys(english + russian))
