"""Every request has an id, a line in the log and a place in the metrics."""

import logging
import re
import time
import uuid
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.paths import route_path
from service.observation import metrics
from service.observation.logs import REQUEST_ID, fields

HEADER: Final = "X-Request-ID"
RETRY_SECONDS: Final = 2

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}")
_QUIET = ("/health", "/metrics", "/assets")
_LOG = logging.getLogger(__name__)


class Observed:
    """ASGI middleware: ids, the access log without what stands after ``?``, and metrics.

    A caller's own id is taken where it is 1 to 128 letters, digits and ``._:/+=-``. A 503 says when
    to come again. Source: RFC 9110, section 10.2.3.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wraps ``app``; it must hand its scope on to the router as it is."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request = given if _SANE.fullmatch(given) else uuid.uuid4().hex
        token = REQUEST_ID.set(request)
        start, status = time.perf_counter(), 0

        async def noted(event: Message) -> None:
            nonlocal status
            if event["type"] == "http.response.start":
                status = event["status"]
                headers = MutableHeaders(scope=event)
                headers[HEADER] = request
                if status == 503:
                    headers.setdefault("Retry-After", str(RETRY_SECONDS))
            await send(event)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._note(scope, status, time.perf_counter() - start)
            REQUEST_ID.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        # 499: nginx's number for a client that went away before its answer.
        status = status or 499
        path = route_path(scope)
        metrics.request(scope["method"], _template(scope), status, seconds)
        level = logging.DEBUG if path.startswith(_QUIET) and status < 400 else logging.INFO
        _LOG.log(
            level,
            "%s %s %d",
            scope["method"],
            path,
            status,
            extra=fields(ms=round(seconds * 1000, 1)),
        )


def _template(scope: Scope) -> str:
    """Returns the path that a route was declared with: addresses themselves are without number."""
    return getattr(scope.get("route"), "path", None) or "unknown"
