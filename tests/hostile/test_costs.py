"""Tests of what the worst input costs, in operations: time is linear in the length of any input."""

import functools
import gc
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from indexer.languages.kk.letters import CYRILLIC, letterless
from indexer.reference import find_references
from service.answering.conversation import standalone_question
from service.engine.engine import Engine
from service.engine.questions import MAX_QUESTION, read_question
from service.errors import RequestError

pytestmark = pytest.mark.processes

_MOST = 5
_REMEMBERING = 256
_ENDINGS = ("лар", "дар", "га", "да", "дын", "ымыз", "ни", "мен", "сыз")


def operations(work: Callable[[], Any]) -> int:
    """Returns how many functions, Python's and C's, ``work`` calls with nothing remembered."""
    # Tables that are opened when they are first needed are no cost of this text.
    work()
    gc.unfreeze()
    for known in gc.get_objects():
        # Only what remembers texts: the dictionaries themselves stay loaded.
        if type(known) is functools._lru_cache_wrapper and (
            (known.cache_parameters()["maxsize"] or 0) >= _REMEMBERING
        ):
            known.cache_clear()
    count = 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def repeated(piece: str, length: int) -> str:
    """Returns ``piece`` again and again, at most ``length`` characters: half a word is another."""
    return piece * (length // len(piece))


def various(letters: str, size: int, length: int) -> str:
    """Returns words of ``size`` letters that nobody knows, ``length`` characters."""
    chance = random.Random(7)
    words = ("".join(chance.choices(letters, k=size)) for _ in range(length // size + 1))
    return " ".join(words)[:length]


def inflected(length: int) -> str:
    """Returns words of a stem and endings, of the length of a sentence each."""
    chance = random.Random(7)
    words = ("қала" + "".join(chance.choices(_ENDINGS, k=8)) for _ in range(length // 20))
    return letterless(" ".join(words)[:length])


KINDS: dict[str, Callable[[int], str]] = {
    **{
        f"repeated {piece!r}": functools.partial(repeated, piece)
        for piece in (
            *("а", "a", "ta", "ue", "shch", "ngsh", "қалаларымыз", "qalalarymyz", "a'", "а-"),
            *("ка ", "а ", "b,", "(a", "a;", "0а", "1,", "1 и ", "п.1 ", "3.17-тармақ ", "ч "),
            *("глава 5 ", "бірінші ", "of item ", "IV ", "KAZ ", "ҚАЗАҚ ", "а\u0301", "ﷺа", "« a"),
        )
    },
    **{
        f"{name} of {size}": functools.partial(various, letters, size)
        for name, letters in (("Kazakh", CYRILLIC), ("Latin", "abcdefghijklmnopqrstuvwxyz"))
        for size in (3, 6, 12, 24, 48)
    },
    "endings": inflected,
}


WORST = (
    *("repeated 'а'", "repeated 'a'", "repeated 'а '", "repeated 'a;'", "repeated 'а́'"),
    *("repeated 'ﷺа'", "repeated 'п.1 '", "Kazakh of 3", "Kazakh of 6", "Kazakh of 24"),
    *("Latin of 6", "endings"),
)
"""The kinds that cost most, or did once: asked as whole questions, which takes a second each."""


@pytest.fixture(scope="module")
def usual(engine: Engine, root: Path) -> int:
    """What an ordinary text of the greatest length costs as a question."""
    texts = (root / "seeds/foreign-policy-2020-2030" / f"{code}.txt" for code in ("kk", "ru", "en"))
    questions = [" ".join(text.read_text(encoding="utf-8").split())[3_000:] for text in texts]
    engine.ask("Каспий теңізі туралы не айтылған?")
    costs = [operations(functools.partial(engine.ask, one[:MAX_QUESTION])) for one in questions]
    return sum(costs) // len(costs)


@pytest.mark.parametrize("kind", WORST)
def test_worst_question_costs_little_more_than_a_usual_one(
    engine: Engine, usual: int, kind: str
) -> None:
    """As long as a question may be, whatever it says: at most five times the operations."""
    question = KINDS[kind](MAX_QUESTION)
    assert operations(lambda: engine.ask(question)) <= _MOST * usual


@pytest.mark.parametrize("kind", KINDS)
def test_cost_of_reading_a_question_grows_with_its_length(engine: Engine, kind: str) -> None:
    """Twice the length is about twice the work, not four times."""
    make = KINDS[kind]
    whole = operations(lambda: engine.read(make(1_000)))
    half = operations(lambda: engine.read(make(500)))
    assert whole <= 2.6 * half + 500


@pytest.mark.parametrize("kind", KINDS)
def test_cost_of_finding_references_grows_with_the_length(kind: str) -> None:
    """Whatever is written."""
    make = KINDS[kind]
    whole = operations(lambda: find_references(make(4_000)))
    half = operations(lambda: find_references(make(2_000)))
    assert whole <= 2.6 * half + 500


@pytest.mark.parametrize("question", ["Ал Ресеймен ше?", "а?", "ол қандай?", "x " * 900])
def test_cost_of_a_conversation_is_bounded(question: str) -> None:
    """Thousands of messages cost what the last ones cost, and ask no more than may be asked."""
    few = operations(lambda: standalone_question([question] * 30))
    many = operations(lambda: standalone_question([question] * 4_000))
    assert many <= few + 50
    assert len(standalone_question([question] * 4_000).text) <= MAX_QUESTION


def test_what_expands_is_no_longer_than_a_question() -> None:
    """A character that is eighteen after normalising does not make a longer question."""
    assert len(read_question("а" + "ﷺ" * 1_999).text) <= MAX_QUESTION


@pytest.mark.parametrize(
    "text", ["</s>", "<s>", "<mask>", " <unk> ", "<pad></s>", "<\u200b/s>", "＜/s＞"]
)
def test_marks_of_the_tokenizer_are_no_question(text: str) -> None:
    """What a tokenizer takes for its own marks is refused with a sentence."""
    with pytest.raises(RequestError) as refused:
        read_question(text)
    assert refused.value.code == "no-letters"
