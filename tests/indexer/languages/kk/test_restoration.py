import pytest

from indexer.languages.kk.restoration import restore, spelling_cost
from indexer.languages.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("сырткы", "сыртқы"),
        ("syrtqy", "сыртқы"),
        ("sirtki", "сыртқы"),
        ("qauipsizdik", "қауіпсіздік"),
        ("kauipsizdik", "қауіпсіздік"),
        ("zhumys", "жұмыс"),
        ("jumıs", "жұмыс"),
        ("ulttyng", "ұлттың"),
    ],
)
def test_a_word_is_restored(typed: str, word: str) -> None:
    """Letterless and Latin words become the Kazakh words that they stand for."""
    restoration = restore(typed, load_lexicon())
    assert restoration is not None
    assert restoration.word == word


def test_an_unseen_form_takes_endings_in_harmony() -> None:
    """The ending of a form that no list holds follows the stem's vowels."""
    restoration = restore("ulestirmelerimizden", load_lexicon())
    assert restoration is not None
    assert restoration.word == "үлестірмелерімізден"
    assert not restoration.whole


def test_nothing_is_restored_from_no_word() -> None:
    """A string that no stem and ending explain stays unknown."""
    assert restore("zxqvbn", load_lexicon()) is None


def test_the_standard_spelling_is_free_and_an_odd_one_dear() -> None:
    """The 2021 alphabet costs nothing, a dropped h more than a kept one."""
    assert spelling_cost("шарт", "şart") == 0
    assert spelling_cost("шарт", "shart") < spelling_cost("шарт", "sart")
    assert spelling_cost("шарт", "bart") == 99
