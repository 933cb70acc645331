import pytest

from indexer.languages.lexicon import Lexicon
from service.normalisation.layouts import undo_digits, undo_layout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cshn0s cfzcfn", "сыртқы саясат"),
        ("Rfrjds wtkb dytiytq gjkbnbrb&", "Каковы цели внешней политики?"),
        ("2020 ;sks", "2020 жылы"),
        ("What is the policy?", "What is the policy?"),
        ("syrtqy saiasat", "syrtqy saiasat"),
        ("сырт0ы cfzcfn", "сырт0ы cfzcfn"),
        ("3.17", "3.17"),
    ],
)
def test_layout_is_undone_where_words_come_of_it(lexicon: Lexicon, typed: str, meant: str) -> None:
    """Keys of the wrong layout become words; English, Latin Kazakh, Cyrillic and numbers stay."""
    assert undo_layout(typed, lexicon) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0аза0", "қазақ"),
        ("жа4а сая=и", "жаңа сая=и"),
        ("2020 жыл", "2020 жыл"),
        ("3-тармақ", "3-тармақ"),
        ("5-ке дейін", "5-ке дейін"),
        ("2030-ға", "2030-ға"),
    ],
)
def test_digits_become_letters_in_words_only(lexicon: Lexicon, typed: str, meant: str) -> None:
    """A digit is a Kazakh letter where it makes a Kazakh word."""
    assert undo_digits(typed, lexicon) == meant
