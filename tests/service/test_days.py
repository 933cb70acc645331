"""Tests of writing days."""

import datetime

from service.days import written


def test_a_day_is_written_as_its_language_does() -> None:
    """In English the month cannot be taken for the day."""
    day = written(datetime.date(2023, 2, 1))
    assert (day.kk, day.ru, day.en) == ("01.02.2023", "01.02.2023", "2023-02-01")
    assert written(None).kk == "…"
