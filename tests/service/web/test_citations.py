"""Tests of ready citations."""

from dataclasses import replace
from datetime import date

import pytest

from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.passages import Passage
from service.web.citations import cite

DOCUMENT = Document(
    id="water",
    uri="/akn/kz/act/law/2020-01-02/1",
    kind="law",
    number="1",
    date=date(2020, 1, 2),
    title=Trilingual("Су туралы заң", "Закон о воде", "Law on Water_100%"),
    adoption=Trilingual("2020 жылғы заң", "Закон 2020 года", "Law of 2020"),
    editions=(
        Edition("kk", "kk.txt", "authoritative", "own"),
        Edition("ru", "ru.txt", "authoritative", "own"),
    ),
)
KK = Passage("water", "art_2__para_3", "kk", "3.", (), "Су *барлығына* ортақ;")
RU = Passage("water", "art_2__para_3", "ru", "3.", (), "Вода общая.")
URL = "https://a.kz/documents/water#art_2__para_3"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("letter-kk", "Су туралы заң (2020 жылғы заң), 2-бап, 3-тармақ: «Су *барлығына* ортақ»."),
        ("letter-ru", "Закон о воде (Закон 2020 года), статья 2, пункт 3: «Вода общая»."),
        ("link", URL),
    ],
)
def test_citation_says_where(kind: str, text: str) -> None:
    """Letters name title, act and item in their language, and quote its text."""
    found = {
        citation.kind: citation.text
        for citation in cite(DOCUMENT, {"kk": KK, "ru": RU}, "kk", "https://a.kz")
    }
    assert found[kind] == text


def test_letter_quotes_only_its_own_language() -> None:
    """Without a Russian edition the Russian letter names the item and quotes nothing."""
    letter = cite(DOCUMENT, {"kk": KK}, "kk", "https://a.kz")[1]
    assert letter.text == "Закон о воде (Закон 2020 года), статья 2, пункт 3."


def test_quoted_translation_is_called_one() -> None:
    """Only what quotes the Russian translation says so, and Markdown leads to that text."""
    kazakh, russian = DOCUMENT.editions
    document = replace(DOCUMENT, editions=(kazakh, replace(russian, status="unofficial")))
    citations = {c.kind: c.text for c in cite(document, {"kk": KK, "ru": RU}, "ru", "https://a.kz")}
    assert citations["letter-ru"].endswith(": «Вода общая» (неофициальный перевод).")
    assert citations["markdown"].endswith("water?edition=ru#art_2__para_3) (неофициальный перевод)")
    assert "аударма" not in citations["letter-kk"]


def test_markdown_and_bibtex_escape_their_own_characters() -> None:
    """A star in the text stays a star, an underscore in a title does not break LaTeX."""
    citations = {c.kind: c.text for c in cite(DOCUMENT, {"kk": KK}, "en", "https://a.kz")}
    assert r"Су \*барлығына\* ортақ;" in citations["markdown"]
    assert f"]({URL})" in citations["markdown"]
    assert r"{{Law on Water\_100\%}}" in citations["bibtex"]
    assert f"url = {{{URL}}}" in citations["bibtex"]
    assert citations["bibtex"].startswith("@misc{water-art2-para3,\n")
