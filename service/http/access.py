"""Who may come in: one check of keys before every door, in the words of that door's contract."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service import contracts
from service.catalogue import message
from service.http import keys, problems
from service.http.doors import Door
from service.http.paths import route_path
from service.http.rates import Rates
from service.http.sessions import Sessions, cookie_of
from service.http.shapes import Refusal, Shape, problem_shape
from service.settings import Settings

DOORS = (
    *(door for contract in contracts.CONTRACTS for door in contract.doors),
    Door("/metrics", "metrics", problem_shape),
    Door("/v1/jobs", "admin", problem_shape),
    Door("/v1", "search", problem_shape),
)
"""The doors, the first that leads to an address; pages, documentation and health need no key."""

PUBLIC: Final = "public"
SESSION: Final = "session"
"""Pages that ask for an administrator's session: :mod:`service.http.sessions`."""

UNCOUNTED: Final = ("/health/", "/metrics", "/assets/", "/static-offline-docs")
"""Beginnings of paths that compute nothing; they are not counted where rates are limited."""

ROUTES: Final[Mapping[str, str]] = {
    "/": PUBLIC,
    "/documents/{document_id}": PUBLIC,
    "/documents/{document_id}/cite": PUBLIC,
    "/suggestions": PUBLIC,
    "/assets/{name}": PUBLIC,
    "/robots.txt": PUBLIC,
    "/sitemap.xml": PUBLIC,
    "/docs": PUBLIC,
    "/docs/oauth2-redirect": PUBLIC,
    "/openapi.json": PUBLIC,
    "/static-offline-docs": PUBLIC,
    "/health/live": PUBLIC,
    "/health/ready": PUBLIC,
    "/feedback": PUBLIC,
    "/admin": SESSION,
    "/admin/key": PUBLIC,
    "/admin/leave": SESSION,
    "/admin/documents": SESSION,
    "/admin/documents/{name}/remove": SESSION,
    "/admin/questions": SESSION,
    "/admin/jobs/{name}": SESSION,
    "/v1/search": "search",
    "/v1/feedback": "search",
    "/v1/documents/{document_id}": "search",
    "/v1/documents/{document_id}/description": "search",
    "/v1/jobs/{job_id}": "admin",
    "/v1/jobs/{job_id}/publish": "admin",
    "/v1/documents": "search",
    "/v1/documents/{document_id:path}": "search",
    "/v1/passages/{passage_id:path}": "search",
    "/mcp": "mcp",
    "/mcp/": "mcp",
    "/metrics": "metrics",
    **{path: door.scope for contract in contracts.CONTRACTS for path, door in contract.routes()},
}
"""Every route of the service with the scope that opens it; a test compares it with the service.

Changing documents needs ``admin``: :func:`needed_scope`.
"""


def door(path: str, doors: Sequence[Door] = DOORS) -> Door | None:
    """Returns the door that ``path`` is behind; None where everybody may go."""
    return next((candidate for candidate in doors if candidate.leads_to(path)), None)


def install(app: FastAPI) -> None:
    """Words unknown addresses and methods as the contract does that they are nearest to."""
    app.add_exception_handler(HTTPException, _on_http_error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    wrong = cast(HTTPException, error)
    code, text = problems.http_error(request, wrong)
    refusal = Refusal(code, wrong.status_code, text)
    shape = shape_of(route_path(request.scope))
    response = shape(refusal, request.headers.get("accept-language", ""))
    response.headers.update(wrong.headers or {})
    return response


def needed_scope(found: Door, path: str, method: str) -> keys.Scope:
    """Returns the scope that a request behind a door needs: changing documents needs its own."""
    first, *inside = path.removeprefix("/v1/").split("/")
    changes = method not in ("GET", "HEAD", "OPTIONS") or inside[1:] == ["description"]
    if path.startswith("/v1/") and (first == "jobs" or (first == "documents" and changes)):
        return "admin"
    return found.scope


def upload_limit(scope: Scope, settings: Settings, sessions: Sessions) -> int | None:
    """Returns how long a body that hands documents over may be; None for any other body."""
    path = route_path(scope)
    found = door(path)
    if found and needed_scope(found, path, scope["method"]) == "admin":
        # The key has been asked for already.
        return settings.max_upload_bytes
    if path.startswith("/admin/") and sessions.find(cookie_of(scope)):
        return settings.max_upload_bytes
    return None


def shape_of(path: str) -> Shape:
    """Returns how the door at ``path`` words an error; problem details where there is none."""
    found = door(path)
    return found.shape if found else problem_shape


def refuse_large(path: str, accept_language: str, limit: int) -> Response:
    """Returns the refusal of a body over ``limit`` bytes, in the words of the door at ``path``."""
    text = message("body-too-large", limit=limit)
    return shape_of(path)(Refusal("body-too-large", 413, text), accept_language)


class KeyCheck:
    """ASGI middleware: asks for an API key and counts requests, before a body is read."""

    def __init__(
        self,
        app: ASGIApp,
        ring: keys.KeyRing,
        open_scopes: Sequence[keys.Scope] = (),
        rates: Rates | None = None,
    ) -> None:
        """Wraps ``app``; the doors of ``open_scopes`` need no key."""
        self._app = app
        self._ring = ring
        self._open = frozenset(open_scopes)
        self._rates = rates or Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] == "http" and (refusal := self._refusal(scope)):
            headers = Headers(scope=scope)
            response = shape_of(route_path(scope))(refusal, headers.get("accept-language", ""))
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Refusal | None:
        path = route_path(scope)
        found = door(path)
        key: keys.Key | None = None
        needed = needed_scope(found, path, scope["method"]) if found else None
        if needed == "admin" and not self._ring.needed:
            return Refusal("admin-closed", 403, message("admin-closed"))
        if needed and self._ring.needed and needed not in self._open:
            read = self._read(Headers(scope=scope).get("authorization"), needed)
            if isinstance(read, Refusal):
                # Guessing is counted as well.
                return self._rates.refusal(_address(scope), None) or read
            key = read
        if path.startswith(UNCOUNTED):
            return None
        return self._rates.refusal(_address(scope), key.name if key else None)

    def _read(self, authorization: str | None, needed: keys.Scope) -> "keys.Key | Refusal":
        if authorization is None:
            return Refusal("missing-key", 401, message("missing-key"))
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return Refusal("malformed-key", 401, message("malformed-key"))
        if (key := self._ring.find(secret.strip())) is None:
            return Refusal("refused-key", 401, message("refused-key"))
        if needed not in key.scopes:
            return Refusal("wrong-scope", 403, message("wrong-scope", name=key.name, scope=needed))
        return key


def _address(scope: Scope) -> str:
    # The server has put the caller of a trusted proxy there.
    client = scope.get("client")
    return str(client[0]) if client else ""
