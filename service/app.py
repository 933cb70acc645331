"""The HTTP application: ``uvicorn --factory service.app:create_app``."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline

from indexer.errors import TarmaqError
from service import contracts, problems
from service.contracts.access import KeyCheck, refuse_large
from service.contracts.mcp import McpDoor
from service.engine import Engine, load_engine
from service.keys import KeyRing
from service.routes import engine_of, router
from service.settings import Settings
from service.web import routes as pages

_LOG = logging.getLogger(__name__)

_DESCRIPTION = """\
Құжаттың нақты тармағын табады: сұрақты қазақша не орысша қойыңыз. /
Находит точный пункт документа: спрашивайте по-казахски или по-русски. /
Finds the exact numbered item of a document: ask in Kazakh or Russian.
"""


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """Returns the application.

    Args:
        settings: Settings; read from ``TARMAQ_*`` by default.
        engine: A loaded engine; without one the index and the model are loaded in the background
            while ``/health/live`` already answers.
    """
    settings = settings or Settings()
    app = FastAPIOffline(
        title="Tarmaq", description=_DESCRIPTION, version="0.1.0", redoc_url=None, lifespan=_load
    )
    app.state.settings = settings
    app.state.engine = engine
    app.state.failed = False
    problems.install(app)
    app.add_middleware(problems.BodyLimit, limit=settings.max_body_bytes, refuse=refuse_large)
    app.include_router(router)
    app.include_router(contracts.router)
    app.state.mcp = McpDoor(settings, lambda: engine_of(app))
    for path in ("/mcp", "/mcp/"):
        app.add_route(path, app.state.mcp, include_in_schema=False)
    pages.install(app)
    # The last one added is the first one asked: browsers' preflights, then keys, then bodies.
    ring = KeyRing(settings.api_keys, settings.keys_file)
    app.add_middleware(KeyCheck, ring=ring, open_scopes=settings.open_scopes)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "OPTIONS"],
            allow_headers=["*"],
        )
    return app


@asynccontextmanager
async def _load(app: FastAPI) -> AsyncIterator[None]:
    async def load() -> None:
        try:
            app.state.engine = await asyncio.to_thread(load_engine, app.state.settings)
        except TarmaqError as error:
            app.state.failed = True
            _LOG.critical("%s", error)

    task = asyncio.create_task(load()) if app.state.engine is None else None
    async with app.state.mcp.run():
        yield
    if task is not None:
        await task
