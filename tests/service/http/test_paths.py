"""Tests of prefixed paths and of HEAD."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient

from service.engine.engine import Engine
from service.http.app import create_app
from service.http.keys import make_key
from service.settings import Settings

CONCEPT = "foreign-policy-2020-2030"
LINKS = re.compile(r'(?:href|src|action)="([^"]*)"')
PAGES = ("/", "/?q=Каспий&lang=ru", f"/documents/{CONCEPT}?lang=en", "/nothing")
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def prefixed(engine: Engine) -> TestClient:
    """The service as it is served under /law."""
    return TestClient(create_app(Settings(root_path="/law"), engine))


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_stays_under_the_prefix(prefixed: TestClient, page: str) -> None:
    """Links, forms, assets: nothing leaves for the root of the host."""
    text = prefixed.get(f"/law{page}", headers=BROWSER).text
    paths = {urlsplit(urljoin(f"/law{page}", link)).path for link in LINKS.findall(text)}
    assert len(paths) > 3
    assert {path for path in paths if not path.startswith("/law/")} == set()
    assert 'data-prefix="/law"' in text


@pytest.mark.parametrize("path", ["/law/v1/documents", "/v1/documents"])
def test_prefix_may_be_stripped_by_the_proxy_or_not(prefixed: TestClient, path: str) -> None:
    """Both kinds of proxy reach the same route."""
    assert prefixed.get(path).json()[0]["id"] == CONCEPT


def test_description_names_the_prefix(prefixed: TestClient) -> None:
    """OpenAPI's servers and the addresses of its page carry the prefix."""
    assert prefixed.get("/law/openapi.json").json()["servers"] == [{"url": "/law"}]
    page = prefixed.get("/law/docs").text
    assert "'/law/openapi.json'" in page
    for address in re.findall(r'(?:href|src)="([^"]*)"', page):
        assert address.startswith("/law/")
        assert prefixed.get(address).status_code == 200


def test_keys_are_asked_for_under_a_prefix(engine: Engine) -> None:
    """The prefix opens no door."""
    _, key = make_key("portal", ("search",))
    app = create_app(Settings(root_path="/law", api_keys=str(key)), engine)
    client = TestClient(app)
    assert client.get("/law/v1/documents").status_code == 401
    assert client.get("/v1/documents").status_code == 401


def test_a_request_without_a_prefix_is_not_prefixed(engine: Engine) -> None:
    """The default has its links at the root of the host."""
    client = TestClient(create_app(Settings(), engine))
    assert 'href="/docs"' in client.get("/").text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/documents/{CONCEPT}",
        "/docs",
        "/openapi.json",
        "/health/live",
        "/health/ready",
        "/v1/documents",
        f"/v1/documents/{CONCEPT}",
        "/nothing",
    ],
)
def test_head_is_answered_like_get_without_content(prefixed: TestClient, path: str) -> None:
    """The same status and type, no body."""
    head, get = prefixed.head(path), prefixed.get(path)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.content == b""
    assert get.content


def test_head_of_what_is_only_posted_to_is_refused(prefixed: TestClient) -> None:
    """Another method is not opened by HEAD."""
    assert prefixed.head("/v1/chat/completions").status_code == 405
