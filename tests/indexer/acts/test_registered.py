"""Tests of acts by their day and number."""

import datetime

import pytest

from indexer.acts.registered import registered


@pytest.mark.parametrize(
    ("text", "kind", "number", "day"),
    [
        ("Закон от 16 апреля 1997 года № 94", "law", "94", "1997-04-16"),
        ("ст. 5 закона РК от 6 июля 2004 г. N 573", "law", "573", "2004-07-06"),
        ("закон № 133-VІ ЗРК от 10 января 2018 года", "law", "133-VI", "2018-01-10"),
        ("1997 жылғы 16 сәуірдегі № 94 Заңының 7-бабы", "law", "94", "1997-04-16"),
        ("2018 жылғы 10 қаңтардағы № 133-VI ҚРЗ Заңы", "law", "133-VI", "2018-01-10"),
        ("Law No. 94 of 16 April 1997 article 7", "law", "94", "1997-04-16"),
        ("Code of the Republic of Kazakhstan dated July 6, 2004 No. 5", "code", "5", "2004-07-06"),
        ("16.04.1997 № 94 заң", "law", "94", "1997-04-16"),
        ("№ 94 Заң 7-бап", "law", "94", None),
        ("Закон 2444 статья 5", "law", "2444", None),
        ("414-V 26-бап", "", "414-V", None),
    ],
)
def test_day_and_number_are_read_in_any_order(
    text: str, kind: str, number: str, day: str | None
) -> None:
    """Beside the word for an act, in three languages."""
    (one,) = registered(text)
    date = datetime.date.fromisoformat(day) if day else None
    assert (one.kind, one.number, one.date) == (kind, number, date)


@pytest.mark.parametrize(
    "text", ["12 мая 2020 года принят", "пункт 3.17", "закон", "5 статья закона", "31.02.2020 № x"]
)
def test_other_numbers_are_no_acts(text: str) -> None:
    """A day alone names nothing."""
    assert not list(registered(text))


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("Закон РК 1997 года № 94", "94", "1997"),
        ("1997 жылғы № 94 заң", "94", "1997"),
        ("Law No. 94 of 1997", "94", "1997"),
        ("94 нөмірлі Заң", "94", ""),
    ],
)
def test_a_year_beside_the_number_counts(text: str, number: str, year: str) -> None:
    """Where no day is said."""
    (one,) = registered(text)
    assert (one.number, one.year) == (number, year)
    assert one.fits("law", "94-I", "1997-04-16")
    assert not year or not one.fits("law", "94", "1998-04-16")
