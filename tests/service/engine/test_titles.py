"""Tests of questions that repeat the title of an article."""

import pytest

from service.engine.engine import Engine
from service.engine.filters import Filters


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("Цель настоящего Кодекса", None),
        ("цель настоящего кодекса?", None),
        ("Осы Кодекстің мақсаты", None),
        ("Цель настоящего Кодекса", Filters(languages=("kk",))),
    ],
)
def test_title_names_its_article(
    acts_engine: Engine, question: str, filters: Filters | None
) -> None:
    """Whoever repeats a title asks for its article, in whatever language it is then searched."""
    first = acts_engine.ask(question, filters=filters).results[0]
    assert (first.passage.id, first.score) == ("labour#art_1__al_1", 1)


@pytest.mark.parametrize("question", ["настоящего Кодекса", "Цель Кодекса", "Банк", "Отпуск и ТК"])
def test_part_of_a_title_names_nothing(acts_engine: Engine, question: str) -> None:
    """Words that a title has among others, or a word alone, are a question like any other."""
    assert all(result.score < 1 for result in acts_engine.ask(question).results)


def test_number_wanted_does_not_change_what_is_first(acts_engine: Engine) -> None:
    """One answer or ten: the first is the same."""
    question = "Осы Кодекстің мақсаты"
    one, ten = (acts_engine.ask(question, k=k).results[0].passage.id for k in (1, 10))
    assert one == ten == "labour#art_1__al_1"
