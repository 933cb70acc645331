"""Cohere-compatible rerank: orders any passages by how well they answer a question.

Source: Cohere API reference, "Rerank" (v2) and "Rerank" (v1).
"""

from typing import Literal
from uuid import uuid4

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from service.engine.engine import Engine
from service.engine.reranking import relevance
from service.errors import RequestError
from service.http.doors import Contract, Door
from service.http.requests import Body
from service.http.routes import CurrentEngine
from service.http.shapes import Refusal, Shape, contract_router
from service.settings import Settings

MAX_DOCUMENTS = 1_000
"""Most texts in one request, as Cohere advises."""


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class RerankDocument(Body):
    """A text to rank, as version 1 may send it."""

    text: str


class RerankRequest(Body):
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


class CohereError(_Schema):
    """An error as the Cohere interface words it."""

    message: str


def _word(refusal: Refusal, accept_language: str) -> Response:
    error = CohereError(message=refusal.text(accept_language))
    return JSONResponse(error.model_dump(), refusal.status, refusal.headers)


_COHERES = ("/v1/rerank", "/v1/embed", "/v1/classify", "/v1/tokenize", "/v1/detokenize")
_SHAPE = Shape(_word, CohereError)

router = contract_router(_SHAPE, tag="cohere")


@router.post("/v2/rerank", summary="Cohere rerank", response_model_exclude_none=True)
def rerank(body: RerankRequest, request: Request, engine: CurrentEngine) -> RerankResponse:
    """Returns the texts of the request, the one that answers the question best first."""
    return _rerank(body, engine, "2", most_characters(request))


@router.post("/v1/rerank", summary="Cohere rerank, version 1", response_model_exclude_none=True)
def rerank_v1(body: RerankRequest, request: Request, engine: CurrentEngine) -> RerankResponse:
    """Returns the same as version 2; documents may be objects and may be returned."""
    return _rerank(body, engine, "1", most_characters(request))


def most_characters(request: Request) -> int:
    """Returns how many characters one request may have embedded."""
    settings: Settings = request.app.state.settings
    return settings.rerank_characters


def _rerank(
    body: RerankRequest, engine: Engine, version: Literal["1", "2"], most: int
) -> RerankResponse:
    texts = [each if isinstance(each, str) else each.text for each in body.documents]
    if (length := sum(map(len, texts))) > most:
        raise RequestError("texts-too-long", status=400, length=length, limit=most)
    scores = relevance(engine.retriever, engine.read(body.query), texts)
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


CONTRACT = Contract(
    # All of version 2 is Cohere's, and these of version 1.
    doors=tuple(Door(prefix, "rerank", _SHAPE) for prefix in ("/v2", *_COHERES)),
    router=router,
)
