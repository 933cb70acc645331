"""Words of a page put into lines."""

from itertools import accumulate

from indexer.readers.base import Line
from indexer.readers.pages import Pages, Word


def printed(pages: Pages, number: int, steps: list[float]) -> list[Line]:
    """The lines of a page of three words each, by the steps from one baseline to the next."""
    bases = accumulate(steps, initial=100.0)
    words = [
        Word("сөз", 60.0 * place, 60.0 * place + 50.0 + base % 7, base, 8.0)
        for base in bases
        for place in range(3)
    ]
    return pages.read(words, number)


def test_room_is_told_in_lines_also_where_most_paragraphs_have_one_line() -> None:
    """A page of short paragraphs shows more room between them than a page of prose does."""
    pages = Pages()
    printed(pages, 1, [14.0] * 30)
    gaps = [line.gap for line in printed(pages, 2, [28.0] * 12 + [14.0] + [28.0] * 12)]
    assert gaps[1:] == [2.0] * 12 + [1.0] + [2.0] * 12


def side_by_side(left: str, right: str) -> list[Line]:
    """The lines of a page of two columns, a row for each line of the texts."""
    words = []
    for row, texts in enumerate(zip(left.split("\n"), right.split("\n"), strict=True)):
        for text, edge in zip(texts, (50.0, 310.0), strict=True):
            place = edge
            for word in text.split():
                words.append(Word(word, place, place + 5.0 * len(word), 100.0 + 14.0 * row, 8.0))
                place += 5.0 * len(word) + 4.0
    return Pages().read(words, 1)


def test_a_page_of_few_rows_in_two_languages_has_two_columns() -> None:
    """Languages tell the columns of a page that is too short for its edges to tell them."""
    kazakh = "1-бап. Омарта\nОмарта – ұялар тұратын жер.\nОны омарташы күтеді."
    russian = "Статья 1. Пасека\nПасека – место, где стоят ульи.\nЕё бережёт пчеловод."
    lines = side_by_side(kazakh, russian)
    assert [line.column for line in lines] == [1, 1, 1, 2, 2, 2]
    assert "\n".join(line.text for line in lines) == f"{kazakh}\n{russian}"


def test_a_page_of_few_rows_in_one_language_has_one_column() -> None:
    """Wide gaps alone make no columns where both sides are of one language."""
    lines = side_by_side("Название\nПасека\nУлей", "Сколько стоит\nДесять тенге\nПять тенге")
    assert {line.column for line in lines} == {0}
