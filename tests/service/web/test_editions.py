"""Tests of a document in two languages, beside another document."""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings

_DOCUMENT = """
id = "{id}"
uri = "/akn/kz/act/law/2020-01-02/{id}"
[title]
kk = "Кітапханалар туралы"
ru = "О библиотеках"
en = "On libraries"
[adoption]
kk = "2020 жылғы 2 қаңтардағы Заң"
ru = "Закон от 2 января 2020 года"
en = "Law of 2 January 2020"
"""
_EDITION = """
[[editions]]
language = "{language}"
file = "{language}.txt"
status = "{status}"
source = "written for tests"
"""


@pytest.fixture(scope="module")
def client(
    root: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[TestClient]:
    """The pages over a law in Kazakh and Russian, and the same law in Kazakh only."""
    seeds = tmp_path_factory.mktemp("seeds")
    for name, languages in (("libraries", ("kk", "ru")), ("copy", ("kk",))):
        folder = seeds / name
        folder.mkdir()
        text = _DOCUMENT.format(id=name)
        for language in languages:
            status = "authoritative" if language == "kk" else "unofficial"
            text += _EDITION.format(language=language, status=status)
            source = root / "tests" / "data" / "acts" / f"libraries-law.{language}.txt"
            shutil.copy(source, folder / f"{language}.txt")
        (folder / "document.toml").write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path_factory.mktemp("index"))
    build_folder(seeds, store, encoder)
    engine = Engine(store.snapshot(), encoder)
    with TestClient(create_app(Settings(), engine)) as client:
        yield client


def get(client: TestClient, address: str) -> str:
    """Returns a page as text."""
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.text)


def test_other_language_stands_beside_the_result(client: TestClient) -> None:
    """A translation found has the authoritative text beside it; that one stands alone."""
    page = get(client, "/?q=библиотечный фонд&document=libraries&lang=ru")
    assert '<blockquote class="other" lang="kk">' in page
    assert '<blockquote lang="ru">' in page
    assert '<blockquote class="other"' not in get(client, "/?q=кітапхана қоры&document=libraries")


def test_translation_found_is_marked(client: TestClient) -> None:
    """Every translation among the results is called one, a click from the text beside it."""
    page = get(client, "/?q=библиотечный фонд&document=libraries&lang=ru")
    said = "Неофициальный перевод; преимущество имеет текст на казахском языке."
    assert page.count(said) == page.count("<article") > 1
    assert 'href="/documents/libraries?lang=ru&beside=kk#' in page
    assert "аударма" not in get(client, "/?q=кітапхана қоры&document=libraries")


def test_language_of_the_text_is_told(client: TestClient) -> None:
    """Where the page's language has no edition, one reads which language is shown."""
    said = "There is no English text; the Kazakh one is shown."
    assert said in get(client, "/documents/libraries?lang=en")
    assert said in get(client, "/?q=libraries&document=copy&lang=en")
    assert "shown" not in get(client, "/documents/libraries")


def test_one_of_several_documents_is_chosen(client: TestClient) -> None:
    """With several documents one chooses a document first, then its section."""
    assert 'name="document"' in get(client, "/")
    assert 'id="section"' not in get(client, "/")
    page = get(client, "/?q=кітапхана&document=copy")
    assert '<option value="copy" selected>' in page
    assert 'id="section"' in page
    assert "/documents/libraries#" not in page


def test_document_opens_in_the_pages_language(client: TestClient) -> None:
    """A Russian page shows the Russian edition, unless the address asks for another."""
    assert '<div class="body" lang="ru">' in get(client, "/documents/libraries?lang=ru")
    assert '<div class="body" lang="kk">' in get(client, "/documents/libraries?lang=en")
    assert '<div class="body" lang="kk">' in get(client, "/documents/libraries?lang=ru&edition=kk")
    assert '<div class="body" lang="kk">' in get(client, "/documents/copy?lang=ru&edition=ru")


def test_translation_is_called_one(client: TestClient) -> None:
    """An unofficial edition says that it is unofficial."""
    page = get(client, "/documents/libraries?lang=ru")
    assert "Неофициальный перевод; преимущество имеет текст на казахском языке." in page
    assert "written for tests" in page
    original = get(client, "/documents/libraries?lang=ru&edition=kk")
    assert "текст на языке оригинала" in original
    assert "перевод" not in original
    assert "официальный текст" not in original


def test_two_editions_stand_side_by_side(client: TestClient) -> None:
    """Side by side every item has its text in the other language."""
    page = get(client, "/documents/libraries?edition=kk&beside=ru")
    assert '<div class="body parallel" lang="kk">' in page
    assert page.count('<p class="other" lang="ru">') > 5
    assert "parallel" not in get(client, "/documents/copy?edition=kk&beside=ru")


def test_hits_are_shown_once_in_either_edition(client: TestClient) -> None:
    """A search in the document marks each item once, whichever edition matched."""
    page = get(client, "/documents/libraries?lang=ru&q=библиотечный фонд")
    ranks = [n for n in range(1, 11) if f"Результат {n}<" in page]
    assert ranks == list(range(1, len(ranks) + 1))
    assert ranks


def test_letters_quote_both_languages(client: TestClient) -> None:
    """Both official letters quote the item where both editions have it."""
    page = get(client, "/documents/libraries/cite?item=art_1__point_1")
    assert "статья 1, подпункт 1): «библиотека" in page
    assert "1-бап, 1) тармақша: «кітапхана" in page
    assert page.count("(неофициальный перевод)") == 1


def test_chapter_whose_articles_count_through_the_act_can_be_searched(client: TestClient) -> None:
    """A chapter holds its articles though their addresses do not say so; so does the map."""
    page = get(client, "/documents/libraries?edition=kk&q=кітапхана&section=chp_1")
    assert 'class="item in0 hit"' in page
    assert "/documents/libraries" in get(client, "/?q=кітап&document=libraries&section=chp_1")


def test_every_section_offered_can_be_searched(client: TestClient) -> None:
    """No choice of the list of sections leads to an error."""
    page = get(client, "/?q=кітапхана&document=libraries")
    choices = re.findall(r'<option value="((?:chp|art|decree|annex)[^"]*)"', page)
    assert len(choices) > 2
    for choice in choices:
        get(client, f"/?q=кітапхана&document=libraries&section={choice}")
