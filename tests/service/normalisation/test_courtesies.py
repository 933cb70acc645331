"""Tests of what people say around a question or in place of one."""

from collections.abc import Callable

import pytest

from service.normalisation.courtesies import Remark, read_remark, unframed, without_courtesies


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Сәлем!", "greeting"),
        ("Ассалаумағалейкум", "greeting"),
        ("Здравствуйте, уважаемые коллеги!", "greeting"),
        ("Салеметсіз бе!", "greeting"),
        ("Hi there", "greeting"),
        ("рахмет", "thanks"),
        ("Ок, спасибо, до свидания", "thanks"),
        ("Thank you so much!", "thanks"),
        ("сау болыңыз", "farewell"),
        ("да", "assent"),
        ("иә", "assent"),
        ("Что ты умеешь?", "abilities"),
        ("не істей аласың?", "abilities"),
        ("what can you do?", "abilities"),
        ("расскажи подробнее", "more"),
        ("тағы да", "more"),
        ("tell me more", "more"),
        ("ты бот?", "abilities"),
        ("Кто тебя создал?", "abilities"),
        ("на какие вопросы ты отвечаешь?", "abilities"),
        ("сен ботсың ба?", "abilities"),
        ("сені кім жасады?", "abilities"),
        ("қандай сұрақтарға жауап бересің?", "abilities"),
        ("are you a bot?", "abilities"),
        ("who made you?", "abilities"),
        ("show the full text", "more"),
        ("извините, пожалуйста", "thanks"),
        ("кешіріңіз", "thanks"),
        ("sorry", "thanks"),
        ("молодец", "thanks"),
        ("well done!", "thanks"),
        ("алло", "greeting"),
        ("А что это значит?", "more"),
        ("Бұл нені білдіреді?", "more"),
        ("What does that mean?", "more"),
        ("Не понял, объясни проще", "more"),
        ("Бұл қайда жазылған?", "more"),
        ("қай тармақта?", "more"),
        ("А в каком это пункте?", "more"),
        ("in which chapter?", "more"),
        ("Сұрақ қоюға бола ма?", "assent"),
        ("Можно задать вопрос?", "assent"),
        ("May I ask a question?", "assent"),
    ],
)
def test_a_remark_is_told_by_its_kind(text: str, kind: str) -> None:
    """In every language, and several of them together."""
    assert read_remark(text) == Remark(kind)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("орысша айтып берші", "ru"),
        ("переведи на казахский", "kk"),
        ("Translate to Russian please", "ru"),
        ("ағылшынша", "en"),
        ("переведи", None),
    ],
)
def test_a_translation_names_its_language(text: str, language: str | None) -> None:
    """Where it names one."""
    remark = read_remark(text)
    assert remark is not None
    assert (remark.kind, remark.language) == ("translation", language)


@pytest.mark.parametrize(
    "text",
    [
        "Каспий туралы не айтылған?",
        "Кто такой президент?",
        "какой план?",
        "Подробнее про Арал",
        "вопрос о визах",
        "",
    ],
)
def test_a_question_is_no_remark(text: str) -> None:
    """Though words of remarks stand in it."""
    assert read_remark(text) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Сәлем, Каспий туралы не айтылған?", "Каспий туралы не айтылған?"),
        ("Спасибо, а что с Аралом?", "а что с Аралом?"),
        ("Хорошо, а визы?", "а визы?"),
        ("Жақсы, ал виза ше?", "ал виза ше?"),
        ("OK, what about visas?", "what about visas?"),
        (
            "Добрый день, уважаемые коллеги! Готовлю доклад для министерства, нужен пункт про "
            "визы. Заранее благодарю!",
            "нужен пункт про визы",
        ),
        (
            "Мен студентпін, курстық жұмыс жазып жатырмын, адам саудасы қай тармақта айтылған? "
            "Рақмет!",
            "адам саудасы қай тармақта айтылған?",
        ),
    ],
)
def test_courtesies_are_left_out(text: str, asked: str) -> None:
    """And who asks, where he says it with them."""
    assert without_courtesies(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Сәлем",
        "3.1, 3.2",
        "Нет, Арал",
        "да",
        "Я живу в Германии, кто защищает мои права?",
        "Что такое привет?",
    ],
)
def test_what_is_asked_stays(text: str) -> None:
    """Nothing is left out of a question, and a greeting alone stays one."""
    assert without_courtesies(text) == text


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("в каком пункте говорится о визах?", "о визах?"),
        ("срочно нужен пункт про визы", "про визы"),
        ("визалар туралы қай тармақта?", "визалар туралы?"),
        ("в каком пункте про визы?", "про визы?"),
        ("про визы какой пункт?", "про визы?"),
        ("which item is about visas", "about visas"),
        ("Покажите раздел, где говорится о спорте", "о спорте"),
        ("қай тармақта виза туралы айтылған?", "виза туралы?"),
        ("Виза туралы қай бапта жазылған", "Виза туралы"),
        ("маған спорт туралы тармақ керек", "спорт туралы"),
        ("Which item speaks of visas?", "of visas?"),
        ("I need the article about sport", "about sport"),
        ("Кто отвечает за визы?", "Кто отвечает за визы?"),
        ("пункт 3.17", "пункт 3.17"),
    ],
)
def test_where_something_is_said_is_asked_of_what_is_said(text: str, sought: str) -> None:
    """The words that ask for its item are in no text."""
    assert unframed(text) == sought


@pytest.mark.parametrize("piece", ["спасибо ", "привет, ", "ещё ", "заранее "])
def test_time_is_linear_in_the_length(growth: Callable[..., float], piece: str) -> None:
    """A long text of courtesies is read as fast as any."""

    def read(text: str) -> None:
        read_remark(text)
        without_courtesies(text)
        unframed(text)

    assert growth(read, piece, 4_000) < 64
