import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.folding import fold, lower, sounds
from indexer.languages.kk.letters import CYRILLIC, SPELLINGS, letterless


@pytest.mark.parametrize(
    "typed", ["ТАРМАҒЫ", "тармагы", "tarmagy", "tarmaǵy", "tarmağı", "Tarmagi"]
)
def test_every_way_of_typing_has_one_fold(typed: str) -> None:
    """Kazakh, letterless and Latin letters fold to the same."""
    assert fold(typed) == "тармаги"


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    """The fold is as long as the text, and each character folds alone."""
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)


@given(st.text(CYRILLIC, max_size=12))
def test_folding_settles(word: str) -> None:
    """A folded word is its own fold."""
    assert fold(fold(word)) == fold(word)
    assert fold(letterless(word)) == fold(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tarmaqsha", "тармақша"),
        ("tarmaqşa", "тармақша"),
        ("shcherbakov", "щербаков"),
        ("zhanga", "жаңа"),
        ("zakon", "закон"),
        ("konstitutsiya", "конституция"),
        ("konstituciya", "конституция"),
        ("oyin", "ойын"),
    ],
)
def test_letters_of_several_characters_sound_as_one(typed: str, meant: str) -> None:
    """A Latin word sounds as the Cyrillic one."""
    assert sounds(typed) == sounds(meant)


@pytest.mark.parametrize("typed", ["tarmaqs", "тармақ", "tarmak", "тарм"])
def test_a_beginning_sounds_as_a_beginning(typed: str) -> None:
    """What is being typed leads to the word, in the middle of a letter too."""
    assert sounds("тармақша")[0].startswith(sounds(typed)[0])


def test_every_letter_of_the_table_folds_to_one_of_its_letters() -> None:
    """What a letter is usually typed as folds with it, compound letters aside."""
    apart = {
        (letter, typed)
        for letter, spellings in SPELLINGS.items()
        for typed, cost in spellings.items()
        if cost == 0 and len(typed) == 1 and fold(typed) != fold(letter)
    }
    assert apart == set()


def test_the_turkish_capital_leaves_no_dot() -> None:
    """Lower case has one character for it."""
    assert lower("İSTANBUL") == "istanbul"
