"""Tests of links inside texts."""

from service.answering.spans import Span
from service.web.marking import Segment, mark


def test_a_citation_is_a_link_and_keeps_its_mark() -> None:
    """What matches a question may lie inside a link."""
    found = mark("см. статью 5 закона", [Span(4, 10, "статью")], links=[(4, 12, "#art_5")])
    assert found == (
        Segment("см. "),
        Segment("статью", "match", "#art_5"),
        Segment(" 5", "", "#art_5"),
        Segment(" закона"),
    )


def test_of_overlapping_links_the_first_counts() -> None:
    """One stretch leads to one place."""
    found = mark("статьи 5 и 6", (), links=[(0, 12, "#art_5"), (0, 12, "#art_6")])
    assert [segment.url for segment in found] == ["#art_5"]
