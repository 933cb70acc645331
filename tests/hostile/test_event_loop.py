"""Tests that nothing that computes runs on the event loop, whatever route is asked."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import PurePath
from types import FrameType
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from service.engine.engine import Engine
from service.http.access import ROUTES
from service.http.app import create_app
from service.settings import Settings

pytestmark = pytest.mark.processes

Host = Callable[[Any], AbstractContextManager[str]]

QUESTION = "Каспий теңізі туралы не айтылған?"
ID = "foreign-policy-2020-2030"
MESSAGES = [{"role": "user", "content": text} for text in (QUESTION, "Ал Ресей ше?", QUESTION)]
HEADERS = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
ASKED = {"name": "ask", "arguments": {"question": QUESTION}}
TOOLS = [
    {"name": "search", "arguments": {"query": QUESTION}},
    {"name": "fetch", "arguments": {"id": f"{ID}#chp_5__sec_3__para_3-17"}},
    {"name": "item", "arguments": {"reference": "3.17-тармақ"}},
    {"name": "outline", "arguments": {}},
    ASKED,
]
REQUESTS: dict[str, list[tuple[str, Any]]] = {
    "/": [("/", None), (f"/?q={QUESTION}", None), ("/?q=1&lang=ru&literal=1&k=30", None)],
    "/documents/{document_id}": [(f"/documents/{ID}?q={QUESTION}&beside=ru", None)],
    "/documents/{document_id}/cite": [(f"/documents/{ID}/cite?item=chp_5__sec_3", None)],
    "/suggestions": [("/suggestions?q=ка", None)],
    "/assets/{name}": [("/assets/none", None)],
    "/docs": [("/docs", None)],
    "/docs/oauth2-redirect": [("/docs/oauth2-redirect", None)],
    "/openapi.json": [("/openapi.json", None)],
    "/static-offline-docs": [("/static-offline-docs/swagger-ui.css", None)],
    "/health/live": [("/health/live", None)],
    "/health/ready": [("/health/ready", None)],
    "/v1/search": [("/v1/search", {"query": QUESTION}), (f"/v1/search?q={QUESTION}", None)],
    "/v1/documents": [("/v1/documents", None)],
    "/v1/documents/{document_id:path}": [(f"/v1/documents/{ID}", None), ("/v1/documents/x", None)],
    "/v1/passages/{passage_id:path}": [(f"/v1/passages/{ID}%23chp_5__sec_3__para_3-17", None)],
    "/v1/vector_stores/{vector_store_id}/search": [
        ("/v1/vector_stores/tarmaq/search", {"query": [QUESTION, "Ресей"]})
    ],
    "/v1/models": [("/v1/models", None)],
    "/v1/models/{name}": [("/v1/models/tarmaq", None), ("/v1/models/none", None)],
    "/v1/chat/completions": [
        ("/v1/chat/completions", {"messages": MESSAGES, "stream": stream, "model": model})
        for stream in (False, True)
        for model in ("tarmaq", "tarmaq-extractive")
    ],
    "/v1/rerank": [("/v1/rerank", {"query": QUESTION, "documents": ["Каспий", {"text": "су"}]})],
    "/v2/rerank": [("/v2/rerank", {"query": QUESTION, "documents": ["Каспий", "су"]})],
    "/dify/retrieval": [("/dify/retrieval", {"knowledge_id": "tarmaq", "query": QUESTION})],
    "/mcp": [
        ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": tool})
        for tool in TOOLS
    ],
    "/mcp/": [
        ("/mcp/", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ASKED}),
    ],
    "/metrics": [("/metrics", None)],
    "/robots.txt": [("/robots.txt", None)],
    "/sitemap.xml": [("/sitemap.xml", None)],
    "/v1/responses": [
        ("/v1/responses", {"input": QUESTION, "stream": stream}) for stream in (False, True)
    ],
    "/v1/responses/{rest:path}": [("/v1/responses/resp_1", None)],
    "/v1/embeddings": [("/v1/embeddings", {"input": [QUESTION, "Ресей"]})],
    "/v1/vector_stores": [("/v1/vector_stores", None)],
    "/v1/vector_stores/{vector_store_id}": [("/v1/vector_stores/tarmaq", None)],
    "/feedback": [("/feedback", {"verdict": "right"})],
    "/v1/feedback": [("/v1/feedback", {"question": QUESTION, "verdict": "nothing"})],
    "/v1/documents/{document_id}": [(f"/v1/documents/{ID}", None)],
    "/v1/documents/{document_id}/description": [(f"/v1/documents/{ID}/description", None)],
    "/v1/jobs/{job_id}": [("/v1/jobs/none", None)],
    "/v1/jobs/{job_id}/publish": [("/v1/jobs/none/publish", {})],
    "/admin": [("/admin", None)],
    "/admin/key": [("/admin/key", None)],
    "/admin/leave": [("/admin/leave", {})],
    "/admin/documents": [("/admin/documents", {})],
    "/admin/documents/{name}/remove": [(f"/admin/documents/{ID}/remove", {})],
    "/admin/questions": [("/admin/questions", None)],
    "/admin/jobs/{name}": [("/admin/jobs/none", None)],
    **{
        f"/v1/{old}{more}": [(f"/v1/{old}", {"prompt": QUESTION})]
        for old in ("completions", "assistants", "threads", "conversations", "files")
        for more in ("", "/{rest:path}")
    },
}
"""For every route what is asked of it; a new route needs a line here."""

ROOMS = (
    "/indexer/",
    *(f"/service/{room}/" for room in ("engine", "answering", "ranking", "normalisation")),
    *(f"/service/web/{module}.py" for module in ("reading", "results", "rendering", "map", "site")),
    "/service/web/suggestions.py",
    "/service/http/presentation.py",
)
"""Where computing is done: in files whose path holds one of these."""

ALLOWED = {
    ("live.py", "current"),
    ("live.py", "health"),
    ("description.py", "__getitem__"),
    ("engine.py", "snapshot"),
    ("snapshot.py", "__len__"),
    ("tables.py", "items"),
    ("embedded.py", "generation"),
    ("site.py", "__init__"),
    ("generation.py", "write"),
    ("generation.py", "<genexpr>"),
    ("generation.py", "_posted"),
}
"""What only looks something up, or waits for a server."""


class Watched:
    """An application whose event loop notes every function of the computing rooms that it runs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.seen: Counter[tuple[str, str]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves; from the first request on the thread of the loop is watched."""
        if scope["type"] == "http":
            sys.setprofile(self.note)
        await self.app(scope, receive, send)

    def note(self, frame: FrameType, event: str, argument: Any) -> None:
        """Notes one call."""
        file = frame.f_code.co_filename
        if event == "call" and any(room in file for room in ROOMS):
            where = (PurePath(file).name, frame.f_code.co_name)
            if where not in ALLOWED and frame.f_code.co_name != "<module>":
                self.seen[where] += 1


@pytest.fixture(scope="module")
def watched(engine: Engine, host: Host) -> Iterator[tuple[str, Watched]]:
    """A service with a language model, and what its event loop runs."""
    model = FastAPI()

    @model.post("/v1/chat/completions")
    async def complete(request: Request) -> dict[str, Any]:
        system = (await request.json())["messages"][0]["content"]
        first = next(line for line in system.splitlines() if line.startswith("[1] "))
        content = f"{first.removeprefix('[1] ').rstrip('.;')} [1]."
        return {"choices": [{"message": {"content": content}}]}

    with host(model) as url:
        app = Watched(create_app(Settings(llm_base_url=f"{url}/v1"), engine))
        with host(app) as address:
            yield address, app


def test_every_route_is_asked() -> None:
    """The requests below are of all the routes that there are."""
    assert set(REQUESTS) == set(ROUTES)


@pytest.mark.parametrize("path", REQUESTS)
def test_event_loop_does_not_compute(watched: tuple[str, Watched], path: str) -> None:
    """The engine, the ranking, the pages: all of it is done by the workers."""
    address, app = watched
    app.seen.clear()
    for url, body in REQUESTS[path]:
        if body is None:
            response = httpx.get(f"{address}{url}", headers={"Accept": "text/html"})
        else:
            response = httpx.post(f"{address}{url}", json=body, headers=HEADERS, timeout=60)
        assert response.status_code < 500, response.text
        if url.startswith("/mcp"):
            assert "error" not in json.loads(response.text), response.text
    assert not app.seen, dict(app.seen)
