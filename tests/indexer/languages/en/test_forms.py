import pytest

from indexer.languages.en.forms import is_form


@pytest.mark.parametrize(
    ("word", "entry"), [("citizens", "citizen"), ("studies", "study"), ("court's", "court")]
)
def test_forms_share_a_stem(word: str, entry: str) -> None:
    """Number and possession do not part them."""
    assert is_form(word, entry)


def test_other_words_do_not() -> None:
    """A common beginning is not enough."""
    assert not is_form("courtesy", "court")
