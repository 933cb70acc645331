"""Load: real server processes over one store, asked by locust, beside embedding alone.

All share the cores of this machine and the time of the run: embedding is measured before and after
each round, in as many processes as serve, by the bare engine (the floor of ``bench``) and by the
service's own. What locust itself takes of the cores is the service's loss.
"""

import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from evaluation.errors import MeasurementError, optional
from evaluation.processes import served
from indexer.embedding.models import ADAPTABLE, find_model

_ALONE = """
import sys, time
from pathlib import Path
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
models, name, weights, file, seconds = sys.argv[1:]
encoder = load_encoder(find_model(Path(models), name), Path(weights))
texts = Path(file).read_text(encoding="utf-8").splitlines()
encoder.encode_queries(texts[:1])
print("ready", flush=True)
sys.stdin.readline()
start, spent, count = time.perf_counter(), time.process_time(), 0
while time.perf_counter() - start < float(seconds):
    encoder.encode_queries([f"{texts[count % len(texts)]} {count}"])
    count += 1
print(count / (time.perf_counter() - start), count / (time.process_time() - spent))
"""
_PERCENTILES = ("50%", "99%")
_ROUNDS = 3
_LONGEST_ROUND = 30.0
"""Seconds; what is left of the time goes to memory."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one run of locust found.

    Attributes:
        answered: Questions that were answered.
        failed: Questions that were not, nor refused in time.
        refused: Questions that were told to come again.
        per_second: Answered questions a second.
        p50: Milliseconds that half of the answers took at most.
        p99: And 99 % of them.
    """

    answered: int
    failed: int
    refused: int
    per_second: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Embedding:
    """How fast questions are embedded by as many processes as serve, and nothing else is done.

    Attributes:
        per_second: Questions a second.
        per_processor_second: Questions a second of processor time.
    """

    per_second: float
    per_processor_second: float


@dataclass(frozen=True, slots=True)
class Load:
    """What the service bears.

    Attributes:
        workers: Processes that serve.
        kept: Answers that they keep together.
        bare: The bare engine; one more than there are rounds, before and after each.
        own: The same of the service's own engine.
        full: Each round: as many callers as keep every process at work, and answers a second of
            the service's processor time.
        usual: 70 % of that rate.
        over: Many more callers.
        memory: Seconds, answered questions so far, and bytes of all processes together.
    """

    workers: int
    kept: int
    bare: tuple[Embedding, ...]
    own: tuple[Embedding, ...]
    full: tuple[tuple[Asked, float], ...]
    usual: Asked
    over: Asked
    memory: tuple[tuple[float, float, int], ...]

    def ratio(self, alone: Sequence[Embedding]) -> float:
        """Returns answers for one embedding of ``alone`` in the same time: the median round."""
        return median(
            one.per_second * 2 / (before.per_second + after.per_second)
            for (one, _), before, after in zip(self.full, alone, alone[1:], strict=False)
        )

    def processor_ratio(self, alone: Sequence[Embedding]) -> float:
        """Returns the same for the same time of processors: what locust takes is not in it."""
        return median(
            spent * 2 / (before.per_processor_second + after.per_processor_second)
            for (_, spent), before, after in zip(self.full, alone, alone[1:], strict=False)
        )


