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
