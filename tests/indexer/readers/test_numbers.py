"""Item numbers that a scanner or a keyboard damaged."""

import pytest

from indexer.readers import read
from indexer.readers.base import Line
from indexer.readers.numbers import repair_numbers


def mended(*lines: str, recognised: bool = True) -> list[str]:
    """The lines with their numbers mended."""
    found, _ = repair_numbers([Line(text) for text in lines], recognised=recognised)
    return [line.text for line in found]


@pytest.mark.parametrize(
    ("before", "damaged", "right"),
    [
        ("3.10. бір;", "3,11. екі;", "3.11. екі;"),
        ("4.1. бір;", "4,2. екі;", "4.2. екі;"),
        ("4.3. бір;", "4.4, екі;", "4.4. екі;"),
        ("2) бір;", "З) екі;", "3) екі;"),
        ("2) бір;", "3} екі;", "3) екі;"),
        ("3.10. бір;", "311. екі;", "3.11. екі;"),
    ],
)
def test_a_number_is_read_as_the_sequence_says(before: str, damaged: str, right: str) -> None:
    """Commas, missing dots and look-alike letters are mended where the next number is that one."""
    assert mended(before, damaged) == [before, right]


def test_a_number_out_of_sequence_is_left() -> None:
    """Nothing is mended into a number that does not come next."""
    assert mended("3.10. бір;", "5,12. екі;") == ["3.10. бір;", "5,12. екі;"]


def test_a_lone_number_of_a_heading_is_told_by_the_items_below() -> None:
    """«3» read as «Е)» is a heading's where 3.1 follows."""
    lines = ("2.14. ықпал ету.", "Е)", "Адам құқықтары", "3.1. құқық;")
    assert mended(*lines)[1] == "3."


def test_a_list_of_numbers_is_no_damage() -> None:
    """«1), 2) және 3) тармақшалары» stays as it is."""
    line = "1), 2) және 3) тармақшаларының талаптары:"
    assert mended("Осы баптың", line, recognised=False)[1] == line


def test_full_width_digits_are_digits() -> None:
    """A number typed on an East Asian keyboard is an item's."""
    (text,) = read("1-тарау. Сынақ\n7. Жетінші мәтін.\n８．Сегізінші мәтін.\n".encode())
    assert text.paragraphs[-1].text == "8.Сегізінші мәтін."
    assert dict(text.report.repairs) == {"full-width digits": 1}


def test_clean_text_keeps_its_commas() -> None:
    """In a text that was not recognised in a picture «3,11» may be an amount."""
    assert mended("3.10. бір;", "3,11. екі;", recognised=False)[1] == "3,11. екі;"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("З. Бағалауды мүлік иесі өзі жүргізеді.", "3. Бағалауды мүлік иесі өзі жүргізеді."),
        ("З. Иванов", "З. Иванов"),
    ],
)
def test_a_letter_for_three_is_mended_before_a_sentence(line: str, right: str) -> None:
    """«З.» after an item 2 is 3 where a sentence follows; before a name it is an initial."""
    assert mended("2. Міндетті бағалау жүргізіледі.", line)[1] == right
