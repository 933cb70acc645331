"""Tests of the Host header, which is whatever a caller writes."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest

Serve = Callable[..., AbstractContextManager[str]]

QUESTION = "Каспий теңізі туралы не айтылған?"
CHAT = {"messages": [{"role": "user", "content": QUESTION}]}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a b", "x/y", "[::ffff", "@"])
def test_foreign_host_enters_no_link(address: str, host: str) -> None:
    """Answers in every contract have links without a host then."""
    headers = {"Host": host}
    searched = httpx.get(f"{address}/v1/search", params={"q": QUESTION}, headers=headers)
    assert searched.json()["results"][0]["url"].startswith("/documents/")
    talked = httpx.post(f"{address}/v1/chat/completions", json=CHAT, headers=headers)
    page = httpx.get(f"{address}/", params={"q": QUESTION}, headers=headers)
    for response in (searched, talked, page):
        assert response.status_code == 200
        assert "evil" not in response.text


def test_own_host_begins_links(serve: Serve) -> None:
    """Names of this machine and those of the setting are taken."""
    with serve(allowed_hosts=("tarmaq.example",)) as address:
        for host in ("localhost:1", "tarmaq.example"):
            found = httpx.get(
                f"{address}/v1/search", params={"q": QUESTION}, headers={"Host": host}
            )
            assert found.json()["results"][0]["url"].startswith(f"http://{host}/documents/")


def test_page_with_the_host_called_is_nobody_elses(address: str, serve: Serve) -> None:
    """A shared cache keeps a page only where its links begin with the public address."""
    assert "private" in httpx.get(f"{address}/").headers["cache-control"]
    with serve(public_url="https://tarmaq.example") as public:
        page = httpx.get(f"{public}/", headers={"Host": "evil.example"})
        assert "public" in page.headers["cache-control"]
        assert "evil" not in page.text


def test_redirect_names_no_host(serve: Serve) -> None:
    """Whoever adds a slash is sent on without the host being repeated."""
    with serve(public_url="https://tarmaq.example") as address:
        sent = httpx.get(f"{address}/docs/", headers={"Host": "evil.example"})
        assert sent.is_redirect
        assert sent.headers["location"] == "/docs"
