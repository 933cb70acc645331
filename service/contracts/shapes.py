"""How each contract words an error: every client finds the shape it knows."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException

from indexer.documents import Trilingual
from service.catalogue import message
from service.errors import RequestError
from service.problems import negotiate, problem

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served.

    Attributes:
        code: Key of its message.
        status: HTTP status that it calls for.
        message: What is wrong and what to do, in three languages.
    """

    code: str
    status: int
    message: Trilingual


Shape: TypeAlias = Callable[[Refusal, str], Response]
"""Words a refusal, in the language that an ``Accept-Language`` header asks for."""


def problem_shape(refusal: Refusal, accept_language: str) -> Response:
    """Returns problem details (RFC 9457), the shape of the service's own interface."""
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
    return problem(
        refusal.code,
        refusal.status,
        refusal.message,
        accept_language=accept_language,
        headers=headers,
    )


def openai_shape(refusal: Refusal, accept_language: str) -> Response:
    """Returns an error as the OpenAI interface words it."""
    kinds = {401: "authentication_error", 403: "permission_error", 404: "not_found_error"}
    kind = kinds.get(refusal.status, "invalid_request_error")
    status = 400 if refusal.status == 422 else refusal.status
    error = {
        "message": _text(refusal, accept_language),
        "type": "server_error" if status >= 500 else kind,
        "param": None,
        "code": refusal.code.replace("-", "_"),
    }
    return JSONResponse({"error": error}, status)


def cohere_shape(refusal: Refusal, accept_language: str) -> Response:
    """Returns an error as the Cohere interface words it."""
    return JSONResponse({"message": _text(refusal, accept_language)}, refusal.status)


def dify_shape(refusal: Refusal, accept_language: str) -> Response:
    """Returns an error as Dify's external knowledge interface words it.

    Codes of the contract: 1001 malformed Authorization header, 1002 refused key, 2001 no such
    knowledge; 3001 (unusable request) and 5001 (not ready, failed) are ours. Dify reads 404 as
    "no such endpoint", so no answer of this contract has that status.
    """
    codes = {"malformed-key": 1001, "missing-key": 1001, "unknown-knowledge": 2001}
    if refusal.status in (401, 403):
        status, code = 403, codes.get(refusal.code, 1002)
    elif refusal.status >= 500:
        status, code = refusal.status, 5001
    else:
        status, code = 400, codes.get(refusal.code, 3001)
    return JSONResponse({"error_code": code, "error_msg": _text(refusal, accept_language)}, status)


def refusal_of(error: Exception) -> Refusal | None:
    """Returns the refusal that an exception of a route means; None for a failure of ours."""
    if isinstance(error, RequestError):
        return Refusal(error.code, error.status, error.message)
    if isinstance(error, RequestValidationError | ValidationError):
        fields = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()
        )
        return _malformed(fields)
    if isinstance(error, HTTPException | StarletteHTTPException):
        return _malformed(str(error.detail), error.status_code)
    return None


def contract_route(shape: Shape) -> type[APIRoute]:
    """Returns a route class whose every error has the shape of a contract."""

    class ContractRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Awaitable[Any]]:  # type: ignore[override]
            serve = super().get_route_handler()

            async def handle(request: Request) -> Response:
                try:
                    return await serve(request)
                except Exception as error:
                    refusal = refusal_of(error)
                    if refusal is None:
                        _LOG.exception("%s %s failed", request.method, request.url.path)
                        refusal = Refusal("internal-error", 500, message("internal-error"))
                    return shape(refusal, request.headers.get("accept-language", ""))

            return handle

    return ContractRoute


def _malformed(fields: str, status: int = 422) -> Refusal:
    # The text may quote input that cannot be written as JSON.
    readable = fields.encode("utf-8", "replace").decode("utf-8")
    return Refusal("invalid-request", status, message("invalid-request", fields=readable))


def _text(refusal: Refusal, accept_language: str) -> str:
    return refusal.message[negotiate(accept_language)]
