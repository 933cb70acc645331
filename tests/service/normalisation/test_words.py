import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.lexicon import Lexicon
from service.normalisation.words import (
    Word,
    fold_letters,
    is_cyrillic_known,
    is_latin_known,
    replace_words,
)


@given(st.text(max_size=60))
def test_words_left_alone_leave_the_text(text: str) -> None:
    """A change that changes no word changes nothing."""
    assert replace_words(text, lambda word: None) == text


def test_latin_words_in_quotes_stay() -> None:
    """What a Cyrillic question quotes in Latin letters is meant so."""
    replaced = replace_words("«Belt» деген belt және «жол»", lambda word: "сөз")
    assert replaced == "«Belt» сөз сөз сөз «сөз»"


def test_only_the_first_word_is_first() -> None:
    """One word begins the question, whatever marks stand before it."""
    seen: list[tuple[str, bool]] = []
    replace_words("— Бұл бұл", lambda word: seen.append((word.typed, word.is_first)))
    assert seen == [("Бұл", True), ("бұл", False)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("бұл", "сөз"), ("Бұл", "Сөз"), ("БҰЛ", "СӨЗ"), ("Я", "Сөз"), ("еЛ", "сөз")],
)
def test_words_keep_the_capitals_of_what_was_typed(typed: str, expected: str) -> None:
    """Capitals throughout stay so; a capital stays one."""
    assert Word(typed).in_case("сөз") == expected


@pytest.mark.parametrize(
    ("word", "is_name"),
    [
        (Word("елші"), False),
        (Word("Елші"), True),
        (Word("Елші", is_first=True), False),
        (Word("БҰҰ", is_first=True), True),
        (Word("ҚазМұнай", is_first=True), True),
    ],
)
def test_capital_that_begins_a_question_names_nothing(word: Word, is_name: bool) -> None:
    """A name has a capital that the place in the question does not explain."""
    assert word.is_name is is_name


def test_letters_that_look_alike_are_folded() -> None:
    """A Latin letter in a Kazakh word becomes Kazakh; Latin words stay Latin."""
    assert fold_letters("қызметi and COVID-19") == "қызметі and COVID-19"


def test_known_words(lexicon: Lexicon) -> None:
    """Known is what a list has, in the alphabet in which it is typed."""
    assert all(is_latin_known(word, lexicon) for word in ("policy", "saiasat", "saıasat"))
    assert not any(is_latin_known(word, lexicon) for word in ("cfzcfn", "ghbdtn"))
    assert all(is_cyrillic_known(word, lexicon) for word in ("саясат", "казак", "политика"))
    assert not any(is_cyrillic_known(word, lexicon) for word in ("ыфзывф", "policy"))
