"""Kazakh word forms."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ranking.forms import beginnings, entries_in, is_form, stem_of

KAZAKH = st.text("абвгғдеәжзийкқлмнңоөпрстуұүфхһшыі", min_size=2, max_size=12)


@given(KAZAKH)
def test_an_entry_is_a_form_of_itself(entry: str) -> None:
    """A dictionary form stands in texts as it is, and begins with one of its letters."""
    assert is_form(entry, entry)
    assert entry[0] in beginnings(entry)


@given(KAZAKH)
def test_a_word_is_found_under_its_own_entry(entry: str) -> None:
    """Its own dictionary form is among those that a word may be a form of."""
    assert entry in entries_in(entry, shortest=2)


@given(KAZAKH, st.integers(2, 4))
def test_longer_stems_come_first(word: str, shortest: int) -> None:
    """No entry comes before one of a longer stem, and none has a stem below the least length."""
    lengths = [len(stem_of(entry)) for entry in entries_in(word, shortest)]
    assert all(length + 1 >= shortest for length in lengths)
    assert all(later <= earlier + 1 for earlier, later in pairwise(lengths))


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("қаржыландырылады", "қаржыландыру"),
        ("тәуелділік", "тәуелді"),
        ("тілегі", "тілек"),
        ("кітабы", "кітап"),
        ("құқығы", "құқық"),
        ("берді", "беру"),
        ("береді", "беру"),
        ("беру", "беру"),
        ("берушінің", "беру"),
        ("елдің", "ел"),
    ],
)
def test_forms(word: str, entry: str) -> None:
    """Endings, derived words and voiced last letters belong to the dictionary form."""
    assert is_form(word, entry)


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("елу", "ел"),
        ("қаржы", "қару"),
        ("алаң", "ал"),
        ("туралы", "туу"),
        ("мәдениет", "мемлекет"),
        ("кітабы", "кіт ап"),
    ],
)
def test_other_words(word: str, entry: str) -> None:
    """A word that only begins with the same letters as a short stem is another word."""
    assert not is_form(word, entry)
