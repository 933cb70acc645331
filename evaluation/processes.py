"""A server process as users start it: what its start costs, and what memory it takes."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from evaluation.errors import MeasurementError, optional

_START_SECONDS = 120
_QUESTION = "Каспий теңізі туралы не айтылған?"


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process.

    Attributes:
        resident: All that it has in memory.
        private: What no other process shares: the cost of one more worker.
    """

    resident: float
    private: float


@dataclass(frozen=True, slots=True)
class Start:
    """What a start to the first answer costs.

    Attributes:
        cpu: Seconds of processor time.
        wall: Seconds on the clock.
        memory: After the first answer.
    """

    cpu: float
    wall: float
    memory: Memory


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        address: Where it answers.
        start: What its start cost.
        process: The process, as psutil knows it.
    """

    address: str
    start: Start
    process: Any

    def memory(self) -> Memory:
        """Returns what it takes now."""
        return _memory(self.process)


@contextmanager
def served(index: Path, **environment: str) -> Iterator[Server]:
    """Runs ``python -m service serve`` over ``index`` in a process of its own.

    Args:
        index: Folder of the index.
        environment: More variables of the process.

    Raises:
        MeasurementError: It does not become ready.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "service", "serve", "--host", "127.0.0.1", "--port", str(port)]
    # What is measured is computed: the doors are asked the same questions.
    variables = {
        **os.environ,
        "TARMAQ_INDEX": str(index),
        "TARMAQ_CACHED_ANSWERS": "0",
        **environment,
    }
    # Users' Python keeps what it compiled.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        begun = time.monotonic()
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
        try:
            _wait(address, process, log)
            wall = time.monotonic() - begun
            watched = optional("psutil").Process(process.pid)
            spent = watched.cpu_times()
            start = Start(spent.user + spent.system, wall, _memory(watched))
            yield Server(address, start, watched)
        finally:
            process.terminate()
            process.wait()


def _wait(address: str, process: "subprocess.Popen[bytes]", log: IO[str]) -> None:
    httpx = optional("httpx")
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            log.seek(0)
            raise MeasurementError(f"the server ended at its start: {log.read().strip()[-500:]}")
        try:
            body = {"query": _QUESTION}
            if httpx.post(f"{address}/v1/search", json=body, timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise MeasurementError(f"{address}: no answer after {_START_SECONDS} seconds.")


def _memory(process: Any) -> Memory:
    found = process.memory_full_info()
    return Memory(found.rss / 1e6, found.uss / 1e6)
