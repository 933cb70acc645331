"""Paths behind a proxy's prefix, and the method HEAD: what stands before every route."""

from contextvars import ContextVar
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PREFIX: Final[ContextVar[str]] = ContextVar("prefix", default="")
_STREAMS = "/mcp"


def prefix() -> str:
    """Returns what the paths of this request's links begin with; empty at the root of a host."""
    return _PREFIX.get()


def route_path(scope: Scope) -> str:
    """Returns the path without the prefix: the one that routes are declared with."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


class Prefixed:
    """ASGI middleware: the application lies under a prefix, whether the proxy strips it or not.

    Source: ASGI, HTTP connection scope: ``path`` begins with ``root_path``.
    """

    def __init__(self, app: ASGIApp, root: str = "") -> None:
        """Wraps ``app``; ``root`` is the prefix, empty for the one that the server says."""
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        root, path = self._root or scope.get("root_path", ""), scope["path"]
        if path != root and not path.startswith(f"{root}/"):
            path = root + path
        token = _PREFIX.set(root)
        try:
            await self._app({**scope, "root_path": root, "path": path}, receive, send)
        finally:
            _PREFIX.reset(token)


class HeadAsGet:
    """ASGI middleware: HEAD is answered as GET is, without the content.

    Source: RFC 9110, section 9.3.2. Only ``/mcp`` is left alone: its GET opens a stream.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wraps ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if (
            scope["type"] != "http"
            or scope["method"] != "HEAD"
            or route_path(scope).startswith(_STREAMS)
        ):
            await self._app(scope, receive, send)
            return

        async def without_content(event: Message) -> None:
            if event["type"] == "http.response.body":
                event = {**event, "body": b""}
            await send(event)

        await self._app({**scope, "method": "GET"}, receive, without_content)
