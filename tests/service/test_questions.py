import pytest

from service.errors import RequestError
from service.interpretation import Interpreter
from service.questions import MAX_QUESTION, read_question


@pytest.fixture(scope="module")
def interpreter() -> Interpreter:
    """An interpreter that knows the shipped words."""
    return Interpreter()


def test_a_question_keeps_what_was_typed(interpreter: Interpreter) -> None:
    """The text is as typed, the interpretation beside it."""
    question = read_question("сырткы  саясат кандай", interpreter)
    assert question.text == "сырткы саясат кандай"
    assert question.interpreted == "сыртқы саясат қандай"
    assert question.language == "kk"


def test_a_literal_question_is_not_interpreted(interpreter: Interpreter) -> None:
    """Who asks literally is taken at their word."""
    assert read_question("сырткы саясат", interpreter, literal=True).interpreted == "сырткы саясат"


@pytest.mark.parametrize("text", ["", "  ", "?!", "а" * (MAX_QUESTION + 1), "а\x00б"])
def test_what_is_no_question_is_refused(text: str) -> None:
    """Empty, endless and unreadable texts are refused."""
    with pytest.raises(RequestError):
        read_question(text)
