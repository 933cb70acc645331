"""Fixtures that several packages' tests share."""

import gc
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import numpy as np
import pytest
import uvicorn
from filelock import FileLock

from indexer.building import build, build_folder
from indexer.documents.corpus import read_corpus, sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings, Encoder, load_encoder
from indexer.embedding.models import find_model
from indexer.stores.embedded import EmbeddedSnapshot, EmbeddedStore
from service.engine.engine import Engine
from service.engine.live import LiveEngine
from service.settings import Settings

# How long an example takes says nothing on a busy machine.
hypothesis.settings.register_profile("tarmaq", deadline=None)
hypothesis.settings.load_profile("tarmaq")

ROOT = Path(__file__).resolve().parent.parent

# What a headless browser needs in a container, and what keeps it from calling home.
_BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


_PROCESSES = {"browser", "changeable", "growth", "host", "serve", "server", "serving"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets what needs processes, sockets or the clock fail once; the report counts such reruns."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & _PROCESSES or item.get_closest_marker("processes"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("TARMAQ_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("development data is not here; name its folder in TARMAQ_SHARED")
    return folder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model."""
    return load_encoder(find_model(ROOT / "models.txt"))


@pytest.fixture(scope="session")
def passage() -> Callable[..., Passage]:
    """Makes a passage of a text and the headings above it."""

    def make(text: str, *headings: str) -> Passage:
        return Passage("document", "para_1", "kk", None, headings, text)

    return make


@pytest.fixture(scope="session")
def concept_passages(root: Path) -> tuple[Passage, ...]:
    """The passages of the shipped concept."""
    (source,) = read_corpus(root / "seeds")
    expression = source.expressions[0]
    return expression.passages


class HashedEncoder:
    """Stands for a model where no meaning is needed: a text's vector is made of its hash."""

    name, revision, dimension = "hashed", "1", 8

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Returns a unit vector for each text, the same for the same text."""
        vectors = np.stack([self._vector(text) for text in texts])
        unit: Embeddings = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    encode_passages = encode_queries

    def _vector(self, text: str) -> Embeddings:
        digest = hashlib.blake2b(text.encode(), digest_size=self.dimension).digest()
        return np.frombuffer(digest, dtype=np.uint8).astype(np.float32) - 127.5


@pytest.fixture(scope="session")
def hashed() -> Encoder:
    """An encoder without a model: vectors are made of hashes."""
    return HashedEncoder()


@pytest.fixture(scope="session")
def snapshot_of(
    tmp_path_factory: pytest.TempPathFactory, hashed: Encoder
) -> Callable[[Iterable[Passage]], EmbeddedSnapshot]:
    """Puts passages into a store of their own, with hashed vectors, and opens it."""

    def make(passages: Iterable[Passage]) -> EmbeddedSnapshot:
        store = EmbeddedStore(tmp_path_factory.mktemp("store"))
        build(sources_of(passages), store, hashed)
        return store.snapshot()

    return make


@pytest.fixture(scope="session")
def concept_folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A built index of the concept, shared by the whole test run.

    It is copied from the one of the run before or from ``make index``: texts known there are not
    embedded again.
    """
    # Each xdist worker has its own base folder under one common parent.
    shared_folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared_folder = shared_folder.parent
    folder = shared_folder / "concept-index"
    kept = ROOT / "build" / "tests" / "concept-index"
    with FileLock(shared_folder / "concept-index.lock"):
        if not folder.exists():
            for known in (kept, ROOT / "build" / "index"):
                if known.exists() and not folder.exists():
                    shutil.copytree(known, folder)
                    EmbeddedStore(folder).set_aside_unreadable()
            build_folder(ROOT / "seeds", EmbeddedStore(folder), encoder)
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept)
    return folder


@pytest.fixture(scope="session")
def concept(concept_folder: Path) -> EmbeddedSnapshot:
    """The index of the concept."""
    return EmbeddedStore(concept_folder).snapshot()


