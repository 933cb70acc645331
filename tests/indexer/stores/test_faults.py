"""What can happen to a store: each fault is named, and nothing wrong is ever shown."""

import logging
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.building import build
from indexer.documents.corpus import Source, sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings, Encoder
from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.base import Snapshot
from indexer.stores.embedded import FILE, EmbeddedStore


def texts(name: str, count: int = 12) -> list[Source]:
    """Returns documents of two editions' worth of text."""
    return sources_of(
        Passage(f"{name}{n % 2}", f"al_{n}", "kk", f"{n}", ("Бөлім",), f"{name} мәтін {n} " * 5)
        for n in range(count)
    )


def shown(snapshot: Snapshot) -> tuple[object, ...]:
    """Returns all that a generation shows."""
    rows = np.arange(len(snapshot))
    query = np.ones(8, dtype=np.float32)
    return (
        snapshot.passages(rows),
        snapshot.similarities(query, rows).tolist(),
        [snapshot.outline(edition) for edition in snapshot.editions],
        snapshot.statistics.spread,
        snapshot.statistics.definitions,
    )


def flipped(path: Path, random: np.random.Generator) -> None:
    """Turns one bit of a file."""
    content = bytearray(path.read_bytes())
    content[int(random.integers(len(content)))] ^= 1 << int(random.integers(8))
    path.write_bytes(content)


def copied(whole: Path, folder: Path) -> Path:
    """Returns a copy of a store, without what its readers keep beside it."""
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> Path:
    """A store of two generations that have no edition in common."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    build(texts("ескі"), EmbeddedStore(folder), hashed)
    build(texts("жаңа"), EmbeddedStore(folder), hashed)
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.mark.parametrize("seed", range(40))
def test_a_bit_that_is_wrong_is_named_or_changes_nothing(
    whole: Path, tmp_path: Path, seed: int
) -> None:
    """Wherever it is; the generation before goes on being readable, or is refused as well."""
    random = np.random.default_rng(seed)
    store = EmbeddedStore(whole)
    expected = {generation: shown(store.snapshot(generation)) for generation in (2, 1)}
    folder = copied(whole, tmp_path / "index")
    files = sorted(path for path in folder.rglob("*") if path.stat().st_size and path.is_file())
    # Half of the trials are of the file that everything is derived from.
    flipped(folder / FILE if seed % 2 else files[int(random.integers(len(files)))], random)
    for generation in (2, 1):
        try:
            found = shown(EmbeddedStore(folder).snapshot(generation))
        except CorruptIndexError as error:
            named = FILE in str(error)
        else:
            named = found == expected[generation]
        assert named, generation


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET text = 'басқа' WHERE number = {passage}",
        "UPDATE passages SET eid = 'al_99' WHERE number = {passage}",
        "UPDATE editions SET outline = '[ ]' WHERE number = {edition}",
        "UPDATE editions SET analysis = zeroblob(9) WHERE number = {edition}",
        "UPDATE vectors SET value = zeroblob(16) WHERE number = {vector}",
        "UPDATE documents SET description = replace(description, '{name}', 'd')",
        "UPDATE documents SET added = 9 WHERE added = 2",
        "UPDATE documents SET ended = NULL",
        "DELETE FROM windows WHERE passage = {passage}",
    ],
)
def test_the_last_good_generation_can_be_opened(
    whole: Path, tmp_path: Path, statement: str
) -> None:
    """What is damaged in the newest is refused; what is whole in the one before is shown."""
    expected = shown(EmbeddedStore(whole).snapshot(1))
    folder = copied(whole, tmp_path / "index")
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        last = {
            "passage": "SELECT max(number) FROM passages",
            "edition": "SELECT max(number) FROM editions",
            "vector": "SELECT max(number) FROM vectors",
            "name": "SELECT max(id) FROM documents WHERE ended IS NULL",
        }
        values = {name: connection.execute(sql).fetchone()[0] for name, sql in last.items()}
        assert connection.execute(statement.format(**values)).rowcount
    store = EmbeddedStore(folder)
    with pytest.raises(CorruptIndexError, match=FILE):
        store.snapshot()
    assert store.check()
    if "ended = NULL" not in statement:
        assert shown(store.snapshot(1)) == expected


def test_a_text_that_goes_wrong_later_is_not_shown(whole: Path, tmp_path: Path) -> None:
    """It is compared whenever it is read; the others are shown."""
    folder = copied(whole, tmp_path / "index")
    snapshot = EmbeddedStore(folder).snapshot()
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(
            "UPDATE passages SET text = 'басқа' WHERE number = (SELECT max(number) FROM passages)"
        )
    assert snapshot.passages([0])
    with pytest.raises(CorruptIndexError, match=f"{FILE}: жаңа1.*not what was stored"):
        snapshot.passages([len(snapshot) - 1])


def test_damage_is_not_built_upon_and_goes_with_its_document(
    whole: Path, tmp_path: Path, hashed: Encoder
) -> None:
    """A change that keeps a damaged edition is refused; building anew reads and mends it."""
    folder = copied(whole, tmp_path / "index")
    store = EmbeddedStore(folder)
    expected = shown(store.snapshot())
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(
            "UPDATE vectors SET value = zeroblob(16)"
            " WHERE number = (SELECT max(number) FROM vectors)"
        )
    assert set(store.sources()) == {"жаңа0"}
    with pytest.raises(CorruptIndexError, match="жаңа1"):
        store.remove(["жаңа0"])
    with pytest.raises(CorruptIndexError, match="жаңа1"):
        store.snapshot()
    build(texts("жаңа"), store, hashed)
    assert shown(store.snapshot()) == expected
    assert store.check() == ()


def test_a_change_that_was_acknowledged_and_lost_is_told(tmp_path: Path, hashed: Encoder) -> None:
    """A log that is cut off takes a generation with it; the one before is shown, and it is said."""
    folder = tmp_path / "index"
    store = EmbeddedStore(folder)
    build(texts("ескі"), store, hashed)
    expected = shown(store.snapshot())
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM meta").fetchone()
        build(texts("жаңа"), store, hashed)
        shutil.copytree(folder, tmp_path / "cut")
    (tmp_path / "cut" / f"{FILE}-wal").write_bytes(b"")
    cut = EmbeddedStore(tmp_path / "cut")
    assert cut.generation() == 2
    with pytest.raises(CorruptIndexError, match=f"{FILE}: generation 2 was published and is no"):
        cut.snapshot()
    assert any("generation 2" in problem for problem in cut.check())
    assert shown(cut.snapshot(1)) == expected
    # The next change goes on from what is there.
    build(texts("жаңа"), cut, hashed)
    assert cut.snapshot().generation == 2
    assert cut.check() == ()


class Counting:
    """Counts what is embedded."""

    name, revision, dimension = "counting", "1", 8

    def __init__(self) -> None:
        """Has embedded nothing."""
        self.count = 0

    def encode_queries(self, texts: list[str]) -> Embeddings:
        """Returns a vector for each text."""
        self.count += len(texts)
        return np.ones((len(texts), 8), dtype=np.float32)

    encode_passages = encode_queries


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("this user cannot mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_before_anything_is_embedded(disk: Path) -> None:
    """Room for what is coming is looked for first."""
    encoder = Counting()
    with pytest.raises(StoreError, match=r"index: about \d+ MB are needed, \d MB are free"):
        build(texts("мәтін", 20_000), EmbeddedStore(disk / "index"), encoder)
    assert encoder.count == 0


def test_a_disk_that_fills_up_meanwhile_loses_nothing(
    disk: Path, hashed: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is refused in one sentence; what was there stays, and no file is left."""
    folder = disk / "index"
    store = EmbeddedStore(folder)
    build(texts("ескі"), store, hashed)
    expected, before = shown(store.snapshot()), sorted(folder.glob("search-*"))
    monkeypatch.setattr(EmbeddedStore, "check_writable", lambda *_: None)
    monkeypatch.setattr("indexer.building.EmbeddingCache.keep", lambda *_: None)
    with pytest.raises(StoreError, match="not changed"):
        build(texts("жаңа", 8_000), store, hashed)
    assert shown(EmbeddedStore(folder).snapshot()) == expected
    assert sorted(folder.glob("search-*")) == before
    assert store.check() == ()


