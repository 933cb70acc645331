"""Tests of what editors' notes report."""

import datetime

import pytest

from indexer.acts.history import around, changes, repeal


def test_every_law_of_a_note_is_a_change() -> None:
    """A list of laws is a change each, with its day, number and day of coming into force."""
    found = changes(
        "Сноска. Статья 7 с изменениями, внесенными законами РК от 01.02.2013 № 11-V; от "
        "03.04.2015 № 22-V (вводится в действие с 01.01.2016); от 05.06.2017 № 33-VI (вводится в "
        "действие по истечении десяти календарных дней)."
    )
    assert [(one.kind, one.number) for one in found] == [
        ("amended", "11-V"),
        ("amended", "22-V"),
        ("amended", "33-VI"),
    ]
    assert found[0].day == datetime.date(2013, 2, 1)
    assert [one.in_force for one in found] == [None, datetime.date(2016, 1, 1), None]
    assert found[2].said.startswith("вводится в действие по истечении")


@pytest.mark.parametrize(
    ("note", "kind", "number"),
    [
        ("Исключен Законом РК от 15.03.2025 № 172-VIII (с 01.01.2025).", "excluded", "172-VIII"),
        ("Алып тасталды – ҚР 15.03.2025 № 172-VIII Заңымен.", "excluded", "172-VIII"),
        ("алынып тасталды - ҚР 2001.03.02 № 162 Заңымен", "excluded", "162"),
        ("(исключен - N 162 от 2.03.01 г.)", "excluded", "162"),
        ("Ескерту. 1-1-баппен толықтырылды – ҚР 30.06.2025 № 205-V Заңымен.", "added", "205-V"),
        ("Сноска. Статья 2 в редакции Закона РК от 20.11.2008 N 88-IV.", "restated", "88-IV"),
    ],
)  # fmt: skip
def test_a_note_says_what_was_done(note: str, kind: str, number: str) -> None:
    """The word before the law tells it, in both languages."""
    (found,) = changes(note)
    assert (found.kind, found.number) == (kind, number)


def test_a_repealed_act_is_told_from_one_that_lost_a_part() -> None:
    """Only where the act itself lost its force is it repealed."""
    gone = repeal(["Сноска. Закон утратил силу Законом РК от 16.01.2026 № 258-VIII."])
    assert gone is not None
    assert gone.day == datetime.date(2026, 1, 16)
    kazakh = repeal(
        ["Ескерту. Баптарды қоспағанда, Заңның күші жойылды – ҚР 16.01.2026 № 258-VIII"]
    )
    assert kazakh is not None
    assert repeal(["Сноска. Глава 3 утратила силу Законом РК от 16.01.2026 № 258-VIII."]) is None


def test_notes_of_the_article_are_an_items_too() -> None:
    """An item's history is its own and its article's, not its chapter's."""
    notes = {"art_1": ("a",), "art_1__para_2": ("b",), "chp_1": ("c",)}
    assert around("art_1__para_2", notes) == ("b", "a")


@pytest.mark.parametrize(
    "note",
    [
        "Сноска. Утратил силу Законом Республики Казахстан от 26 декабря 2018 года № 203-VI "
        "(вводится в действие с 1 января 2019 года).",
        "Ескерту. Күші жойылды - Қазақстан Республикасының 2018 жылғы 26 желтоқсандағы № 203-VI "
        "Заңымен (2019 жылғы 1 қаңтардан бастап қолданысқа енгізіледі).",
    ],
)
def test_days_in_words_are_days(note: str) -> None:
    """As laws themselves write them."""
    (change,) = changes(note)
    assert (change.kind, change.number) == ("repealed", "203-VI")
    assert (change.day, change.in_force) == (
        datetime.date(2018, 12, 26),
        datetime.date(2019, 1, 1),
    )
    assert repeal([note]) == change
