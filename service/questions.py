"""The question as it was asked: checked, cleaned, its language recognised."""

import re
from dataclasses import dataclass

from indexer.normalisation import fold_space, sanitise
from indexer.passages import Language
from service.errors import RequestError
from service.interpretation import Interpreter
from service.language import recognise

MAX_QUESTION = 2_000
"""Longest question, in characters."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that may be embedded.

    Attributes:
        text: What was asked, sanitised.
        language: Its language.
        interpreted: The question that is searched: ``text`` with Kazakh letters restored, another
            alphabet or keyboard layout undone, typos mended; ``text`` itself where it is clean.
    """

    text: str
    language: Language
    interpreted: str


def read_question(
    text: str, interpreter: Interpreter | None = None, *, literal: bool = False
) -> Question:
    """Returns the question in ``text``.

    Args:
        text: The question as typed.
        interpreter: Finds what was meant; without it the question is taken as typed.
        literal: Search what was typed, without interpreting it.

    Raises:
        RequestError: It is empty, longer than :data:`MAX_QUESTION`, holds a character that is no
            text, or no Cyrillic or Latin letter and no digit.
    """
    if match := _NOT_TEXT.search(text):
        raise RequestError("unreadable-query", character=f"U+{ord(match[0]):04X}")
    if len(text) > MAX_QUESTION:
        raise RequestError("query-too-long", length=len(text), limit=MAX_QUESTION)
    if not fold_space(text):
        raise RequestError("empty-query")
    if not _WORD.search(text):
        raise RequestError("no-letters")
    clean = sanitise(text)
    if interpreter is None or literal:
        return Question(clean, recognise(clean), clean)
    meant = interpreter.interpret(clean)
    return Question(clean, meant.language, meant.text)
