"""Tests of metrics and traces."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from service.engine.engine import Engine
from service.http.app import create_app
from service.http.keys import make_key
from service.observation import stages
from service.settings import Settings

Serve = Callable[..., AbstractContextManager[str]]


def read(client: httpx.Client) -> dict[tuple[str, ...], float]:
    """Returns the samples of /metrics by name and labels, in the order of the labels' names."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_metrics_tell_stages_outcomes_and_requests(engine: Engine) -> None:
    """Counted by the route's template: addresses make no new series."""
    with TestClient(create_app(Settings(metrics=True), engine)) as client:
        before = read(client)
        client.get("/v1/search", params={"q": "Каспий"})
        client.get("/v1/search", params={"q": "қырлы бөдене ұшты ма"})
        for number in range(20):
            client.get(f"/v1/passages/x{number}")
            client.get(f"/nowhere/{number}")
        after = read(client)

    def grown(*key: str) -> float:
        return after.get(key, 0) - before.get(key, 0)

    for stage in ("normalise", "embed", "search", "rank", "answer"):
        assert grown("tarmaq_stage_seconds_count", stage) == 2
        assert 0 < grown("tarmaq_stage_seconds_sum", stage) < 10
    outcomes = [grown("tarmaq_questions_total", "no", name) for name in ("answered", "unanswered")]
    assert outcomes == [1, 1]
    assert grown("tarmaq_requests_total", "GET", "/v1/search", "200") == 2
    assert grown("tarmaq_requests_total", "GET", "/v1/passages/{passage_id:path}", "404") == 20
    assert grown("tarmaq_requests_total", "GET", "unknown", "404") == 20
    assert len(after) < 4_000


def test_metrics_are_closed_until_they_are_opened(serve: Serve, address: str) -> None:
    """By a setting, and by a scope of their own where keys are needed."""
    assert httpx.get(f"{address}/metrics").status_code == 404
    asking, of_asking = make_key("asking", ["search"])
    seeing, of_seeing = make_key("seeing", ["metrics"])
    with serve(metrics=True, api_keys=f"{of_asking};{of_seeing}") as url:
        assert httpx.get(f"{url}/metrics").status_code == 401
        for key, status in ((asking, 403), (seeing, 200)):
            headers = {"Authorization": f"Bearer {key}"}
            assert httpx.get(f"{url}/metrics", headers=headers).status_code == status


def test_traces_hold_stages_and_no_question(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A span for the request, named by its template, and one for each stage under it."""
    sdk = pytest.importorskip("opentelemetry.sdk.trace")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    exporter, provider = memory.InMemorySpanExporter(), sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    observers = list(stages._observers)
    monkeypatch.setattr("service.observation.tracing._provider", lambda: provider)
    try:
        with TestClient(create_app(Settings(telemetry=True), engine)) as client:
            client.get("/v1/search", params={"q": "Каспий"})
    finally:
        stages._observers[:] = observers
    spans = exporter.get_finished_spans()
    names = [span.name for span in spans]
    assert names[-1] == "GET /v1/search"
    assert set(names) >= {"normalise", "embed", "search", "rank", "answer"}
    assert len({span.context.trace_id for span in spans}) == 1
    assert "Каспий" not in "".join(str(dict(span.attributes)) for span in spans)
