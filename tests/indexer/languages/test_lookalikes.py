import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.kk.letters import CYRILLIC
from indexer.languages.lookalikes import fold_homoglyphs, to_cyrillic


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


@pytest.mark.parametrize("mixed", ["Cтaтья 5", "бөлiм", "KHMTXEAP", "hkmtb", "Əкiм Өмip"])
def test_whatever_looks_cyrillic_becomes_cyrillic(mixed: str) -> None:
    """One letter for one, so that places stay."""
    folded = to_cyrillic(mixed)
    assert len(folded) == len(mixed)
    assert not any(letter.isalpha() and letter < "\u0250" for letter in folded)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """What is folded has no look-alike left."""
    assert to_cyrillic(to_cyrillic(text)) == to_cyrillic(text)
