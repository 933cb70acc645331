"""Tests of the web widget in a real browser, on a page of another site."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

QUESTION = "Каспий теңізі туралы не айтылған?"


@pytest.fixture(scope="module")
def addresses() -> dict[str, str]:
    """The address of the service, once it is known."""
    return {}


@pytest.fixture(scope="module")
def site(
    root: Path,
    host: Callable[[Any], AbstractContextManager[str]],
    addresses: dict[str, str],
) -> Iterator[str]:
    """A ministry's site: the example's files, the service's real address in the tag."""
    folder = root / "examples" / "widget"

    async def demo(request: Request) -> HTMLResponse:
        page = (folder / "demo.html").read_text(encoding="utf-8")
        return HTMLResponse(page.replace("http://127.0.0.1:8000", addresses["tarmaq"]))

    routes = [Route("/demo.html", demo), Mount("/", StaticFiles(directory=folder))]
    with host(Starlette(routes=routes)) as url:
        yield url


@pytest.fixture(scope="module")
def tarmaq(
    site: str, serve: Callable[..., AbstractContextManager[str]], addresses: dict[str, str]
) -> Iterator[str]:
    """A service that lets the site's pages in."""
    with serve(cors_origins=[site]) as url:
        addresses["tarmaq"] = url
        yield url


@pytest.fixture
def page(chromium: Any, site: str, tarmaq: str) -> Iterator[Any]:
    """The example's page."""
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site}/demo.html")
    yield page
    page.close()
    assert errors == []


def ask(page: Any, question: str) -> Any:
    """Opens the widget, asks and returns where the answer appears."""
    page.get_by_role("button", name="Құжаттан сұрау").click()
    page.get_by_role("textbox", name="Сұрағыңыз").fill(question)
    page.get_by_role("textbox", name="Сұрағыңыз").press("Enter")
    output = page.get_by_role("status")
    sync_api.expect(output).not_to_have_text("Ізделуде…", timeout=30_000)
    return output


def test_question_is_answered_with_links(page: Any, tarmaq: str) -> None:
    """The answer quotes the document and links to its items on the service."""
    own = httpx.post(f"{tarmaq}/v1/search", json={"query": QUESTION, "top_k": 3}).json()
    output = ask(page, QUESTION)
    sync_api.expect(output.locator("blockquote")).to_have_text(own["answer"]["text"])
    links = output.get_by_role("link")
    hrefs = [links.nth(i).get_attribute("href") for i in range(links.count())]
    assert hrefs == [result["url"] for result in own["results"]]
    assert links.first.inner_text() == own["results"][0]["reference"]["kk"]


def test_unusable_question_is_explained(page: Any) -> None:
    """The service's explanation appears in the widget's language."""
    sync_api.expect(ask(page, "?!")).to_contain_text("бірде-бір кирилл")


def test_service_down_is_owned_up_to(page: Any) -> None:
    """No answer from the service is said in words."""
    page.route("**/v1/search", lambda route: route.abort())
    sync_api.expect(ask(page, QUESTION)).to_contain_text("жауап бермей тұр")


def test_keyboard_opens_and_closes(page: Any) -> None:
    """Opening moves the focus to the question; Escape closes and gives it back."""
    button = page.get_by_role("button", name="Құжаттан сұрау")
    button.press("Enter")
    sync_api.expect(page.get_by_role("textbox", name="Сұрағыңыз")).to_be_focused()
    page.keyboard.press("Escape")
    sync_api.expect(button).to_be_focused()


def test_text_of_documents_is_never_markup(page: Any) -> None:
    """Markup in an answer is shown, not run."""
    evil = "<img src=x onerror=window.evil=1>"
    result = {
        "url": "https://example.kz/",
        "reference": {"kk": evil},
        "document_id": "d",
        "text": evil,
    }
    answer = {"answerable": True, "language": "kk", "answer": None, "results": [result]}
    page.route(
        "**/v1/search",
        lambda route: route.fulfill(json=answer, headers={"Access-Control-Allow-Origin": "*"}),
    )
    sync_api.expect(ask(page, QUESTION).locator("blockquote")).to_have_text(evil)
    assert page.evaluate("window.evil") is None
