"""The routes of the HTTP interface: thin, one engine behind them."""

import datetime as dt
import time
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request

from indexer.documents.passages import Language
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.engine.live import LiveEngine
from service.errors import RequestError
from service.http.hosts import address_called
from service.http.presentation import (
    document_response,
    document_schema,
    passage_response,
    search_response,
)
from service.http.schemas import (
    DocumentResponse,
    DocumentSchema,
    Languages,
    Names,
    PassageResponse,
    SearchRequest,
    SearchResponse,
    TopK,
)
from service.http.versions import VersionedRoute
from service.http.workers import WorkerRoute
from service.settings import Settings


async def current_engine(request: Request) -> Engine:
    """Returns the engine; 503 until it is loaded."""
    return engine_of(request.app)


def engine_of(app: FastAPI) -> Engine:
    """Returns the engine of an application.

    Raises:
        RequestError: It is not loaded.
    """
    live: LiveEngine = app.state.engine
    if (engine := live.current()) is None:
        broken = live.health.state == "broken"
        raise RequestError("index-unavailable" if broken else "not-ready", status=503)
    return engine


async def base_url(request: Request) -> str:
    """Returns what every link begins with: the public address, or the one that was called."""
    settings: Settings = request.app.state.settings
    return settings.public_url or address_called(request, settings)


CurrentEngine = Annotated[Engine, Depends(current_engine)]
BaseUrl = Annotated[str, Depends(base_url)]


router = APIRouter()
search_routes = APIRouter(prefix="/v1", tags=["search"], route_class=WorkerRoute)
document_routes = APIRouter(prefix="/v1", tags=["documents"], route_class=VersionedRoute)


@search_routes.post("/search", summary="Search by a question")
def search(body: SearchRequest, engine: CurrentEngine, base: BaseUrl) -> SearchResponse:
    """Returns the passages that answer the question, best first, with exact references."""
    filters = Filters(**body.filters.model_dump())
    return _search(engine, body, filters, base)


@search_routes.get("/search", summary="Search by a question in the address")
def search_by_address(
    engine: CurrentEngine,
    base: BaseUrl,
    q: Annotated[
        str,
        Query(
            description="The question, in Kazakh, Russian or English.",
            openapi_examples={
                "kk": {"value": "АӨСШК-ны қандай ұйымға айналдыру жоспарланған?"},
                "ru": {"value": "В каком пункте говорится о торговле людьми?"},
            },
        ),
    ],
    top_k: TopK = 5,
    language: Language | None = None,
    documents: Annotated[Names, Query(alias="document")] = (),
    sections: Annotated[Names, Query(alias="section")] = (),
    languages: Annotated[Languages, Query(alias="edition")] = (),
    kinds: Annotated[Names, Query(alias="kind")] = (),
    date: dt.date | None = None,
    literal: bool = False,
) -> SearchResponse:
    """Returns the same as `POST /v1/search`, for a browser or curl."""
    body = SearchRequest(query=q, top_k=top_k, language=language, literal=literal)
    filters = Filters(documents, sections, languages, kinds, date)
    return _search(engine, body, filters, base)


def _search(engine: Engine, body: SearchRequest, filters: Filters, base: str) -> SearchResponse:
    start = time.perf_counter()
    answer = engine.ask(
        body.query,
        k=body.top_k,
        filters=filters,
        language=body.language,
        literal=body.literal,
    )
    took_ms = (time.perf_counter() - start) * 1000
    return search_response(body.query, answer, engine.library, took_ms, base)


@document_routes.get("/documents", summary="List the documents")
def documents(engine: CurrentEngine) -> tuple[DocumentSchema, ...]:
    """Returns every document of the index."""
    return tuple(map(document_schema, engine.library.documents))


@document_routes.get("/documents/{document_id:path}", summary="Outline of a document")
def document(
    document_id: str, engine: CurrentEngine, date: dt.date | None = None
) -> DocumentResponse:
    """Returns a document with its chapters, sections and articles, as on a day."""
    return document_response(engine.library.document(document_id), engine.library, date)


@document_routes.get("/passages/{passage_id:path}", summary="One passage and its neighbours")
def passage(
    passage_id: str,
    engine: CurrentEngine,
    base: BaseUrl,
    language: Language | None = None,
    date: dt.date | None = None,
) -> PassageResponse:
    """Returns a passage by its id; in the address `#` is written `%23`."""
    found = engine.library.passage(passage_id, language, date)
    return passage_response(found, engine.library, base)


router.include_router(search_routes)
router.include_router(document_routes)
