"""The question as it was asked: checked, cleaned, its language recognised."""

import re
from dataclasses import dataclass

from indexer.documents.passages import Language
from indexer.errors import InvalidTextError
from indexer.normalisation import fold_space, sanitise
from service.engine.stories import asked
from service.errors import RequestError
from service.normalisation import Interpreter
from service.normalisation.recognition import recognise

MAX_QUESTION = 4_000
"""Longest question, in characters."""

_KEPT = "\ue116"
"""A character of no script, which nobody types."""

_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that may be embedded.

    Attributes:
        text: What was asked, sanitised.
        language: Its language.
        interpreted: The question that is searched: ``text`` with Kazakh letters restored, another
            alphabet or keyboard layout undone, typos mended; of a story, what it asks; ``text``
            itself where it is short and clean.
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
    try:
        # Some characters become eighteen: what is searched is no longer than what may be asked.
        clean = _cleaned(text)
    except InvalidTextError as error:
        # Nothing but what a tokenizer takes for its own marks: </s>, <mask>.
        raise RequestError("no-letters") from error
    searched = asked(clean)
    if interpreter is None or literal:
        return Question(clean, recognise(searched), searched)
    meant = interpreter.interpret(searched)
    return Question(clean, meant.language, meant.text)


def _cleaned(text: str) -> str:
    """Returns a text as it may be embedded, with «№» kept: compatibility writes it "No"."""
    return sanitise(text.replace("№", _KEPT), limit=MAX_QUESTION).replace(_KEPT, "№")
