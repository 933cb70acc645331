import pytest

from evaluation.spans import token_f1


@pytest.mark.parametrize(
    ("given", "marked", "f1"),
    [
        ("бір екі", "екі, бір", 1.0),
        ("бір екі үш төрт", "бір екі", 2 / 3),
        ("бір", "екі", 0.0),
        ("", "бір", 0.0),
        ("бір бір", "бір", 2 / 3),
    ],
)
def test_common_words_count(given: str, marked: str, f1: float) -> None:
    """F1 counts common words, as often as both have them."""
    assert token_f1(given, marked) == pytest.approx(f1)
