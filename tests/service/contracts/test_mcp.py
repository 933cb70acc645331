"""Tests of the Model Context Protocol with two real clients, over HTTP and over stdio."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from service.engine.engine import Engine

mcp = pytest.importorskip("mcp")

from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: E402

QUESTION = "Каспий теңізі туралы не айтылған?"
CONCEPT = "foreign-policy-2020-2030"
T = TypeVar("T")


def session(target: Any, use: Callable[["mcp.Client"], Awaitable[T]]) -> T:
    """Runs ``use`` with a client of ``target``."""

    async def run() -> T:
        async with mcp.Client(target) as client:
            return await use(client)

    return asyncio.run(run())


def call(address: str, tool: str, **arguments: object) -> Any:
    """Calls a tool over HTTP."""
    return session(f"{address}/mcp", lambda client: client.call_tool(tool, arguments))


def structured(address: str, tool: str, **arguments: object) -> Any:
    """Calls a tool and returns its structured content; it and the one text item are the same."""
    result = call(address, tool, **arguments)
    assert not result.is_error, result.content
    assert len(result.content) == 1
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


def test_tools_only_read(address: str) -> None:
    """Every tool says that it only reads; search and fetch take one argument."""
    tools = {t.name: t for t in session(f"{address}/mcp", lambda c: c.list_tools()).tools}
    assert tools.keys() == {"search", "fetch", "ask", "outline", "item"}
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert list(tools["search"].input_schema["properties"]) == ["query"]
    assert list(tools["fetch"].input_schema["properties"]) == ["id"]


def test_search_finds_what_the_engine_finds(address: str, engine: Engine) -> None:
    """Search gives ids, titles and absolute addresses, best first."""
    results = structured(address, "search", query=QUESTION)["results"]
    found = engine.ask(QUESTION, k=10).results
    assert [result["id"] for result in results] == [each.passage.id for each in found]
    assert all(result.keys() == {"id", "title", "url"} for result in results)
    assert all(result["url"].startswith(address) for result in results)


def test_fetch_returns_the_text(address: str, engine: Engine) -> None:
    """What search found can be fetched, with an address that leads to it."""
    first = structured(address, "search", query=QUESTION)["results"][0]
    fetched = structured(address, "fetch", id=first["id"])
    assert fetched.keys() == {"id", "title", "text", "url", "metadata"}
    assert fetched["text"] == engine.library.passage(first["id"]).text
    assert fetched["url"] == first["url"]
    page, _, place = fetched["url"].partition("#")
    assert f'id="{place}"' in httpx.get(page).text


def test_ask_cites(address: str, engine: Engine) -> None:
    """Ask gives the engine's answer, its confidence and its passages."""
    said = structured(address, "ask", question=QUESTION, top_k=3)
    answer = engine.ask(QUESTION, k=3)
    assert said["answerable"] == answer.answerable
    assert said["confidence"] == pytest.approx(answer.confidence)
    assert [c["score"] for c in said["citations"]] == pytest.approx(
        [result.score for result in answer.results]
    )


def test_translation_is_called_one(address: str) -> None:
    """What is cited in Russian names the Kazakh text, which can be fetched and is none."""
    question = "Торговля людьми"
    (cited,) = structured(address, "ask", question=question, top_k=1)["citations"]
    assert cited["unofficial_translation"]
    assert cited["title"].endswith("(неофициальный перевод)")
    (*_, first) = reversed(structured(address, "search", query=question)["results"])
    assert first["title"] == cited["title"]
    metadata = structured(address, "fetch", id=cited["id"])["metadata"]
    assert metadata["edition_status"] == "unofficial"
    assert metadata["authoritative_id"] == cited["authoritative"]["id"]
    authority = structured(address, "fetch", id=metadata["authoritative_id"])
    assert authority["url"] == metadata["authoritative_url"]
    assert authority["metadata"]["edition_status"] == "authoritative"
    assert "authoritative_id" not in authority["metadata"]


def test_question_about_the_document_is_answered(address: str) -> None:
    """The document's description answers, and the document is what one cites."""
    said = structured(address, "ask", question="when does it end?")
    assert said["answer"].startswith("It is for the years 2020 to 2030")
    assert said["about"]["url"] == f"{address}/documents/{CONCEPT}"


def test_outline_of_the_only_document_needs_no_name(address: str) -> None:
    """With one document its outline comes without naming it."""
    outline = structured(address, "outline")
    assert outline["id"] == CONCEPT
    assert len(outline["outline"]["kk"]) >= 6


