"""Dify's external knowledge interface: Dify adds ``/retrieval`` to the endpoint that it is given.

Source: docs.dify.ai, "External Knowledge API".
"""

from typing import Any, Literal

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator

from service.contracts.attributes import long_reference, result_attributes
from service.contracts.collections import find_collection
from service.contracts.conditions import OPERATORS, VALUELESS, Combination, Comparison, check_size
from service.contracts.searching import collection_filters, search_collection
from service.engine.engine import Engine
from service.http.doors import Contract, Door
from service.http.requests import Body
from service.http.routes import BaseUrl, current_engine
from service.http.shapes import Refusal, Shape, component, contract_router
from service.http.workers import compute

_ALIASES = {"=": "is", "≠": "is not", "!=": "is not", "<=": "≤", ">=": "≥"}


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class MetadataComparison(Body):
    """One condition on attributes."""

    names: tuple[str, ...] = Field(validation_alias=AliasChoices("name", "names"))
    operator: str = Field(validation_alias=AliasChoices("comparison_operator", "operator"))
    value: str | bool | int | float | list[str | bool | int | float] | None = None

    @field_validator("names", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("operator")
    @classmethod
    def _known(cls, value: str) -> str:
        operator = _ALIASES.get(value, value)
        if operator not in OPERATORS:
            raise ValueError(f"one of {', '.join([*OPERATORS, '=', '≠'])}")
        return operator


class MetadataCondition(Body):
    """Conditions on attributes, all of them or any."""

    logical_operator: Literal["and", "or"] | None = "and"
    conditions: tuple[MetadataComparison, ...] | None = None

    def read(self) -> Combination:
        """Returns the condition that this means; one left blank limits nothing, as with Dify."""
        comparisons = (
            Comparison(c.names, c.operator, c.value)
            for c in self.conditions or ()
            if c.value not in (None, "", []) or c.operator in VALUELESS
        )
        return Combination(tuple(comparisons), any_of=self.logical_operator == "or")


class RetrievalSetting(Body):
    """How many passages, and how good they must be."""

    top_k: int = Field(5, ge=1)
    score_threshold: float | None = None


class RetrievalRequest(Body):
    """A question from Dify."""

    knowledge_id: str
    query: str
    retrieval_setting: RetrievalSetting = RetrievalSetting()
    metadata_condition: MetadataCondition | None = None


class Record(_Schema):
    """A passage found."""

    content: str
    score: float = Field(ge=0, le=1)
    title: str
    metadata: dict[str, str | float | bool]


class RetrievalResponse(_Schema):
    """The passages found, best first."""

    records: tuple[Record, ...]


class DifyError(_Schema):
    """An error as Dify's external knowledge interface words it."""

    error_code: int
    error_msg: str


_CODES = {"malformed-key": 1001, "missing-key": 1001, "unknown-knowledge": 2001}
"""Codes of the contract: 1001 malformed Authorization header, 1002 refused key, 2001 no such
knowledge; 3001 (unusable request) and 5001 (not ready, failed) are ours."""


def _status(status: int) -> int:
    # Dify reads 404 as "no such endpoint", so no answer of this contract has that status.
    if status in (401, 403):
        return 403
    return status if status >= 500 or status == 429 else 400


def _word(refusal: Refusal, accept_language: str) -> Response:
    status = _status(refusal.status)
    other = {403: 1002, 400: 3001}.get(status, 5001)
    code = other if other == 5001 else _CODES.get(refusal.code, other)
    error = DifyError(error_code=code, error_msg=refusal.text(accept_language))
    return JSONResponse(error.model_dump(), status, refusal.headers)


_SHAPE = Shape(_word, DifyError, _status)

router = contract_router(_SHAPE, prefix="/dify", tag="dify")


@router.post(
    "/retrieval",
    summary="Dify external knowledge",
    response_model=RetrievalResponse,
    openapi_extra={
        "requestBody": {"content": {"application/json": {"schema": component(RetrievalRequest)}}}
    },
)
async def retrieval(request: Request, base: BaseUrl) -> Any:
    """Returns passages for Dify; `knowledge_id` is a document's id, or `tarmaq` for all.

    A request without a body is Dify's check on saving, answered with no records.
    """
    body = await request.body()
    if not body.strip() or body.strip() == b"{}":
        return JSONResponse({"records": []})
    engine = await current_engine(request)
    content = await compute(lambda: _retrieve(engine, body, base).model_dump_json())
    return Response(content, media_type="application/json")


def _retrieve(engine: Engine, body: bytes, base: str) -> RetrievalResponse:
    wanted = RetrievalRequest.model_validate_json(body)
    documents = find_collection(
        engine.library, wanted.knowledge_id, code="unknown-knowledge", status=400
    )
    condition = wanted.metadata_condition.read() if wanted.metadata_condition else None
    check_size(condition)
    found = search_collection(
        engine,
        [wanted.query],
        wanted.retrieval_setting.top_k,
        collection_filters(engine, documents, condition),
        wanted.retrieval_setting.score_threshold or 0.0,
    )
    return RetrievalResponse(
        records=tuple(
            Record(
                content=each.result.passage.text,
                score=each.result.score,
                title=long_reference(each.result.passage, engine.library, each.answer.language),
                metadata=result_attributes(each.result.passage, each.answer, engine.library, base),
            )
            for each in found
        )
    )


CONTRACT = Contract(doors=(Door("/dify", "dify", _SHAPE),), router=router)
