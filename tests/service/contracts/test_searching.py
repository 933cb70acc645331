"""Tests of what a contract searches: the texts in force on a day, and conditions beside it."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.contracts.conditions import Combination, Comparison, Condition
from service.contracts.searching import collection_filters, search_collection
from service.engine.engine import Engine
from service.errors import RequestError
from service.http.app import create_app
from service.settings import Settings

FILES = {
    "document.toml": (
        'uri = "/akn/kz/act/law/2001-05-10/7"\n[title]\nru = "О пчеловодстве"\n'
        '[[editions]]\nlanguage = "ru"\n[[editions]]\nlanguage = "ru"\ndate = 2015-01-01\n'
    ),
    "ru.txt": "Статья 1. Пасека\n1. Пасека стоит за сто метров.\n2. Мёд качают летом.\n",
    "ru@2015-01-01.txt": "Статья 1. Пасека\n1. Пасека стоит за двести метров.\n2. Мёд сладок.\n",
}
DAY = Comparison(("in_force_on",), "is", "2010-01-01")
ITEM = Comparison(("eid",), "is", "art_1__para_1")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> Engine:
    """A law in two versions."""
    seeds: Path = tmp_path_factory.mktemp("seeds")
    (seeds / "bees").mkdir()
    for file, text in FILES.items():
        (seeds / "bees" / file).write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path_factory.mktemp("index"))
    build_folder(seeds, store, hashed)
    return Engine(store.snapshot(), hashed)


def texts(engine: Engine, condition: Condition | None) -> list[str]:
    """Returns the texts found for a question about bees."""
    filters = collection_filters(engine, ("bees",), condition)
    found = search_collection(engine, ["Где стоит пасека?"], 5, filters, 0.0)
    return [one.result.passage.text for one in found]


@pytest.mark.parametrize("condition", [DAY, Combination((DAY,)), Combination((DAY,), any_of=True)])
def test_a_day_asks_for_the_text_in_force_on_it(engine: Engine, condition: Condition) -> None:
    """Without a day it is today's."""
    assert any("двести" in text for text in texts(engine, None))
    found = texts(engine, condition)
    assert any("сто метров" in text for text in found)
    assert not any("двести" in text for text in found)


@pytest.mark.parametrize(("day", "words"), [("2010-01-01", "сто метров"), (None, "двести")])
def test_the_chat_answers_from_the_text_of_a_day(
    engine: Engine, day: str | None, words: str
) -> None:
    """Null is no day."""
    body = {"messages": [{"role": "user", "content": "статья 1 пункт 1"}], "date": day}
    with TestClient(create_app(Settings(), engine)) as client:
        message = client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]
    assert words in message["content"]


def test_other_conditions_hold_beside_a_day(engine: Engine) -> None:
    """The rest of a condition chooses among the texts of the day."""
    assert texts(engine, Combination((ITEM, DAY))) == ["Пасека стоит за сто метров."]


@pytest.mark.parametrize(
    "condition",
    [
        Combination((ITEM, DAY), any_of=True),
        Combination((DAY, DAY)),
        Combination((ITEM, Combination((DAY,)))),
        Comparison(("in_force_on",), "is not", "2010-01-01"),
        Comparison(("in_force_on", "eid"), "is", "2010-01-01"),
        Comparison(("in_force_on",), "is", "2010-13-01"),
    ],
)
def test_a_day_that_cannot_be_is_refused(engine: Engine, condition: Condition) -> None:
    """A day is given once, for all that is searched."""
    with pytest.raises(RequestError):
        collection_filters(engine, (), condition)