@pytest.fixture(scope="session")
def engine(concept: EmbeddedSnapshot, encoder: Encoder) -> Engine:
    """The engine over the concept, in this process."""
    return Engine(concept, encoder)


Serving = Callable[..., AbstractContextManager["tuple[subprocess.Popen[str], str]"]]


@contextmanager
def _serving(index: Path, **settings: str) -> Iterator["tuple[subprocess.Popen[str], str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "service", "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "TARMAQ_INDEX": str(index), **settings},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            for line in process.stderr:
                if match := re.search(r"on (http://\S+)", line):
                    break
            else:
                pytest.fail("the server did not start")
            # What it writes must not fill the pipe.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            deadline = time.monotonic() + 180
            while httpx.get(f"{match[1]}/health/ready", timeout=60).status_code != 200:
                assert time.monotonic() < deadline, "the server was not ready in 180 s"
                time.sleep(0.1)
            yield process, match[1]
        finally:
            process.kill()


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Runs ``tarmaq serve`` over an index, as users do, with settings of the environment.

    A context manager that yields the process and its address once it answers questions.
    """
    return _serving


@pytest.fixture(scope="session")
def server(serving: Serving, concept_folder: Path) -> Iterator[str]:
    """The address of a server started as users start it."""
    with serving(concept_folder) as (process, address):
        yield address
        assert process.poll() is None, "the server died during the tests"


@pytest.fixture(scope="session")
def host() -> Callable[[Any], AbstractContextManager[str]]:
    """Serves any ASGI application; a context manager that yields its address."""
    return _running


@pytest.fixture(scope="session")
def serve(engine: Engine) -> Callable[..., AbstractContextManager[str]]:
    """Starts the service with settings; a context manager that yields its address."""
    from service.http.app import create_app

    def start(**settings: Any) -> AbstractContextManager[str]:
        return _running(create_app(Settings(**settings), engine))

    return start


@pytest.fixture(scope="module")
def changeable(
    tmp_path_factory: pytest.TempPathFactory,
    concept_folder: Path,
    engine: Engine,
    host: Callable[[Any], AbstractContextManager[str]],
) -> Iterator[tuple[str, str, Path]]:
    """Address, administrator's key and index of a service over a copy of the concept's index."""
    from service.http.app import create_app
    from service.http.keys import make_key, write_keys

    home = tmp_path_factory.mktemp("home")
    index = Path(shutil.copytree(concept_folder, home / "index"))
    secret, key = make_key("admin", ["admin", "search"])
    _, asking = make_key("asking", ["search"])
    write_keys(home / "keys", [key, asking])
    settings = Settings(index=index, keys_file=home / "keys", max_upload_bytes=400_000)
    live = LiveEngine(EmbeddedStore(index), engine)
    with host(create_app(settings, live)) as address:
        yield address, secret, index


@pytest.fixture(scope="session")
def address(serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """The address of the service with its default settings."""
    with serve() as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Headless Chromium; its event loop must not outlive the module, others run their own."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if (program := shutil.which("chromium")) is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _running(app: Any) -> Iterator[str]:
    """Serves an application on a free port of this machine and yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        deadline = time.monotonic() + 180
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in 180 s"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture
def growth() -> Callable[[Callable[[str], object], str, int], float]:
    """How much longer work takes on a text 16 times as long: about 16, or 256 if quadratic.

    Called with the work, the piece that the text repeats, and the longer text's number of
    pieces. Garbage is not collected meanwhile: its cost grows with what other tests left
    in memory, not with the text.
    """

    def seconds(work: Callable[[str], object], text: str) -> float:
        start = time.thread_time()
        work(text)
        return time.thread_time() - start

    def measure(work: Callable[[str], object], piece: str, count: int) -> float:
        gc.collect()
        gc.disable()
        try:
            short = min(seconds(work, piece * (count // 16)) for _ in range(5))
            long = min(seconds(work, piece * count) for _ in range(2))
        finally:
            gc.enable()
        # A thousandth of a second is a constant that no length explains.
        return long / (short + 0.001)

    return measure
