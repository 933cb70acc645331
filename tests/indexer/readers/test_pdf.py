"""PDF: what printing and reading again leaves of an act."""

import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import DocumentError
from indexer.readers import read

pytestmark = pytest.mark.tools

CONCEPT = Path(__file__).parents[3] / "seeds" / "foreign-policy-2020-2030" / "kk.txt"
JUSTIFIED = "p {text-align: justify; text-indent: 1.25cm; margin: 0}"
HEADS = (
    "@page {margin: 25mm; @top-center {content: 'Әділет — Қазақстан заңнамасы'} "
    "@bottom-center {content: counter(page)}}"
)

Found = Callable[[str], dict[str, str]]
Act = Callable[[str], str]


@pytest.mark.parametrize("style", ["", JUSTIFIED, HEADS], ids=["ragged", "justified", "heads"])
def test_the_concept_survives_printing(
    style: str, page: Callable[..., bytes], printed: Callable[[bytes], bytes], found: Found
) -> None:
    """Every passage of the concept is found again; running heads and page numbers are not."""
    lines = [line.strip() for line in CONCEPT.read_text().split("\n") if line.strip()]
    (edition,) = read(printed(page(*lines, style=style)))
    assert found(edition.text) == found(CONCEPT.read_text())
    assert edition.report.pages > 5


def test_libreoffice_prints_what_is_read_again(
    page: Callable[..., bytes], office: Callable[[bytes, str, str], bytes], found: Found, act: Act
) -> None:
    """A small act printed by LibreOffice gives its own passages."""
    lines = [line for line in act("libraries-law.ru").splitlines() if line.strip()]
    (edition,) = read(office(page(*lines), "html", "pdf:writer_web_pdf_Export"))
    assert found(edition.text) == found(act("libraries-law.ru"))


def test_two_columns_in_two_languages_are_two_editions(
    side_by_side: Callable[[str, str], bytes],
    printed: Callable[[bytes], bytes],
    found: Found,
    act: Act,
) -> None:
    """A bilingual page gives each language its own text, with the same addresses."""
    data = printed(side_by_side(act("libraries-law.kk"), act("libraries-law.ru")))
    editions = {edition.language: edition for edition in read(data)}
    assert {language: found(edition.text) for language, edition in editions.items()} == {
        "kk": found(act("libraries-law.kk")),
        "ru": found(act("libraries-law.ru")),
    }
    assert editions["kk"].report.columns == 2
    assert editions["kk"].report.languages == editions["ru"].report.languages


def test_progress_is_told_page_by_page(
    page: Callable[..., bytes], printed: Callable[[bytes], bytes]
) -> None:
    """The callback gets the pages done and the pages in all."""
    told: list[tuple[int, int]] = []
    paragraph = "Үкімет шаралар қабылдасын. " * 20
    read(printed(page(*[paragraph] * 40)), progress=lambda *pages: told.append(pages))
    assert len(told) > 2
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]


def test_a_truncated_pdf_is_refused_or_read(
    page: Callable[..., bytes], printed: Callable[[bytes], bytes]
) -> None:
    """A file cut short raises the one error that callers know, or gives what it still holds."""
    data = printed(page("1. Үкімет шаралар қабылдасын."))
    for cut in (9, 200, len(data) // 2, len(data) - 30):
        with contextlib.suppress(DocumentError):
            (edition,) = read(data[:cut])
            assert edition.text == "1. Үкімет шаралар қабылдасын."


def test_a_raised_number_is_an_inserted_one(
    page: Callable[..., bytes], printed: Callable[[bytes], bytes]
) -> None:
    """«13¹» is 13-1, and not 131; «м²» stays in its line."""
    body = page("1. Дорога содержится согласно статье 13RAISED1 Закона.", "2. Площадь в мRAISED2.")
    body = re.sub(rb"RAISED(\d)", rb"<sup>\1</sup>", body)
    assert [p.text for p in read(printed(body))[0].paragraphs] == [
        "1. Дорога содержится согласно статье 13-1 Закона.",
        "2. Площадь в м2.",
    ]


def test_a_short_last_page_has_the_columns_of_the_page_before(
    page: Callable[..., bytes], printed: Callable[[bytes], bytes], found: Found
) -> None:
    """Three lines in each of two columns are read down the columns."""
    lines = [line.strip() for line in CONCEPT.read_text().split("\n") if line.strip()]
    data = printed(page(*lines, style="body {column-count: 2} p {text-align: justify}"))
    (edition,) = read(data)
    assert found(edition.text) == found("\n".join(lines))
    assert edition.report.columns == 2
