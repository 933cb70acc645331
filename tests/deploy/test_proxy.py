"""Tests of the service behind Caddy, under a path, with the configuration of deploy/."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

pytestmark = [pytest.mark.tools, pytest.mark.processes]

PREFIX = "/law"
STRIPPING = """
{
    admin off
}
http://:{$PORT} {
    handle_path /law/* {
        reverse_proxy {$UPSTREAM}
    }
}
"""
LINKS = re.compile(r'(?:href|src|action)="([^"#]+)')
POSTED = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"')


@pytest.fixture(scope="module", params=["deploy/Caddyfile", "stripping"])
def proxied(
    request: pytest.FixtureRequest,
    root: Path,
    serve: Callable[..., AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[httpx.Client]:
    """A client of the service behind Caddy, which keeps the prefix of a path or strips it."""
    if (program := shutil.which("caddy")) is None:
        pytest.skip("Caddy is not installed; on Debian: apt-get install caddy")
    folder = tmp_path_factory.mktemp("caddy")
    file = root / "deploy" / "Caddyfile"
    if request.param == "stripping":
        file = folder / "Caddyfile"
        file.write_text(STRIPPING, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with serve(root_path=PREFIX) as address:
        environment = {
            **os.environ,
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "SITE": f"http://:{port}",
            "PORT": str(port),
            "PREFIX": PREFIX,
            "UPSTREAM": urlsplit(address).netloc,
        }
        command = [program, "run", "--adapter", "caddyfile", "--config", str(file)]
        with (
            (folder / "log").open("w") as log,
            subprocess.Popen(command, env=environment, stderr=log, stdout=log) as process,
        ):
            try:
                base = f"http://127.0.0.1:{port}"
                with httpx.Client(base_url=base, timeout=60, follow_redirects=True) as client:
                    _wait(client, process, folder / "log")
                    yield client
            finally:
                process.terminate()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            client.get(f"{PREFIX}/health/live").raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail(f"Caddy does not answer: {log.read_text()}")


def reachable(client: httpx.Client, page: str) -> set[str]:
    """Returns the addresses that a page names on its host, each of which must answer."""
    text = client.get(page, headers={"Accept": "text/html"}).text
    found = {urljoin(page, link) for link in LINKS.findall(text)}
    paths = {path for path in found if not urlsplit(path).netloc}
    wrong = {path: client.get(path).status_code for path in paths}
    # To the address of a form of the page something is posted.
    posted = {urljoin(page, form) for form in POSTED.findall(text)}
    assert {p: status for p, status in wrong.items() if status != 200 and p not in posted} == {}
    assert [path for path in paths if not path.startswith(f"{PREFIX}/")] == []
    return paths


def test_pages_lead_on_under_the_path(proxied: httpx.Client) -> None:
    """From the home page, an answer and a document, every link and asset is found."""
    home = reachable(proxied, f"{PREFIX}/")
    reachable(proxied, f"{PREFIX}/?q=Каспий&lang=ru")
    (document,) = {path.partition("?")[0] for path in home if "/documents/" in path}
    reading = proxied.get(document, params={"lang": "en"})
    assert reading.status_code == 200
    (sheet,) = {path for path in home if path.endswith(".css")}
    fonts = re.findall(r'url\("([^"]+)"\)', proxied.get(sheet).text)
    assert fonts
    assert {proxied.get(urljoin(sheet, font)).status_code for font in fonts} == {200}


def test_interface_and_its_description_are_used_under_the_path(proxied: httpx.Client) -> None:
    """The page of the interface loads, and a call as it describes it is answered."""
    reachable(proxied, f"{PREFIX}/docs")
    described = proxied.get(f"{PREFIX}/openapi.json").json()
    (server,) = described["servers"]
    found = proxied.post(f"{server['url']}/v1/search", json={"query": "Каспий", "top_k": 1})
    link = found.raise_for_status().json()["results"][0]["url"]
    assert link.startswith(f"{proxied.base_url}{PREFIX}/documents/")
    assert proxied.get(link).status_code == 200


def test_tools_are_called_under_the_path(proxied: httpx.Client) -> None:
    """The Model Context Protocol answers, and its addresses are those of the proxy."""
    called = proxied.post(
        f"{PREFIX}/mcp",
        headers={"Accept": "application/json, text/event-stream"},
        json={
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": "search", "arguments": {"query": "Каспий"}},
        },
    )
    found = called.raise_for_status().json()["result"]["structuredContent"]["results"]
    assert found[0]["url"].startswith(f"{proxied.base_url}{PREFIX}/documents/")


@pytest.mark.parametrize("path", ["/", "/health/ready", "/docs", "/v1/documents"])
def test_head_is_answered_through_the_proxy(proxied: httpx.Client, path: str) -> None:
    """Monitors and link checkers ask so."""
    answered = proxied.head(PREFIX + path)
    assert answered.status_code == 200
    assert answered.content == b""


def test_errors_lead_home_under_the_path(proxied: httpx.Client) -> None:
    """A page that is not there links to the home page that is."""
    missing = proxied.get(f"{PREFIX}/nothing", headers={"Accept": "text/html"})
    assert missing.status_code == 404
    assert f'href="{PREFIX}/"' in missing.text
