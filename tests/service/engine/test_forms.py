"""Tests of what form of answer a question asks for."""

import pytest

from service.engine.forms import announced, read_form


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Перечислите цели внешней политики", "list"),
        ("Назовите принципы", "list"),
        ("Какие результаты ожидаются?", "list"),
        ("Сыртқы саясаттың мақсаттары қандай?", "list"),
        ("Сыртқы саясат қағидаттарын ата", "list"),
        ("Міндеттерді тізіп беріңіз", "list"),
        ("What are the goals of foreign policy?", "list"),
        ("List the principles", "list"),
        ("Сколько целей у внешней политики?", "count"),
        ("Неше мақсат бар?", "count"),
        ("How many goals are there?", "count"),
        ("Кто ратифицирует международные договоры?", ""),
        ("Ата-аналардың құқықтары туралы не айтылған?", ""),
        ("what is multilateralism principle", ""),
        ("Каспий теңізі", ""),
    ],
)
def test_form_is_told_from_the_words_that_ask(question: str, form: str) -> None:
    """People ask for a list, for a count, or for a place."""
    assert read_form(question).form == form


@pytest.mark.parametrize(
    ("question", "nouns"),
    [
        ("Сколько стратегических целей у внешней политики?", ("целей",)),
        ("Сыртқы саясаттың неше мақсаты бар?", ("мақсаты", "бар")),
        ("How many strategic goals are there?", ("goals",)),
    ],
)
def test_count_says_of_what(question: str, nouns: tuple[str, ...]) -> None:
    """The noun that is counted stands after the word that counts, its adjectives between."""
    assert read_form(question).nouns == nouns


@pytest.mark.parametrize(
    ("question", "is_bare"),
    [
        ("глава 4 кратко", True),
        ("О чём глава 4?", True),
        ("4-тарау не туралы?", True),
        ("5-тараудың қысқаша мазмұны", True),
        ("chapter 4 summary", True),
        ("глава 4", True),
        ("1-бөлімнің барлық тармақтарын ата", True),
        ("list all items of section 1", True),
        ("which items of section 1 are about trade", False),
        ("что сказано в главе 5 о Каспии", False),
        ("о Каспии кратко", False),
    ],
)
def test_reference_alone_asks_for_what_it_names(question: str, is_bare: bool) -> None:
    """A chapter is told in outline where nothing else is asked of it."""
    assert read_form(question).is_bare is is_bare


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Мақсаттарға жету мынадай міндеттерді айқындайды:", ("міндеттерді",)),
        ("ол келесі стратегиялық мақсаттарға бағытталған:", ("мақсаттарға",)),
        ("направлена на достижение следующих стратегических целей:", ("целей",)),
        ("on the basis of the following basic principles:", ("principles",)),
        ("Қазақстан көпвекторлы саясат жүргізеді.", ()),
    ],
)
def test_lead_in_says_what_it_lists(text: str, nouns: tuple[str, ...]) -> None:
    """The noun after «мынадай», «следующих», "the following" names the items."""
    assert announced(text) == nouns
