import pytest

from indexer.languages.kk.harmony import agrees, assimilates, harmony, meets


@pytest.mark.parametrize(
    ("word", "expected"),
    [("қала", "back"), ("елші", "front"), ("оқу", "back"), ("келу", "front"), ("такси", None)],
)
def test_the_last_vowel_decides(word: str, expected: str | None) -> None:
    """``у`` takes the harmony of the vowel before it, ``и`` leaves it open."""
    assert harmony(word) == expected


@pytest.mark.parametrize("ending", ["лар", "ның", "дағы", "мен", "ларымен"])
def test_a_back_stem_takes_back_endings_and_men(ending: str) -> None:
    """``мен`` follows every stem."""
    assert agrees("қала", ending)


def test_a_back_stem_takes_no_front_ending() -> None:
    """``қалалер`` is no word."""
    assert not agrees("қала", "лер")


@pytest.mark.parametrize(
    ("stem", "ending", "expected"),
    [("қала", "ы", False), ("қала", "сы", True), ("атом", "м", False), ("атом", "ның", True)],
)
def test_vowels_do_not_meet_and_consonants_do_not_pile_up(
    stem: str, ending: str, expected: bool
) -> None:
    """An ending that cannot be said after its stem is refused."""
    assert meets(stem, ending) is expected


@pytest.mark.parametrize(
    ("stem", "ending", "expected"),
    [("халық", "қа", True), ("халық", "ға", False), ("ел", "де", True), ("ат", "ы", True)],
)
def test_a_voiceless_consonant_is_followed_by_one(stem: str, ending: str, expected: bool) -> None:
    """The ending's consonant is like the stem's last one."""
    assert assimilates(stem, ending) is expected
