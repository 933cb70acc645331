"""The HTTP application: ``uvicorn --factory service.http.app:create_app``."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline

from indexer.locations import version
from service import contracts
from service.administration.desk import Desk
from service.administration.feedback import Feedback
from service.administration.ledger import Ledger
from service.contracts.mcp import McpDoor
from service.engine.engine import Engine
from service.engine.live import LiveEngine, live_engine
from service.http import access, administering, description, feedback, health, problems
from service.http.access import KeyCheck, refuse_large, upload_limit
from service.http.bodies import Bodies
from service.http.keys import KeyRing
from service.http.paths import HeadAsGet, Prefixed
from service.http.protection import Protection
from service.http.rates import Rates
from service.http.routes import engine_of, router
from service.http.sessions import Sessions
from service.http.workers import Workers
from service.observation.installing import install
from service.settings import Settings, read_settings
from service.web import routes as pages

_CLOSING_SECONDS = 2.0
_WAKING_SECONDS = 0.05
_DESCRIPTION = """\
Құжаттың нақты тармағын табады: сұрақты қазақша, орысша не ағылшынша қойыңыз. /
Находит точный пункт документа: спрашивайте по-казахски, по-русски или по-английски. /
Finds the exact numbered item of a document: ask in Kazakh, Russian or English.
"""


def create_app(
    settings: Settings | None = None, engine: Engine | LiveEngine | None = None
) -> FastAPI:
    """Returns the application.

    Args:
        settings: Settings; read from ``TARMAQ_*`` by default.
        engine: A loaded engine, watching its store or not; without one the index and the model
            are loaded in the background while ``/health/live`` already answers.
    """
    settings = settings or read_settings()
    app = FastAPIOffline(
        title="Tarmaq",
        description=_DESCRIPTION,
        version=version(),
        redoc_url=None,
        lifespan=_load,
        generate_unique_id_function=description.operation_id,
    )
    app.state.settings = settings
    if engine is None:
        engine = live_engine(settings)
    app.state.engine = engine if isinstance(engine, LiveEngine) else LiveEngine(None, engine)
    app.state.ring = ring = KeyRing(settings.api_keys, settings.keys_file)
    ledger = Ledger(settings.index)
    app.state.sessions = Sessions(ring, ledger)
    app.state.desk = Desk(settings, lambda: engine_of(app), ledger)
    app.state.feedback = Feedback(settings)
    problems.install(app)
    access.install(app)
    app.state.workers = Workers(settings.threads, settings.queue, settings.answer_seconds)
    app.add_middleware(
        Bodies,
        limit=settings.max_body_bytes,
        workers=app.state.workers,
        refuse=refuse_large,
        larger=partial(upload_limit, settings=settings, sessions=app.state.sessions),
    )
    app.include_router(administering.router)
    app.include_router(feedback.router)
    app.include_router(router)
    app.include_router(health.router)
    for contract in contracts.CONTRACTS:
        if contract.router is not None:
            app.include_router(contract.router)
    app.state.mcp = McpDoor(settings, lambda: engine_of(app))
    for path in ("/mcp", "/mcp/"):
        app.add_route(path, app.state.mcp, include_in_schema=False)
    pages.install(app)
    # The last one added is asked first: prefix, HEAD, log, headers, preflights, keys, bodies.
    description.install(app, ring, settings.open_scopes)
    rates = Rates(settings.rate_per_key, settings.rate_per_address)
    app.add_middleware(KeyCheck, ring=ring, open_scopes=settings.open_scopes, rates=rates)
    app.add_middleware(problems.Failures)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "OPTIONS"],
            allow_headers=["*"],
            expose_headers=["Retry-After"],
        )
    app.add_middleware(Protection)
    install(app, settings)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Prefixed, root=settings.prefix)
    return app


@asynccontextmanager
async def _load(app: FastAPI) -> AsyncIterator[None]:
    live: LiveEngine = app.state.engine
    live.watch(app.state.settings)
    if app.state.settings.workers > 1:
        # Of several processes over one port only those that can answer take connections.
        while live.health.state == "loading":
            await asyncio.sleep(_WAKING_SECONDS)
    async with app.state.mcp.run():
        yield
    await asyncio.to_thread(app.state.desk.close)
    # Opening may take long; a process that ends does not wait for it.
    await asyncio.to_thread(live.close, _CLOSING_SECONDS)
