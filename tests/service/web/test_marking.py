"""Tests of marking highlights."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.answering.spans import Span
from service.web.marking import Segment, mark

TEXT = "көршілес елдермен бірлесіп"


def span(start: int, end: int, text: str = TEXT) -> Span:
    """Returns a span of a text."""
    return Span(start, end, text[start:end])


def test_answer_wins_over_match() -> None:
    """Where an answer and a match overlap, the words are the answer's."""
    assert mark(TEXT, [span(0, 17)], span(9, 17)) == (
        Segment("көршілес ", "match"),
        Segment("елдермен", "answer"),
        Segment(" бірлесіп"),
    )


def test_match_of_everything_marks_nothing() -> None:
    """A match that is the whole text is not shown, an answer that is the whole text is."""
    whole = span(0, len(TEXT))
    assert mark(TEXT, [whole]) == (Segment(TEXT),)
    assert mark(TEXT, [whole], whole) == (Segment(TEXT, "answer"),)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45))))
def test_segments_are_the_text(text: str, pairs: list[tuple[int, int]]) -> None:
    """Whatever the spans, the segments joined are the text and neighbours differ in mark."""
    segments = mark(text, [span(start, end, text) for start, end in pairs])
    assert "".join(segment.text for segment in segments) == text
    assert all(one.mark != other.mark for one, other in pairwise(segments))
