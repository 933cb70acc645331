import unicodedata
from importlib.resources import files

import pytest

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


def _part(name: str) -> str:
    """Returns a part of the list, by the comment that heads it."""
    text = (files("service.ranking") / "data" / "question-words.txt").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    parts = {title: body for title, _, body in (p.partition("\n") for p in text.split("\n# "))}
    return parts[name]


@pytest.mark.parametrize(
    ("name", "first", "last"), [("Kazakh", "Ѐ", "ԯ"), ("Russian", "а", "ё"), ("English", "a", "z")]
)
def test_each_part_of_the_list_is_in_its_letters(name: str, first: str, last: str) -> None:
    """No look-alike of another alphabet stands in a word, and no Kazakh letter in a Russian one."""
    letters = set("".join(_part(name).split())) - {"-"}
    assert letters
    assert sorted(letter for letter in letters if not first <= letter <= last) == []
