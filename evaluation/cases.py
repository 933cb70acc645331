"""Cases that people reported, put to a running service: what comes stands beside what is right.

A file has a JSON object a line: ``use`` (``POST /v1/search``, ``POST /v1/chat/completions``,
another path, or ``MCP TOOL``; a search where it is missing), ``input`` (a question, the messages of
a conversation, or the whole body) and ``right``, in words, for somebody who judges.
"""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from evaluation.errors import MeasurementError
from evaluation.lines import read_objects

_SHOWN = 3
_LONGEST = 160
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        use: How it is asked.
        given: What is asked.
        right: What is right, in words.
        now: What came.
    """

    use: str
    given: str
    right: str
    now: str


def ask_cases(file: Path, address: str) -> Iterator[Case]:
    """Yields the cases of a file with what a service answers now.

    Raises:
        DatasetError: The file cannot be read, or a line is no JSON object.
        MeasurementError: The service does not answer.
    """
    with httpx.Client(base_url=address, timeout=_SECONDS) as client:
        for _, record in read_objects(file):
            use, given = str(record.get("use") or "POST /v1/search"), record.get("input", "")
            try:
                now = _asked(client, use.partition(" (")[0], given)
            except (httpx.HTTPError, json.JSONDecodeError) as error:
                raise MeasurementError(f"{address}: does not answer ({error}).") from error
            text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
            short = textwrap.shorten(now, _LONGEST, placeholder=" …")
            yield Case(use, text, str(record.get("right", "")), short)


def _asked(client: httpx.Client, use: str, given: Any) -> str:
    way, _, name = use.partition(" ")
    if way == "MCP":
        call = {"name": name, "arguments": given}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        return _told(_posted(client, "/mcp", body).get("result", {}))
    if way != "POST" or not name.startswith("/"):
        return "not asked over HTTP"
    if name == "/v1/chat/completions" and not isinstance(given, dict):
        turns = [given] if isinstance(given, str) else given
        roles = ("user", "assistant")
        messages = [{"role": roles[n % 2], "content": text} for n, text in enumerate(turns)]
        return _told(_posted(client, name, {"model": "tarmaq", "messages": messages}))
    body = {"query": given} if isinstance(given, str) else given
    return _told(_posted(client, name, body))


def _posted(client: httpx.Client, path: str, body: Any) -> dict[str, Any]:
    accept = {"Accept": "application/json, text/event-stream"}
    text = client.post(path, json=body, headers=accept).text
    # A tool's answer may come as the one event of a stream.
    lines = [line[5:] for line in text.splitlines() if line.startswith("data:")]
    found: dict[str, Any] = json.loads(lines[-1] if lines else text)
    return found


def _told(answer: dict[str, Any]) -> str:
    """Returns what an answer of any contract says."""
    if "results" in answer and "answerable" in answer:
        first = ", ".join(f"{one['eid']} {one['score']:.2f}" for one in answer["results"][:_SHOWN])
        said = answer["about"]["text"]["en"] if answer.get("about") else ""
        notices = " ".join(one["en"] for one in answer["notices"])
        state = "answered" if answer["answerable"] else "not answered"
        return f"{state}: {' '.join(filter(None, (said, notices, first)))}"
    if "choices" in answer:
        return str(answer["choices"][0]["message"]["content"])
    if "content" in answer:
        return " ".join(one.get("text", "") for one in answer["content"])
    return json.dumps(answer, ensure_ascii=False)
