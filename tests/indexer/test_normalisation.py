"""Tests of indexer.normalisation."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import InvalidTextError
from indexer.normalisation import fold_space, sanitise

ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@given(ANY_TEXT)
def test_sanitised_text_is_safe_for_the_engine(text: str) -> None:
    """Whatever goes in, what comes out is encodable, NFKC, without NUL and special tokens."""
    try:
        clean = sanitise(text)
    except InvalidTextError:
        return
    clean.encode("utf-8")
    assert "\x00" not in clean
    assert not any(token in clean for token in ("<s>", "</s>", "<pad>", "<unk>", "<mask>"))
    assert unicodedata.is_normalized("NFKC", clean)
    assert clean == fold_space(clean) != ""


@given(ANY_TEXT)
def test_sanitising_twice_changes_nothing(text: str) -> None:
    """Sanitising is idempotent."""
    try:
        clean = sanitise(text)
    except InvalidTextError:
        return
    assert sanitise(clean) == clean


def test_kazakh_letters_stay() -> None:
    """Clean Kazakh text is not touched."""
    text = "Әділ құқық, ғылым, өңір, ұлт, үкімет және Һ әрпі — «3.17-тармақ»."
    assert sanitise(text) == text


def test_decomposed_letters_are_composed() -> None:
    """A decomposed й is the same letter as a composed one."""
    assert sanitise("и\u0306од е\u0308лка") == "йод ёлка"


def test_nested_special_token_does_not_survive() -> None:
    """Removing a token must not make another."""
    assert "</s>" not in sanitise("a <</s>/s> <<s>s> b")


def test_length_is_capped() -> None:
    """A megabyte is cut to the limit."""
    assert len(sanitise("ﷺ" * 1_000_000, limit=500)) <= 500


@pytest.mark.parametrize("text", ["", " \t\n\u00a0", "\x00", "\ud800", "</s>", "\u200b\ufeff"])
def test_nothing_to_embed_is_refused(text: str) -> None:
    """A text without content is an error, not a vector of the bare prefix."""
    with pytest.raises(InvalidTextError):
        sanitise(text)
