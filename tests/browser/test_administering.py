"""Tests of the administrators' pages, in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

axe_module = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
LAW = """Закон Республики Казахстан от 3 февраля 2021 года № 5-VII
О сельских библиотеках

Статья 1. Цель настоящего Закона
1. Настоящий Закон регулирует работу сельских библиотек.
2. Настоящий Закон не распространяется на частные библиотеки.

Статья 3. Библиотечный фонд
1. Фонд сельской библиотеки ежегодно пополняется за счёт бюджетных средств.
"""
NAME = "law-2021-5-vii"


@pytest.fixture(scope="module")
def address(changeable: tuple[str, str, Path]) -> str:
    """The address of a service whose documents may be changed."""
    return changeable[0]


@pytest.fixture
def signed_in(open_page: Callable[..., Any], changeable: tuple[str, str, Path]) -> Any:
    """Opens the page of documents as an administrator."""

    def open_one(**options: Any) -> Any:
        page = open_page("/admin/documents?lang=ru", **options)
        page.fill("#key", changeable[1])
        page.click("button.main")
        page.wait_for_selector("#files")
        return page

    return open_one


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A law that lacks an article."""
    path = tmp_path / "закон.txt"
    path.write_text(LAW, encoding="utf-8")
    return path


def look(page: Any, screenshots: Path, name: str) -> None:
    """Checks and keeps how a page looks."""
    results = axe_module.Axe().run(page, options=RULES)
    assert results.response["violations"] == [], results.generate_report()
    page.evaluate("document.fonts.ready")
    page.screenshot(path=screenshots / f"{name}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_document_goes_in_and_out(
    signed_in: Any, law: Path, screenshots: Path, script: bool, width: int
) -> None:
    """A file is examined, its gap seen, published, replaced and removed, also without scripts."""
    page = signed_in(java_script_enabled=script, width=width)

    def seen(name: str) -> None:
        if script:
            look(page, screenshots, f"admin-{name}-{width}")

    seen("documents")
    page.set_input_files("#files", law)
    page.locator("form.drop button.main").first.click()
    page.wait_for_selector("#description")
    assert page.locator("h1").inner_text() == "О сельских библиотеках"
    assert "статья 1" in page.locator(".doubts").inner_text()
    assert page.locator(".found-outline li").count() == 2
    seen("examined")

    page.click("button[value=publish]")
    page.wait_for_selector("#description")
    assert "не опубликован" in page.locator(".error").inner_text()
    page.check("[name=confirm]")
    page.click("button[value=publish]")
    page.wait_for_selector(".documents .hint:has-text('law-2021')")
    assert "опубликован" in page.locator(".understood").inner_text()

    law.write_text(LAW.replace("Статья 3", "Статья 2").replace("ежегодно", "ежемесячно"), "utf-8")
    row = page.locator(f".documents li:has-text('{NAME}')")
    row.locator("summary").first.click()
    seen("replacing")
    row.locator("input[type=file]").set_input_files(law)
    row.locator("button.main").first.click()
    page.wait_for_selector("#description")
    assert page.locator(".doubts").count() == 0
    assert "будет заменён" in page.locator(".admin-form").inner_text()
    page.click("button[value=publish]")
    page.wait_for_selector(".documents")
    page.goto(f"/documents/{NAME}?lang=ru")
    assert "ежемесячно" in page.locator(".body").inner_text()

    page.goto("/admin/documents?lang=ru")
    row = page.locator(f".documents li:has-text('{NAME}')")
    row.locator("summary").last.click()
    row.locator("button.danger").click()
    page.wait_for_selector(".understood")
    assert page.locator(f".documents li:has-text('{NAME}')").count() == 0


def test_a_wrong_key_opens_nothing(open_page: Any, screenshots: Path) -> None:
    """A key that is wrong is said to be; the page of documents stays shut."""
    page = open_page("/admin/documents")
    look(page, screenshots, "admin-key")
    page.fill("#key", "tarmaq_wrong")
    page.click("button.main")
    page.wait_for_selector(".error")
    page.goto("/admin/documents")
    assert page.locator("#files").count() == 0


def test_the_key_is_not_kept_in_the_browser(signed_in: Any, changeable: Any) -> None:
    """Cookies hold a token that scripts cannot read, and not the key."""
    page = signed_in()
    (cookie,) = page.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert changeable[1] not in str(page.context.storage_state())


def test_signing_out_ends_the_session(signed_in: Any) -> None:
    """After signing out the same cookie opens nothing."""
    page = signed_in()
    (cookie,) = page.context.cookies()
    page.locator(".admin-bar button").click()
    page.wait_for_selector("#key")
    page.context.add_cookies([cookie])
    page.goto("/admin/documents")
    assert page.locator("#key").count() == 1
