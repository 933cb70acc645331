"""Tests of an act with several dated versions, at every door."""

import datetime
import html
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.contracts.mcp import tools
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.http.app import create_app
from service.settings import Settings

_BEES = """uri = "/akn/kz/act/law/2001-05-10/7"
[title]
kk = "Ара шаруашылығы туралы"
ru = "О пчеловодстве"
[[editions]]
language = "kk"
[[editions]]
language = "kk"
date = 2015-01-01
[[editions]]
language = "ru"
status = "unofficial"
[[editions]]
language = "ru"
date = 2015-01-01
status = "unofficial"
"""
_HONEY = """uri = "/akn/kz/act/law/2012-01-01/9"
[title]
ru = "О мёде"
[[editions]]
language = "ru"
"""
_RU = """Статья 1. Пасека
1. Пасека стоит за {far} метров от дороги.
2. Пункт 1 настоящей статьи и статья 1 Закона «О мёде» применяются к ульям.
"""
_KK = """1-бап. Омарта
1. Омарта жолдан {far} метр жерде тұрады.
2. Осы баптың 1-тармағы ұяларға қолданылады.
"""
_DAY = "2010-03-01"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> Engine:
    """A law of 2001 in two languages that was changed in 2015, and a law of 2012."""
    seeds: Path = tmp_path_factory.mktemp("seeds")
    for name, texts in (
        (
            "bees",
            {
                "document.toml": _BEES,
                "kk.txt": _KK.format(far="жүз"),
                "kk@2015-01-01.txt": _KK.format(far="екі жүз"),
                "ru.txt": _RU.format(far="сто"),
                "ru@2015-01-01.txt": _RU.format(far="двести"),
            },
        ),
        ("honey", {"document.toml": _HONEY, "ru.txt": "Статья 1. Мёд\n1. Мёд качают летом.\n"}),
    ):
        (seeds / name).mkdir()
        for file, text in texts.items():
            (seeds / name / file).write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path_factory.mktemp("index"))
    build_folder(seeds, store, hashed)
    return Engine(store.snapshot(), hashed)


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    """All doors over them."""
    with TestClient(create_app(Settings(), engine)) as client:
        yield client


def page(client: TestClient, address: str, status: int = 200) -> str:
    """Returns a page as text."""
    response = client.get(address)
    assert response.status_code == status
    return html.unescape(response.text)


def test_a_page_shows_the_version_of_its_day(client: TestClient) -> None:
    """And says so, with the way to the text in force and to every version."""
    past = page(client, f"/documents/bees?lang=ru&date={_DAY}")
    assert "сто метров" in past
    assert "двести" not in past
    assert "Показан текст на 01.03.2010; сегодня действует другая редакция." in past
    assert 'href="/documents/bees?lang=ru">Действующий текст' in past
    assert 'href="/documents/bees?lang=ru&date=2015-01-01"' in past
    now = page(client, "/documents/bees?lang=ru")
    assert "двести метров" in now
    assert "Показан текст" not in now
    assert "он действует и сегодня" in page(client, "/documents/bees?lang=ru&date=2020-01-01")


def test_links_of_a_past_version_keep_its_day(client: TestClient) -> None:
    """An act that was not there on the day is opened as it is today."""
    past = page(client, f"/documents/bees?lang=ru&date={_DAY}&beside=kk")
    assert 'href="#art_1__para_1"' in past
    assert 'href="/documents/honey?lang=ru#art_1"' in past
    assert 'href="/documents/honey?lang=ru&date=2013-01-01#art_1"' in page(
        client, "/documents/bees?lang=ru&date=2013-01-01"
    )
    assert f"/documents/bees/cite?item=art_1__para_1&lang=ru&date={_DAY}" in past
    assert f"/documents/bees?lang=ru&edition=kk&date={_DAY}" in past
    assert "жолдан жүз метр" in past
    assert "екі жүз" not in past


def test_a_search_in_a_past_version_is_of_that_version(client: TestClient) -> None:
    """The form keeps the day."""
    past = page(client, f"/documents/bees?lang=ru&date={_DAY}&q=сто метров от дороги")
    assert 'class="item in0 hit"' in past
    assert f'name="date" value="{_DAY}"' in past


def test_a_citation_of_a_past_version_is_of_that_version(client: TestClient) -> None:
    """Its text, its other language and its address."""
    past = page(client, f"/documents/bees/cite?item=art_1__para_1&lang=ru&date={_DAY}")
    assert "сто метров" in past.partition("<dl")[0]
    assert "date=2001-05-10#art_1__para_1" in past
    assert "жолдан жүз метр" in past


