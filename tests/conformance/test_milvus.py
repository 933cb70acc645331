"""What only a store on a server must do: outlive it, and be read and written by many at once.

The server listens on all interfaces, so these tests, and the suite on Milvus, run in a network
namespace: the first test runs them all there.
"""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from evaluation.standalone import Server, missing
from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.milvus.client import Client
from indexer.stores.milvus.contents import GRACE, Contents
from indexer.stores.milvus.store import MilvusStore
from service.engine.engine import Engine

TRIALS = int(os.environ.get("TARMAQ_TRIALS", "1"))
HERE = Path(__file__).parent
INSIDE = not missing()
Writing = Any
Made = Callable[..., MilvusStore]

needs_server = pytest.mark.skipif(not INSIDE, reason=f"No Milvus server: {missing()}.")


def run(*command: str, root: Path, **more: Any) -> "subprocess.Popen[str]":
    """Starts a program of this folder."""
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        **more,
    )


def versioned(name: str, count: int) -> Any:
    """Returns a document of ``count`` passages that say so."""
    return sources_of(
        Passage(name, f"al_{place}", "kk", None, (), f"{name} {count} {place}")
        for place in range(count)
    )


class Counting:
    """Embeds by length."""

    name, revision, dimension, engine = "counting", "1", 2, ""

    def encode_queries(self, texts: Any) -> Any:
        """Returns the length beside 1."""
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    encode_passages = encode_queries


@pytest.fixture
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """Opens a store on the server, the same one each time, as a process or machine of its own."""
    server, name = request.getfixturevalue("milvus"), f"t{uuid4().hex[:8]}"

    def make(index: str = "flat") -> MilvusStore:
        address = f"milvus://{server.address}/{name}?index={index}"
        store = MilvusStore(address, tmp_path / uuid4().hex)
        store.address = address  # type: ignore[attr-defined]
        return store

    return make


@pytest.fixture
def stopping() -> Iterator[list["subprocess.Popen[str]"]]:
    """Processes that are ended with the test, whatever comes."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def test_the_suite_holds_on_milvus(root: Path) -> None:
    """All that every store must do, and the rest of this file, on a real server."""
    if INSIDE:
        pytest.skip("It runs now.")
    for package in ("milvus", "pymilvus"):
        if find_spec(package) is None:
            pytest.skip(f"No Milvus server: {missing()}.")
    if not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("No network namespaces here: unshare or ip is missing.")
    script = 'ip link set lo up && exec "$@"'
    suite = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0", "-k", "milvus"]
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", script, "sh", *suite, str(HERE)],
        cwd=root, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5000:]
    assert " passed" in done.stdout


@needs_server
@pytest.mark.parametrize("seed", range(TRIALS))
def test_what_milvus_acknowledged_outlives_its_kill(
    milvus: Server,
    made: Made,
    root: Path,
    tmp_path: Path,
    stopping: list["subprocess.Popen[str]"],
    seed: int,
) -> None:
    """The server is killed while a generation is published; no document is lost, none is half."""
    store = made()
    process = run(str(HERE / "publishing.py"), store.address, str(tmp_path / "w"), root=root)  # type: ignore[attr-defined]
    stopping.append(process)
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line.strip())
        if said.count("done") == 3:
            break
    time.sleep(float(np.random.default_rng(seed).uniform(0, 0.6)))
    milvus.kill()
    process.kill()
    said += process.stdout.read().split("\n")
    milvus.start()
    acknowledged = [said[at - 1] for at, line in enumerate(said) if line == "done"]
    begun = [line for line in said if line.startswith("d0")]
    snapshot = store.snapshot()
    assert list(snapshot.documents) in (acknowledged, begun)
    passages = snapshot.passages(range(len(snapshot)))
    assert len(passages) == 200 * len(snapshot.documents)
    lengths = snapshot.similarities(np.array([1, 0], np.float32), np.arange(len(snapshot)))
    assert lengths.tolist() == [len(passage.text) for passage in passages]
    assert store.check() == ()
    build(versioned("after", 3), store, Counting())
    assert list(store.snapshot().documents) == ["after"]


@needs_server
def test_changes_on_milvus_at_once_are_all_made(made: Made, writing: Writing) -> None:
    """Whoever comes second makes its change again on top of the first one's."""
    first = made()
    first.put([writing.plain("a", "бір")], writing.model)
    failed: list[BaseException] = []

    def put(number: int) -> None:
        try:
            store = made()
            for part in range(4):
                store.put([writing.plain(f"d{number}-{part}", f"{number} {part}")], writing.model)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert first.generation() == 13
    assert len(first.snapshot().documents) == 13


