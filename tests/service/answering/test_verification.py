"""Tests of the check of what a language model wrote."""

import pytest

from indexer.documents.passages import Passage
from service.answering.verification import supported_sentences

ARAL = Passage(
    "d",
    "para_1",
    "kk",
    "1.",
    ("Экология",),
    "Арал теңізін сақтау үшін 2025 жылға дейін 12 мың гектар орман отырғызылады.",
)
TAX = Passage("d", "para_2", "kk", "2.", (), "Шағын кәсіпорындар салықтан үш жылға босатылады.")


def check(text: str, nearest: tuple[Passage, ...] = ()) -> list[tuple[str, tuple[int, ...]]]:
    """Checks a text against both passages."""
    found = supported_sentences(text, [ARAL, TAX], lambda sentence: nearest)
    return [(sentence.text, sentence.citations) for sentence in found]


def test_supported_sentences_stay_with_their_citations() -> None:
    """Sentences in the words of the passages that they cite stay, citations apart."""
    text = "Арал теңізін сақтау үшін орман отырғызылады [1]. Кәсіпорындар салықтан босатылады. [2]"
    assert check(text) == [
        ("Арал теңізін сақтау үшін орман отырғызылады.", (1,)),
        ("Кәсіпорындар салықтан босатылады.", (2,)),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Арал теңізін сақтау үшін орман отырғызылады.",
        "Арал теңізін сақтау үшін орман отырғызылады [7].",
        "Арал теңізін сақтау үшін орман отырғызылады [0].",
        "Арал теңізін сақтау үшін орман отырғызылады [2].",
        "Арал теңізін сақтау үшін 2030 жылға дейін орман отырғызылады [1].",
        "Қазақстан Айға ғарыш кемесін ұшыруды жоспарлап отыр [1].",
        "[1]",
        "",
    ],
    ids=["uncited", "invented", "zero", "other", "number", "subject", "mark", "empty"],
)
def test_unsupported_sentence_is_dropped(sentence: str) -> None:
    """No citation, an invented one, the wrong passage, number or subject: the sentence goes."""
    assert check(sentence) == []


def test_invented_citation_goes_and_the_real_one_stays() -> None:
    """Of "[1, 9]" only the passage that was given is cited."""
    assert check("Арал теңізін сақтау үшін орман отырғызылады [1, 9].") == [
        ("Арал теңізін сақтау үшін орман отырғызылады.", (1,))
    ]


def test_other_language_is_checked_by_search() -> None:
    """A Russian sentence on a Kazakh passage stays if the search for it finds that passage."""
    text = "Для сохранения Аральского моря сажают лес [1]."
    assert check(text, nearest=(ARAL,)) == [("Для сохранения Аральского моря сажают лес.", (1,))]
    assert check(text, nearest=(TAX,)) == []


def test_lists_are_read_line_by_line() -> None:
    """List marks are not part of a sentence, and a number with a point does not end one."""
    text = "1. Арал теңізін сақтау үшін орман отырғызылады [1]\n- Салықтан босатылады [2]"
    assert [sentence for sentence, _ in check(text)] == [
        "Арал теңізін сақтау үшін орман отырғызылады",
        "Салықтан босатылады",
    ]
