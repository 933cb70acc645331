"""Cuts a text at its highlights, so that a template can mark them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from service.answering import Span

Mark = Literal["", "match", "answer"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: plain, matching the question, or answering it."""

    text: str
    mark: Mark = ""


def mark(text: str, matches: Iterable[Span], answer: Span | None = None) -> tuple[Segment, ...]:
    """Returns ``text`` in segments; together they are the text, and neighbours differ in mark.

    Args:
        text: The text that the spans count in.
        matches: What matches the question; spans may overlap. One that is the whole text is left
            out: it would mark nothing in particular.
        answer: What answers it; wins over a match.
    """
    marks: list[Mark] = [""] * len(text)
    for span in matches:
        if span.end - span.start == len(text):
            continue
        marks[span.start : span.end] = ["match"] * len(text[span.start : span.end])
    if answer is not None:
        marks[answer.start : answer.end] = ["answer"] * len(text[answer.start : answer.end])
    return tuple(_runs(text, marks))


def _runs(text: str, marks: list[Mark]) -> Iterator[Segment]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marks[end] != marks[start]:
            yield Segment(text[start:end], marks[start])
            start = end
