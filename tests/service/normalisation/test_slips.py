import pytest

from indexer.documents.passages import Language
from indexer.languages.lexicon import Lexicon
from service.normalisation.slips import mend_slips
from service.normalisation.words import Word, replace_words


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("kk", "саястаы", "саясаты"),
        ("kk", "сырткы", "сыртқы"),
        ("kk", "уйлерді", "үйлерді"),
        ("ru", "плоитика", "политика"),
        ("ru", "тужырымдама", "тұжырымдама"),
    ],
)
def test_slips_and_missing_letters_are_mended(
    lexicon: Lexicon, language: Language, typed: str, meant: str
) -> None:
    """One slip is undone; a Kazakh word gets its letters in either language."""
    assert mend_slips(Word(typed), lexicon, 0.5, language=language) == meant


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("kk", Word("Саястаы")),
        ("kk", Word("внешней")),
        ("kk", Word("қалжыратты")),
        ("ru", Word("саясаты")),
        ("ru", Word("belt")),
    ],
)
def test_what_may_be_right_stays(lexicon: Lexicon, language: Language, word: Word) -> None:
    """Names, words of the other language and rare words are left alone."""
    assert mend_slips(word, lexicon, 0.5, language=language) is None


def test_a_plausible_word_is_mended_where_it_looks_unlike_kazakh(lexicon: Lexicon) -> None:
    """A slip that could be a form of some stem gives way to a frequent word beside it."""
    assert lexicon.is_plausible("көрсетліген")
    assert mend_slips(Word("көрсетліген"), lexicon, 0.5, language="kk") == "көрсетілген"


@pytest.mark.parametrize("text", ["жым-жырт", "плей-офф", "хип-хопа"])
def test_short_parts_of_compounds_stay(lexicon: Lexicon, text: str) -> None:
    """Echoes and foreign compounds are in no list; their parts are not mended."""
    language: Language = "ru" if text != "жым-жырт" else "kk"
    changed = replace_words(text, lambda word: mend_slips(word, lexicon, 0.5, language=language))
    assert changed == text
