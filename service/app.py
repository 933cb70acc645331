"""The HTTP application: ``uvicorn --factory service.app:create_app``."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from indexer.errors import TarmaqError
from service import problems
from service.engine import Engine, load_engine
from service.routes import router
from service.settings import Settings

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
    app.add_middleware(problems.BodyLimit, limit=settings.max_body_bytes)
    app.include_router(router)
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
    yield
    if task is not None:
        await task
