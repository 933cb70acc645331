import pytest

from indexer.languages.kk.skeleton import skeleton
from indexer.languages.lexicon import load_lexicon
from indexer.languages.tables import document_tables


def test_words_of_the_documents_are_known() -> None:
    """A word that only a document holds is known, in the case in which it stands there."""
    lexicon = load_lexicon(document_tables({"kk": {"АБВГДҚ": 2, "ұйымы": 1, "туралы": 1}}))
    assert lexicon.is_kazakh("абвгдқ")
    assert lexicon.usual("абвгдқ") == "АБВГДҚ"
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
    assert load_lexicon().usual("бұұ") == "БҰҰ"


def test_documents_words_join_those_of_the_lists() -> None:
    """A word of the documents is found by its skeleton beside the lists', and weighs more."""
    lexicon = load_lexicon(
        document_tables({"kk": {"климат": 3, "АБВГДҚ": 2, "қазакстан": 1}, "ru": {"климата": 2}})
    )
    alone = load_lexicon()
    key = skeleton("қазақстан")
    assert {*alone.of_skeleton(key), "қазакстан"} == set(lexicon.of_skeleton(key))
    found = lexicon.of_skeleton(skeleton("климат"))
    assert found == alone.of_skeleton(skeleton("климат"))
    assert lexicon.weight("қазакстан", "kk") == 5
    known = alone.weight("климат", "kk")
    assert known is not None
    assert lexicon.weight("климат", "kk") == max(known + 2, 5)
    assert lexicon.letterless_weight("казакстан") == alone.letterless_weight("казакстан")


def test_a_document_that_writes_an_abbreviation_small_has_it_so() -> None:
    """The usual case is that of the documents where they use the word."""
    assert load_lexicon(document_tables({"kk": {"бұұ": 3}})).usual("бұұ") == "бұұ"


def test_letters_of_new_words_count_as_kazakh() -> None:
    """What several words of the documents hold is no slip."""
    assert not load_lexicon().is_well_formed("щщщщ")
    assert load_lexicon(
        document_tables({"kk": dict.fromkeys(("щщщщ", "щщщщщ", "щщщщщщ"), 1)})
    ).is_well_formed("щщщщ")
