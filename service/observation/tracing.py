"""OpenTelemetry: a span for each request and for each stage of a question.

Where to is said by OpenTelemetry's own variables, ``OTEL_EXPORTER_OTLP_ENDPOINT`` and the others.
Spans hold the route's template and the status, neither the question nor the address asked for.

Source: OpenTelemetry, "Semantic conventions for HTTP spans".
"""

from contextlib import AbstractContextManager
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer.locations import NAME, version
from service.observation.stages import Observer, Stage, observe


class _Spans(Observer):
    def __init__(self, tracer: Any) -> None:
        self._tracer = tracer

    def stage(self, name: Stage) -> AbstractContextManager[object]:
        span: AbstractContextManager[object] = self._tracer.start_as_current_span(name)
        return span


class Traced:
    """ASGI middleware: a span for each request, under the caller's where it names one."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps ``app``.

        Raises:
            ModuleNotFoundError: OpenTelemetry is not installed.
        """
        self._app = app
        self._tracer = _provider().get_tracer(NAME, version())
        observe(_Spans(self._tracer))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        caller = extract(Headers(scope=scope))
        method = scope["method"]
        with self._tracer.start_as_current_span(
            method, context=caller, kind=SpanKind.SERVER, attributes={"http.request.method": method}
        ) as span:

            async def noted(event: Message) -> None:
                if event["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", event["status"])
                await send(event)

            try:
                await self._app(scope, receive, noted)
            finally:
                if (path := getattr(scope.get("route"), "path", None)) is not None:
                    span.set_attribute("http.route", path)
                    span.update_name(f"{method} {path}")


def _provider() -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": NAME, "service.version": version()})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
