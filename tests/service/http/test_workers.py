"""Tests of the bounded queue: when it is full, when a client goes away, when time is over."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.deadline import Abandoned, checkpoint
from service.engine.engine import Engine
from service.errors import RequestError
from service.http.app import create_app
from service.http.workers import CALLER, Caller, Workers, while_wanted
from service.settings import Settings

pytestmark = pytest.mark.processes

Host = Callable[[Any], AbstractContextManager[str]]

QUESTION = "Каспий теңізі туралы не айтылған?"
DOORS: dict[str, tuple[dict[str, Any], Callable[[Any], Any]]] = {
    "/v1/search": ({"query": QUESTION}, lambda body: body["type"]),
    "/v1/vector_stores/tarmaq/search": ({"query": QUESTION}, lambda body: body["error"]["code"]),
    "/v1/chat/completions": (
        {"messages": [{"role": "user", "content": QUESTION}]},
        lambda body: body["error"]["code"],
    ),
    "/v2/rerank": ({"query": QUESTION, "documents": ["Каспий"]}, lambda body: body["message"]),
    "/dify/retrieval": (
        {"knowledge_id": "tarmaq", "query": QUESTION},
        lambda body: body["error_code"] == 5001 and body["error_msg"],
    ),
    "/mcp": ({"jsonrpc": "2.0", "id": 1, "method": "ping"}, lambda body: body["type"]),
}


def run(coroutine: Callable[["asyncio.Future[None]"], Any]) -> Any:
    """Runs a coroutine that takes what is done when its caller is gone."""

    async def begin() -> Any:
        return await coroutine(asyncio.get_running_loop().create_future())

    return asyncio.run(begin())


@contextmanager
def occupied(workers: Workers) -> Iterator[None]:
    """Keeps one worker busy."""
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        end.wait(60)

    thread = threading.Thread(target=run, args=(lambda gone: workers.run(gone, work),))
    thread.start()
    assert begun.wait(60)
    try:
        yield
    finally:
        end.set()
        thread.join()


def test_full_queue_refuses_at_once() -> None:
    """Beyond threads and queue nothing is taken, and the refusal says when to come again."""
    workers = Workers(1, 0, 60)
    with occupied(workers), pytest.raises(RequestError) as refused:
        run(lambda gone: workers.run(gone, int))
    assert (refused.value.code, refused.value.status) == ("too-busy", 503)
    assert refused.value.retry_after is not None
    assert refused.value.retry_after >= 1
    assert run(lambda gone: workers.run(gone, int)) == 0


def test_a_question_that_memory_does_not_suffice_for_is_told_to_come_again() -> None:
    """The process goes on with the next one."""
    workers = Workers(1, 0, 60)

    def large() -> bytearray:
        return bytearray(2**62)

    with pytest.raises(RequestError) as refused:
        run(lambda gone: workers.run(gone, large))
    assert (refused.value.code, refused.value.status) == ("memory-short", 503)
    assert refused.value.retry_after
    assert run(lambda gone: workers.run(gone, int)) == 0


def test_who_goes_away_leaves_the_queue() -> None:
    """What waits for a caller that is gone is never begun, and its place is free."""
    workers = Workers(1, 1, 60)
    ran: list[int] = []

    async def leave(gone: "asyncio.Future[None]") -> None:
        asyncio.get_running_loop().call_later(0.05, gone.set_result, None)
        await workers.run(gone, ran.append, 1)

    with occupied(workers):
        with pytest.raises(Abandoned):
            run(leave)
        assert workers.taken == 1
    assert run(lambda gone: workers.run(gone, ran.append, 2)) is None
    assert ran == [2]


def test_who_goes_away_ends_what_was_begun() -> None:
    """A computation ends at its next checkpoint once nobody waits for it."""
    workers = Workers(1, 0, 60)
    ended = threading.Event()

    def work() -> None:
        try:
            while True:
                checkpoint()
                time.sleep(0.005)
        finally:
            ended.set()

    async def leave(gone: "asyncio.Future[None]") -> None:
        asyncio.get_running_loop().call_later(0.05, gone.set_result, None)
        await workers.run(gone, work)

    with pytest.raises(Abandoned):
        run(leave)
    assert ended.wait(10)


def test_answer_that_was_begun_is_not_refused_later() -> None:
    """Whoever was taken in once waits for the rest of the answer, however full the queue is."""
    workers = Workers(1, 0, 60)

    async def twice(gone: "asyncio.Future[None]") -> int:
        caller = Caller(workers, gone)
        await caller.compute(int)
        held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        other = asyncio.create_task(workers.run(held, time.sleep, 0.1))
        await asyncio.sleep(0)
        found = await caller.compute(int, "7")
        await other
        return found

    assert run(twice) == 7


def test_what_is_waited_for_elsewhere_is_given_up_too() -> None:
    """A language model is not waited for once the caller is gone."""
    ended: list[bool] = []

    async def model() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def leave(gone: "asyncio.Future[None]") -> None:
        token = CALLER.set(Caller(Workers(1, 0, 60), gone))
        asyncio.get_running_loop().call_later(0.05, gone.set_result, None)
        try:
            await while_wanted(model())
        finally:
            CALLER.reset(token)

    with pytest.raises(Abandoned):
        run(leave)
    assert ended == [True]


def test_time_is_limited_in_the_queue_and_at_work() -> None:
    """What is not ready in time is refused; whether it waited or worked."""
    workers = Workers(1, 1, 0.1)
    with occupied(Workers(1, 0, 60)), pytest.raises(RequestError) as refused:
        run(lambda gone: workers.run(gone, time.sleep, 0.5))
    assert (refused.value.code, refused.value.status) == ("too-slow", 503)


@pytest.fixture
def small(engine: Engine) -> FastAPI:
    """A service with one worker and no queue."""
    return create_app(Settings(threads=1, queue=0), engine)


@pytest.mark.parametrize("path", DOORS)
def test_busy_service_says_so_in_the_words_of_every_door(
    small: FastAPI, host: Host, path: str
) -> None:
    """503 with Retry-After, in the shape that the contract's clients know."""
    body, said = DOORS[path]
    headers = {"Accept": "application/json, text/event-stream"}
    with host(small) as address, occupied(small.state.workers):
        response = httpx.post(f"{address}{path}", json=body, headers=headers, timeout=20)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1
    assert said(response.json())


