"""Tests of starting, ending and slow clients: a real server process."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx
import pytest

from indexer.errors import TarmaqError
from indexer.stores.embedded import EmbeddedStore
from service.engine.live import LiveEngine
from service.http.app import create_app
from service.settings import Settings

Serving = Callable[..., AbstractContextManager["tuple[subprocess.Popen[str], str]"]]


def opened(address: str, sent: bytes = b"") -> socket.socket:
    """Opens a connection and writes something."""
    host, port = address.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=30)
    connection.sendall(sent)
    return connection


HALF_HEAD = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"
_CLIENTS = 8
HALF_BODY = b"POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{"


def test_loading_is_told_and_nothing_waits_for_it(
    tmp_path: Path, host: Callable[..., AbstractContextManager[str]]
) -> None:
    """While the model is loaded the process is alive; a question is told when to come again."""
    loading = threading.Event()

    def prepare() -> None:
        loading.wait(60)
        raise TarmaqError("nothing to open")

    live = LiveEngine(EmbeddedStore(tmp_path), prepare=prepare)
    with host(create_app(Settings(index=tmp_path), live)) as address:
        client = httpx.Client(base_url=address)
        assert client.get("/health/live").status_code == 200
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["state"]) == (503, "loading")
        for path in ("/health/ready", "/v1/search?q=x", "/?q=x"):
            assert client.get(path).headers["retry-after"] == "2"
        loading.set()
        deadline = time.monotonic() + 30
        while (ready := client.get("/health/ready")).json()["state"] == "loading":
            assert time.monotonic() < deadline
        assert ready.json()["reason"] == "nothing to open"
        client.close()


def test_slow_clients_are_left(serving: Serving, concept_folder: Path) -> None:
    """A head or a body that does not come ends the connection; others are answered meanwhile."""
    settings = {"TARMAQ_HEAD_SECONDS": "1", "TARMAQ_BODY_SECONDS": "1"}
    with serving(concept_folder, **settings) as (process, address), ExitStack() as stack:
        slow = {
            sent: stack.enter_context(opened(address, sent)) for sent in (b"", HALF_HEAD, HALF_BODY)
        }
        for sent, connection in slow.items():
            with opened(address, b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n") as other:
                assert other.recv(4096).startswith(b"HTTP/1.1 200")
            answer = connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 408"), sent
            assert connection.recv(4096) == b""
        # The time is one for the whole head: a byte now and then does not prolong it.
        with opened(address, HALF_HEAD) as dripping:
            start = time.monotonic()
            try:
                while time.monotonic() - start < 30:
                    dripping.sendall(b"a")
                    time.sleep(0.2)
            except OSError:
                pass
            assert time.monotonic() - start < 15
        # A hang-up ends nothing.
        process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert httpx.get(f"{address}/health/ready").status_code == 200


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ending_finishes_what_was_accepted(
    serving: Serving, concept_folder: Path, workers: str
) -> None:
    """Requests begun are answered; silent connections and half a body do not hold it up."""
    settings = {"TARMAQ_WORKERS": workers, "TARMAQ_SHUTDOWN_SECONDS": "3"}
    with serving(concept_folder, **settings) as (process, address), ExitStack() as stack:
        for sent in [b""] * 10 + [HALF_BODY, HALF_HEAD]:
            stack.enter_context(opened(address, sent))
        ended, statuses = threading.Event(), []

        def ask(number: int) -> None:
            with httpx.Client(base_url=address, timeout=60) as client:
                while not ended.is_set():
                    try:
                        answer = client.get("/v1/search", params={"q": f"Каспий {number}"})
                    except httpx.ConnectError:
                        return  # The port is closed: that request was not accepted.
                    except httpx.TransportError as error:
                        statuses.append(repr(error))
                        return
                    statuses.append(answer.status_code)

        with ThreadPoolExecutor(_CLIENTS) as pool:
            for number in range(_CLIENTS):
                pool.submit(ask, number)
            time.sleep(2)
            start = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            took = time.monotonic() - start
            ended.set()
    # What waits in the port's queue in the moment in which the port is given back was taken by
    # nobody and is reset: each client meets that at most once, and never inside an answer.
    # Nor is a request taken that crosses with the end of its idle connection.
    marks = ("reset by peer", "without sending a response")
    refused = [one for one in statuses if any(mark in str(one) for mark in marks)]
    assert len(refused) <= _CLIENTS
    assert set(statuses) - set(refused) == {200}
    assert took < 20


def children(process: "subprocess.Popen[str]") -> list[int]:
    """Returns the processes that a process started, the oldest first."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in listed.split()]


def test_several_processes_outlive_one_and_not_the_first(
    serving: Serving, concept_folder: Path
) -> None:
    """One that dies is replaced while the others answer; none stays when the first is killed."""
    with serving(concept_folder, TARMAQ_WORKERS="2") as (process, address):
        before = children(process)
        os.kill(before[-1], signal.SIGKILL)
        deadline = time.monotonic() + 120
        while before[-1] in children(process) or len(children(process)) < len(before):
            assert time.monotonic() < deadline
            assert httpx.get(f"{address}/health/live", timeout=60).status_code == 200
            time.sleep(0.2)
        left = children(process)
        process.kill()
        while any(Path(f"/proc/{pid}").exists() for pid in left):
            assert time.monotonic() < deadline
            time.sleep(0.2)
