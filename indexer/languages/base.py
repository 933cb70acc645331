"""What every language brings, under the same names.

Source: the model is spaCy's folder ``lang``, https://spacy.io/usage/linguistic-features.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from indexer.languages import words
from indexer.languages.codes import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class LanguageBundle:
    """The parts of one language; the lists are read when they are first asked for.

    Attributes:
        code: The language.
        letters: Its letters, in lower case.
        vowels: Those of them that are vowels.
        is_form: Takes a word of a text and a dictionary form, both in lower case; tells whether
            the word may be that with endings.
        form_of: Takes dictionary forms; returns what tells whether a word is a form of any of them,
            as ``is_form`` would of each.
        beginnings: Takes a dictionary form; returns what its forms begin with, each form with one.
        dictionary_forms: Takes a word of a text; returns its likely dictionary forms, the word
            itself among them.
        roots: Takes a word; returns what it is told by: two words are forms of one another where
            they have one in common. None where rules tell, as in Kazakh.
    """

    code: Language
    letters: str
    vowels: frozenset[str]
    is_form: Callable[[str, str], bool]
    form_of: Callable[[Sequence[str]], Callable[[str], bool]]
    beginnings: Callable[[str], frozenset[str]]
    dictionary_forms: Callable[[str], tuple[str, ...]]
    roots: Callable[[str], tuple[str, ...]] | None = None

    def frequent(self) -> tuple[tuple[str, int], ...]:
        """Returns words in their usual case, each with a weight from 0 to 9."""
        return words.frequent(self.code)

    def question_words(self) -> frozenset[str]:
        """Returns the words that ask, join or name any document."""
        return words.question_words(self.code)

    def synonyms(self) -> tuple[tuple[str, ...], ...]:
        """Returns sets of words and phrases that may stand for one another."""
        return words.synonyms(self.code)

    def answers(self) -> Mapping[str, words.AnswerKind]:
        """Returns the kinds of things that questions ask for, by name."""
        return words.answers(self.code)

    def structure(self) -> Mapping[str, frozenset[str]]:
        """Returns the words that hold sentences together, by what they do there."""
        return words.structure(self.code)


@cache
def language(code: Language) -> LanguageBundle:
    """Returns the parts of one language: ``BUNDLE`` of its folder."""
    bundle: LanguageBundle = import_module(f"indexer.languages.{code}").BUNDLE
    return bundle


def languages() -> tuple[LanguageBundle, ...]:
    """Returns the parts of every language."""
    return tuple(map(language, LANGUAGES))


def is_form(word: str, entry: str, code: Language) -> bool:
    """Returns whether ``word`` may be the dictionary form ``entry`` with endings.

    Args:
        word: A word as it stands in a text, in lower case.
        entry: A dictionary form, in lower case.
        code: Language of both.
    """
    return language(code).is_form(word, entry)
