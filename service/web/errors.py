"""Turns problem documents into pages for those who read with a browser."""

import asyncio
import json
from urllib.parse import parse_qs

from fastapi import Response
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.catalogue import message
from service.http.paths import route_path
from service.web.addresses import Asked
from service.web.negotiation import interface_language, note_language, wants_page
from service.web.rendering import page, render

_RETRIED = frozenset({429, 500, 502, 503})


class ProblemPages:
    """ASGI middleware: a problem document becomes a page where the caller asked for a page."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http" or not wants_page(route_path(scope), _header(scope, b"accept")):
            await self._app(scope, receive, send)
            return
        started = False
        problem: Message | None = None
        body = bytearray()

        async def relay(event: Message) -> None:
            nonlocal started, problem
            if event["type"] == "http.response.start":
                if dict(event["headers"]).get(b"content-type") == b"application/problem+json":
                    problem = event
                    return
                started = True
            elif problem is not None:
                body.extend(event.get("body", b""))
                return
            await send(event)

        try:
            await self._app(scope, receive, relay)
        except Exception:
            # The server still logs the failure: it only must not answer it a second time.
            if not started:
                texts = message("internal-error")
                sentences = {"kk": texts.kk, "ru": texts.ru, "en": texts.en}
                await self._answer(scope, receive, send, 500, sentences, {})
            raise
        if problem is not None:
            kept = {
                name.decode("latin-1"): value.decode("latin-1")
                for name, value in problem["headers"]
                if name.lower() in (b"retry-after", b"allow", b"connection")
            }
            messages = json.loads(bytes(body))["messages"]
            await self._answer(scope, receive, send, problem["status"], messages, kept)

    async def _answer(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        status: int,
        messages: dict[str, str],
        headers: dict[str, str],
    ) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        wished = query.get("lang", [""])[0]
        note_language(HTTPConnection(scope))
        language = interface_language(wished)

        def make() -> Response:
            text = render(
                "error.html",
                language,
                status=status,
                sentence=messages[language]
                if status != 404 or "/documents/" in scope["path"]
                else message("web-error-not-found")[language],
                retry=status in _RETRIED,
                asked=None,
                switch=None,
                home=Asked(language).url,
            )
            encoding = _header(scope, b"accept-encoding")
            return page(text, language, accept_encoding=encoding, status=status)

        # Not by the workers: they may be the ones that have too much to do.
        response = await asyncio.to_thread(make)
        response.headers.update(headers)
        await response(scope, receive, send)


def _header(scope: Scope, name: bytes) -> str:
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1")
