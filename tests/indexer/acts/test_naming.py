"""Tests of the names of acts in texts."""

import datetime

import pytest

from indexer.acts import ActNames
from indexer.documents.description import Document, Edition, Trilingual


def document(name: str, kind: str, **titles: str) -> Document:
    """Returns a document with a title."""
    return Document(
        name, "", Trilingual(**titles), (Edition("ru"),), kind=kind, date=datetime.date(2001, 1, 1)
    )


@pytest.fixture(scope="module")
def names() -> ActNames:
    """The names of a code, of a law, and of a law that no list knows."""
    return ActNames(
        (
            document("labour", "code", ru="Трудовой кодекс Республики Казахстан"),
            document("tax", "code", ru="О налогах и других платежах в бюджет (Налоговый кодекс)"),
            document("bees", "law", ru="О пчеловодстве", kk="Ара шаруашылығы туралы"),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("трудового кодекса", "labour"),
        ("Трудовому кодексу РК", "labour"),
        ("Қазақстан Республикасының Еңбек кодексінде", "labour"),
        ("ТК РК", "labour"),
        ("ҚР ЕК", "labour"),
        ("ЕК 5-бап", "labour"),
        ("ст 5 тк", "labour"),
        ("enbek kodeksi", "labour"),
        ("Labour Code", "labour"),
        ("налоговом кодексе", "tax"),
        ("Кодекса РК «О налогах и других платежах в бюджет»", "tax"),
        ("закону о пчеловодстве", "bees"),
        ("Закона Республики Казахстан от 12 января 2002 года № 303-II «О пчеловодстве»", "bees"),
        ("«Ара шаруашылығы туралы» 2002 жылғы 12 қаңтардағы ҚР Заңы", "bees"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_any_form(names: ActNames, text: str, found: str) -> None:
    """Endings, the country, date and number, alphabet and abbreviation do not hide it."""
    (mention,) = names.find(text, "kk" if "ҚР" in text else "ru")
    assert mention.documents == {found}


@pytest.mark.parametrize(
    "text",
    [
        "ТК РФ",
        "трудового кодекса Российской Федерации",
        "трудовое законодательство",
        "о пчеловодстве в степи",
        "как купить пк за 500 тысяч",
        "ЖК құруға қандай құжат керек?",
        "еңбек заңнамасы",
    ],
)
def test_other_words_are_no_name(names: ActNames, text: str) -> None:
    """Another country's code, legislation at large and common abbreviations name no act."""
    assert not names.find(text, "ru")


def test_a_known_act_that_is_not_here_is_told() -> None:
    """It is named and has no documents."""
    (mention,) = ActNames().find("уголовного кодекса")
    assert not mention.documents
    assert mention.acts[0].title.kk == "Қылмыстық кодекс"


def test_one_abbreviation_of_two_languages_follows_the_language() -> None:
    """«СК» is the social code in Russian and the tax code in Kazakh."""
    found = {code: ActNames().find("СК 5", code)[0].acts[0].title.ru for code in ("ru", "kk")}
    assert found == {"ru": "Социальный кодекс", "kk": "Налоговый кодекс"}
