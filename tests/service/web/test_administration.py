"""Tests of the administrators' pages over HTTP."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

Changeable = tuple[str, str, Path]


@contextmanager
def signed_in(changeable: Changeable) -> Iterator[tuple[httpx.Client, str]]:
    """Gives a browser that has shown the key, and what its forms prove themselves with."""
    address, secret, _ = changeable
    with httpx.Client(base_url=address, timeout=60, headers={"Accept": "text/html"}) as client:
        yield client, _proof(client, secret)


def _proof(client: httpx.Client, secret: str) -> str:
    assert client.post("/admin/key", data={"key": secret}).status_code == 303
    page = client.get("/admin/documents").text
    found = re.search(r'name="proof" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_are_shut_without_a_key(changeable: Changeable, language: str) -> None:
    """Whoever has no session is asked for a key, and sees no document's form."""
    for path in ("/admin", "/admin/documents", "/admin/jobs/a"):
        response = httpx.get(f"{changeable[0]}{path}", params={"lang": language})
        assert response.status_code == 401
        assert 'name="key"' in response.text
        assert 'name="files"' not in response.text
        assert f'<html lang="{language}">' in response.text


def test_without_keys_the_page_says_how_to_make_one(address: str) -> None:
    """A service without keys has no administrators, and says so."""
    response = httpx.get(f"{address}/admin/documents")
    assert response.status_code == 401
    assert "--scope admin" in response.text
    assert httpx.post(f"{address}/admin/key", data={"key": "x"}).status_code == 401


def test_another_sites_form_does_nothing(changeable: Changeable) -> None:
    """A form without the page's proof is refused, whatever cookie the browser sends with it."""
    with signed_in(changeable) as (client, _):
        for path, files in (
            ("/admin/documents/foreign-policy-2020-2030/remove", None),
            ("/admin/documents", {"files": ("a.txt", b"x")}),
            ("/admin/leave", None),
        ):
            for proof in ("", "guess"):
                response = client.post(path, data={"proof": proof}, files=files)
                assert response.status_code == 403
        assert "foreign-policy-2020-2030" in client.get("/admin/documents").text


def test_another_site_opens_no_session(changeable: Changeable) -> None:
    """Nobody is signed in by a form of another site."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    response = httpx.post(
        f"{changeable[0]}/admin/key", data={"key": changeable[1]}, headers=headers
    )
    assert response.status_code == 403
    assert "set-cookie" not in response.headers


def test_a_long_body_needs_a_session(changeable: Changeable) -> None:
    """Without a session a page takes no upload; with one it does."""
    files = {"files": ("a.txt", "Мәтін ".encode() * 28_000)}
    assert httpx.post(f"{changeable[0]}/admin/documents", files=files).status_code == 413
    with signed_in(changeable) as (client, proof):
        response = client.post("/admin/documents", data={"proof": proof}, files=files)
        assert response.status_code == 303


def test_a_key_that_is_taken_back_ends_its_session(changeable: Changeable) -> None:
    """Revoking the key shuts the pages at once."""
    from service.http.keys import make_key, read_keys, write_keys

    path = changeable[2].parent / "keys"
    known = read_keys(path)
    secret, key = make_key("leaving", ["admin"])
    write_keys(path, [*known, key])
    with signed_in((changeable[0], secret, changeable[2])) as (client, _):
        write_keys(path, known)
        assert client.get("/admin/documents").status_code == 401
