"""Tests of asking, in a real browser."""

from typing import Any

import pytest

CASPIAN = "Каспий теңізінің теңіз ортасын қорғау конвенциясы"


def ask(page: Any, question: str) -> None:
    """Types a question and Enter, and waits for the answer."""
    page.fill("#q", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")


@pytest.mark.parametrize(
    ("home", "question", "reference"),
    [
        ("/", CASPIAN, "5-тарау, 3-бөлім, 3.19-тармақ"),
        (
            "/?lang=ru",
            "В каком пункте говорится о торговле людьми?",
            "Глава 5, раздел 3, пункт 3.4",
        ),
    ],
    ids=["kk", "ru"],
)
def test_enter_shows_the_answer(open_page: Any, home: str, question: str, reference: str) -> None:
    """A question and Enter: the item that answers, its reference large, its words marked."""
    page = open_page(home)
    assert page.evaluate("document.activeElement.id") == "q"
    ask(page, question)
    references = page.locator(".reference").all_inner_texts()
    assert reference in references[:3]
    first = page.locator(".first .reference")
    assert first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 26
    assert page.locator(".first mark").count() >= 1
    assert page.evaluate("document.activeElement.id") == "results-title"
    assert question in page.title()


@pytest.mark.parametrize(
    "question",
    ["каспий тенизинин ортасын коргау", "Kaspii tenizinin ortasyn qorghau", "rfcgbq ntyspsy"],
    ids=["letterless", "latin", "keyboard"],
)
def test_question_however_typed_works(open_page: Any, question: str) -> None:
    """Any typing is answered; what was understood is said, one click from the literal question."""
    page = open_page("/")
    ask(page, question)
    understood = page.locator(".understood")
    if understood.count():
        assert understood.locator("strong").inner_text() != question
        understood.locator("a").click()
        page.wait_for_url("**literal=1**")
        assert page.locator(".card").count() >= 1
        assert page.locator(".understood strong").count() == 0
    assert page.input_value("#q") == question


def test_everything_works_without_javascript(open_page: Any) -> None:
    """Without JavaScript one asks, opens the document, cites and changes the language."""
    page = open_page("/", java_script_enabled=False)
    page.fill("#q", CASPIAN)
    page.click(".box button")
    assert page.locator(".card").count() == 5
    assert page.locator("[data-copy]:visible").count() == 0
    page.locator(".first summary").click()
    assert "3.19-тармақ" in page.locator("#c1-letter-kk").inner_text()
    page.click("#languages >> text=Русский")
    assert page.locator(".first .reference").inner_text().startswith("Глава")
    assert page.input_value("#q") == CASPIAN
    page.locator(".first .act").first.click()
    assert "#" in page.url
    assert page.locator(".item:target").count() == 1


def test_section_narrows_the_question(open_page: Any) -> None:
    """A section chosen in the list is searched alone, and stays in the address."""
    page = open_page("/?lang=ru")
    page.select_option("#section", "chp_1")
    ask(page, "терроризм")
    assert "section=chp_1" in page.url
    assert all(text.startswith("Глава 1") for text in page.locator(".reference").all_inner_texts())


def test_back_returns_to_the_question_before(open_page: Any) -> None:
    """Back and forward go through the questions though no page is loaded anew."""
    page = open_page("/")
    ask(page, CASPIAN)
    page.go_back()
    page.wait_for_selector(".opening")
    assert page.input_value("#q") == ""
    page.go_forward()
    page.wait_for_selector(".card")
    assert page.input_value("#q") == CASPIAN


def test_silent_server_is_told_in_the_readers_language(open_page: Any) -> None:
    """When the server does not answer, a sentence says so and the question stays."""
    page = open_page("/?lang=ru")
    page.context.set_offline(True)
    page.fill("#q", CASPIAN)
    page.keyboard.press("Enter")
    page.wait_for_selector("#notice:visible")
    assert "Сервер не ответил" in page.locator("#notice").inner_text()
    assert page.input_value("#q") == CASPIAN


def test_too_long_a_question_is_told_in_the_readers_language(open_page: Any) -> None:
    """The limit of a question is told beside the box."""
    page = open_page("/")
    page.fill("#q", "а" * 4001)
    page.keyboard.press("Enter")
    page.wait_for_selector("#error")
    assert "Сұрақ тым ұзақ" in page.locator("#error").inner_text()


def test_suggestion_is_chosen_with_the_keyboard(open_page: Any) -> None:
    """Letterless typing brings suggestions; arrows choose, Escape takes back, Enter asks."""
    page = open_page("/")
    page.locator("#q").press_sequentially("сырткы саясаттын")
    page.wait_for_selector("#options:visible li")
    page.keyboard.press("ArrowDown")
    chosen = page.input_value("#q")
    assert chosen.startswith("Сыртқы саясаттың")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "option-0"
    page.keyboard.press("Escape")
    assert page.input_value("#q") == "сырткы саясаттын"
    assert page.locator("#options:visible").count() == 0
    page.locator("#q").press_sequentially(" ")
    page.wait_for_selector("#options:visible li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")
    assert page.input_value("#q") == chosen


def test_history_stays_in_the_browser(open_page: Any) -> None:
    """Past questions are listed from the browser's own storage, and erased from it; no cookie."""
    page = open_page("/")
    ask(page, CASPIAN)
    page.goto("/")
    page.wait_for_selector("#history:visible")
    assert page.locator("#history a").all_inner_texts() == [CASPIAN]
    page.click("[data-forget]")
    assert page.locator("#history:visible").count() == 0
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_copied_citation_is_the_one_shown(open_page: Any) -> None:
    """Each way of citing is copied as it is shown; so is the link to the question."""
    page = open_page(f"/?lang=ru&q={CASPIAN}", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".first summary").click()
    for kind in ("letter-kk", "letter-ru", "markdown", "bibtex", "link"):
        page.click(f"[data-copy=c1-{kind}]")
        page.locator("#status", has_text="Скопировано").wait_for(state="attached")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator(f"#c1-{kind}").text_content()
        page.evaluate("document.querySelector('#status').textContent = ''")
    page.click("[data-share]")
    page.locator("#status", has_text="Скопировано").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    first = page.locator(".first .reference").inner_text()
    page.goto(link)
    assert page.locator(".first .reference").inner_text() == first


def test_keyboard_alone_is_enough(open_page: Any) -> None:
    """Tab reaches the skip link first, and after an answer its links and citations in order."""
    page = open_page("/?q=Каспий")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Control+A")
    page.keyboard.type(CASPIAN)
    page.keyboard.press("Enter")
    page.locator("#results-title:focus").wait_for(state="attached")
    assert page.input_value("#q") == CASPIAN
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.closest('h3, summary, .acts')?.className")
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
    assert seen[0] == "reference"
    page.locator(".first summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".first [data-copy]").first.is_visible()


def test_chosen_language_is_remembered(open_page: Any) -> None:
    """Without a choice the browser's language speaks; a choice stands above it from then on."""
    page = open_page("/", locale="ru-RU")
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.click("#languages >> text=English")
    page.goto("/")
    assert page.evaluate("document.documentElement.lang") == "en"
    ask(page, "Каспий")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=" not in page.url
    page.goto("/?lang=kk")
    page.goto("/")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_printed_answer_says_what_was_asked(open_page: Any) -> None:
    """On paper the question, the day and the address stand above the answer; no box does."""
    page = open_page(f"/?q={CASPIAN}")
    assert not page.locator(".printed").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".printed").is_visible()
    assert not page.locator("#q").is_visible()
    assert CASPIAN in page.locator(".printed").inner_text()
