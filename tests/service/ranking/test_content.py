import unicodedata

import pytest

from indexer.languages import Language, language
from indexer.vocabulary import words_of
from service.ranking.content import question_words


@pytest.mark.parametrize("word", ["қандай", "туралы", "какие", "что", "what", "which"])
def test_words_that_ask_are_question_words(word: str) -> None:
    """Each of the three languages is there."""
    assert word in question_words()


@pytest.mark.parametrize(
    "word", ["мемлекет", "климат", "қауіпсіздік", "мир", "экономика", "security", "бейбітшілік"]
)
def test_words_that_say_what_about_are_not(word: str) -> None:
    """A word of the documents' matter is kept."""
    assert word not in question_words()


def test_comments_are_no_words() -> None:
    """The headings of the list's parts are not read."""
    assert question_words().isdisjoint({"kazakh", "russian", "english", "#"})


def test_question_words_are_written_as_they_are_compared() -> None:
    """Each is one word in the form in which words of a question come."""
    assert [word for word in sorted(question_words()) if words_of(word) != [word]] == []


@pytest.mark.parametrize(
    ("code", "first", "last"), [("kk", "Ѐ", "ԯ"), ("ru", "а", "ё"), ("en", "a", "z")]
)
def test_each_language_has_its_letters(code: Language, first: str, last: str) -> None:
    """No look-alike of another alphabet stands in a word, and no Kazakh letter in a Russian one."""
    text = "".join(language(code).question_words())
    assert text
    assert unicodedata.is_normalized("NFC", text)
    assert sorted(letter for letter in set(text) - {"-"} if not first <= letter <= last) == []
