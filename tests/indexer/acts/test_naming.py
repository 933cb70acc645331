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


@pytest.mark.parametrize(
    ("text", "is_bees"),
    [
        ("закон о пчёлах", True),
        ("закон о пчёлах статья 5", True),
        ("закон о пчёлах права пасечника", True),
        ("закон о пчёлах, цветов", True),
        ("закон о пчёлах Казахстана", True),
        ("закон о пчёлах цветов", False),
        ("закон о пчёлах данных", False),
        ("закон о пчёлах дикого леса", False),
        ("аралар туралы заң", True),
        ("Қазақстанның аралар туралы заңы", True),
        ("сіз аралар туралы заңды білесіз бе", True),
        ("2002 жылғы аралар туралы заң", True),
        ("жабайы аралар туралы заң", False),
        ("гүлдердің аралары туралы заң", False),
    ],
)
def test_what_belongs_to_the_last_word_of_a_short_name_makes_another_act(
    text: str, is_bees: bool
) -> None:
    """«Закон о банках данных» is no law on banks."""
    names = {"ru": ("О пчёлах",), "kk": ("Аралар туралы", "Аралары туралы")}
    bees = Document("bees", "", Trilingual(ru="О пчеловодстве"), (Edition("ru"),), kind="law",
                    names=names)  # fmt: skip
    found = {one for mention in ActNames((bees,)).find(text) for one in mention.documents}
    assert found == ({"bees"} if is_bees else set())
