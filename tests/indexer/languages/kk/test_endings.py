import pytest

from indexer.languages.kk.endings import are_endings, endings


@pytest.mark.parametrize("rest", ["", "ның", "дар", "дарының", "ларымыздан"])
def test_known_endings_follow_one_another(rest: str) -> None:
    """None, one, or several in a row."""
    assert are_endings(rest)


@pytest.mark.parametrize("rest", ["жжж", "нынжнын", "лаж"])
def test_other_letters_are_no_endings(rest: str) -> None:
    """What no list has is none."""
    assert not are_endings(rest)


def test_the_most_frequent_ending_comes_first() -> None:
    """Who takes the first that fits takes the likeliest."""
    weights = list(endings().values())
    assert weights == sorted(weights, reverse=True)
