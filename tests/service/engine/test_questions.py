import pytest

from service.engine.questions import MAX_QUESTION, read_question
from service.errors import RequestError
from service.normalisation import Interpreter


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


def test_a_story_is_searched_by_what_it_asks(interpreter: Interpreter) -> None:
    """The sentence that asks is searched, wherever it stands; the text stays whole."""
    story = "Я работаю в банке пятый год. Начальник у нас строгий, а коллектив дружный. " * 40
    asks = "Сколько дней отпуска мне положено?"
    for text in (f"{story}{asks}", f"{asks} {story}"):
        question = read_question(text, interpreter)
        assert asks in question.interpreted
        assert len(question.interpreted) <= 450
        assert question.text == text.strip()


def test_a_story_without_a_question_is_searched_by_its_end() -> None:
    """Who only tells what happened is answered by the last that was told."""
    words = "уволили " * 60 + "без приказа"
    assert read_question(words).interpreted.endswith("без приказа")
    assert len(read_question(words).interpreted) <= 400


def test_what_a_story_costs_does_not_grow(interpreter: Interpreter) -> None:
    """Twice the story is searched by as many words."""
    part = "Меня зовут Асель, живу в Алматы. Недавно купила телефон, а он сломался. "
    asks = "Можно ли вернуть деньги?"
    searched = [len(read_question(part * n + asks, interpreter).interpreted) for n in (10, 50)]
    assert max(searched) <= 400