def test_a_citation_of_a_past_version_says_so(client: TestClient) -> None:
    """On the page, and in what is copied: a letter does not quote a past text as the law."""
    path = "/documents/bees/cite?item=art_1__para_1&lang=ru"
    past, current = page(client, f"{path}&date={_DAY}"), page(client, path)
    assert "сегодня действует другая редакция" in past
    assert "от дороги» (редакция от 10.05.2001; неофициальный перевод)." in past
    assert "тұрады» (10.05.2001 күнгі редакция)." in past
    assert "note = {статья 1, пункт 1 (редакция от 10.05.2001)}" in past
    assert "редакция от" not in current
    assert "сегодня действует" not in current


def test_a_day_before_the_act_and_no_day_are_said(client: TestClient) -> None:
    """Without an error of the server."""
    assert "ещё не было" in page(client, "/documents/bees?lang=ru&date=1999-01-01", 404)
    page(client, "/documents/bees?lang=ru&date=yesterday", 422)


def test_an_answer_on_a_day_leads_to_that_version(client: TestClient) -> None:
    """At the page and over HTTP: text, other language, authority and addresses."""
    found = page(client, f"/?q=закон о пчеловодстве статья 1 пункт 1&lang=ru&date={_DAY}")
    assert "сто метров" in found
    assert "/documents/bees?lang=ru&date=2001-05-10#art_1__para_1" in found
    assert "жүз метр" in found
    assert "екі жүз" not in found
    body = {"query": "статья 1 пункт 1 закона о пчеловодстве", "filters": {"date": _DAY}}
    (first, *_) = client.post("/v1/search", json=body).json()["results"]
    assert "сто метров" in first["text"]
    assert first["url"].endswith("/documents/bees?edition=ru&date=2001-05-10#art_1__para_1")
    assert "жолдан жүз" in first["authoritative"]["text"]
    assert first["authoritative"]["url"].endswith("bees?date=2001-05-10#art_1__para_1")


def test_addresses_of_what_stands_around_an_item_are_of_its_edition(client: TestClient) -> None:
    """What it cites, what holds it and what stands beside it, in its language and on its day."""
    got = client.get(f"/v1/passages/bees%23art_1__para_2?language=ru&date={_DAY}").json()
    end = "bees?edition=ru&date=2001-05-10#art_1"
    assert got["parent"]["url"].endswith(end)
    assert got["previous"]["url"].endswith(f"{end}__para_1")
    assert got["links"][0]["url"].endswith(f"{end}__para_1")
    assert got["links"][1]["url"].endswith("/documents/honey#art_1")
    now = client.get("/v1/passages/bees%23art_1__para_2?language=ru").json()
    assert now["previous"]["url"].endswith("bees?edition=ru#art_1__para_1")


def test_the_outline_is_of_the_day(client: TestClient) -> None:
    """A day on which there was no text is an error."""
    assert client.get(f"/v1/documents/bees?date={_DAY}").status_code == 200
    assert client.get("/v1/documents/bees?date=1999-01-01").status_code == 404


def test_assistants_fetch_what_they_found_on_a_day(engine: Engine) -> None:
    """An id names the version; so do an item and an outline that are asked for on a day."""
    day = datetime.date.fromisoformat(_DAY)
    found = tools.ask(engine, "статья 1 пункт 1 закона о пчеловодстве", 1, Filters(date=day), "")
    (cited,) = found.citations
    assert "сто метров" in cited.text
    assert tools.fetch(engine, cited.id, "").text == cited.text
    assert "date=2001-05-10" in cited.url
    (item,) = tools.item(engine, "art_1__para_1", "bees", "", day).items
    assert "жолдан жүз" in item.text


