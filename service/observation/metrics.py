"""Metrics in Prometheus' format, at ``/metrics`` where ``TARMAQ_METRICS`` says so.

Several processes write theirs into one folder (``PROMETHEUS_MULTIPROC_DIR``, which ``tarmaq serve
--workers`` sets), and whichever is asked answers for all.

Source: Prometheus, "Metric and label naming"; prometheus_client, "Multiprocess Mode".
"""

import os
import time
from contextlib import AbstractContextManager
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from service.errors import RequestError
from service.observation.stages import Observer, Outcome, Stage

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
_STATES = ("loading", "ready", "degraded", "broken")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_REQUESTS = Counter(
    "tarmaq_requests", "Requests by the route's template.", ["method", "route", "status"]
)
_DURATION = Histogram(
    "tarmaq_request_seconds", "Time to the end of the answer.", ["route"], buckets=_SECONDS
)
_STAGES = Histogram(
    "tarmaq_stage_seconds", "Time of each stage of a question.", ["stage"], buckets=_SECONDS
)
_QUESTIONS = Counter(
    "tarmaq_questions",
    "Questions by outcome (answered, unanswered, empty), and whether the cache had their answer.",
    ["outcome", "cached"],
)
_STATE = Gauge(
    "tarmaq_state", "1 for the state of the engine.", ["state"], multiprocess_mode="mostrecent"
)
_GENERATION = Gauge("tarmaq_generation", "Generation that answers.", multiprocess_mode="mostrecent")
_OPENED = Gauge(
    "tarmaq_generation_opened_timestamp_seconds",
    "When it was opened; time() minus this is its age.",
    multiprocess_mode="mostrecent",
)

router = APIRouter(include_in_schema=False)


class Metrics(Observer):
    """Counts what the engine says of itself."""

    def stage(self, name: Stage) -> AbstractContextManager[object]:
        """Times a stage."""
        return _STAGES.labels(name).time()

    def asked(self, question: str, outcome: Outcome, *, kept: bool) -> None:
        """Counts a question."""
        _QUESTIONS.labels(outcome, "yes" if kept else "no").inc()

    def standing(self, state: str, generation: int) -> None:
        """Keeps how the engine stands."""
        for name in _STATES:
            _STATE.labels(name).set(name == state)
        _GENERATION.set(generation)
        _OPENED.set(time.time())


def request(method: str, route: str, status: int, seconds: float) -> None:
    """Counts a request."""
    _REQUESTS.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _DURATION.labels(route).observe(seconds)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Returns all metrics.

    Raises:
        RequestError: They are not switched on.
    """
    if not request.app.state.settings.metrics:
        raise RequestError("not-found", status=404, path="/metrics")
    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
