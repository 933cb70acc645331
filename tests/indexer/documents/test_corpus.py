"""Tests of reading documents: editions in other formats than text."""

from pathlib import Path

import pytest

from indexer.documents.corpus import read_source
from indexer.errors import DocumentError

PAGE = """<!doctype html><html lang="{language}"><body>
<h1>{title}</h1><p>{chapter}</p><p>{article}</p><p>{text}</p></body></html>"""
KAZAKH = PAGE.format(
    language="kk",
    title="Кітапхана ісі туралы",
    chapter="1-тарау. Жалпы ережелер",
    article="1-бап. Осы Заңның мақсаты",
    text="Осы Заң кітапханалардың қызметін және оқырмандардың құқықтарын реттейді.",
)
TOML = """uri = "/akn/kz/act/law/2020-01-02/3"
[title]
kk = "Кітапхана ісі туралы"
[[editions]]
language = "{language}"
file = "act.html"
"""


def test_an_edition_may_be_a_saved_page(tmp_path: Path) -> None:
    """A file of another format is read by its reader, then as every text."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    (folder / "document.toml").write_text(TOML.format(language="kk"), encoding="utf-8")
    (folder / "act.html").write_text(KAZAKH, encoding="utf-8")
    (expression,) = read_source(folder).expressions
    assert [passage.eid for passage in expression.passages] == ["art_1__al_1"]


def test_a_language_that_a_file_does_not_hold_is_named(tmp_path: Path) -> None:
    """What the description promises must stand in the file."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    (folder / "document.toml").write_text(TOML.format(language="ru"), encoding="utf-8")
    (folder / "act.html").write_text(KAZAKH, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"act\.html: No text in ru; it holds: kk"):
        read_source(folder)
