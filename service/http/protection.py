"""Headers that protect who reads an answer, on every answer that has none of its own.

Source: OWASP, "HTTP Security Response Headers"; CSP Level 3, W3C.
"""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.paths import route_path

_NOTHING: Final = "default-src 'none'; frame-ancestors 'none'"
# The description's page is FastAPI's: its script stands in the page.
_DESCRIPTION: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Protection:
    """ASGI middleware that adds the headers, and names no host where it sends a caller on."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(event: Message) -> None:
            if event["type"] == "http.response.start":
                headers = MutableHeaders(scope=event)
                policy = _DESCRIPTION if route_path(scope).startswith("/docs") else _NOTHING
                headers.setdefault("Content-Security-Policy", policy)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                # Where a router sends on to a path without its last slash it repeats the Host.
                if (location := headers.get("location", "")).startswith(("http://", "https://")):
                    headers["location"] = "/" + location.partition("://")[2].partition("/")[2]
            await send(event)

        await self._app(scope, receive, protected)