@pytest.mark.parametrize(
    "reference", ["3.17-тармақ", "пункт 3.17", "chp_5__sec_3__para_3-17", "item 3.17"]
)
def test_item_is_found_by_its_reference(address: str, reference: str) -> None:
    """An item is found as people write it and by its eId."""
    items = structured(address, "item", reference=reference)["items"]
    assert [item["metadata"]["eid"] for item in items] == ["chp_5__sec_3__para_3-17"]


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("fetch", {"id": "constitution#art_1"}, "Мұндай тармақ жоқ"),
        ("search", {"query": ""}, "Сұрақ бос"),
        ("item", {"reference": "бірдеңе"}, "3.17-тармақ"),
        ("item", {"reference": "99.99-тармақ"}, "Ең жақыны – 5-тарау"),
        ("outline", {"document_id": "constitution"}, CONCEPT),
    ],
)
def test_error_tells_the_model_what_to_do(
    address: str, tool: str, arguments: dict[str, str], message: str
) -> None:
    """A tool that cannot be served says why, in three languages."""
    result = call(address, tool, **arguments)
    assert result.is_error
    assert message in result.content[0].text


@pytest.mark.parametrize(
    ("tool", "given", "optional"),
    [
        ("outline", {}, ("document_id", "date")),
        ("item", {"reference": "3.17-тармақ"}, ("document_id", "date")),
        (
            "ask",
            {"question": "Каспий теңізі туралы не айтылған?"},
            ("top_k", "documents", "sections", "languages", "kinds", "date"),
        ),
    ],
)
def test_null_is_an_argument_left_out(
    address: str, tool: str, given: dict[str, str], optional: tuple[str, ...]
) -> None:
    """Assistants that fill in every argument write null for those they do not mean."""
    nulls = dict.fromkeys(optional)
    assert structured(address, tool, **given, **nulls) == structured(address, tool, **given)


def test_fastmcp_client_is_served(address: str) -> None:
    """The other client people use gets the same."""
    fastmcp = pytest.importorskip("fastmcp")

    async def run() -> Any:
        async with fastmcp.Client(f"{address}/mcp") as client:
            return await client.call_tool("search", {"query": QUESTION})

    result = asyncio.run(run())
    assert result.structured_content["results"][0]["id"].startswith(CONCEPT)


INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
HEADERS = {"Accept": "application/json, text/event-stream"}


def initialize(address: str, path: str = "/mcp", **headers: str) -> httpx.Response:
    """Sends the first request of a session, as an assistant's server does."""
    return httpx.post(f"{address}{path}", json=INITIALIZE, headers={**HEADERS, **headers})


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_both_spellings_of_the_address_answer_without_a_session(address: str, path: str) -> None:
    """Plain JSON comes back at once, with no redirect and no session to keep."""
    response = initialize(address, path)
    assert response.status_code == 200
    assert response.json()["result"]["serverInfo"]["name"] == "tarmaq"
    assert "mcp-session-id" not in response.headers


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        ({}, "tarmaq.example.kz", 421),
        ({}, "localhost:8000", 200),
        ({"allowed_hosts": ["tarmaq.example.kz"]}, "tarmaq.example.kz", 200),
        ({"allowed_hosts": ["10.0.0.5:*"]}, "10.0.0.5:8000", 200),
        ({"allowed_hosts": ["*"]}, "anything.example", 200),
        ({"public_url": "https://tarmaq.example.kz"}, "tarmaq.example.kz", 200),
        ({"public_url": "https://tarmaq.example.kz"}, "evil.example", 421),
        ({"host": "0.0.0.0"}, "tarmaq.example.kz", 200),
    ],
)
def test_host_header_is_taken_as_set(
    serve: Callable[..., AbstractContextManager[str]],
    settings: dict[str, object],
    host: str,
    status: int,
) -> None:
    """A foreign host is refused on a private address and served where the settings say so."""
    with serve(**settings) as address:
        assert initialize(address, Host=host).status_code == status


def test_addresses_begin_with_the_public_one(
    serve: Callable[..., AbstractContextManager[str]],
) -> None:
    """Behind a proxy links begin with the address that people know."""
    with serve(public_url="https://tarmaq.example.kz") as address:
        first = structured(address, "search", query=QUESTION)["results"][0]
    assert first["url"].startswith("https://tarmaq.example.kz/documents/")


def test_stdio_serves_the_same(root: Path, concept_folder: Path, address: str) -> None:
    """``python -m service mcp`` speaks over standard input and output, with absolute addresses."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "service", "mcp"],
        cwd=str(root),
        env={**os.environ, "TARMAQ_INDEX": str(concept_folder)},
    )
    result = session(
        stdio_client(parameters), lambda client: client.call_tool("search", {"query": QUESTION})
    )
    over_http = structured(address, "search", query=QUESTION)["results"]
    found = result.structured_content["results"]
    assert [each["id"] for each in found] == [each["id"] for each in over_http]
    assert found[0]["url"].startswith("http://127.0.0.1:8000/")


def test_ask_gives_the_whole_list(address: str) -> None:
    """A lead-in comes with its items, each with the reference and address to cite."""
    whole = structured(address, "ask", question="What are the goals of foreign policy?")["whole"]
    assert [part["eid"] for part in whole["parts"]] == [
        f"chp_4__list_1__point_{number}" for number in range(1, 8)
    ]
    assert whole["parts"][0]["reference"]["en"] == "chapter 4, list 1, sub-item 1)"
    assert all(part["url"].startswith(address) for part in whole["parts"])
