"""Tests of what a failure of the service looks like from outside, and in the log."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings

Host = Callable[[Any], AbstractContextManager[str]]


@pytest.fixture
def broken(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine that fails whatever it is asked."""

    def fail(*_: Any, **__: Any) -> Any:
        raise OSError("the disk is gone")

    monkeypatch.setattr(engine, "ask", fail)
    return engine


def test_failure_is_a_problem_that_other_sites_may_read(broken: Engine, host: Host) -> None:
    """A 500 is a short problem document with the CORS header, and the connection goes on."""
    settings = Settings(cors_origins=("https://example.kz",))
    headers = {"Origin": "https://example.kz"}
    with host(create_app(settings, broken)) as address, httpx.Client(base_url=address) as client:
        for _ in range(2):
            response = client.get("/v1/search", params={"q": "Каспий"}, headers=headers)
            assert response.status_code == 500
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["access-control-allow-origin"] == "https://example.kz"
            assert "disk" not in response.text


def test_failure_is_logged_once_without_the_question(
    broken: Engine, host: Host, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the path and the traceback, not the address that holds the question."""
    with host(create_app(Settings(), broken)) as address, caplog.at_level(logging.ERROR):
        httpx.get(f"{address}/v1/search", params={"q": "qupia"})
    (record,) = caplog.records
    assert record.getMessage() == "GET /v1/search failed"
    assert "the disk is gone" in caplog.text
    assert "qupia" not in caplog.text


def test_log_handlers_stay_as_they_were(engine: Engine, host: Host) -> None:
    """No library puts a handler of its own on the log of the process."""
    before = logging.getLogger().handlers[:]
    with host(create_app(Settings(), engine)) as address:
        httpx.get(f"{address}/health/live")
        assert logging.getLogger().handlers == before


@pytest.mark.parametrize("path", ["/", "/docs", "/v1/documents", "/nowhere", "/health/live"])
def test_every_answer_has_the_headers_that_protect_its_reader(address: str, path: str) -> None:
    """No sniffing, no frames, no foreign scripts."""
    headers = httpx.get(f"{address}{path}").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def test_errors_quote_no_more_than_a_line(address: str) -> None:
    """An error about a long name is short."""
    response = httpx.get(f"{address}/v1/documents/{'x' * 20_000}")
    assert response.status_code == 404
    assert len(response.content) < 5_000
