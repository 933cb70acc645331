import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.measurement import Measurement
from evaluation.report import write_report
from evaluation.report.plots import in_language, localised, rank_plot
from evaluation.report.view import typed
from evaluation.report.words import _words, trilingual
from indexer.languages import LANGUAGES

Make = Callable[..., Measurement]


@pytest.fixture
def page(measured: Make, confident: Make, tmp_path: Path) -> Path:
    """A report on two measurements of the same questions and one with refusals."""
    first = measured([1] * 12 + [2, 0])
    failed = replace(
        first.outcomes[12],
        text="<b>сұрақ & жауап</b>",
        interpreted="түзетілген сұрақ",
        kind="story",
        parts={"right": {"words": 0.25}, "wrong 1": {"words": 0.5}},
    )
    outcomes = (*first.outcomes[:12], failed, *first.outcomes[13:])
    passages = {"right": "дұрыс тармақтың мәтіні", "wrong 1": "басқа тармақтың мәтіні"}
    first = replace(first, outcomes=outcomes, passages=passages)
    asked = confident([(0.9, 1, True)] * 9 + [(0.1, None, False)] * 3)
    path = tmp_path / "report.html"
    write_report(path, {"alpha": first, "beta": measured([1] * 14), "gamma": asked})
    return path


def test_the_file_needs_nothing_else(page: Path) -> None:
    """No address, script or style of another file: it opens without a network."""
    html = page.read_text(encoding="utf-8")

    assert not re.findall(r"(?:src|href)=[\"'](?!#)", html.replace("xlink:href", "x"))
    assert "url(" not in re.sub(r"url\(#\w+\)", "", html)
    assert "@import" not in html


def test_a_failure_says_what_was_expected_and_what_came(page: Path) -> None:
    """Question, its reading, both passages' texts and the parts of their scores are there."""
    html = page.read_text(encoding="utf-8")

    assert "&lt;b&gt;сұрақ &amp; жауап&lt;/b&gt;" in html
    assert "түзетілген сұрақ" in html
    assert "дұрыс тармақтың мәтіні" in html
    assert "басқа тармақтың мәтіні" in html
    assert "words .250" in html
    assert "words .500" in html


def test_typing_is_set_beside_the_clean_questions(measured: Make, tmp_path: Path) -> None:
    """A suite is compared with the clean run of the same system over the same questions only."""
    clean = measured([1, 1, 1, 1])
    suite = measured([1, 2, 2])
    suite = replace(
        suite, outcomes=tuple(replace(outcome, habit="letterless") for outcome in suite.outcomes)
    )
    other = replace(clean, identity=replace(clean.identity, system="other"))

    (row,) = typed({"clean": clean, "suite": suite})

    assert (row.count, row.clean.mean, round(row.typed.mean, 3)) == (3, 1.0, 0.667)
    assert list(typed({"other": other, "suite": suite})) == []
    write_report(tmp_path / "report.html", {"clean": clean, "suite": suite})
    assert "қазақ әріптерінсіз" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_every_word_is_there_in_three_languages() -> None:
    """No word lacks a language, none is empty, and each fills the same values."""
    for key, texts in _words().items():
        assert tuple(texts) == LANGUAGES, key
        fields = {language: set(re.findall(r"{\w+}", text)) for language, text in texts.items()}
        assert fields["kk"] == fields["ru"] == fields["en"], key
        assert all(texts.values()), key


def test_what_has_no_word_is_shown_as_it_is() -> None:
    """A kind that only this dataset knows is printed, with markup escaped."""
    assert trilingual("<odd>") == "&lt;odd&gt;"


def test_a_plot_takes_the_page_colours_and_words() -> None:
    """Axes use the page's colour; every label is there in three languages or in one."""
    drawing = rank_plot([1, 1, 2, None, 7])

    assert "currentColor" in drawing
    assert "word:" not in localised(drawing)
    assert "табылмады" in localised(drawing)
    assert "не найден" in localised(drawing)
    assert "не найден" not in in_language(drawing, "en")
    assert rank_plot([1, 1, 2, None, 7]) == drawing


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("kk-KZ", "Іздеу дәлдігі туралы есеп"),
        ("ru-RU", "Отчёт о точности поиска"),
        ("de-DE", "Іздеу дәлдігі туралы есеп"),
    ],
)
def test_the_page_opens_offline_in_the_readers_language(
    chromium: Any, page: Path, locale: str, title: str
) -> None:
    """Without a network the page opens in the browser's language and changes it on demand."""
    context = chromium.new_context(locale=locale, offline=True, color_scheme="dark")
    view = context.new_page()
    errors: list[str] = []
    view.on("pageerror", lambda error: errors.append(str(error)))
    view.on("console", lambda message: errors.append(message.text))
    view.goto(page.as_uri())

    assert view.locator("h1").inner_text() == title
    view.get_by_role("button", name="English").click()
    assert view.locator("h1").inner_text() == "Retrieval accuracy report"
    assert "Rank of the right item" in view.locator("body").inner_text()
    assert "Отчёт" not in view.locator("body").inner_text()
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"
    assert errors == []
    context.close()


def test_the_page_prints_black_on_white_with_every_failure(chromium: Any, page: Path) -> None:
    """On paper all failures are open and the buttons are gone."""
    context = chromium.new_context(locale="ru-RU", offline=True, color_scheme="dark")
    view = context.new_page()
    view.goto(page.as_uri())
    view.evaluate("dispatchEvent(new Event('beforeprint'))")
    view.emulate_media(media="print")

    assert view.locator(".failure").first.is_visible()
    assert not view.get_by_role("button", name="English").is_visible()
    assert view.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    context.close()