def test_a_disk_that_cannot_be_written_is_said_first(disk: Path) -> None:
    """One sentence names the folder and what to do; nothing is embedded."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    encoder = Counting()
    with pytest.raises(StoreError, match=r"index: cannot be written \(Read-only file system\)"):
        build(texts("мәтін"), EmbeddedStore(disk / "index"), encoder)
    assert encoder.count == 0


def test_who_waits_for_another_writer_says_so(
    whole: Path, tmp_path: Path, hashed: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    """And goes on when the other is done."""
    folder = copied(whole, tmp_path / "index")
    caplog.set_level(logging.WARNING)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done: list[int] = []
        waiting = threading.Thread(
            target=lambda: done.append(
                build(texts("соң"), EmbeddedStore(folder), hashed).generation
            )
        )
        waiting.start()
        deadline = time.monotonic() + 30
        while "another process writes it; waiting" not in caplog.text:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert not done
        other.execute("ROLLBACK")
        waiting.join(60)
    assert done == [3]


@pytest.mark.parametrize("jump", [10 * 365 * 86_400, -10 * 365 * 86_400])
def test_a_clock_that_jumps_takes_nothing_from_a_reader(
    tmp_path: Path, hashed: Encoder, monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """The generation before stays whole; what ended before the jump goes in the end."""
    store = EmbeddedStore(tmp_path)
    build(texts("a"), store, hashed)
    build(texts("b"), store, hashed)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    before = store.snapshot()
    expected = shown(before)
    build(texts("c"), store, hashed)
    assert shown(before) == expected
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        names = {name for (name,) in connection.execute("SELECT id FROM documents")}
    assert names == {"b0", "b1", "c0", "c1"}
