"""Tests of keys at every door, each with the error of its contract."""

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.engine.engine import Engine
from service.http.access import PUBLIC, ROUTES, SESSION, door
from service.http.app import create_app
from service.http.keys import make_key, write_keys
from service.settings import Settings

Serve = Callable[..., AbstractContextManager[str]]

QUESTION = "Каспий теңізі туралы не айтылған?"
CHAT = {"model": "tarmaq", "messages": [{"role": "user", "content": QUESTION}]}
DOORS = {
    "/v1/search": {"query": QUESTION},
    "/v1/vector_stores/tarmaq/search": {"query": QUESTION},
    "/v1/chat/completions": CHAT,
    "/v1/rerank": {"query": QUESTION, "documents": ["Каспий"]},
    "/v2/rerank": {"query": QUESTION, "documents": ["Каспий"]},
    "/dify/retrieval": {"knowledge_id": "tarmaq", "query": QUESTION},
    "/mcp": {"jsonrpc": "2.0", "id": 1, "method": "ping"},
}
ACCEPT = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}


@pytest.fixture(scope="module")
def secrets() -> dict[str, str]:
    """Keys by name, filled in by the server that takes them."""
    return {}


@pytest.fixture(scope="module")
def locked(
    serve: Serve, secrets: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a service that asks for keys: one of them in the variable, the rest filed."""
    path = tmp_path_factory.mktemp("keys") / "keys"
    made = {
        "all": make_key("all", ["search", "chat", "rerank", "dify", "mcp"]),
        "dify": make_key("dify", ["dify"]),
        "old": make_key("old", ["search", "dify"], date(2020, 3, 6)),
    }
    secrets.update({name: secret for name, (secret, _) in made.items()})
    write_keys(path, [made["dify"][1], made["old"][1]])
    with serve(api_keys=str(made["all"][1]), keys_file=path) as address:
        yield address


def post(address: str, path: str, key: str | None) -> httpx.Response:
    """Posts the body of a door with a key."""
    headers = {**ACCEPT, **({"Authorization": key} if key is not None else {})}
    return httpx.post(f"{address}{path}", json=DOORS[path], headers=headers, timeout=60)


@pytest.mark.parametrize("path", DOORS)
def test_right_key_opens(locked: str, secrets: dict[str, str], path: str) -> None:
    """A key with every scope opens every door."""
    assert post(locked, path, f"Bearer {secrets['all']}").status_code == 200


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("key", [None, "", "Bearer", "Basic abc", "Bearer wrong", "Bearer кілт"])
def test_wrong_key_does_not(locked: str, path: str, key: str | None) -> None:
    """No key, no scheme, another scheme or an unknown key open nothing."""
    header = key.encode() if key is not None else None
    response = post(locked, path, header)  # type: ignore[arg-type]
    assert response.status_code == (403 if path.startswith("/dify") else 401)


@pytest.mark.parametrize("path", [path for path in DOORS if not path.startswith("/dify")])
def test_key_of_another_scope_does_not(locked: str, secrets: dict[str, str], path: str) -> None:
    """Dify's key opens Dify's door only."""
    assert post(locked, path, f"Bearer {secrets['dify']}").status_code == 403
    assert post(locked, "/dify/retrieval", f"Bearer {secrets['dify']}").status_code == 200


def test_expired_key_does_not(locked: str, secrets: dict[str, str]) -> None:
    """A key past its last day is refused."""
    assert post(locked, "/v1/search", f"Bearer {secrets['old']}").status_code == 401


@pytest.mark.parametrize(
    ("key", "code"), [(None, 1001), ("Basic abc", 1001), ("Bearer", 1001), ("Bearer no", 1002)]
)
@pytest.mark.parametrize("content", [b"", b"[", b"{}"])
def test_dify_checks_the_key_before_the_body(
    locked: str, key: str | None, code: int, content: bytes
) -> None:
    """A bad key is 403 with Dify's own number, whatever the body, which is the probe's answer."""
    headers = {"Authorization": key} if key else {}
    response = httpx.post(f"{locked}/dify/retrieval", content=content, headers=headers)
    assert (response.status_code, response.json()["error_code"]) == (403, code)


def test_each_contract_words_the_refusal(locked: str) -> None:
    """Problem details, OpenAI's error, Cohere's message, Dify's number."""
    shapes = {path: post(locked, path, None).json().keys() for path in DOORS}
    assert {"type", "title", "status", "detail"} <= shapes["/v1/search"]
    assert shapes["/v1/chat/completions"] == {"error"}
    assert shapes["/v1/vector_stores/tarmaq/search"] == {"error"}
    assert shapes["/v2/rerank"] == {"message"}
    assert shapes["/dify/retrieval"] == {"error_code", "error_msg"}


def test_openai_client_raises_its_authentication_error(locked: str) -> None:
    """OpenAI's package knows the refusal."""
    openai = pytest.importorskip("openai")
    with (
        openai.OpenAI(base_url=f"{locked}/v1", api_key="wrong", max_retries=0) as client,
        pytest.raises(openai.AuthenticationError),
    ):
        client.models.list()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/openapi.json"])
def test_health_stays_open(locked: str, path: str) -> None:
    """Health and the description of the interface need no key."""
    assert httpx.get(f"{locked}{path}").status_code == 200


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/search?q=a", "/v1/nowhere", "//v1/search"])
def test_nothing_slips_past(locked: str, path: str) -> None:
    """Other addresses under the doors are shut as well."""
    assert httpx.get(f"{locked}{path}").status_code in (401, 404)
    assert httpx.get(f"{locked}/v1/documents").status_code == 401


def test_prefix_of_a_proxy_opens_nothing(engine: Engine, tmp_path: Path) -> None:
    """Under a root path the doors are the same."""
    app = create_app(Settings(keys_file=tmp_path / "keys"), engine)

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app, root_path="/tarmaq")
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/tarmaq/v1/documents")

    assert asyncio.run(get()).status_code == 401


