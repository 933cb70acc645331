"""Tests of follow-ups that count from what was answered."""

from functools import partial

import pytest

from service.answering.conversation import standalone_question
from service.answering.succession import Succession, read_succession, successor
from service.engine.engine import Engine


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("а следующая?", Succession("next")),
        ("келесісі ше?", Succession("next")),
        ("одан кейінгісі", Succession("next")),
        ("and the next one?", Succession("next")),
        ("the one after that", Succession("next")),
        ("а следующий после него?", Succession("next")),
        ("алдыңғысы қандай?", Succession("previous")),
        ("а до него?", Succession("previous")),
        ("алдынгысы ше", Succession("previous")),
        ("kelesi", Succession("next")),
        ("а след?", Succession("next")),
        ("the last one", Succession("number", 1, from_end=True)),
        ("3-шісі", Succession("number", 3)),
        ("а предыдущая глава?", Succession("previous", element="chp")),
        ("келесі тармақта не айтылған?", Succession("next", element="para")),
        ("а пятая?", Succession("number", 5)),
        ("екіншісі қандай?", Succession("number", 2)),
        ("what about the fifth?", Succession("number", 5)),
        ("3-й", Succession("number", 3)),
        ("расскажи подробнее о третьей", Succession("number", 3)),
        ("а последняя?", Succession("number", 1, from_end=True)),
        ("следующий год", None),
        ("что после 2030 года?", None),
        ("первая и вторая", None),
        ("а кто отвечает?", None),
        ("Что сказано о Каспии?", None),
        ("", None),
        ("второй " * 1000, None),
    ],
)
def test_succession_is_read(text: str, step: Succession | None) -> None:
    """From a follow-up that says nothing else."""
    assert read_succession(text) == step


def test_what_was_asked_for_may_be_said_again() -> None:
    """«Вторая цель» after a question for goals."""
    assert read_succession("вторая цель", "Перечислите цели") == Succession("number", 2)
    assert read_succession("вторая цель", "Что сказано о визах?") is None


S3 = "chp_5__sec_3__para_3"


@pytest.mark.parametrize(
    ("questions", "eid"),
    [
        (["О чём глава 4?", "а следующая?"], "chp_5__al_1"),
        (["О чём глава 4?", "а следующая?", "а следующая?"], "chp_6__al_1"),
        (["4-тарау не туралы?", "алдыңғысы?"], "chp_3__al_1"),
        (["What is chapter 4 about?", "what about the fifth?"], "chp_5__al_1"),
        (["Что в пункте 3.17?", "а следующий?"], f"{S3}-18"),
        (["3.20-тармақ", "келесісі ше?"], "chp_5__sec_4__para_4-1"),
        (["пункты 3.1–3.3", "следующий"], f"{S3}-4"),
        (["Что сказано о торговле людьми?", "а следующий пункт?"], f"{S3}-5"),
        (["What is said about visas?", "what about the previous item?"], f"{S3}-4"),
        (["5-тараудың 2-бөлімі", "келесі бөлім"], f"{S3}-1"),
        (["Сыртқы саясаттың мақсаттары қандай?", "екіншісі қандай?"], "chp_4__list_1__point_2"),
        (["Перечислите цели внешней политики", "а последняя?"], "chp_4__list_1__point_7"),
        (["List the goals of foreign policy", "the third one"], "chp_4__list_1__point_3"),
        (["Перечислите цели внешней политики", "а третий пункт?"], "chp_4__list_1__point_3"),
        (["Қандай басымдықтар бар?", "үшіншісі"], f"{S3}-1"),
        (["О чём глава 5?", "первый раздел"], "chp_5__sec_1__para_1-1"),
        (["Что в разделе 3 главы 5?", "а последний пункт?"], f"{S3}-20"),
        (["О чём глава 3?", "спасибо", "а пункт 2?"], "chp_3__point_2"),
        (["Что сказано о Каспии?", "второй"], "chp_5__sec_3__para_3-19"),
        (["Сколько глав?", "какая последняя?"], "chp_7__para_1"),
        (["Неше тарау бар?", "үшіншісі не туралы?"], "chp_3__al_1"),
    ],
)
def test_document_tells_what_is_next(engine: Engine, questions: list[str], eid: str) -> None:
    """The element after or before, or the one of a list, is what is asked about."""
    asked = standalone_question(questions, _follow(engine))
    answer = engine.ask(asked.text, language=asked.language)
    assert answer.results[0].passage.eid == eid
    assert answer.results[0].score == 1


@pytest.mark.parametrize(
    ("questions", "missing"),
    [(["глава 7", "следующая"], "глава 8"), (["1-тарау", "алдыңғысы?"], "0-тарау")],
)
def test_nothing_stands_beyond_the_ends(engine: Engine, questions: list[str], missing: str) -> None:
    """What would be there is said not to be."""
    asked = standalone_question(questions, _follow(engine))
    answer = engine.ask(asked.text, language=asked.language)
    assert not answer.answerable
    assert any(missing in notice[answer.language] for notice in answer.notices)


@pytest.mark.parametrize(
    ("questions", "count"),
    [
        (["Перечисли принципы внешней политики", "сколько их?"], 6),
        (["Сыртқы саясаттың мақсаттары қандай?", "қанша?"], 7),
        (["What are the goals of foreign policy?", "how many are there?"], 7),
        (["О чём глава 5?", "сколько в ней разделов?"], 5),
        (["5-тарау не туралы?", "неше бөлім бар?"], 5),
        (["Сколько глав в концепции?", "а пунктов?"], 60),
        (["How many chapters are there?", "and sections?"], 5),
    ],
)
def test_count_is_asked_of_what_was_answered(
    engine: Engine, questions: list[str], count: int
) -> None:
    """«Сколько их?» has no noun of its own."""
    asked = standalone_question(questions, _follow(engine))
    whole = engine.ask(asked.text, language=asked.language).whole
    assert whole is not None
    assert whole.is_counted
    assert whole.count == count


@pytest.mark.parametrize("text", ["второй", "а следующая?", "сколько их?"])
def test_nothing_is_counted_from_without_an_answer(engine: Engine, text: str) -> None:
    """The first question of a conversation is asked as it stands."""
    assert standalone_question([text], _follow(engine)).text == text
    unknown = standalone_question(["Как варить борщ?", text], _follow(engine)).text
    assert "глава" not in unknown


def _follow(engine: Engine) -> partial[str | None]:
    return partial(successor, engine, filters=None)
