import pytest

from indexer.languages.ru.forms import is_form, morphology


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("торговле", "торговля"),
        ("людьми", "человек"),
        ("законов", "закон"),
        ("объём", "объем"),
        ("арале", "арал"),
    ],
)
def test_forms_share_a_dictionary_form(word: str, entry: str) -> None:
    """Case and number do not part them."""
    assert is_form(word, entry)


@pytest.mark.parametrize(("word", "entry"), [("законный", "закон"), ("права", "правило")])
def test_other_words_do_not(word: str, entry: str) -> None:
    """A common beginning is not enough."""
    assert not is_form(word, entry)


@pytest.mark.parametrize("letter", ["\U000171af", "каспий\U000171af"])
def test_letter_without_a_name_is_read(letter: str) -> None:
    """The dictionary looks letters up by their names in Unicode, and some have none."""
    assert morphology().parse(letter)
