"""Tests that every snippet of the documentation runs as it is printed."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.http.keys import SCOPES, make_key

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
PRINTED = "http://127.0.0.1:8000"
_FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_PACKAGES = {
    "mcp": "mcp",
    "openai": "openai",
    "cohere": "cohere",
    "langchain_retriever": "langchain_core",
    "llamaindex_retriever": "llama_index.core",
    "haystack_retriever": "haystack",
}


@dataclass(frozen=True)
class Snippet:
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def snippets(*languages: str) -> list[Snippet]:
    """Returns the blocks in ``languages`` of every page."""
    found = []
    for page in sorted((ROOT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for match in _FENCE.finditer(text):
            code = re.sub(f"^{match[1]}", "", match[3], flags=re.MULTILINE)
            line = text.count("\n", 0, match.start()) + 1
            found.append(Snippet(page.name, line, match[2], code))
    return [snippet for snippet in found if snippet.language in languages]


@pytest.fixture(scope="module")
def service(serve: Callable[..., AbstractContextManager[str]]) -> Iterator[tuple[str, str]]:
    """The address of a service that asks for a key, and the key."""
    secret, key = make_key("docs", SCOPES)
    with serve(api_keys=str(key)) as address:
        yield address, secret


@pytest.fixture
def environment(concept_folder: Path, tmp_path: Path) -> dict[str, str]:
    """The environment in which a reader types: `python` is this one, the index is built."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("TARMAQ_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'examples'}",
        "TARMAQ_INDEX": str(concept_folder),
        "TARMAQ_MODELS": str(ROOT / "models.txt"),
        "HAYSTACK_TELEMETRY_ENABLED": "False",
    }


def is_server(snippet: Snippet) -> bool:
    """Whether a block ends with a server."""
    return "service serve" in snippet.code


def is_bot(snippet: Snippet) -> bool:
    """Whether a block starts the Telegram bot, which tests/examples runs against a server."""
    return "telegram_bot.py" in snippet.code


SHELL = [s for s in snippets("bash") if not is_server(s) and not is_bot(s)]
SERVERS = [s for s in snippets("bash") if is_server(s)]


@pytest.mark.parametrize("snippet", SHELL, ids=str)
def test_command_runs(
    snippet: Snippet, service: tuple[str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    """Every command succeeds and prints something."""
    address, secret = service
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", snippet.code.replace(PRINTED, address)],
        env={**environment, "TARMAQ_KEY": secret},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("snippet", SERVERS, ids=str)
def test_server_starts(snippet: Snippet, environment: dict[str, str], tmp_path: Path) -> None:
    """Every server that a page starts becomes ready."""
    process = subprocess.Popen(
        ["bash", "-euc", snippet.code.replace("--port 8000", "--port 0")],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if match := re.search(r"running on (http://\S+)", line):
                break
        else:
            pytest.fail("".join(lines))
        assert httpx.get(f"{match[1]}/health/ready").status_code == 200
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.mark.parametrize("snippet", snippets("python"), ids=str)
def test_program_runs(
    snippet: Snippet, address: str, environment: dict[str, str], tmp_path: Path
) -> None:
    """Every program succeeds and prints something."""
    for module in re.findall(r"^(?:from|import) (\w+)", snippet.code, re.MULTILINE):
        if module in _PACKAGES:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pytest.importorskip(_PACKAGES[module])
    done = subprocess.run(
        [sys.executable, "-c", snippet.code.replace(PRINTED, address)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("snippet", snippets("json"), ids=str)
def test_assistants_settings_start_tarmaq(snippet: Snippet, environment: dict[str, str]) -> None:
    """The server in Claude's settings starts and has the tools."""
    mcp = pytest.importorskip("mcp")
    from mcp.client.stdio import StdioServerParameters, stdio_client

    settings = json.loads(snippet.code)["mcpServers"]["tarmaq"]
    assert settings["env"].keys() == {"TARMAQ_INDEX"}
    parameters = StdioServerParameters(
        command=settings["command"], args=settings["args"], env=environment, cwd=str(ROOT)
    )

    async def tools() -> Any:
        async with mcp.Client(stdio_client(parameters)) as client:
            return await client.list_tools()

    assert "search" in [tool.name for tool in asyncio.run(tools()).tools]


def test_tag_of_the_widget_is_the_examples(root: Path) -> None:
    """The printed tag is the one of the page that is tested in a browser."""
    (snippet,) = snippets("html")
    assert snippet.code in (root / "examples" / "widget" / "demo.html").read_text(encoding="utf-8")


def test_bot_is_started_as_the_example_says(root: Path) -> None:
    """The printed command names the file and the variables that the example reads."""
    (snippet,) = filter(is_bot, snippets("bash"))
    example = (root / "examples" / "telegram_bot.py").read_text(encoding="utf-8")
    names = re.findall(r"\b([A-Z_]+)=", snippet.code)
    assert names
    assert all(f'"{name}"' in example for name in names)


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    """No page has a block that nothing runs."""
    languages = {
        match[2]
        for page in (ROOT / "docs").rglob("*.md")
        for match in _FENCE.finditer(page.read_text(encoding="utf-8"))
    }
    assert languages <= {"bash", "python", "json", "html"}
    for page in (ROOT / "docs").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert text.count("```") == 2 * len(_FENCE.findall(text)), page.name
