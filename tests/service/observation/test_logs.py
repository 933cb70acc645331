"""Tests of the log: its lines, and what is never in them."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from service.engine.engine import Engine
from service.http.app import create_app
from service.observation import stages
from service.observation.logs import REQUEST_ID, JsonLines, TextLines, configure, fields
from service.settings import Settings


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leaves the observers and the levels as they were."""
    observers, level = list(stages._observers), logging.getLogger("service").level
    yield
    stages._observers[:] = observers
    logging.getLogger("service").setLevel(level)


def record(message: str, *values: object, **extra: Any) -> logging.LogRecord:
    """Returns an event."""
    made = logging.LogRecord("service.x", logging.INFO, "x.py", 1, message, values, None)
    made.__dict__.update(extra)
    return made


def test_an_event_is_a_json_object_on_one_line() -> None:
    """Fields stand beside the message, with the id of the request."""
    token = REQUEST_ID.set("abc")
    line = JsonLines().format(record("said %s", "а\nb", **fields(ms=1.5)))
    REQUEST_ID.reset(token)
    assert "\n" not in line
    found = json.loads(line)
    assert found["message"] == "said а\nb"
    assert (found["level"], found["request_id"], found["ms"]) == ("info", "abc", 1.5)


@pytest.mark.parametrize("hostile", ["\n2026 forged", "\x1b[2J", "\u2028", "\x85", "\r"])
def test_what_was_sent_forges_no_line(hostile: str) -> None:
    """A line break or a control character in a path is written as what it is."""
    line = TextLines().format(record("GET /%s", hostile))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def asked(engine: Engine, caplog: pytest.LogCaptureFixture, **settings: Any) -> list[str]:
    """Asks over several doors; returns the lines of the log."""
    logging.getLogger("service").setLevel(logging.DEBUG)
    with TestClient(create_app(Settings(**settings), engine)) as client:
        headers = {"Authorization": "Bearer tarmaq_secret", "X-Request-ID": "caller-1"}
        client.get("/v1/search", params={"q": "Каспий құпия"}, headers=headers)
        client.post("/v1/search", json={"query": "Каспий құпия"}, headers=headers)
        client.get("/", params={"q": "Каспий құпия"}, headers=headers)
        client.get("/v1/search", params={"top_k": "құпия"}, headers=headers)
    return [JsonLines().format(one) for one in caplog.records]


def test_questions_and_keys_are_not_in_the_log(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """A line has method, path without what stands after ?, status and time."""
    lines = asked(engine, caplog)
    requests = [line for line in lines if "service.observation.requests" in line]
    assert [json.loads(line)["message"] for line in requests] == [
        "GET /v1/search 200", "POST /v1/search 200", "GET / 200", "GET /v1/search 422"
    ]  # fmt: skip
    assert all(json.loads(line)["ms"] > 0 for line in requests)
    assert not [
        line for line in lines if "құпия" in line or "secret" in line or "testclient" in line
    ]


def test_questions_are_written_where_that_is_wanted(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """With the outcome, and the id of the request, which finds its other lines."""
    lines = [json.loads(line) for line in asked(engine, caplog, log_questions=True)]
    questions = [line for line in lines if line["logger"] == "service.questions"]
    assert len(questions) == 3
    assert all(line["question"] == "Каспий құпия" for line in questions)


def test_configuring_again_leaves_what_another_configured() -> None:
    """An application that embeds the service keeps its own log."""
    before = list(logging.getLogger().handlers)
    configure(Settings(log_format="json"))
    assert logging.getLogger().handlers == before


@pytest.mark.parametrize(
    ("given", "kept"),
    [("caller-1.a:b/c=", True), ("", False), ("a b", False), ("a" * 129, False), ("ә", False)],
)
def test_a_request_has_an_id(address: str, given: str, kept: bool) -> None:
    """A sane one of the caller's, or a new one; it comes back with every answer."""
    for path in ("/health/live", "/nowhere", "/v1/search?q=x"):
        answer = httpx.get(f"{address}{path}", headers={"X-Request-ID": given.encode()})
        (found,) = answer.headers.get_list("x-request-id")
        assert (found == given) is kept
        assert found.isascii()
