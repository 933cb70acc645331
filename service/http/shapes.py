"""How each contract words an error: every client finds the shape it knows."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException

from indexer.documents.description import Trilingual
from indexer.errors import CorruptIndexError
from service.catalogue import message
from service.errors import RequestError, shown
from service.http.problems import negotiate, problem
from service.http.reasons import joined, reasons
from service.http.schemas import ProblemSchema
from service.http.workers import WorkerRoute

_LOG = logging.getLogger(__name__)

ALWAYS = (400, 401, 403, 404, 413, 422, 429, 500, 503)
"""What any route may answer with."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not served.

    Attributes:
        code: Key of its message.
        status: HTTP status that it calls for.
        message: What is wrong and what to do, in three languages.
        retry_after: Seconds after which to try again; None where that is of no use.
        field: The field of the request that is the reason; None where it is not one field.
    """

    code: str
    status: int
    message: Trilingual
    retry_after: int | None = None
    field: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say when to come again; none where that is of no use."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}

    def text(self, accept_language: str) -> str:
        """Returns the message in the language that an ``Accept-Language`` header asks for."""
        return self.message[negotiate(accept_language)]


@dataclass(frozen=True, slots=True)
class Shape:
    """Words a refusal, in the language that an ``Accept-Language`` header asks for.

    Attributes:
        word: Makes the response.
        schema: The JSON of its body.
        status: Returns the status that is sent for one that an error calls for.
        media_type: Of the body.
    """

    word: Callable[[Refusal, str], Response]
    schema: type[BaseModel]
    status: Callable[[int], int] = int
    media_type: str = "application/json"

    def __call__(self, refusal: Refusal, accept_language: str) -> Response:
        """Returns the refusal as a response."""
        return self.word(refusal, accept_language)


def _problem(refusal: Refusal, accept_language: str) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
    return problem(
        refusal.code,
        refusal.status,
        refusal.message,
        accept_language=accept_language,
        headers={**headers, **refusal.headers},
    )


problem_shape = Shape(_problem, ProblemSchema, media_type="application/problem+json")
"""Problem details (RFC 9457), the shape of the service's own interface."""


def component(model: type[BaseModel]) -> dict[str, Any]:
    """Returns a schema for a place that FastAPI does not fill; see ``service.http.description``."""
    return {**model.model_json_schema(), "x-component": model.__name__}


def errors(shape: Shape, *statuses: int) -> dict[str, dict[str, Any]]:
    """Declares the errors that a route answers with, by the statuses that are really sent."""
    error = {
        "description": "An error: what is wrong and what to do.",
        "content": {shape.media_type: {"schema": component(shape.schema)}},
    }
    sent = sorted({str(shape.status(status)) for status in statuses})
    return dict.fromkeys([*sent, "default"], error)


def refusal_of(error: Exception) -> Refusal | None:
    """Returns the refusal that an exception of a route means; None for a failure of ours."""
    if isinstance(error, RequestError):
        return Refusal(error.code, error.status, error.message, error.retry_after, error.field)
    if isinstance(error, RequestValidationError | ValidationError):
        body = error.body if isinstance(error, RequestValidationError) else None
        # Clients of other contracts know a field by its name alone.
        found = [
            replace(one, field=one.field.removeprefix("body").removeprefix("."))
            for one in reasons(error.errors(), body)
        ]
        return _malformed(joined(found), field=found[0].field or None)
    if isinstance(error, CorruptIndexError):
        return Refusal("index-unavailable", 503, message("index-unavailable"))
    if isinstance(error, HTTPException | StarletteHTTPException):
        return _malformed(str(error.detail), error.status_code)
    return None


def contract_router(shape: Shape, *, tag: str, prefix: str = "") -> APIRouter:
    """Returns a router whose every error has the shape of a contract."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=_route(shape))


def _route(shape: Shape) -> type[APIRoute]:
    class ContractRoute(WorkerRoute):
        def get_route_handler(self) -> Callable[[Request], Awaitable[Any]]:  # type: ignore[override]
            serve = super().get_route_handler()

            async def handle(request: Request) -> Response:
                try:
                    return await serve(request)
                except Exception as error:
                    if isinstance(error, CorruptIndexError):
                        request.app.state.engine.report(error)
                    refusal = refusal_of(error)
                    if refusal is None:
                        _LOG.exception("%s %s failed", request.method, request.url.path)
                        refusal = Refusal("internal-error", 500, message("internal-error"))
                    return shape(refusal, request.headers.get("accept-language", ""))

            return handle

    return ContractRoute


def _malformed(fields: str | Trilingual, status: int = 422, field: str | None = None) -> Refusal:
    # The text may quote input that cannot be written as JSON, or is as long as a body may be.
    text = message("invalid-request", fields=shown(fields))
    return Refusal("invalid-request", status, text, field=field and str(shown(field)))