def measure(
    index: Path, models: Path, questions: Sequence[str], seconds: float, workers: int, kept: int
) -> Load:
    """Measures load for about so many seconds.

    Args:
        index: The index that is served.
        models: List of models.
        questions: What is asked.
        seconds: How long.
        workers: Processes that serve.
        kept: Answers that each keeps.

    Raises:
        MeasurementError: The server or locust does not start.
    """
    with tempfile.TemporaryDirectory(prefix="tarmaq-soak-") as folder:
        file = Path(folder) / "questions.txt"
        file.write_text("\n".join(questions), encoding="utf-8")
        short = min(max(6.0, seconds / 16), _LONGEST_ROUND)

        def alone() -> tuple[Embedding, Embedding]:
            weights, names = index.parent / "weights", (ADAPTABLE, find_model(models).name)
            bare, own = (
                _embedding(models, name, weights, file, short / 3, workers) for name in names
            )
            return bare, own

        embedded, full = [alone()], []
        with served(index, TARMAQ_WORKERS=str(workers)) as server:
            address = server.address
            ask(address, file, 5, 2 * workers)
            for _ in range(_ROUNDS):
                begun = _processor_time(server.process)
                one = ask(address, file, short, 4 * workers)
                full.append((one, one.answered / (_processor_time(server.process) - begun)))
                embedded.append(alone())
            over = ask(address, file, short, 64)
            rate = 0.7 * median(one.per_second for one, _ in full)
            with _memory(server.process) as samples:
                left = max(short, seconds - 2 * _ROUNDS * short)
                usual = ask(address, file, left, 8 * workers, rate / (8 * workers))
        memory = tuple((at, at * usual.per_second, size) for at, size in samples)
        bare, own = zip(*embedded, strict=True)
        return Load(workers, kept * workers, bare, own, tuple(full), usual, over, memory)


def ask(address: str, questions: Path, seconds: float, users: int, rate: float = 0) -> Asked:
    """Asks a server by locust.

    Args:
        address: The server.
        questions: File of questions.
        seconds: How long.
        users: Callers at once.
        rate: Questions a second of each; 0 for as many as are answered.
    """
    with tempfile.TemporaryDirectory(prefix="tarmaq-locust-") as folder:
        environment = {
            **os.environ,
            "TARMAQ_SOAK_QUESTIONS": str(questions),
            "TARMAQ_SOAK_RATE": str(rate),
        }
        command = [
            sys.executable, "-m", "locust", "--headless", "--only-summary", "--host", address,
            "-f", str(Path(__file__).with_name("users.py")), "-u", str(users), "-r", str(users),
            "-t", f"{seconds:.0f}s", "--csv", f"{folder}/run", "--exit-code-on-error", "0",
            "--stop-timeout", "30",
        ]  # fmt: skip
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise MeasurementError(f"locust ended with {done.returncode}: {done.stderr[-500:]}")
        with Path(folder, "run_stats.csv").open(encoding="utf-8") as file:
            rows = {row["Name"]: row for row in csv.DictReader(file)}
    if "asked" not in rows:
        raise MeasurementError(f"{address}: locust got no answer.")
    asked, refused = rows["asked"], rows.get("refused")
    count, failed = int(asked["Request Count"]), int(asked["Failure Count"])
    return Asked(
        count - failed,
        failed,
        int(refused["Request Count"]) if refused else 0,
        float(asked["Requests/s"]) - float(asked["Failures/s"]),
        *(float(asked[name]) for name in _PERCENTILES),
    )


def _embedding(
    models: Path, name: str, weights: Path, questions: Path, seconds: float, processes: int
) -> Embedding:
    """Embeds in several processes at once, a thread each."""
    command = [
        sys.executable, "-c", _ALONE, *map(str, (models, name, weights, questions, seconds))
    ]  # fmt: skip
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    started = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        for _ in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    found = []
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in started:
        out, _ = process.communicate(timeout=seconds + 60)
        found.append([float(value) for value in out.split()])
    return Embedding(sum(rate for rate, _ in found), sum(rate for _, rate in found) / processes)


def _processor_time(process: Any) -> float:
    """Returns the processor seconds of a process and those that it started."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(float(each.user + each.system) for each in times)


@contextmanager
def _memory(process: Any) -> Iterator[list[tuple[float, int]]]:
    """Samples the memory of a process and those that it started, each second."""
    psutil = optional("psutil")
    samples, ended = list[tuple[float, int]](), threading.Event()
    start = time.monotonic()

    def taken() -> Iterator[int]:
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                yield each.memory_full_info().uss

    def sample() -> None:
        while not ended.wait(1):
            samples.append((time.monotonic() - start, sum(taken())))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()
