"""Runs the application: one process, or several over one port, until they are told to end.

Ending takes a bounded time. What has been accepted is answered; connections on which nothing comes
are closed; whatever is still there when the time is over is given up.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import time
from functools import partial
from multiprocessing import parent_process
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import multiprocess

from service.engine.memory import defer
from service.http.connections import GuardedProtocol, Patience
from service.settings import Settings

_LOG = logging.getLogger(__name__)
_CLOSE: Final = (b"connection", b"close")
_LAST_SECONDS: Final = 1.0
"""How long connections are still taken after the word to end: a client that has one open may be
writing on it, and what waits in the port's queue was accepted too."""

_WAKING_SECONDS: Final = 0.05
_BEYOND_SECONDS: Final = 5.0


class Server(uvicorn.Server):
    """A server that finishes what it accepted, and ends."""

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serves; a terminal that is closed ends it, another hang-up does not."""
        if threading.current_thread() is threading.main_thread():
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hung_up)
        await super().serve(sockets)

    def _hung_up(self) -> None:
        if sys.stdin is not None and sys.stdin.isatty():
            self.should_exit = True
        else:
            _LOG.info("hang-up: index and keys are read again anyway, settings at the next start")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends; see the module."""
        limit = float(self.config.timeout_graceful_shutdown or 0)
        bound = threading.Timer(_LAST_SECONDS + limit + _BEYOND_SECONDS, os._exit, [1])
        bound.daemon = True
        bound.start()
        self.server_state.default_headers = [*self.server_state.default_headers, _CLOSE]
        for connection in list(self.server_state.connections):
            cycle = getattr(connection, "cycle", None)
            if cycle is not None and not cycle.response_started:
                cycle.default_headers = self.server_state.default_headers
        end = time.monotonic() + _LAST_SECONDS
        while time.monotonic() < end and not self.force_exit:
            await asyncio.sleep(_WAKING_SECONDS)
            if not self.server_state.connections:
                break
        # The port's queue is emptied once more: what waits there when it is given back is refused.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await super().shutdown(sockets)
        if threading.current_thread() is not threading.main_thread():
            # Else the process ends now, and waits for its threads no longer than that.
            bound.cancel()


class _Worker(multiprocess.Process):
    """One of several processes."""

    @property
    def server(self) -> uvicorn.Server:
        """The server of this process."""
        if self._server is None:
            self._server = Server(config=self.config)
        return self._server

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serves until told to end, or until the process that watches over all is gone."""
        defer()
        threading.Thread(target=self._end_with_parent, daemon=True).start()
        super().target(sockets)

    def _end_with_parent(self) -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            self.server.should_exit = True


class _Supervisor(multiprocess.Multiprocess):
    """What starts the processes, replaces them and ends them."""

    def terminate_all(self) -> None:
        """Ends all; what keeps the port open without taking connections would lose them."""
        for listener in self.sockets:
            listener.close()
        super().terminate_all()


def server_of(app: ASGIApp | str, settings: Settings, **more: Any) -> Server:
    """Returns a server of an application; ``run(sockets=[…])`` serves it."""
    return Server(_config(app, settings, **more))


def serve_workers(settings: Settings, listener: socket.socket) -> None:
    """Serves in ``settings.workers`` processes, each with an engine of its own over one store.

    One that dies is replaced. A hang-up replaces them one by one: settings are read anew and no
    request is refused.
    """
    # uvicorn names the class of its processes in a module, not in an argument.
    multiprocess.Process = _Worker  # type: ignore[misc]
    config = _config(
        "service.http.app:create_app", settings, factory=True, workers=settings.workers
    )
    _Supervisor(config, [listener]).run()


def _config(app: ASGIApp | str, settings: Settings, **more: Any) -> uvicorn.Config:
    patience = Patience(settings.head_seconds, settings.body_seconds, settings.reading_seconds)
    return uvicorn.Config(
        app,
        http=partial(GuardedProtocol, patience=patience),  # type: ignore[arg-type]
        ws="none",
        log_config=None,
        # It would hold the questions: they stand in the addresses of pages.
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        timeout_worker_healthcheck=60,
        **more,
    )
