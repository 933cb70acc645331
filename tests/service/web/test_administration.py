"""Tests of the administrators' pages over HTTP."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from service.administration.feedback import Feedback
from service.settings import Settings

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


LAW = """Статья 1. Цель
1. Настоящий Закон регулирует пчеловодство.
Статья 2. Законодательство Республики Казахстан о пчёлах
1. Законодательство основывается на Конституции.
"""


def _examined(client: httpx.Client, answer: httpx.Response) -> tuple[str, str]:
    """Returns the address and the page of a job once it has ended."""
    path = answer.headers["location"]
    for _ in range(60):
        page = client.get(path, params={"lang": "ru"})
        if 'http-equiv="refresh"' not in page.text:
            return path.partition("?")[0], html.unescape(page.text)
    raise AssertionError(page.text)


def _handed_in(client: httpx.Client, proof: str, name: str, content: bytes) -> tuple[str, str]:
    """Drops a file on the page; returns the address and the page of its job, once it has ended."""
    files = {"files": (name, content)}
    return _examined(client, client.post("/admin/documents", data={"proof": proof}, files=files))


def _value(page: str) -> tuple[str, str]:
    """Returns the id and the description in the form of a page."""
    name = re.search(r'name="document" type="text" value="([^"]*)"', page)
    description = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert name
    assert description
    return name[1], description[1]


def test_a_slip_in_the_description_loses_nothing(changeable: Changeable) -> None:
    """It is named, and the form comes back with what was typed; mended, it gives the act its id."""
    with signed_in(changeable) as (client, proof):
        path, page = _handed_in(client, proof, "ru.txt", LAW.encode())
        name, draft = _value(page)
        assert name == "ru"
        assert "оно взято из статьи о законодательстве" in page
        written = draft.replace("0001-01-01/0", "2018-01-10/133-VI")
        slip = written.replace('133-VI"', "133-VI")
        sent = {"proof": proof, "document": name, "description": slip, "act": "examine"}
        path, page = _examined(client, client.post(path, data=sent))
        assert "Строка 4 записана не по правилам TOML" in page
        assert _value(page) == ("ru", slip)
        path, page = _examined(client, client.post(path, data={**sent, "description": written}))
        assert _value(page) == ("law-2018-133-vi", written)


def test_the_page_says_what_to_do_on_the_page(changeable: Changeable) -> None:
    """Not what a program does: a doubtful document and an id that is taken."""
    with signed_in(changeable) as (client, proof):
        path, page = _handed_in(client, proof, "ru.txt", LAW.encode())
        _, draft = _value(page)
        sent = {"proof": proof, "document": "ru", "description": draft, "act": "publish"}
        doubtful = _examined(client, client.post(path, data=sent))[1]
        assert "поставьте отметку в конце страницы" in doubtful
        taken = {**sent, "document": "foreign-policy-2020-2030", "act": "examine"}
        exists = _examined(client, client.post(path, data=taken))[1]
        assert "опубликуйте ещё раз" in exists
        assert "PUT" not in exists
        assert "confirm)" not in doubtful


def test_a_file_that_cannot_be_read_is_not_called_a_page(changeable: Changeable) -> None:
    """The heading says that the work was not done."""
    with signed_in(changeable) as (client, proof):
        page = _handed_in(client, proof, "a.pdf", b"%PDF-1.4 rubbish")[1]
    assert "<h1>Не выполнено</h1>" in page
    assert "<title>Не выполнено" in page


def test_links_of_the_page_keep_its_language(changeable: Changeable) -> None:
    """A document opens in the language of the page that leads to it."""
    with signed_in(changeable) as (client, _):
        page = client.get("/admin/documents", params={"lang": "en"}).text
        assert 'href="/documents/foreign-policy-2020-2030?lang=en"' in page


def test_an_empty_list_has_no_number(changeable: Changeable) -> None:
    """«1. None yet» would be an entry."""
    with signed_in(changeable) as (client, _):
        page = client.get("/admin/questions", params={"lang": "en"}).text
        assert "<ol" not in page


def test_a_wrong_answer_is_named_with_its_place(changeable: Changeable) -> None:
    """As people name it, and one click away; an item that has gone by its id."""
    item = "foreign-policy-2020-2030#chp_5__sec_3__para_3-19"
    with signed_in(changeable) as (client, _):
        feedback = Feedback(Settings(index=changeable[2]))
        feedback.judge("wrong", "ru", item, "")
        feedback.judge("wrong", "ru", "gone#art_1", "")
        page = html.unescape(client.get("/admin/questions", params={"lang": "ru"}).text)
    link = '<a href="/documents/foreign-policy-2020-2030?lang=ru#chp_5__sec_3__para_3-19">'
    assert f"{link}глава 5, раздел 3, пункт 3.19</a>" in page
    assert "gone#art_1" in page
