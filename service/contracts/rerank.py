"""Cohere-compatible rerank: orders any passages by how well they answer a question.

Source: Cohere API reference, "Rerank" (v2) and "Rerank" (v1).
"""

from typing import Literal
from uuid import uuid4

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from service.contracts.shapes import cohere_shape, contract_route
from service.questions import read_question
from service.reranking import relevance
from service.routes import CurrentEngine

MAX_DOCUMENTS = 1_000
"""Most texts in one request, as Cohere advises."""


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class RerankDocument(_Schema):
    """A text to rank, as version 1 may send it."""

    text: str


class RerankRequest(_Schema):
    """A question and the texts to rank."""

    query: str
    documents: tuple[str | RerankDocument, ...] = Field(min_length=1, max_length=MAX_DOCUMENTS)
    model: str = "tarmaq"
    top_n: int | None = Field(None, ge=1)
    return_documents: bool = False


class RerankResult(_Schema):
    """One text's place; its index is the one in the request."""

    index: int
    relevance_score: float = Field(ge=0, le=1)
    document: RerankDocument | None = None


class ApiVersion(_Schema):
    """Version of the interface."""

    version: Literal["1", "2"]


class BilledUnits(_Schema):
    """What Cohere would bill."""

    search_units: int = 1


class RerankMeta(_Schema):
    """About the response."""

    api_version: ApiVersion
    billed_units: BilledUnits = BilledUnits()


class RerankResponse(_Schema):
    """The texts' places, best first."""

    id: str
    results: tuple[RerankResult, ...]
    meta: RerankMeta


router = APIRouter(tags=["cohere"], route_class=contract_route(cohere_shape))


@router.post("/v2/rerank", summary="Cohere rerank", response_model_exclude_none=True)
def rerank(body: RerankRequest, engine: CurrentEngine) -> RerankResponse:
    """Returns the texts of the request, the one that answers the question best first."""
    return _rerank(body, engine, "2")


@router.post("/v1/rerank", summary="Cohere rerank, version 1", response_model_exclude_none=True)
def rerank_v1(body: RerankRequest, engine: CurrentEngine) -> RerankResponse:
    """Returns the same as version 2; documents may be objects and may be returned."""
    return _rerank(body, engine, "1")


def _rerank(
    body: RerankRequest, engine: CurrentEngine, version: Literal["1", "2"]
) -> RerankResponse:
    texts = [each if isinstance(each, str) else each.text for each in body.documents]
    scores = relevance(engine.retriever.encoder, read_question(body.query), texts)
    order = sorted(range(len(texts)), key=lambda index: -scores[index])[: body.top_n]
    return RerankResponse(
        id=str(uuid4()),
        results=tuple(
            RerankResult(
                index=index,
                relevance_score=float(scores[index]),
                document=RerankDocument(text=texts[index]) if body.return_documents else None,
            )
            for index in order
        ),
        meta=RerankMeta(api_version=ApiVersion(version=version)),
    )
