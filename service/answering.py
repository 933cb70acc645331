"""Finds the words of a passage that answer a question."""

from dataclasses import dataclass

from indexer.passages import Passage
from service.questions import Question


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage's text: ``passage.text[start:end]``.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        text: The characters themselves.
    """

    start: int
    end: int
    text: str


def answer_spans(question: Question, passage: Passage) -> tuple[Span, ...]:
    """Returns the spans of ``passage`` that answer ``question``, the best first."""
    return (Span(0, len(passage.text), passage.text),)