def test_busy_service_shows_a_page_to_people(small: FastAPI, host: Host) -> None:
    """Whoever asks with a browser gets a page that says when to come again."""
    with host(small) as address, occupied(small.state.workers):
        response = httpx.get(f"{address}/", params={"q": QUESTION}, headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert "Қызмет қазір тым көп" in response.text
    assert "retry-after" in response.headers


def test_health_does_not_wait_for_the_workers(small: FastAPI, host: Host) -> None:
    """Probes are answered while every worker is busy and the queue is full."""
    with host(small) as address, occupied(small.state.workers):
        assert httpx.get(f"{address}/health/live", timeout=5).status_code == 200
        assert httpx.get(f"{address}/health/ready", timeout=5).status_code == 200


def test_vanished_questions_are_not_computed(
    engine: Engine, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clients that hang up while they wait cost nothing."""
    asked: list[str] = []
    ask = engine.ask

    def counted(text: str, **how: Any) -> Any:
        asked.append(text)
        return ask(text, **how)

    monkeypatch.setattr(engine, "ask", counted)
    app = create_app(Settings(threads=1, queue=50), engine)
    with host(app) as address:
        where = address.removeprefix("http://").split(":")
        with occupied(app.state.workers):
            for number in range(20):
                with socket.create_connection((where[0], int(where[1]))) as client:
                    client.sendall(
                        f"GET /v1/search?q=a{number} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
                    )
                    time.sleep(0.01)
            deadline = time.monotonic() + 20
            while app.state.workers.taken > 1:
                assert time.monotonic() < deadline
                time.sleep(0.01)
        assert httpx.get(f"{address}/v1/search", params={"q": "Каспий"}).status_code == 200
    assert asked == ["Каспий"]


def test_slow_sender_holds_no_worker(engine: Engine, host: Host) -> None:
    """Half a body occupies nothing but its connection."""
    app = create_app(Settings(threads=1, queue=0), engine)
    with host(app) as address:
        name, port = address.removeprefix("http://").split(":")
        with socket.create_connection((name, int(port)), timeout=20) as client:
            client.sendall(b"POST /v2/rerank HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{")
            assert httpx.get(f"{address}/v1/search", params={"q": "Каспий"}).status_code == 200
            assert app.state.workers.taken == 0


def test_repeated_question_is_remembered(engine: Engine) -> None:
    """The same question is computed once a generation; the number of answers kept is limited."""
    remembering = Engine(engine.snapshot, engine.retriever.encoder, remembered=2)
    first = remembering.ask(QUESTION)
    assert remembering.ask(QUESTION) is first
    assert remembering.ask(QUESTION, k=3) is not first
    remembering.ask("Каспий")
    assert remembering.ask(QUESTION) is not first
    assert (remembering.answers.hits, remembering.answers.misses) == (1, 4)
