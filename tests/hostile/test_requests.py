"""Tests of the oddest requests of each contract: an answer or a clear refusal, never a failure."""

import json
from typing import Any

import httpx
import pytest

QUESTION = "Каспий теңізі туралы не айтылған?"
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json, text/event-stream",
    "MCP-Protocol-Version": "2025-06-18",
}
STORE = "/v1/vector_stores/tarmaq/search"
CHAT = "/v1/chat/completions"
NO_TEXT = {"role": "user", "content": [{"type": "text"}]}


def nested(depth: int) -> str:
    """A question with a filter in a filter in a filter."""
    inner = '{"type": "eq", "key": "number", "value": "1"}'
    filters = '{"type": "and", "filters": [' * depth + inner + "]}" * depth
    return f'{{"query": "Каспий", "filters": {filters}}}'


def compared(operator: str, value: object, key: str = "number") -> dict[str, Any]:
    """A question with one comparison."""
    return {"query": QUESTION, "filters": {"type": operator, "key": key, "value": value}}


def said(*texts: str) -> dict[str, Any]:
    """A conversation of user messages."""
    return {"messages": [{"role": "user", "content": text} for text in texts]}


REFUSED: dict[str, tuple[str, Any, int]] = {
    "mark of the tokenizer": ("/v1/search", {"query": "</s>"}, 422),
    "mark of the tokenizer to rerank": ("/v2/rerank", {"query": "<s>", "documents": ["а"]}, 422),
    "surrogate as document": (
        "/v1/search",
        '{"query": "а", "filters": {"documents": ["\\ud800"]}}',
        422,
    ),
    "surrogate as model": (CHAT, '{"model": "\\ud800", "messages": [{"role": "user"}]}', 404),
    "surrogate as store": ("/v1/vector_stores/%ED%A0%80/search", {"query": "а"}, 404),
    "surrogate as knowledge": ("/dify/retrieval", '{"knowledge_id": "\\ud800", "query": "а"}', 400),
    "too many names": ("/v1/search", {"query": "а", "filters": {"sections": ["x"] * 101}}, 422),
    "too long a name": ("/v1/search", {"query": "а", "filters": {"kinds": ["x" * 513]}}, 422),
    "deep filter": (STORE, nested(9), 400),
    "very deep filter": (STORE, nested(200), 400),
    "bottomless filter": (STORE, nested(5_000), 400),
    "filter of many values": (STORE, compared("in", [str(n) for n in range(201)]), 400),
    "conditions without end": (
        "/dify/retrieval",
        {
            "knowledge_id": "tarmaq",
            "query": "а",
            "metadata_condition": {
                "conditions": [{"name": ["eid"], "comparison_operator": "is", "value": "1"}] * 201
            },
        },
        400,
    ),
    "texts without end": ("/v2/rerank", {"query": "а", "documents": ["y" * 60_000]}, 400),
    "no user": (CHAT, {"messages": [{"role": "system", "content": "а"}]}, 400),
    "path as document": ("/v1/vector_stores/..%2f..%2fetc%2fpasswd/search", {"query": "а"}, 404),
}


@pytest.mark.parametrize("name", REFUSED)
def test_odd_request_is_refused_in_a_sentence(address: str, name: str) -> None:
    """With the status that its contract has for it, as JSON, and shortly."""
    path, body, status = REFUSED[name]
    content = body if isinstance(body, str) else json.dumps(body)
    response = httpx.post(f"{address}{path}", content=content, headers=HEADERS, timeout=60)
    assert response.status_code == status, response.text
    assert "json" in response.headers["content-type"]
    assert response.json()
    assert len(response.content) < 8_000


ANSWERED: dict[str, tuple[str, Any]] = {
    "digits without end": (STORE, compared("eq", "9" * 5_000)),
    "digits without end in order": (STORE, compared("gt", "9" * 5_000, "chapter")),
    "great number": (STORE, compared("lt", 10**300, "chapter")),
    "filter in filters": (STORE, nested(3)),
    "long conversation": (CHAT, said(*["Ал Ресей ше?"] * 2_000)),
    "follow-up to too much": (CHAT, said("сөз " * 5_000, "Ал Ресей ше?")),
    "parts without text": (
        CHAT,
        {
            "messages": [
                NO_TEXT,
                *said("а")["messages"],
            ]
        },
    ),
    "empty texts": ("/v2/rerank", {"query": "а", "documents": ["", " ", "\x00", "</s>", "\u200b"]}),
    "one letter again and again": ("/v1/search", {"query": "а" * 2_000}),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_odd_request_is_answered(address: str, name: str) -> None:
    """What is right by its contract gets an answer."""
    path, body = ANSWERED[name]
    content = body if isinstance(body, str) else json.dumps(body)
    response = httpx.post(f"{address}{path}", content=content, headers=HEADERS, timeout=60)
    assert response.status_code == 200, response.text


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("item", {"reference": "3.17-тармақ " * 2_000}),
        ("item", {"reference": ""}),
        ("item", {"reference": "3.17", "document_id": "\x00"}),
        ("fetch", {"id": "x" * 50_000}),
        ("fetch", {"id": "../../etc/passwd"}),
        ("search", {"query": "</s>"}),
        ("search", {"query": 5}),
        ("ask", {"question": "а", "top_k": 10**30}),
        ("outline", {"document_id": "#@:"}),
        ("none", {}),
    ],
)
def test_odd_call_of_a_tool_says_what_is_wrong(
    address: str, tool: str, arguments: dict[str, Any]
) -> None:
    """An error of the tool with a reason, not one of the protocol without any."""
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": arguments},
    }
    response = httpx.post(f"{address}/mcp", json=call, headers=HEADERS, timeout=60)
    answer = response.json()
    assert response.status_code == 200, response.text
    if "error" in answer:
        assert answer["error"]["message"]
    else:
        assert answer["result"]["isError"]
        assert answer["result"]["content"][0]["text"]
