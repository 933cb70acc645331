"""Puts what observes the service into the application."""

from fastapi import FastAPI

from service.observation import metrics
from service.observation.logs import configure
from service.observation.requests import Observed
from service.observation.stages import observe
from service.settings import Settings


def install(app: FastAPI, settings: Settings) -> None:
    """Adds logs, metrics and, where they are wanted, traces; asked before what is added earlier.

    Raises:
        ModuleNotFoundError: Traces are wanted and OpenTelemetry is not installed.
    """
    configure(settings)
    observe(metrics.Metrics())
    app.include_router(metrics.router)
    app.add_middleware(Observed)
    if settings.telemetry:
        from service.observation.tracing import Traced

        app.add_middleware(Traced)
