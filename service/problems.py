"""Errors over HTTP: RFC 9457 problem details with the message in three languages."""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer.documents import Trilingual
from indexer.passages import Language
from service.catalogue import message
from service.errors import RequestError

_LOG = logging.getLogger(__name__)


def problem(
    code: str,
    status: int,
    detail: Trilingual,
    *,
    accept_language: str = "",
    headers: Mapping[str, str] | None = None,
    **extra: object,
) -> JSONResponse:
    """Returns a problem document (RFC 9457) with ``detail`` in the caller's language.

    All three languages are in the extension member ``messages``.
    """
    language = negotiate(accept_language)
    return JSONResponse(
        {
            "type": f"urn:tarmaq:problem:{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail[language],
            "messages": {"kk": detail.kk, "ru": detail.ru, "en": detail.en},
            **extra,
        },
        status_code=status,
        headers={"Content-Language": language, **(headers or {})},
        media_type="application/problem+json",
    )


def negotiate(accept_language: str) -> Language:
    """Returns the first of Kazakh, Russian and English that ``Accept-Language`` asks for.

    English where it asks for none of them. Source: RFC 9110, section 12.5.4.
    """
    wishes: list[tuple[float, Language]] = []
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.split("-")[0].lower()
        weight = parameters.strip().removeprefix("q=") if parameters else "1"
        try:
            quality = float(weight)
        except ValueError:
            continue
        if primary in ("kk", "ru", "en") and quality > 0:
            wishes.append((quality, cast(Language, primary)))
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else "en"


def install(app: FastAPI) -> None:
    """Makes every error of ``app`` a problem document."""
    app.add_exception_handler(RequestError, _on_request_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_failure)


async def _on_request_error(request: Request, error: Exception) -> JSONResponse:
    error = cast(RequestError, error)
    return problem(
        error.code, error.status, error.message, accept_language=_accept_language(request)
    )


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    # The input itself is left out: it may hold what cannot be written as JSON.
    errors = [
        {"field": ".".join(str(part) for part in item["loc"]), "reason": item["msg"]}
        for item in cast(RequestValidationError, error).errors()
    ]
    fields = "; ".join(f"{item['field']}: {item['reason']}" for item in errors)
    return problem(
        "invalid-request",
        422,
        message("invalid-request", fields=_encodable(fields)),
        accept_language=_accept_language(request),
        errors=[{key: _encodable(value) for key, value in item.items()} for item in errors],
    )


async def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    error = cast(HTTPException, error)
    codes: dict[int, tuple[str, dict[str, Any]]] = {
        404: ("not-found", {"path": request.url.path}),
        405: ("method-not-allowed", {"method": request.method}),
        400: ("invalid-request", {"fields": error.detail}),
    }
    code, values = codes.get(error.status_code, ("http-error", {"status": error.status_code}))
    return problem(
        code,
        error.status_code,
        message(code, **values),
        accept_language=_accept_language(request),
        headers=error.headers,
    )


async def _on_failure(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(
        "internal-error", 500, message("internal-error"), accept_language=_accept_language(request)
    )


def _accept_language(request: Request) -> str:
    return request.headers.get("accept-language", "")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _too_large(path: str, accept_language: str, limit: int) -> Response:
    detail = message("body-too-large", limit=limit)
    return problem("body-too-large", 413, detail, accept_language=accept_language)


class BodyLimit:
    """ASGI middleware that refuses a request body over a number of bytes, declared or not."""

    def __init__(
        self, app: ASGIApp, limit: int, refuse: Callable[[str, str, int], Response] | None = None
    ) -> None:
        """Wraps ``app``.

        Args:
            app: What is served.
            limit: Longest body, in bytes.
            refuse: Makes the refusal from the path, ``Accept-Language`` and the limit; a problem
                document by default.
        """
        self._app = app
        self._limit = limit
        self._refuse = refuse or _too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"0")
        body = bytearray()
        too_large = declared.isdigit() and int(declared) > self._limit
        more = not too_large
        while more:
            chunk = await receive()
            if chunk["type"] != "http.request":
                return
            body += chunk.get("body", b"")
            too_large = len(body) > self._limit
            more = chunk.get("more_body", False) and not too_large
        if too_large:
            accept_language = headers.get(b"accept-language", b"").decode("latin-1")
            response = self._refuse(scope["path"], accept_language, self._limit)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        first = True

        async def replay() -> Message:
            nonlocal first
            if first:
                first = False
                return {"type": "http.request", "body": bytes(body), "more_body": False}
            return await receive()

        await self._app(scope, replay, send)
