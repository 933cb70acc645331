"""The Model Context Protocol at ``/mcp``; its kit is loaded when somebody first asks there.

The kit takes longer to import than all the rest, and most processes never need it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from service.engine.engine import Engine
from service.errors import RequestError
from service.http.doors import Contract, Door
from service.http.hosts import address_called
from service.http.shapes import Refusal, problem_shape
from service.http.workers import CALLER
from service.settings import Settings


class McpDoor:
    """The ASGI application at ``/mcp``; it serves while :meth:`run` is entered."""

    def __init__(self, settings: Settings, engine: Callable[[], Engine]) -> None:
        """Takes the settings and where the engine comes from."""
        self._settings = settings
        self._engine = engine
        self._opening: _Opening | None = None

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Serves until left; it may be entered again."""
        # A session manager runs once, an application's lifespan may run again: a server each.
        self._opening = _Opening()
        serving = asyncio.create_task(self._serve(self._opening))
        try:
            yield
        finally:
            opening, self._opening = self._opening, None
            opening.ending.set()
            opening.wanted.set()
            await serving

    async def _serve(self, opening: "_Opening") -> None:
        await opening.wanted.wait()
        if opening.ending.is_set():
            return
        try:
            app, serving = await asyncio.to_thread(self._make)
        except Exception as error:
            # Whoever asked gets it, and so does whoever asks later.
            opening.app.set_exception(error)
            return
        async with serving:
            opening.app.set_result(app)
            await opening.ending.wait()

    def _make(self) -> Any:
        from service.contracts.mcp.server import streamable

        return streamable(self._settings, self._engine, self._base_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        opening = self._opening
        if opening is None:
            await JSONResponse({"error": "starting"}, 503)(scope, receive, send)
            return
        path = scope["path"].rstrip("/")
        try:
            if (caller := CALLER.get()) is not None:
                caller.workers.admit()
        except RequestError as error:
            language = Headers(scope=scope).get("accept-language", "")
            refusal = Refusal(error.code, error.status, error.message, error.retry_after)
            await problem_shape(refusal, language)(scope, receive, send)
            return
        opening.wanted.set()
        app = await asyncio.shield(opening.app)
        await app({**scope, "path": path, "app": None}, receive, send)

    def _base_url(self, context: Any) -> str:
        if self._settings.public_url:
            return self._settings.public_url
        return address_called(context.request_context.request, self._settings)


class _Opening:
    """The kit while it is not loaded yet, and then.

    Attributes:
        wanted: Set when somebody asks, or when it is to end.
        ending: Set when it is to end.
        app: The application, once it serves.
    """

    def __init__(self) -> None:
        self.wanted = asyncio.Event()
        self.ending = asyncio.Event()
        self.app: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()


CONTRACT = Contract(doors=(Door("/mcp", "mcp", problem_shape),))
