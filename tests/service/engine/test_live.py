"""Tests of the engine that follows its store."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.errors import CorruptIndexError
from indexer.stores.embedded import FILE, EmbeddedStore
from service.engine import live as module
from service.engine.engine import Engine
from service.engine.live import LiveEngine
from service.settings import Settings

pytestmark = pytest.mark.processes

SETTINGS = Settings()


class Follower:
    """A store, an engine that watches it, and what a test does to them."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Puts one document into the store and opens it."""
        self.store = EmbeddedStore(folder)
        self.encoder = encoder
        self.put("климат")
        self.live = LiveEngine(self.store, Engine(self.store.snapshot(), encoder))

    def put(self, *texts: str) -> int:
        """Makes ``texts`` the passages of the store; returns the generation."""
        passages = (
            Passage("d", f"para_{n}", "kk", f"{n}.", (), text) for n, text in enumerate(texts, 1)
        )
        return build(sources_of(passages), self.store, self.encoder).generation

    def damage(self) -> None:
        """Removes the newest vector from the store, and the search files that hold it as well."""
        with closing(sqlite3.connect(self.store.folder / FILE)) as connection, connection:
            connection.execute(
                "DELETE FROM vectors WHERE number = (SELECT max(number) FROM vectors)"
            )
        name = f"search-{self.store.generation()}-"
        for file in self.store.folder.glob(f"{name}*/vectors.faiss"):
            file.unlink()

    @property
    def engine(self) -> Engine:
        """The engine that answers now."""
        engine = self.live.current()
        assert engine is not None
        return engine

    def found(self, engine: Engine) -> list[str]:
        """Returns the texts that an engine finds."""
        return [result.passage.text for result in engine.ask("климат").results]


@pytest.fixture
def follower(tmp_path: Path, hashed: Encoder) -> Iterator[Follower]:
    """A store of one passage and an engine over it, which a test may let watch."""
    follower = Follower(tmp_path, hashed)
    yield follower
    follower.live.close()


def until(true: Callable[[], object], seconds: float = 30) -> float:
    """Waits for something; returns how long it took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < seconds
        time.sleep(0.01)
    return time.monotonic() - start


def test_a_new_generation_is_taken_up(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the store is answered from without a restart, and opened once."""
    opened: list[int] = []
    load = LiveEngine.load

    def counted(live: LiveEngine, settings: Settings) -> None:
        load(live, settings)
        opened.append(live.current().snapshot.generation)

    monkeypatch.setattr(LiveEngine, "load", counted)
    follower.live.watch(SETTINGS)
    for texts in (("климат", "өзгеріс"), ("климат", "қорғау")):
        generation = follower.put(*texts)
        until(lambda generation=generation: generation in opened)
        assert sorted(follower.found(follower.engine)) == sorted(texts)
    assert opened == sorted(set(opened))
    # Half of the second that is promised; the rest is for opening.
    assert module.WATCH_SECONDS <= 0.5


def test_a_request_keeps_its_generation(follower: Follower) -> None:
    """Who took an engine before a change gets all answers from before it."""
    follower.live.watch(SETTINGS)
    before = follower.engine
    generation = follower.put("сауда", "климаттың өзгеруі")
    until(lambda: follower.engine is not before)
    assert before.ask("климат").generation == generation - 1
    assert follower.found(before) == ["климат"]
    assert "климаттың өзгеруі" in follower.found(follower.engine)


def test_many_changes_end_at_the_newest(follower: Follower) -> None:
    """Generations that come faster than they are opened are passed over."""
    follower.live.watch(SETTINGS)
    for number in range(5):
        generation = follower.put("климат", f"сөз {number}")
    until(lambda: follower.engine.snapshot.generation == generation)
    assert "сөз 4" in follower.found(follower.engine)


def test_a_damaged_newer_generation_leaves_the_old_one_serving(follower: Follower) -> None:
    """What cannot be opened is said, the last good generation answers on; mended, it is taken."""
    good = follower.engine
    follower.put("климат", "өзгеріс")
    follower.damage()
    follower.live.watch(SETTINGS)
    until(lambda: follower.live.error)
    assert isinstance(follower.live.error, CorruptIndexError)
    assert FILE in str(follower.live.error)
    assert follower.engine is good
    with ThreadPoolExecutor(1) as another_thread:
        assert another_thread.submit(follower.found, good).result() == ["климат"]
    generation = follower.put("климат", "басқа")
    until(lambda: follower.engine.snapshot.generation == generation)
    until(lambda: follower.live.error is None)


def test_an_engine_without_a_store_never_changes(hashed: Encoder, follower: Follower) -> None:
    """An engine made by hand is served as it is."""
    engine = Engine(follower.store.snapshot(), hashed)
    live = LiveEngine(None, engine)
    live.watch(SETTINGS)
    live.load(SETTINGS)
    assert live.current() is engine
    live.close()


def test_closing_ends_the_watch(follower: Follower) -> None:
    """After closing, changes are no longer taken up."""
    follower.live.watch(SETTINGS)
    follower.live.close()
    before = follower.engine
    follower.put("сауда")
    time.sleep(3 * module.WATCH_SECONDS)
    assert follower.engine is before
