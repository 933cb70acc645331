"""Cuts a text at its highlights, so that a template can mark them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from service.answering.spans import Span

Mark = Literal["", "match", "answer"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: plain, matching the question, or answering it; with what it links to."""

    text: str
    mark: Mark = ""
    url: str = ""


def mark(
    text: str,
    matches: Iterable[Span],
    answer: Span | None = None,
    links: Iterable[tuple[int, int, str]] = (),
) -> tuple[Segment, ...]:
    """Returns ``text`` in segments; together they are the text, and neighbours differ in mark.

    Args:
        text: The text that the spans count in.
        matches: What matches the question; spans may overlap. One that is the whole text is left
            out: it would mark nothing in particular.
        answer: What answers it; wins over a match.
        links: Where addresses are cited, and those; of overlapping ones the first counts.
    """
    marks: list[Mark] = [""] * len(text)
    for span in matches:
        if span.end - span.start == len(text):
            continue
        marks[span.start : span.end] = ["match"] * len(text[span.start : span.end])
    if answer is not None:
        marks[answer.start : answer.end] = ["answer"] * len(text[answer.start : answer.end])
    urls = [""] * len(text)
    for start, end, url in links:
        if not any(urls[start:end]):
            urls[start:end] = [url] * len(text[start:end])
    return tuple(_runs(text, marks, urls))


def _runs(text: str, marks: list[Mark], urls: list[str]) -> Iterator[Segment]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (marks[end], urls[end]) != (marks[start], urls[start]):
            yield Segment(text[start:end], marks[start], urls[start])
            start = end