def test_contracts_search_on_a_day(client: TestClient) -> None:
    """Dify and vector stores by a condition, chat by a field."""
    question = "статья 1 пункт 1 закона о пчеловодстве"
    condition: dict[str, Any] = {"name": "in_force_on", "comparison_operator": "is", "value": _DAY}
    records = client.post(
        "/dify/retrieval",
        json={"knowledge_id": "tarmaq", "query": question, "retrieval_setting": {"top_k": 1},
              "metadata_condition": {"conditions": [condition]}},
    ).json()["records"]  # fmt: skip
    assert "сто метров" in records[0]["content"]
    assert "date=2001-05-10" in records[0]["metadata"]["url"]
    stored = client.post(
        "/v1/vector_stores/tarmaq/search",
        json={"query": question, "filters": {"type": "eq", "key": "in_force_on", "value": _DAY}},
    ).json()["data"]
    assert "сто метров" in stored[0]["content"][0]["text"]
    said = client.post(
        "/v1/chat/completions",
        json={"messages": [{"role": "user", "content": question}], "date": _DAY},
    ).json()["choices"][0]["message"]
    assert "сто метров" in said["content"]
    assert "date=2001-05-10" in said["annotations"][0]["url_citation"]["url"]
    replied = client.post(
        "/v1/responses", json={"input": question, "date": _DAY, "model": "tarmaq"}
    ).json()
    assert "сто метров" in replied["output"][-1]["content"][0]["text"]


@pytest.mark.parametrize(("language", "text"), [("kk", "екі жүз"), ("ru", "двести")])
def test_a_filter_by_language_shows_that_text_alone(
    client: TestClient, language: str, text: str
) -> None:
    """Whatever language the question has: one hit an item, its text, reference and address."""
    for question in ("статья 1 пункт 1 закона о пчеловодстве", "Ара шаруашылығы туралы заң 1-бап"):
        body = {"query": question, "filters": {"languages": [language]}, "top_k": 10}
        results = client.post("/v1/search", json=body).json()["results"]
        assert {one["language"] for one in results} == {language}
        assert len({one["id"] for one in results}) == len(results)
        (first,) = (one for one in results if one["eid"] == "art_1__para_1")
        assert text in first["text"]
        assert first["url"].endswith("bees#art_1__para_1" if language == "kk" else
                                     "bees?edition=ru#art_1__para_1")  # fmt: skip
        keyed = client.post(
            "/v1/search", json={"query": question, "filters": {"documents": [f"bees@{language}"]}}
        ).json()["results"]
        assert {one["language"] for one in keyed} == {language}


def test_a_document_is_described_in_the_language_left_by_a_filter(engine: Engine) -> None:
    """«О чём закон?» with Kazakh texts alone lists the Kazakh headings."""
    answer = engine.ask("О чём закон о пчеловодстве?", filters=Filters(("bees",), (), ("kk",)))
    assert answer.whole is None or answer.whole.language == "kk"
    assert answer.about is not None


def test_versions_are_listed_as_the_language_writes_days(client: TestClient) -> None:
    """With the one that is in force marked."""
    for language, days in (
        ("ru", ("01.01.2015</a> <small>(действует)", "10.05.2001</a>")),
        ("kk", ("01.01.2015</a> <small>(қолданыста)",)),
        ("en", ("2015-01-01</a> <small>(in force)",)),
    ):
        text = page(client, f"/documents/bees?lang={language}")
        assert all(f">{day}" in text for day in days)
        assert text.count("<small>(") == 1
    citation = page(client, "/documents/bees/cite?item=art_1__para_1&lang=ru")
    assert '<dt lang="ru">01.01.2015</dt>' in citation


def test_an_answer_on_a_day_says_so(client: TestClient) -> None:
    """A quotation that has changed since is not taken for the text in force."""
    asked = "/?lang=ru&q=сколько метров от дороги стоит пасека&date="
    assert "сегодня действует другая редакция" in page(client, f"{asked}{_DAY}")
    assert "он действует и сегодня" in page(client, f"{asked}2020-01-01")
    assert "Показан текст на" not in page(client, asked)


def test_what_is_no_day_is_told_with_one_that_is(client: TestClient) -> None:
    """In words, not as a field of a request."""
    said = page(client, "/documents/bees?lang=kk&date=yesterday", 422)
    assert "«yesterday» – күн емес" in said
    assert "2024-01-31" in said


def test_chatbots_are_told_that_a_text_is_past(client: TestClient) -> None:
    """The source says of which day it is, where that is not the one in force."""
    question = "Сколько метров от дороги стоит пасека?"

    def said(day: str) -> str:
        body = {"messages": [{"role": "user", "content": question}], "date": day}
        answer = client.post("/v1/chat/completions", json=body).json()
        return str(answer["choices"][0]["message"]["content"])

    assert "статья 1, пункт 1 (редакция от 10.05.2001; неофициальный перевод)" in said(_DAY)
    assert "редакция" not in said("2020-01-01")
