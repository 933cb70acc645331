import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.documents.passages import Language
from indexer.languages.kk.letters import CYRILLIC
from indexer.languages.lexicon import load_lexicon
from indexer.languages.typos import mend, mend_spelling, slips


@pytest.mark.parametrize(
    ("language", "typed", "word"),
    [
        ("kk", "саястаы", "саясаты"),
        ("kk", "мемлкет", "мемлекет"),
        ("kk", "халықарылық", "халықаралық"),
        ("ru", "плоитика", "политика"),
        ("ru", "безопастность", "безопасность"),
        ("ru", "экономмика", "экономика"),
    ],
)
def test_one_slip_is_mended(language: Language, typed: str, word: str) -> None:
    """A swapped, dropped, doubled or added letter is mended."""
    assert mend(typed, load_lexicon(), language, 0.5) == word


@pytest.mark.parametrize("typed", ["qazaqsatn", "qazaqstn", "qqzaqstan"])
def test_a_slip_in_latin_letters_is_mended(typed: str) -> None:
    """Slips are found in Latin words too."""
    assert mend_spelling(typed, load_lexicon(), 0.5) == "қазақстан"


def test_short_words_are_left_alone() -> None:
    """A short word has too many neighbours to be mended."""
    assert mend("щщщ", load_lexicon(), "ru", 0.5) is None


@pytest.mark.parametrize("word", ["қалжыратты", "сытылып", "дәлелденбеді", "альвеолдар"])
def test_a_rare_word_is_no_slip_in_a_form(word: str) -> None:
    """An unknown word that looks like Kazakh is not made a form that no list holds."""
    assert mend(word, load_lexicon(), "kk", 0.5) is None


def test_a_mended_form_is_one_that_can_be_said() -> None:
    """A stem takes no ending that its last consonant forbids: шындықға is no word."""
    assert mend("шындықка", load_lexicon(), "kk", 0.5) != "шындықға"


@given(st.text(alphabet=CYRILLIC, min_size=2, max_size=9), st.data())
def test_every_swap_and_drop_is_among_the_slips(word: str, data: st.DataObject) -> None:
    """What a slip did is undone by one of the slips."""
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    dropped = word[:at] + word[at + 1 :]
    assert word == swapped or word in dict(slips(swapped))
    assert word in dict(slips(dropped))
