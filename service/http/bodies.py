"""Bodies of requests: read whole before anything is computed, up to a size.

A client that sends slowly holds nothing but its own connection, and one that goes away afterwards
is noticed: what it asked for is given up.
"""

import asyncio
from collections.abc import Callable

from fastapi import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.paths import route_path
from service.http.workers import CALLER, Caller, Workers


class Bodies:
    """ASGI middleware that reads a body, declared or not, and watches whether its sender stays."""

    def __init__(
        self,
        app: ASGIApp,
        limit: int,
        workers: Workers,
        refuse: Callable[[str, str, int], Response],
        larger: Callable[[Scope], int | None] = lambda scope: None,
    ) -> None:
        """Wraps ``app``.

        Args:
            app: What is served.
            limit: Longest body, in bytes.
            workers: What computes the answers.
            refuse: Makes the refusal from the path, ``Accept-Language`` and the limit.
            larger: Returns another limit for a connection, or None.
        """
        self._app = app
        self._limit = limit
        self._workers = workers
        self._refuse = refuse
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger(scope) or self._limit
        headers = dict(scope["headers"])
        too_large = _exceeds(headers.get(b"content-length", b"0"), limit)
        body = bytearray()
        more = not too_large
        while more:
            chunk = await receive()
            if chunk["type"] != "http.request":
                return
            body += chunk.get("body", b"")
            too_large = len(body) > limit
            more = chunk.get("more_body", False) and not too_large
        if too_large:
            language = headers.get(b"accept-language", b"").decode("latin-1")
            response = self._refuse(route_path(scope), language, limit)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        await self._serve(scope, receive, send, bytes(body))

    async def _serve(self, scope: Scope, receive: Receive, send: Send, body: bytes) -> None:
        gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def watch() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            if not gone.done():
                gone.set_result(None)

        first = True

        async def replay() -> Message:
            nonlocal first
            if first:
                first = False
                return {"type": "http.request", "body": body, "more_body": False}
            await asyncio.shield(gone)
            return {"type": "http.disconnect"}

        watcher = asyncio.create_task(watch())
        token = CALLER.set(Caller(self._workers, gone))
        try:
            await self._app(scope, replay, send)
        finally:
            CALLER.reset(token)
            watcher.cancel()
            gone.cancel()


def _exceeds(declared: bytes, size: int) -> bool:
    # Python refuses to read thousands of digits; twenty are more than any machine holds.
    return declared.isdigit() and (len(declared) > 20 or int(declared) > size)
