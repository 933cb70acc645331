"""Tests of readiness: loading, ready, degraded and broken are told apart."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import httpx
import pytest

from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import FILE, EmbeddedStore
from service.engine import live as module
from service.engine.engine import Engine
from service.engine.live import LiveEngine
from service.http.app import create_app
from service.settings import Settings


class Served:
    """A store of one document that is served, and what a test does to it."""

    def __init__(self, folder: Path, encoder: Encoder, address: str) -> None:
        """Takes what serves."""
        self.folder, self.encoder = folder, encoder
        self.client = httpx.Client(base_url=address, timeout=60)

    def close(self) -> None:
        """Closes the connections."""
        self.client.close()

    def put(self, *texts: str) -> int:
        """Makes ``texts`` the document."""
        passages = (Passage("d", f"para_{n}", "kk", None, (), text) for n, text in enumerate(texts))
        return build(sources_of(passages), EmbeddedStore(self.folder), self.encoder).generation

    def change(self, statement: str) -> None:
        """Changes the store's file as no process of ours does."""
        with closing(sqlite3.connect(self.folder / FILE)) as connection, connection:
            assert connection.execute(statement).rowcount

    def until(self, true: Callable[[dict[str, object]], object]) -> dict[str, object]:
        """Waits until readiness says something; returns it."""
        deadline = time.monotonic() + 60
        while not true(found := self.client.get("/health/ready").json()):
            assert time.monotonic() < deadline, found
            time.sleep(0.05)
        return found


@pytest.fixture
def served(
    tmp_path: Path,
    hashed: Encoder,
    host: Callable[..., AbstractContextManager[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Served]:
    """A service over a store of two passages."""
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.2)
    folder = tmp_path / "index"
    Served(folder, hashed, "http://x").put("климат", "сауда")
    store = EmbeddedStore(folder)
    live = LiveEngine(store, Engine(store.snapshot(), hashed))
    app = create_app(Settings(index=folder), live)
    with host(app) as address, closing(Served(folder, hashed, address)) as served:
        yield served


def test_a_damaged_newest_generation_is_told_and_the_last_good_one_serves(served: Served) -> None:
    """Which is served, what is damaged, and not where it lies; mended, it is ready again."""
    ready = served.until(lambda found: found["status"] == "ready")
    assert (ready["generation"], ready["reason"]) == (1, "")
    with closing(sqlite3.connect(served.folder / FILE, isolation_level=None)) as connection:
        # What is damaged was never seen whole: the change comes with its publication.
        connection.execute(
            "CREATE TRIGGER damage AFTER INSERT ON generations BEGIN"
            " UPDATE passages SET text = 'басқа' WHERE number = (SELECT max(number) FROM passages);"
            " END"
        )
        with pytest.raises(Exception, match="not what was stored"):
            served.put("климат", "мұнай")
        connection.execute("DROP TRIGGER damage")
    found = served.until(lambda found: found["status"] == "degraded")
    assert found["generation"] == 1
    assert "d@kk" in str(found["reason"])
    assert str(served.folder) not in str(found["reason"])
    assert served.client.get("/v1/search", params={"q": "сауда"}).json()["generation"] == 1
    generation = served.put("климат", "мұнай", "газ")
    served.until(lambda found: found["generation"] == generation and found["status"] == "ready")


def test_a_text_that_goes_wrong_is_refused_and_told(served: Served) -> None:
    """The question that meets it is told to come again; others are answered."""
    served.change("UPDATE passages SET text = 'басқа' WHERE eid = 'para_1'")
    answer = served.client.get("/v1/passages/d%23para_1")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:tarmaq:problem:index-unavailable"
    assert answer.headers["retry-after"]
    found = served.until(lambda found: found["status"] == "degraded")
    assert "d@kk" in str(found["reason"])
    chat = {"model": "tarmaq", "messages": [{"role": "user", "content": "сауда"}]}
    assert served.client.post("/v1/chat/completions", json=chat).status_code == 503
    assert served.client.get("/v1/documents/d").status_code == 200
    served.change("UPDATE passages SET text = 'сауда' WHERE eid = 'para_1'")
    served.until(lambda found: found["status"] == "ready")
    assert served.client.get("/v1/passages/d%23para_1").status_code == 200


def test_an_index_that_is_made_later_is_taken_up(
    tmp_path: Path, encoder: Encoder, host: Callable[..., AbstractContextManager[str]], root: Path
) -> None:
    """Broken is no end: what is missing or damaged may come."""
    settings = Settings(index=tmp_path / "index", models=root / "models.txt")
    app = create_app(settings)
    with host(app) as address, closing(Served(tmp_path / "index", encoder, address)) as served:
        broken = served.until(lambda found: found.get("state") == "broken")
        assert "no index here" in str(broken["reason"])
        served.put("климат")
        served.until(lambda found: found["status"] == "ready")


def test_a_missing_model_is_told(
    tmp_path: Path, hashed: Encoder, host: Callable[..., AbstractContextManager[str]], root: Path
) -> None:
    """An index whose model this machine does not have cannot be opened; it says so."""
    settings = Settings(index=tmp_path / "index", models=root / "models.txt")
    Served(tmp_path / "index", hashed, "http://x").put("климат")
    app = create_app(settings)
    with host(app) as address, closing(Served(tmp_path / "index", hashed, address)) as served:
        broken = served.until(lambda found: found.get("state") == "broken")
        assert "hashed" in str(broken["reason"])
        assert served.client.get("/health/live").status_code == 200
