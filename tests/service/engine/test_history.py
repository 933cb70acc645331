"""Tests of dated versions, changes and what is no longer in force."""

import datetime
from pathlib import Path

import pytest

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import Engine
from service.engine.filters import Filters

DESCRIPTION = """
uri = "/akn/kz/act/law/2001-05-10/7"
[title]
ru = "О пчеловодстве"
[[editions]]
language = "ru"
[[editions]]
language = "ru"
date = 2015-01-01
"""
OLD = """Статья 1. Пасека
1. Пасека стоит за сто метров от дороги.
2. Мёд качают летом.
"""
NEW = """Сноска. Закон утратил силу Законом РК от 16.01.2026 № 258-VIII.

Статья 1. Пасека
1. Пасека стоит за двести метров от дороги.
2. Исключен Законом РК от 15.03.2014 № 172-V (вводится в действие с 01.01.2015).

      Сноска. Статья 1 с изменением по Закону РК от 15.03.2014 № 172-V (действует с 01.01.2015).
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> Engine:
    """A law in two versions, the second of which a law repealed."""
    seeds: Path = tmp_path_factory.mktemp("seeds")
    (seeds / "bees").mkdir()
    for file, text in (
        ("document.toml", DESCRIPTION),
        ("ru.txt", OLD),
        ("ru@2015-01-01.txt", NEW),
    ):
        (seeds / "bees" / file).write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path_factory.mktemp("index"))
    build_folder(seeds, store, hashed)
    return Engine(store.snapshot(), hashed)


def test_the_version_in_force_is_searched_and_a_date_asks_for_another(engine: Engine) -> None:
    """Without a date it is today's."""
    today = engine.ask("статья 1 пункт 1").results[0].passage
    assert "двести" in today.text
    past = Filters(date=datetime.date(2010, 1, 1))
    assert "сто метров" in engine.ask("статья 1 пункт 1", filters=past).results[0].passage.text


def test_an_excluded_item_says_since_when(engine: Engine) -> None:
    """The day, and the law that did it; that the act is repealed comes after."""
    answer = engine.ask("статья 1 пункт 2")
    assert answer.results[0].passage.status == "repealed"
    assert "исключено с 01.01.2015 (Закон от 15.03.2014 № 172-V)" in answer.notices[0].ru
    assert "утратил силу" in answer.notices[1].ru
    assert "күші жойылған" in answer.notices[1].kk


def test_changes_of_an_item_are_its_articles(engine: Engine) -> None:
    """The note stands after the article."""
    passage = engine.library.passage("bees#art_1__para_1")
    (change,) = engine.library.history.changes(engine.library.of(passage), passage)
    assert (change.kind, change.number, change.in_force) == (
        "amended",
        "172-V",
        datetime.date(2015, 1, 1),
    )


def test_versions_of_an_item_are_compared(engine: Engine) -> None:
    """Word by word, the oldest first."""
    first, second = engine.library.history.versions(
        engine.library.document("bees"), "ru", "art_1__para_1"
    )
    assert not first.pieces
    assert [(piece.kind, piece.text.strip()) for piece in second.pieces][1:3] == [
        ("removed", "сто"),
        ("added", "двести"),
    ]


def test_a_passage_of_a_day_is_read(engine: Engine) -> None:
    """A key without a date is today's item, or that of the day asked for."""
    day = datetime.date(2010, 1, 1)
    assert "двести" in engine.library.passage("bees#art_1__para_1").text
    assert "сто метров" in engine.library.passage("bees#art_1__para_1", day=day).text


def test_what_is_excluded_or_repealed_later_is_not_gone_yet(
    tmp_path: Path, hashed: Encoder
) -> None:
    """A day to come is said as one."""
    (tmp_path / "seeds" / "bees").mkdir(parents=True)
    later = (datetime.date.today() + datetime.timedelta(days=400)).strftime("%d.%m.%Y")
    law = f"Законом РК от 16.01.2026 № 258-VIII (вводится в действие с {later})"
    text = (
        f"Сноска. Закон утратил силу {law}.\n\nСтатья 1. Пасека\n1. Пасека стоит у дороги.\n"
        f"2. Исключен {law}.\n"
    )
    description = DESCRIPTION.partition('[[editions]]\nlanguage = "ru"\ndate')[0]
    (tmp_path / "seeds" / "bees" / "document.toml").write_text(description, encoding="utf-8")
    (tmp_path / "seeds" / "bees" / "ru.txt").write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path / "index")
    build_folder(tmp_path / "seeds", store, hashed)
    item, act = Engine(store.snapshot(), hashed).ask("статья 1 пункт 2").notices
    assert f"исключается с {later}" in item.ru
    assert f"утрачивает силу с {later}" in act.ru
    assert f"{later} бастап жойылады" in act.kk
