import pytest

from indexer.languages.ru.forms import is_form


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
