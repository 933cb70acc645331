"""Tests of what pages say of themselves: language, previews, paper, the map of the site."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings
from service.web.addresses import readable

PUBLIC = "https://example.kz/law"
CONCEPT = "foreign-policy-2020-2030"
QUESTION = "Что сделают для защиты морской среды Каспия?"


@pytest.fixture(scope="module")
def public(engine: Engine) -> Iterator[TestClient]:
    """The service behind a proxy, under a prefix."""
    with TestClient(create_app(Settings(public_url=PUBLIC), engine)) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "query", "language"),
    [
        ({}, "", "kk"),
        ({"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.8"}, "", "ru"),
        ({"Accept-Language": "de"}, "", "kk"),
        ({"Accept-Language": "ru", "Cookie": "lang=en"}, "", "en"),
        ({"Accept-Language": "ru", "Cookie": "lang=xx"}, "", "ru"),
        ({"Accept-Language": "ru", "Cookie": "lang=en"}, "?lang=kk", "kk"),
    ],
)
@pytest.mark.parametrize("path", ["/law/", f"/law/documents/{CONCEPT}"])
def test_page_is_in_the_readers_language(
    public: TestClient, path: str, headers: dict[str, str], query: str, language: str
) -> None:
    """The address says it, else what was chosen before, else the browser, else it is Kazakh."""
    response = public.get(path + query, headers=headers)
    assert response.headers["content-language"] == language
    assert {"Accept-Language", "Cookie"} <= set(response.headers["vary"].split(", "))
    assert "set-cookie" not in response.headers


def test_links_keep_the_language_of_the_page(public: TestClient) -> None:
    """A page in another language than the reader's names it in its links; one in it does not."""
    ru = {"Accept-Language": "ru"}
    assert f"/law/documents/{CONCEPT}?lang=kk" in public.get("/law/?lang=kk", headers=ru).text
    assert f'"/law/documents/{CONCEPT}"' in public.get("/law/", headers=ru).text


def properties(page: str) -> dict[str, str]:
    """Returns the properties of a page's preview."""
    return dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', page))


def test_preview_of_an_answer_is_the_answer(public: TestClient) -> None:
    """A shared question shows itself and what answers, under its whole address."""
    page = public.get("/law/", params={"q": QUESTION, "lang": "ru"}).text
    shown = properties(page)
    assert QUESTION in shown["og:title"]
    assert shown["og:description"].startswith("Глава ")
    assert shown["og:url"].startswith(f"{PUBLIC}/?q=")
    assert '<meta name="robots" content="noindex">' in page


def test_preview_of_a_document_names_it(public: TestClient) -> None:
    """A shared document shows its title and act, under its whole address."""
    shown = properties(public.get(f"/law/documents/{CONCEPT}?lang=en").text)
    assert shown["og:title"].startswith("Foreign Policy Concept")
    assert shown["og:url"] == f"{PUBLIC}/documents/{CONCEPT}?lang=en"
    assert shown["og:type"] == "article"


def test_answer_on_paper_carries_question_date_and_address(public: TestClient) -> None:
    """What is printed says what was asked, when, and where it stands, readably."""
    page = public.get("/law/", params={"q": QUESTION, "lang": "ru"}).text
    printed = re.search(r'<dl class="printed">(.*?)</dl>', page, re.DOTALL)
    assert printed is not None
    assert QUESTION in printed[1]
    assert re.search(r"\d\d\.\d\d\.20\d\d", printed[1])
    assert f"{PUBLIC}/?q=Что+сделают+для+защиты+морской+среды+Каспия%3F" in printed[1]


def test_shared_link_holds_the_prefix_once(public: TestClient) -> None:
    """The link to copy is the address that others reach."""
    page = public.get("/law/", params={"q": QUESTION, "lang": "ru"}).text
    assert f'data-url="{PUBLIC}/?q=' in page


def test_letters_of_an_address_are_readable_and_its_signs_stay() -> None:
    """Only what is no ASCII is decoded: the address still leads there."""
    assert readable("/?q=%D2%9B%20%26+a%25") == "/?q=қ%20%26+a%25"
    assert readable("/?q=%D2%FF") == "/?q=\ufffd\ufffd"


def test_robots_are_told_where_the_texts_are(public: TestClient) -> None:
    """Questions and interfaces are closed to them; the map of the site is named."""
    text = public.get("/law/robots.txt").text
    assert "Disallow: /law/v1/" in text
    assert "Disallow: /law/*?q=" in text
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in text


def test_sitemap_leads_to_every_document_in_every_language(public: TestClient) -> None:
    """Each address of the map is a page in its language."""
    response = public.get("/law/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [e.text or "" for e in ElementTree.fromstring(response.text).findall(".//s:loc", names)]
    assert len(found) == 6
    for address in found:
        assert address.startswith(PUBLIC)
        page = public.get(address.removeprefix("https://example.kz"))
        assert page.status_code == 200
        assert page.headers["content-language"] == address[-2:]
