import pytest

from indexer.kazakh.lexicon import load_lexicon


def test_words_of_the_documents_are_known() -> None:
    """A word that only a document holds is known, in the case in which it stands there."""
    lexicon = load_lexicon([("kk", "АБВГДҚ ұйымы туралы. АБВГДҚ.")])
    assert lexicon.is_kazakh("абвгдқ")
    assert lexicon.cases["абвгдқ"] == "АБВГДҚ"
    assert load_lexicon().weight("абвгдқ", "kk") is None


@pytest.mark.parametrize("word", ["саясат", "мемлекеттердің", "қаптайтын", "кітабында"])
def test_forms_of_known_stems_are_kazakh(word: str) -> None:
    """An unseen form of a stem is known by its endings."""
    assert load_lexicon().is_kazakh(word)


@pytest.mark.parametrize("word", ["саясаттарымыздан", "цунамиден", "жақтамады", "әріптеспіз"])
def test_rare_forms_are_plausible(word: str) -> None:
    """Several endings in a row, loanwords and verbs may be words though no list holds them."""
    assert load_lexicon().is_plausible(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("қалжыратты", True), ("ашқымыз", True), ("саясыат", False), ("қолданыады", False)],
)
def test_slips_look_unlike_kazakh(word: str, expected: bool) -> None:
    """A rare word has the sequences of letters that other words have; a slip makes new ones."""
    assert load_lexicon().is_well_formed(word) is expected


@pytest.mark.parametrize("word", ["саясаттарымыздн", "қалалер", "внешней"])
def test_what_is_no_kazakh_form_is_not_known(word: str) -> None:
    """Typos, broken harmony and Russian words are no Kazakh forms."""
    assert not load_lexicon().is_kazakh(word)


@pytest.mark.parametrize("word", ["дипломатических", "переговоров", "тармақ"])
def test_russian_is_told_by_the_dictionary(word: str) -> None:
    """Russian forms are known; a word with a Kazakh letter is never Russian."""
    assert load_lexicon().is_russian(word) is (word != "тармақ")


def test_official_words_carry_their_case() -> None:
    """Abbreviations are known as such."""
    assert load_lexicon().cases["бұұ"] == "БҰҰ"