@needs_server
def test_readers_of_milvus_see_whole_generations(
    made: Made, root: Path, tmp_path: Path, stopping: list["subprocess.Popen[str]"]
) -> None:
    """Processes that read all the time never see a change half, and see the newest one soon."""
    store = made()
    build(versioned("a", 3), store, Counting())
    readers = [
        run(str(HERE / "reading.py"), store.address, str(tmp_path / name), root=root)  # type: ignore[attr-defined]
        for name in ("1", "2")
    ]
    stopping += readers
    for count in (90, 4, 130, 7):
        last = build(versioned("a", count), store, Counting()).generation
    for reader in readers:
        assert reader.stdout is not None
        seen = []
        while last not in seen:
            line = reader.stdout.readline()
            assert line, f"a reader saw {seen} and ended"
            seen.append(int(line))
        out, _ = reader.communicate("end\n", timeout=60)
        assert out.endswith("whole\n")
        assert seen == sorted(seen)


@needs_server
def test_what_milvus_no_longer_needs_is_swept(made: Made, writing: Writing) -> None:
    """What was replaced goes after a day; what is needed stays, and so does what is young."""
    store = made()
    store.put([writing.plain("a", *(f"ескі {n}" for n in range(80)))], writing.model)
    store.put([writing.plain("a", "ескі 1", "жаңа")], writing.model)
    assert store.tidy(time.time() + 7200) == 0
    assert store._generations.numbers() == [2]
    removed = store.tidy(time.time() + GRACE + 7200)
    assert removed > 79
    time.sleep(1)  # Milvus hides what was deleted a moment later.
    assert store.tidy(time.time() + GRACE + 7200) == 0
    assert store.check() == ()
    vectors = store.snapshot()._source.vectors
    assert len([*store._client.keys(vectors.collection, "number")]) == 2
    store.put([writing.plain("a", "ескі 2")], writing.model)
    assert store.generation() == 3
    assert store.check() == ()


@needs_server
def test_damage_on_milvus_is_told(made: Made, writing: Writing) -> None:
    """A content that is gone is missed when all is checked, and when it is read."""
    store = made()
    store.put([writing.plain("a", "бір", "екі")], writing.model)
    snapshot = store.snapshot()
    ((_, kept),) = snapshot._source.editions
    key = f"{kept.blocks[0].partition('.')[0]}.0"
    collection = Contents(store._client).collection
    store._client.delete(collection, "key", [key], int(time.time()) + 1000)
    time.sleep(0.5)
    (problem,) = store.check()
    assert "missing or damaged" in problem
    with pytest.raises(CorruptIndexError, match="tarmaq restore"):
        store.snapshot().passages([0])


@needs_server
def test_milvus_answers_as_the_embedded_store_does(
    made: Made, concept_folder: Path, encoder: Encoder, root: Path
) -> None:
    """Everyday questions about the concept find the same first item in at least 99 of 100."""
    embedded, store = EmbeddedStore(concept_folder), made("hnsw")
    store.put(embedded.contents(), embedded.model())
    engines = [Engine(one.snapshot(), encoder) for one in (embedded, store)]
    file = root / "evaluation" / "datasets" / "concept-everyday" / "queries.jsonl"
    questions = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
    same, scores = 0, []
    for question in questions:
        one, other = (engine.ask(question).results[0] for engine in engines)
        same += one.passage.id == other.passage.id
        scores.append(abs(one.score - other.score))
    print(f"{same} of {len(questions)} alike, scores differ by {max(scores):.5f} at most")  # noqa: T201
    assert same >= 0.99 * len(questions)


@needs_server
def test_a_milvus_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    """The error names it, without the password."""
    store = MilvusStore("milvus://user:secret@127.0.0.1:19531/x", tmp_path)
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:19531") as caught:
        store.generation()
    assert "secret" not in str(caught.value)


@needs_server
def test_one_generation_of_milvus_is_published_once(made: Made, writing: Writing) -> None:
    """Of two who publish the same number, the second is told that it came second."""
    store = made()
    store.put([writing.plain("a", "бір")], writing.model)
    generations, root = store._generations, store._newest().root
    assert generations.publish(2, root, writing.model, 0.0)
    assert not generations.publish(2, root, writing.model, 0.0)
    assert isinstance(store._client, Client)
    assert list(store.snapshot().documents) == ["a"]