def test_open_scope_needs_no_key(serve: Serve, tmp_path: Path) -> None:
    """A door may be left open while the others ask for keys."""
    with serve(keys_file=tmp_path / "keys", open_scopes=["search"]) as address:
        assert post(address, "/v1/search", None).status_code == 200
        assert post(address, "/v1/chat/completions", None).status_code == 401


def test_no_keys_no_question(address: str) -> None:
    """Without configured keys every door is open."""
    assert {post(address, path, None).status_code for path in DOORS} == {200}


def test_revoked_key_stops_at_once(serve: Serve, tmp_path: Path) -> None:
    """A running service notices that a key was taken back."""
    secret, key = make_key("bot", ["search"])
    write_keys(tmp_path / "keys", [key])
    with serve(keys_file=tmp_path / "keys") as address:
        assert post(address, "/v1/search", f"Bearer {secret}").status_code == 200
        write_keys(tmp_path / "keys", [])
        assert post(address, "/v1/search", f"Bearer {secret}").status_code == 401


def test_pages_of_named_sites_may_call(serve: Serve, tmp_path: Path) -> None:
    """A browser's preflight passes without a key for a named site and for no other."""
    settings = {"cors_origins": ["https://example.kz"], "keys_file": tmp_path / "keys"}
    with serve(**settings) as address:
        for origin, allowed in (("https://example.kz", True), ("https://evil.example", False)):
            response = httpx.options(
                f"{address}/v1/search",
                headers={
                    "Origin": origin,
                    "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "authorization,content-type",
                },
            )
            assert ("access-control-allow-origin" in response.headers) is allowed
        refused = httpx.get(f"{address}/v1/documents", headers={"Origin": "https://example.kz"})
        assert refused.headers["access-control-allow-origin"] == "https://example.kz"


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/v1/search", 413, "detail"),
        ("/v1/chat/completions", 413, "error"),
        ("/v2/rerank", 413, "message"),
        ("/dify/retrieval", 400, "error_msg"),
    ],
)
def test_too_large_a_body_has_the_contracts_error(
    address: str, path: str, status: int, field: str
) -> None:
    """A body over the limit is refused in the words of its door."""
    response = httpx.post(f"{address}{path}", content=b" " * 300_000)
    assert response.status_code == status
    assert field in response.json()


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Yields the path of every route, in whatever router or mounted application it stands."""
    waiting: list[tuple[str, Any]] = [("", route) for route in app.routes]
    while waiting:
        prefix, route = waiting.pop()
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None and not hasattr(route, "path"):
            more = getattr(getattr(route, "include_context", None), "prefix", "")
            waiting += [(prefix + more, one) for one in inner.routes]
        else:
            yield prefix + route.path, type(route).__name__


def test_every_route_has_a_scope(engine: Engine) -> None:
    """The table of routes is that of the running service, and what it says is what is asked for."""
    served = {path for path, _ in routes_of(create_app(Settings(), engine))}
    assert served == set(ROUTES)
    for path, scope in ROUTES.items():
        found = door(path)
        assert (found.scope if found else PUBLIC) == (PUBLIC if scope == SESSION else scope)


def test_route_of_the_table_asks_for_a_key_of_its_scope(
    locked: str, secrets: dict[str, str]
) -> None:
    """Asked without a key, every route that is not public refuses; the others do not."""
    for path, scope in ROUTES.items():
        url = locked + re.sub(r"\{[^}]*\}", "x", path)
        refused = httpx.get(url).status_code in (401, 403)
        if scope == SESSION:
            refused = refused or httpx.post(url).status_code in (401, 403)
        assert refused == (scope != PUBLIC), path
