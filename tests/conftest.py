"""Fixtures that several packages' tests share."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import uvicorn

from indexer.building import build_index
from indexer.corpus import read_corpus
from indexer.embedding import Encoder, load_encoder
from indexer.index import Index, load_index
from indexer.models import find_model
from service.engine import Engine
from service.library import Library
from service.retrieval import Retriever
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
def concept_folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A built index of the concept, shared by the whole test run."""
    # Each xdist worker has its own base folder under one common parent.
    shared_folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared_folder = shared_folder.parent
    folder = shared_folder / "concept-index"
    build_index(read_corpus(ROOT / "seeds"), folder, encoder)
    return folder


@pytest.fixture(scope="session")
def concept(concept_folder: Path) -> Index:
    """The index of the concept."""
    return load_index(concept_folder)


@pytest.fixture(scope="session")
def engine(concept: Index, encoder: Encoder) -> Engine:
    """The engine over the concept, in this process."""
    return Engine(concept, Retriever(concept, encoder), Library(concept))


@pytest.fixture(scope="session")
def server(root: Path, concept_folder: Path) -> Iterator[str]:
    """The address of a server started as users start it."""
    with subprocess.Popen(
        [sys.executable, "-m", "service", "serve", "--port", "0"],
        cwd=root,
        env={**os.environ, "TARMAQ_INDEX": str(concept_folder)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if match := re.search(r"running on (http://\S+)", line):
                break
        else:
            pytest.fail("the server did not start")
        yield match[1]
        assert process.poll() is None, "the server died during the tests"
        process.terminate()


@pytest.fixture(scope="session")
def host() -> Callable[[Any], AbstractContextManager[str]]:
    """Serves any ASGI application; a context manager that yields its address."""
    return _running


@pytest.fixture(scope="session")
def serve(engine: Engine) -> Callable[..., AbstractContextManager[str]]:
    """Starts the service with settings; a context manager that yields its address."""
    from service.app import create_app

    def start(**settings: Any) -> AbstractContextManager[str]:
        return _running(create_app(Settings(**settings), engine))

    return start


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
