"""Tests of the page of an act that has lost its force."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings

_TEXT = """Сноска. Закон утратил силу Законом РК от 16.01.2026 № 258-VIII (действует с 01.03.2026).

Статья 1. Пруд
1. Пруд чистят.
Статья 2. Рыба
Сноска. Статья 2 исключена Законом РК от 01.02.2023 № 10-VIII.
"""


@pytest.fixture
def client(tmp_path: Path, hashed: Encoder) -> TestClient:
    """The pages over a law that another repealed."""
    (tmp_path / "seeds" / "ponds").mkdir(parents=True)
    folder = tmp_path / "seeds" / "ponds"
    (folder / "document.toml").write_text(
        'uri = "/akn/kz/act/law/2010-06-03/280"\n[title]\nru = "О прудах"\n'
        '[[editions]]\nlanguage = "ru"\n',
        encoding="utf-8",
    )
    (folder / "ru.txt").write_text(_TEXT, encoding="utf-8")
    store = EmbeddedStore(tmp_path / "index")
    build_folder(tmp_path / "seeds", store, hashed)
    return TestClient(create_app(Settings(), Engine(store.snapshot(), hashed)))


def test_the_page_of_a_repealed_act_says_so(client: TestClient) -> None:
    """Above its text, with the day and the law that did it, and how the act was adopted."""
    with client:
        page = client.get("/documents/ponds", params={"lang": "ru"}).text
    assert "утратил силу с 01.03.2026 (Закон от 16.01.2026 № 258-VIII)" in page
    assert "Закон Республики Казахстан от 3 июня 2010 года № 280" in page


def test_an_article_that_has_lost_its_text_says_why(client: TestClient) -> None:
    """Its heading stands with the editor's note; notes about articles that have a text do not."""
    with client:
        page = client.get("/documents/ponds", params={"lang": "ru"}).text
    heading = page.index("Статья 2. Рыба</h2>")
    assert "Статья 2 исключена Законом РК от 01.02.2023" in page[heading : heading + 200]
    assert page.count('<p class="gone">') == 1
