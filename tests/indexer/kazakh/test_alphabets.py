import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.kazakh.alphabets import (
    CYRILLIC,
    SPELLINGS,
    compose,
    fold_homoglyphs,
    letterless,
    transliterate,
)


def test_a_russian_keyboard_writes_none_of_the_kazakh_letters() -> None:
    """Each Kazakh letter becomes the Russian one on whose key people type it."""
    assert letterless("Әлем, ғылым, қаңтар, өнер, ұлы, үміт, гауһар, іс") == (
        "Алем, гылым, кантар, онер, улы, умит, гаухар, ис"
    )


def test_every_letter_may_be_typed_as_itself_for_nothing() -> None:
    """No Cyrillic letter is missing from the table of spellings."""
    assert all(SPELLINGS[letter][letter] == 0 for letter in CYRILLIC)


@pytest.mark.parametrize(
    ("mixed", "folded"),
    [
        ("қызметi", "қызметі"),
        ("Cаяси", "Саяси"),
        ("XІX", "XIX"),
        ("WТО", "WTO"),
        ("COVID", "COVID"),
        ("виза", "виза"),
        ("Wорд", "Wорд"),
    ],
)
def test_letters_that_only_look_right_are_replaced(mixed: str, folded: str) -> None:
    """A word of two alphabets becomes one of one, unless it really is of both."""
    assert fold_homoglyphs(mixed) == folded


@given(st.text(alphabet=CYRILLIC))
def test_a_word_of_one_alphabet_is_never_folded(word: str) -> None:
    """Folding leaves Cyrillic words alone."""
    assert fold_homoglyphs(word) == word


def test_apostrophe_letters_become_one_letter_each() -> None:
    """The alphabet of 2017 writes ``a'`` where that of 2018 writes ``á``."""
    assert compose("a'leumettik") == "áleumettik"


def test_unknown_names_are_transliterated() -> None:
    """A name that no list knows is read letter by letter."""
    assert transliterate("shynbergen") == "шынберген"
