"""Tests of how the pages look and how they can be perceived, in a real browser."""

from pathlib import Path
from typing import Any

import pytest

from indexer.documents.passages import Passage
from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings

axe_module = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

DOCUMENT = "/documents/foreign-policy-2020-2030"
ITEM = "chp_5__sec_3__para_3-17"
PAGES = {
    "home": "/",
    "answer": "/?q=Каспий теңізінің ортасын қорғау үшін не істелмек?",
    "answer-ru": "/?lang=ru&q=Кто контролирует исполнение указа?",
    "document": f"{DOCUMENT}#{ITEM}",
    "hits": f"{DOCUMENT}?lang=en&q=Каспий",
    "cite": f"{DOCUMENT}/cite?item={ITEM}",
    "error": "/nothing",
}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Any, name: str, scheme: str) -> None:
    """WCAG 2.2 AA as far as axe-core can tell, in light and dark, citations opened."""
    page = open_page(PAGES[name], color_scheme=scheme)
    for summary in page.locator(".cite summary").all()[:1]:
        summary.click()
    results = axe_module.Axe().run(page, options=RULES)
    assert results.response["violations"] == [], results.generate_report()


@pytest.mark.parametrize("width", [360, 768, 1280, 3840])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(
    open_page: Any, screenshots: Path, name: str, width: int
) -> None:
    """From 360 pixels to 4k no page scrolls sideways; screenshots are kept."""
    page = open_page(PAGES[name], width=width, height=2160 if width > 2000 else 900)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=screenshots / f"{name}-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_screenshots_are_kept(open_page: Any, screenshots: Path) -> None:
    """Dark mode is dark."""
    page = open_page(PAGES["answer"], color_scheme="dark")
    page.screenshot(path=screenshots / "answer-dark.png")
    red, green, blue = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert max(red, green, blue) < 60


def test_kazakh_letters_are_of_the_page_font(open_page: Any) -> None:
    """ә ғ қ ң ө ұ ү һ і come from the font that we serve, not from a substitute."""
    page = open_page(DOCUMENT)
    page.evaluate("document.fonts.ready")
    letters = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
    widths = page.evaluate(
        """async (letters) => {
            await document.fonts.load("40px Literata", letters);
            const pen = document.createElement("canvas").getContext("2d");
            const measure = (font, letter) => (pen.font = font, pen.measureText(letter).width);
            return [...letters].map((letter) => [
                measure("40px Literata, monospace", letter), measure("40px monospace", letter)]);
        }""",
        letters,
    )
    assert all(ours != substitute for ours, substitute in widths)


def test_line_is_not_too_long_to_read(open_page: Any) -> None:
    """The text of a document keeps to about 65 characters a line on any screen."""
    page = open_page(DOCUMENT, width=3840, height=2160)
    ratio = page.locator(f"[id='{ITEM}'] p").first.evaluate(
        "e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)"
    )
    assert ratio < 42


def test_large_letters_do_not_break_the_page(open_page: Any) -> None:
    """Text of twice the size reflows (WCAG 1.4.4, 1.4.10)."""
    page = open_page(PAGES["answer"], width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_no_document_scrolls_sideways_on_a_phone(
    chromium: Any, host: Any, snapshot_of: Any, hashed: Any
) -> None:
    """Words of any length, long headings and addresses, one text or two: 360 pixels are enough."""
    word = "мемлекетаралықпікіралмасу" * 12
    url = "https://example.kz/" + "a/b_c-d=" * 40
    texts = [word, f"{word} {url}", "| " + " | ".join([word] * 5) + " |", "қысқа мәтін"]
    passages = [
        Passage("long", f"chp_1__para_{n}", code, f"{n}.", (f"1. {word}", word), text)
        for code in ("kk", "ru")
        for n, text in enumerate(texts, start=1)
    ]
    engine = Engine(snapshot_of(passages), hashed)
    with host(create_app(Settings(), engine)) as address:
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        for path in ("/documents/long", "/documents/long?beside=ru", f"/?q={word[:60]}"):
            page.goto(address + path)
            assert page.locator("main").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        page.goto(f"{address}/documents/long")
        # The two signs of an item stay together when its text fills the line.
        tops = page.evaluate(
            "[...document.querySelectorAll('.tools')].map(e => [...e.querySelectorAll('.anchor')]"
            ".map(a => Math.round(a.getBoundingClientRect().top)))"
        )
        assert tops
        assert all(len(set(pair)) == 1 for pair in tops)
        page.close()
