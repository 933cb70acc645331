"""Errors over HTTP: RFC 9457 problem details with the message in three languages."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer.documents.description import Trilingual
from indexer.errors import CorruptIndexError
from indexer.languages import LANGUAGES, Language
from service.catalogue import message
from service.deadline import Abandoned
from service.errors import RequestError, shown
from service.http.reasons import joined, reasons

_LOG = logging.getLogger(__name__)
_MOST_ERRORS = 20


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
        {**problem_content(code, status, detail, language), **extra},
        status_code=status,
        headers={"Content-Language": language, **(headers or {})},
        media_type="application/problem+json",
    )


def problem_content(
    code: str, status: int, detail: Trilingual, language: Language
) -> dict[str, Any]:
    """Returns what stands in a problem document."""
    return {
        "type": f"urn:tarmaq:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail[language],
        "messages": {"kk": detail.kk, "ru": detail.ru, "en": detail.en},
    }


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
        if primary in LANGUAGES and quality > 0:
            wishes.append((quality, primary))
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else "en"


def install(app: FastAPI) -> None:
    """Makes the errors of ``app`` problem documents."""
    app.add_exception_handler(RequestError, _on_request_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(CorruptIndexError, _on_damage)


async def _on_request_error(request: Request, error: Exception) -> JSONResponse:
    error = cast(RequestError, error)
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return problem(
        error.code,
        error.status,
        error.message,
        accept_language=_accept_language(request),
        headers=headers,
    )


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    # The input itself is left out: it may hold what cannot be written as JSON.
    invalid = cast(RequestValidationError, error)
    found, wished = reasons(invalid.errors(), invalid.body), _accept_language(request)
    language = negotiate(wished)
    return problem(
        "invalid-request",
        422,
        message("invalid-request", fields=shown(joined(found))),
        accept_language=wished,
        errors=[
            {"field": shown(one.field), "reason": shown(one.text[language])}
            for one in found[:_MOST_ERRORS]
        ],
    )


def http_error(request: Request, error: HTTPException) -> tuple[str, Trilingual]:
    """Returns the code and the message of an error that no route of ours has raised."""
    codes: dict[int, tuple[str, dict[str, Any]]] = {
        404: ("not-found", {"path": shown(request.url.path)}),
        405: ("method-not-allowed", {"method": request.method}),
        400: ("invalid-request", {"fields": error.detail}),
    }
    code, values = codes.get(error.status_code, ("http-error", {"status": error.status_code}))
    return code, message(code, **values)


async def _on_damage(request: Request, error: Exception) -> JSONResponse:
    """A text is not what was stored: it is not shown, and the engine looks at its store."""
    request.app.state.engine.report(cast(CorruptIndexError, error))
    return problem(
        "index-unavailable",
        503,
        message("index-unavailable"),
        accept_language=_accept_language(request),
    )


def _accept_language(request: Request) -> str:
    return request.headers.get("accept-language", "")


class Failures:
    """ASGI middleware: whatever fails inside is logged once, and answered with a problem document.

    It stands inside what adds headers, so a page of another site can read that the service failed.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wraps ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        started = False

        async def relay(event: Message) -> None:
            nonlocal started
            started = started or event["type"] == "http.response.start"
            await send(event)

        try:
            await self._app(scope, receive, relay)
        except Exception as error:
            if scope["type"] != "http":
                raise
            if isinstance(error, Abandoned):
                return
            # Its path, not its address: questions stand there.
            _LOG.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
            if not started:
                language = Headers(scope=scope).get("accept-language", "")
                answer = problem(
                    "internal-error", 500, message("internal-error"), accept_language=language
                )
                await answer(scope, receive, send)
