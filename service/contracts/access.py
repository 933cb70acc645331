"""Who may come in: one check of keys before every door, in the words of that door's contract."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service import keys
from service.catalogue import message
from service.contracts.shapes import (
    Refusal,
    Shape,
    cohere_shape,
    dify_shape,
    openai_shape,
    problem_shape,
)


@dataclass(frozen=True, slots=True)
class Door:
    """The addresses that begin with ``prefix``, what opens them, and how they refuse."""

    prefix: str
    scope: keys.Scope
    shape: Shape


DOORS = (
    Door("/dify", "dify", dify_shape),
    Door("/mcp", "mcp", problem_shape),
    Door("/v1/chat", "chat", openai_shape),
    Door("/v1/models", "chat", openai_shape),
    Door("/v1/vector_stores", "search", openai_shape),
    Door("/v1/rerank", "rerank", cohere_shape),
    Door("/v2/rerank", "rerank", cohere_shape),
    Door("/v1", "search", problem_shape),
    Door("/v2", "search", problem_shape),
)
"""The doors, the first whose prefix fits; pages, documentation and health need no key."""


def door(path: str, doors: Sequence[Door] = DOORS) -> Door | None:
    """Returns the door that ``path`` is behind; None where everybody may go."""
    for candidate in doors:
        if path == candidate.prefix or path.startswith(f"{candidate.prefix}/"):
            return candidate
    return None


def refuse_large(path: str, accept_language: str, limit: int) -> Response:
    """Returns the refusal of a body over ``limit`` bytes, in the words of the door at ``path``."""
    found = door(path)
    shape = found.shape if found else problem_shape
    text = message("body-too-large", limit=limit)
    return shape(Refusal("body-too-large", 413, text), accept_language)


class KeyCheck:
    """ASGI middleware that asks for an API key, before anything of the body is read."""

    def __init__(
        self, app: ASGIApp, ring: keys.KeyRing, open_scopes: Sequence[keys.Scope] = ()
    ) -> None:
        """Wraps ``app``; the doors of ``open_scopes`` need no key."""
        self._app = app
        self._ring = ring
        self._open = frozenset(open_scopes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] == "http" and self._ring.needed:
            # Behind a proxy's prefix the path begins with it; routes are found without it.
            found = door(scope["path"].removeprefix(scope.get("root_path", "")))
            if found and found.scope not in self._open:
                headers = Headers(scope=scope)
                if refusal := self._refusal(headers.get("authorization"), found.scope):
                    response = found.shape(refusal, headers.get("accept-language", ""))
                    await response(scope, receive, send)
                    return
        await self._app(scope, receive, send)

    def _refusal(self, authorization: str | None, needed: keys.Scope) -> Refusal | None:
        if authorization is None:
            return Refusal("missing-key", 401, message("missing-key"))
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            return Refusal("malformed-key", 401, message("malformed-key"))
        if (key := self._ring.find(secret.strip())) is None:
            return Refusal("refused-key", 401, message("refused-key"))
        if needed not in key.scopes:
            return Refusal("wrong-scope", 403, message("wrong-scope", name=key.name, scope=needed))
        return None
