"""Russian word forms, by a dictionary of them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain
from os.path import commonprefix
from typing import Any

import pymorphy3_dicts_ru
from pymorphy3 import MorphAnalyzer

from indexer.languages.ru.letters import LETTERS

_LIKELY = 0.05
_PARTICLES = frozenset(("то", "ка", "нибудь", "либо", "таки", "де", "ау", "ақ", "мыс"))
_SHORT_NAME = 6
_GROUPED = 2
_ENDING = re.compile(r"(?<=\w{4})(?:ами|ями|ах|ях|ам|ям|ом|ем|ой|ей|ов|[аеиуыюя])$")
_USUAL = re.compile(r"[\u0000-\u052f]*")
_FOREIGN = re.compile(rf"(?![{LETTERS}])[\u0400-\u052f]")


class _Analyser(MorphAnalyzer):  # type: ignore[misc]
    """The analyser, which raises an error for letters that have no name in Unicode."""

    def parse(self, word: str) -> Any:
        """Returns the likely analyses of a word, without such letters; there is always one."""
        if _USUAL.fullmatch(word) is None:
            word = "".join(letter for letter in word if unicodedata.name(letter, "")) or "-"
        return super().parse(word)


@cache
def morphology() -> MorphAnalyzer:
    """Returns the analyser, loaded once; it gives plain tuples, which take half the time."""
    # With its path: else all packages of the environment are looked through for dictionaries.
    return _Analyser(path=pymorphy3_dicts_ru.get_path(), lang="ru", result_type=None)


@lru_cache(maxsize=16_384)
def dictionary_forms(word: str) -> tuple[str, ...]:
    """Returns the likely dictionary forms of a lower-case word, the word itself among them.

    They are written with е for ё. A particle after a hyphen is seen through, and so is what
    follows a short name: стран-членов is a form of страна.
    """
    word = word.replace("ё", "е")
    stem, hyphen, ending = word.partition("-")
    if hyphen and (ending in _PARTICLES or len(stem) <= _SHORT_NAME):
        return (*dictionary_forms(stem), word)
    if _FOREIGN.search(word) or not "а" <= word[:1] <= "я":
        return (word,)
    parses = morphology().parse(word)
    lemmas = [parse.normal_form.replace("ё", "е") for parse in parses if parse.score > _LIKELY]
    if not morphology().word_is_known(word) and (stem := _ENDING.sub("", word)) != word:
        # Of an unknown name it guesses any form before the bare stem: Арал of Арале.
        lemmas.insert(0, stem)
    return tuple(dict.fromkeys((*lemmas, word)))


def is_form(word: str, entry: str) -> bool:
    """Returns whether the lower-case ``word`` and ``entry`` have a dictionary form in common."""
    return not set(dictionary_forms(word)).isdisjoint(dictionary_forms(entry))


def form_of(entries: Iterable[str]) -> Callable[[str], bool]:
    """Returns what tells whether a word has a dictionary form in common with any of ``entries``."""
    forms = frozenset(chain.from_iterable(map(dictionary_forms, entries)))
    return lambda word: bool(forms) and not forms.isdisjoint(dictionary_forms(word))


@lru_cache(maxsize=4_096)
def beginnings(entry: str) -> frozenset[str]:
    """Returns what the forms of an entry begin with: человек and люд for человек."""
    forms = {entry.replace("ё", "е")}
    if not _FOREIGN.search(entry) and "а" <= entry[:1] <= "я":
        for parse in morphology().parse(entry):
            if parse.score > _LIKELY:
                lexeme = morphology().get_lexeme(parse)
                forms.update(form[0].replace("ё", "е") for form in lexeme)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        groups[form[:_GROUPED]].append(form)
    return frozenset(map(commonprefix, groups.values()))
