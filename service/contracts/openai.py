"""What the contracts of OpenAI share: the shape of an error, and what stands under no route.

Source: OpenAI API reference, "Error codes".
"""

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from service.errors import RequestError
from service.http.doors import Contract, Door
from service.http.shapes import Refusal, Shape, contract_router

_KINDS = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
_NOT_OFFERED = {
    "/v1/completions": "POST /v1/chat/completions",
    "/v1/assistants": "POST /v1/responses",
    "/v1/threads": "POST /v1/responses",
    "/v1/conversations": "POST /v1/responses",
    "/v1/files": "GET /v1/vector_stores",
}


class OpenAIErrorDetail(BaseModel):
    """What is wrong."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIError(BaseModel):
    """An error as the OpenAI interface words it."""

    error: OpenAIErrorDetail


def _status(status: int) -> int:
    return 400 if status == 422 else status


def _word(refusal: Refusal, accept_language: str) -> Response:
    kind = _KINDS.get(refusal.status, "invalid_request_error")
    error = OpenAIErrorDetail(
        message=refusal.text(accept_language),
        type="server_error" if refusal.status >= 500 else kind,
        param=refusal.field,
        code=refusal.code.replace("-", "_"),
    )
    return JSONResponse({"error": error.model_dump()}, _status(refusal.status), refusal.headers)


openai_shape = Shape(_word, OpenAIError, _status)


def openai_router() -> APIRouter:
    """Returns a router of the OpenAI interface."""
    return contract_router(openai_shape, prefix="/v1", tag="openai")


def refuse_settings(given: dict[str, Any]) -> None:
    """Refuses the settings of ``given`` that would change what an answer is.

    Args:
        given: Values by the names of their fields; what is None, false or empty asks for nothing.

    Raises:
        RequestError: One of them asks for something that there is not.
    """
    for name, value in given.items():
        if value:
            raise RequestError("unsupported-field", status=400, field=name)


router = openai_router()


def _refuse(prefix: str, instead: str) -> None:
    async def not_offered(rest: str = "") -> Response:
        path = f"{prefix}/{rest}".rstrip("/")
        raise RequestError("not-offered", status=404, path=path, instead=instead)

    for path in (prefix, f"{prefix}/{{rest:path}}"):
        router.add_api_route(
            path.removeprefix("/v1"),
            not_offered,
            methods=["GET", "POST", "DELETE"],
            include_in_schema=False,
        )


for _prefix, _instead in _NOT_OFFERED.items():
    _refuse(_prefix, _instead)

_OTHERS = ("/v1/audio", "/v1/images", "/v1/moderations", "/v1/batches", "/v1/fine_tuning")

CONTRACT = Contract(
    doors=tuple(Door(prefix, "chat", openai_shape) for prefix in (*_NOT_OFFERED, *_OTHERS)),
    router=router,
)
