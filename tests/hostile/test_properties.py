"""Tests of readers of text with any text at all: a clear refusal or a result, never a crash."""

import contextlib
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from indexer.documents.keys import Key
from indexer.errors import InvalidKeyError
from indexer.reference import find_references
from service.answering.conversation import standalone_question
from service.answering.verification import supported_sentences
from service.contracts.conditions import OPERATORS, Comparison
from service.engine.engine import Engine
from service.engine.questions import MAX_QUESTION
from service.errors import RequestError
from service.http.hosts import takes
from service.http.keys import KeyRing, KeysError, parse_keys
from service.http.problems import negotiate
from service.settings import Settings

LETTERS = "аәғқңөұүһіёйщ abcxyzäğıñ'’ʼ-‑.,;:()[]«»\"0123456789№§/#@&<>"
TEXT = st.one_of(
    st.text(max_size=200),
    st.text(LETTERS, max_size=200),
    st.lists(
        st.sampled_from(
            (
                "3.17",
                "тармақ",
                "пункт",
                "п.",
                "ст.",
                "IV",
                "и",
                "-",
                "—",
                "5-тараудың",
                "of",
                "item",
            )
        ),
        max_size=30,
    ).map(" ".join),
    st.tuples(st.text(LETTERS, min_size=1, max_size=6), st.integers(1, 600)).map(
        lambda piece: (piece[0] * piece[1])[:MAX_QUESTION]
    ),
)
VALUE = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.integers(1, 6_000).map("9".__mul__),
    st.lists(st.one_of(st.text(max_size=5), st.integers(), st.floats()), max_size=4),
)
few = hypothesis.settings(
    max_examples=60,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)


@few
@hypothesis.given(text=TEXT)
def test_any_text_is_read_as_a_question_or_refused(engine: Engine, text: str) -> None:
    """What is read is a question again, and no longer than one may be."""
    with contextlib.suppress(RequestError):
        question = engine.read(text)
        assert 0 < len(question.text) <= MAX_QUESTION


@few
@hypothesis.given(text=TEXT)
def test_references_lie_in_the_text(text: str) -> None:
    """Every reference found stands where it says."""
    for reference in find_references(text):
        assert 0 <= reference.start < reference.end <= len(text)


@few
@hypothesis.given(texts=st.lists(TEXT, min_size=1, max_size=6))
def test_any_conversation_has_a_question(texts: list[str]) -> None:
    """It is no longer than a question may be unless the last message is."""
    assert len(standalone_question(texts).text) <= max(MAX_QUESTION, len(texts[-1]))


@few
@hypothesis.given(left=VALUE, right=VALUE, operator=st.sampled_from(sorted(OPERATORS)))
def test_any_values_can_be_compared(left: Any, right: Any, operator: str) -> None:
    """Numbers of thousands of digits, infinities, lists: the comparison holds or does not."""
    left = left if not isinstance(left, list) else str(left)
    assert Comparison(("a",), operator, right).holds({"a": left}) in (True, False)


@few
@hypothesis.given(text=TEXT)
def test_any_text_is_a_key_of_a_passage_or_refused(text: str) -> None:
    """A malformed key is an error of its own."""
    with contextlib.suppress(InvalidKeyError):
        assert Key.parse(text).document


@few
@hypothesis.given(text=TEXT)
def test_any_line_is_a_key_or_refused(text: str) -> None:
    """A malformed line of keys is an error of its own, and any secret is only not found."""
    with contextlib.suppress(KeysError):
        assert parse_keys(text, origin="x") == ()
    assert KeyRing().find(text) is None


@few
@hypothesis.given(text=TEXT)
def test_any_header_is_read(text: str) -> None:
    """Languages and hosts come from anybody."""
    assert negotiate(text) in ("kk", "ru", "en")
    assert not takes(f"{text}/", Settings())


@few
@hypothesis.given(text=TEXT)
def test_whatever_a_model_writes_is_checked(passage: Any, text: str) -> None:
    """Sentences that stay cite what was given."""
    passages = [passage("Каспий теңізі – ынтымақтастық аймағы.")]
    for sentence in supported_sentences(f"{text} [1]. {text}", passages, lambda sentence: []):
        assert sentence.citations == (1,)


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_numbers_of_thousands_of_digits_are_compared(operator: str) -> None:
    """Python reads no such number; a filter compares it all the same."""
    long = "9" * 5_000
    assert Comparison(("n",), operator, long).holds({"n": "3.17"}) in (True, False)
    assert Comparison(("n",), "<", long).holds({"n": "3"})
