"""Real servers with the settings that a test asks for."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import uvicorn

from service.app import create_app
from service.engine import Engine
from service.settings import Settings

Serve = Callable[..., AbstractContextManager[str]]


@contextmanager
def running(app: Any) -> Iterator[str]:
    """Serves an application on a free port of this machine and yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        deadline = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in 30 s"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


@pytest.fixture(scope="session")
def serve(engine: Engine) -> Serve:
    """Starts the service with settings; a context manager that yields its address."""

    def start(**settings: Any) -> AbstractContextManager[str]:
        return running(create_app(Settings(**settings), engine))

    return start


@pytest.fixture(scope="session")
def address(serve: Serve) -> Iterator[str]:
    """The address of the service with its default settings."""
    with serve() as url:
        yield url
