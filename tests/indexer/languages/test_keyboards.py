from indexer.languages.keyboards import KAZAKH, KAZAKH_DIGITS, NEIGHBOURS, RUSSIAN, readings, retype


def test_the_kazakh_layout_writes_letters_on_the_digits() -> None:
    """The keys of ``0fpf0cnfy`` write a Kazakh word."""
    assert retype("0fpf0cnfy", KAZAKH) == "қазақстан"


def test_the_russian_layout_writes_letters_on_the_marks() -> None:
    """The keys of marks are letters too."""
    assert retype("Ghtlkj;tybt", RUSSIAN) == "Предложение"


def test_digits_of_a_russian_layout_are_kazakh_letters() -> None:
    """Who believes the layout Kazakh gets digits among Cyrillic letters."""
    assert retype("0аза0", KAZAKH_DIGITS) == "қазақ"


def test_a_mark_after_a_word_is_a_letter_or_a_mark() -> None:
    """Both readings of a final comma are offered."""
    found = readings("yt,", RUSSIAN)
    assert "неб" in found
    assert "не," in found


def test_neighbours_are_mutual() -> None:
    """A key beside another has that other beside it."""
    assert all(a in NEIGHBOURS[b] for a, others in NEIGHBOURS.items() for b in others)
