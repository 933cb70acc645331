"""Tests of streams whose client goes away."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from service.contracts.streaming import EventStream
from service.deadline import Abandoned


def read(events: AsyncIterator[str]) -> list[str]:
    """Returns the events of a stream, and ``-`` wherever other work could be done between them."""
    seen: list[str] = []

    async def listen() -> None:
        while True:
            seen.append("-")
            await asyncio.sleep(0)

    async def run() -> None:
        other = asyncio.ensure_future(listen())
        async for event in EventStream(events).body_iterator:
            seen.append(str(event))
        other.cancel()

    asyncio.run(run())
    return seen


async def _events(*, is_abandoned: bool = False) -> AsyncIterator[str]:
    yield "a"
    if is_abandoned:
        raise Abandoned
    yield "b"


def test_a_closed_connection_is_seen_between_two_events() -> None:
    """Events that are ready at once do not keep the event loop from learning of it."""
    assert "".join(read(_events())).strip("-") == "a-b"


def test_a_stream_that_nobody_reads_ends_in_silence() -> None:
    """What was being computed is given up; that is no failure of the service."""
    assert [event for event in read(_events(is_abandoned=True)) if event != "-"] == ["a"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Каспий"}]}),
        ("/v1/responses", {"input": "Каспий"}),
    ],
)
def test_a_client_that_leaves_is_not_logged_as_a_failure(
    address: str, path: str, body: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    """However far the stream has come."""
    caplog.set_level(logging.WARNING)
    for count in (1, 3, 9):
        sent = {"model": "tarmaq", "stream": True, **body}
        with httpx.stream("POST", f"{address}{path}", json=sent, timeout=60) as answer:
            lines = answer.iter_lines()
            for _ in range(count):
                next(lines)
    time.sleep(0.3)
    assert [record.getMessage() for record in caplog.records] == []
