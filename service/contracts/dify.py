"""Dify's external knowledge interface: Dify adds ``/retrieval`` to the endpoint that it is given.

Source: docs.dify.ai, "External Knowledge API".
"""

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator
from starlette.concurrency import run_in_threadpool

from service.contracts.attributes import long_reference, result_attributes
from service.contracts.collections import find_collection
from service.contracts.conditions import OPERATORS, Combination, Comparison
from service.contracts.searching import collection_filters, search_collection
from service.contracts.shapes import contract_route, dify_shape
from service.engine import Engine
from service.routes import BaseUrl, current_engine

_ALIASES = {"=": "is", "≠": "is not", "!=": "is not", "<=": "≤", ">=": "≥"}


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class MetadataComparison(_Schema):
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


class MetadataCondition(_Schema):
    """Conditions on attributes, all of them or any."""

    logical_operator: Literal["and", "or"] | None = "and"
    conditions: tuple[MetadataComparison, ...] | None = None

    def read(self) -> Combination:
        """Returns the condition that this means."""
        comparisons = (Comparison(c.names, c.operator, c.value) for c in self.conditions or ())
        return Combination(tuple(comparisons), any_of=self.logical_operator == "or")


class RetrievalSetting(_Schema):
    """How many passages, and how good they must be."""

    top_k: int = Field(5, ge=1)
    score_threshold: float | None = None


class RetrievalRequest(_Schema):
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


router = APIRouter(prefix="/dify", tags=["dify"], route_class=contract_route(dify_shape))


@router.post(
    "/retrieval",
    summary="Dify external knowledge",
    response_model=RetrievalResponse,
    openapi_extra={
        "requestBody": {
            "content": {
                "application/json": {
                    "schema": RetrievalRequest.model_json_schema(
                        ref_template="#/components/schemas/{model}"
                    )
                }
            }
        }
    },
)
async def retrieval(request: Request, base: BaseUrl) -> Any:
    """Returns passages for Dify; `knowledge_id` is a document's id, or `tarmaq` for all.

    A request without a body is Dify's check on saving, answered with no records.
    """
    body = await request.body()
    if not body.strip() or body.strip() == b"{}":
        return JSONResponse({"records": []})
    wanted = RetrievalRequest.model_validate_json(body)
    return await run_in_threadpool(_retrieve, current_engine(request), wanted, base)


def _retrieve(engine: Engine, wanted: RetrievalRequest, base: str) -> RetrievalResponse:
    documents = find_collection(
        engine.library, wanted.knowledge_id, code="unknown-knowledge", status=400
    )
    condition = wanted.metadata_condition.read() if wanted.metadata_condition else None
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
