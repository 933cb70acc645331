"""The routes of the HTTP interface: thin, one engine behind them."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response

from indexer.passages import Language
from service.engine import Engine
from service.errors import RequestError
from service.presentation import (
    document_response,
    document_schema,
    passage_response,
    search_response,
)
from service.retrieval import Filters
from service.schemas import (
    DocumentResponse,
    DocumentSchema,
    PassageResponse,
    ProblemSchema,
    SearchRequest,
    SearchResponse,
    TopK,
)
from service.settings import Settings


def current_engine(request: Request) -> Engine:
    """Returns the engine; 503 until it is loaded."""
    return engine_of(request.app)


def engine_of(app: FastAPI) -> Engine:
    """Returns the engine of an application.

    Raises:
        RequestError: It is not loaded.
    """
    if app.state.engine is None:
        raise RequestError("index-unavailable" if app.state.failed else "not-ready", status=503)
    engine: Engine = app.state.engine
    return engine


def base_url(request: Request) -> str:
    """Returns what every link begins with: the public address, or the one that was called."""
    settings: Settings = request.app.state.settings
    return settings.public_url or str(request.base_url).rstrip("/")


CurrentEngine = Annotated[Engine, Depends(current_engine)]
BaseUrl = Annotated[str, Depends(base_url)]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declares the problem documents that a route may answer with."""
    content = {"application/problem+json": {"schema": ProblemSchema.model_json_schema()}}
    return {
        status: {"description": "Problem details (RFC 9457)", "content": content}
        for status in statuses
    }


router = APIRouter()
search_routes = APIRouter(prefix="/v1", tags=["search"], responses=problems(422, 503))
document_routes = APIRouter(prefix="/v1", tags=["documents"], responses=problems(404, 422, 503))
health_routes = APIRouter(prefix="/health", tags=["health"])


@search_routes.post("/search", summary="Search by a question", responses=problems(400, 413))
def search(body: SearchRequest, engine: CurrentEngine, base: BaseUrl) -> SearchResponse:
    """Returns the passages that answer the question, best first, with exact references."""
    filters = Filters(body.filters.documents, body.filters.sections)
    return _search(engine, body, filters, base)


@search_routes.get("/search", summary="Search by a question in the address")
def search_by_address(
    engine: CurrentEngine,
    base: BaseUrl,
    q: Annotated[
        str,
        Query(
            description="The question, in Kazakh or Russian.",
            openapi_examples={
                "kk": {"value": "АӨСШК-ны қандай ұйымға айналдыру жоспарланған?"},
                "ru": {"value": "В каком пункте говорится о торговле людьми?"},
            },
        ),
    ],
    top_k: TopK = 5,
    language: Language | None = None,
    documents: Annotated[tuple[str, ...], Query(alias="document")] = (),
    sections: Annotated[tuple[str, ...], Query(alias="section")] = (),
    literal: bool = False,
) -> SearchResponse:
    """Returns the same as `POST /v1/search`, for a browser or curl."""
    body = SearchRequest(query=q, top_k=top_k, language=language, literal=literal)
    return _search(engine, body, Filters(documents, sections), base)


def _search(engine: Engine, body: SearchRequest, filters: Filters, base: str) -> SearchResponse:
    start = time.perf_counter()
    answer = engine.ask(
        body.query,
        k=body.top_k,
        filters=filters,
        language=body.language,
        literal=body.literal,
    )
    return search_response(body.query, answer, (time.perf_counter() - start) * 1000, base)


@document_routes.get("/documents", summary="List the documents")
def documents(engine: CurrentEngine) -> tuple[DocumentSchema, ...]:
    """Returns every document of the index."""
    return tuple(map(document_schema, engine.library.documents))


@document_routes.get("/documents/{document_id}", summary="Outline of a document")
def document(document_id: str, engine: CurrentEngine) -> DocumentResponse:
    """Returns a document with its chapters, sections and articles."""
    return document_response(engine.library.document(document_id))


@document_routes.get("/passages/{passage_id:path}", summary="One passage and its neighbours")
def passage(
    passage_id: str, engine: CurrentEngine, base: BaseUrl, language: Language | None = None
) -> PassageResponse:
    """Returns a passage by its id; in the address `#` is written `%23`."""
    found = engine.library.passage(passage_id, language)
    return passage_response(found, engine.library, base)


@health_routes.get("/live", summary="Is the process alive?")
async def live() -> dict[str, str]:
    """Returns 200 as long as the process answers."""
    return {"status": "alive"}


@health_routes.get("/ready", summary="Can questions be answered?", responses=problems(503))
async def ready(engine: CurrentEngine, response: Response) -> dict[str, str | int]:
    """Returns 200 once the model and the index are loaded, 503 before."""
    response.headers["Cache-Control"] = "no-store"
    manifest = engine.index.manifest
    return {"status": "ready", "model": manifest.model.name, "passages": manifest.passages}


router.include_router(search_routes)
router.include_router(document_routes)
router.include_router(health_routes)
