"""The Model Context Protocol: tools for assistants, over HTTP at ``/mcp`` and over stdio.

``search`` and ``fetch`` are as ChatGPT's connectors want them: one argument, one text item with
the same JSON as the structured content, absolute addresses. All tools only read.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from indexer.passages import Language, Passage
from indexer.reference import Reference, find_references
from service.contracts.attributes import (
    Value,
    long_reference,
    passage_attributes,
    short_reference,
    source_url,
)
from service.engine import Engine
from service.errors import RequestError
from service.presentation import document_response
from service.schemas import DocumentResponse
from service.settings import Settings

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_FOUND = 10
_LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_T = TypeVar("_T")


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class Hit(_Schema):
    """A passage found: fetch it by its id."""

    id: str
    title: str
    url: str


class Hits(_Schema):
    """What a search found, best first."""

    results: tuple[Hit, ...]


class Fetched(_Schema):
    """A passage with its text."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, Value]


class Cited(_Schema):
    """A passage that an answer cites."""

    id: str
    reference: str
    title: str
    text: str
    url: str
    score: float


class Answered(_Schema):
    """An answer in the document's own words."""

    answerable: bool = Field(description="False: the documents do not answer; nearest items only.")
    confidence: float
    answer: str | None
    citations: tuple[Cited, ...]


class Items(_Schema):
    """The items that a reference names."""

    items: tuple[Fetched, ...]


def make_server(
    engine: Callable[[], Engine], base_url: Callable[[Context[Any]], str]
) -> MCPServer[Any]:
    """Returns a server with the tools.

    Args:
        engine: Returns the engine, or raises :class:`RequestError` while it loads.
        base_url: Returns what the addresses in an answer to a request begin with.
    """
    server: MCPServer[Any] = MCPServer(
        "tarmaq",
        title="Tarmaq",
        instructions="Finds the exact numbered item of Kazakhstan's government documents that "
        "answers a question in Kazakh or Russian. Cite the reference and the address of each "
        "item used; where 'answerable' is false, say that the document does not answer.",
        log_level="WARNING",
    )

    @server.tool(title="Search", annotations=_READS)
    async def search(query: str, context: Context[Any]) -> Hits:
        """Searches the documents for passages that answer a question in Kazakh or Russian."""
        return await _run(_search, engine, query, base_url(context))

    @server.tool(title="Fetch", annotations=_READS)
    async def fetch(id: str, context: Context[Any]) -> Fetched:
        """Returns the full text of a passage by the id that search gave."""
        return await _run(_fetch, engine, id, base_url(context))

    @server.tool(title="Ask with citations", annotations=_READS)
    async def ask(
        question: Annotated[str, Field(description="The question, in Kazakh or Russian.")],
        context: Context[Any],
        top_k: Annotated[int, Field(ge=1, le=50)] = 5,
    ) -> Answered:
        """Answers a question in the document's own words, citing exact numbered items."""
        return await _run(_ask, engine, question, top_k, base_url(context))

    @server.tool(title="Outline of a document", annotations=_READS)
    async def outline(
        document_id: Annotated[str, Field(description="Empty for the only document.")] = "",
    ) -> DocumentResponse:
        """Returns a document's title, act of adoption, and its chapters and sections."""
        return await _run(_outline, engine, document_id)

    @server.tool(title="Item by reference", annotations=_READS)
    async def item(
        reference: Annotated[
            str, Field(description="As one writes it, «3.17-тармақ», «пункт 3.17», or an eId.")
        ],
        context: Context[Any],
        document_id: Annotated[str, Field(description="Empty for all documents.")] = "",
    ) -> Items:
        """Returns the text of the items that a reference names."""
        return await _run(_item, engine, reference, document_id, base_url(context))

    return server


def serve_stdio(engine: Engine, settings: Settings) -> None:
    """Serves the tools over standard input and output until they close."""
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    make_server(lambda: engine, lambda context: address).run("stdio")


def transport_security(settings: Settings) -> TransportSecuritySettings:
    """Returns which ``Host`` and ``Origin`` headers ``/mcp`` takes.

    The check keeps a web page from reaching a server on its visitor's own machine, so it is made
    only where the server listens on the machine's own address.
    """
    if "*" in settings.allowed_hosts or not settings.is_loopback:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    hosts = [*settings.allowed_hosts, *(f"{h}{port}" for h in _LOCAL for port in ("", ":*"))]
    origins = [f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        hosts.append(parts.netloc)
        origins.append(f"{parts.scheme}://{parts.netloc}")
    return TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[*origins, *settings.cors_origins]
    )


class McpDoor:
    """The ASGI application at ``/mcp``; it serves while :meth:`run` is entered."""

    def __init__(self, settings: Settings, engine: Callable[[], Engine]) -> None:
        """Takes the settings and where the engine comes from."""
        self._settings = settings
        self._engine = engine
        self._app: ASGIApp | None = None

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Serves until left; it may be entered again."""
        # A session manager runs once, an application's lifespan may run again: a server each.
        server = make_server(self._engine, self._base_url)
        self._app = server.streamable_http_app(
            streamable_http_path="/mcp",
            stateless_http=True,
            json_response=True,
            transport_security=transport_security(self._settings),
        )
        try:
            async with server.session_manager.run():
                yield
        finally:
            self._app = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if self._app is None:
            await JSONResponse({"error": "starting"}, 503)(scope, receive, send)
            return
        path = scope["path"].rstrip("/")
        await self._app({**scope, "path": path, "app": None}, receive, send)

    def _base_url(self, context: Context[Any]) -> str:
        if self._settings.public_url:
            return self._settings.public_url
        request: Any = context.request_context.request
        return f"{request.url.scheme}://{request.url.netloc}"


async def _run(function: Callable[..., _T], engine: Callable[[], Engine], *args: object) -> _T:
    try:
        return await asyncio.to_thread(lambda: function(engine(), *args))
    except RequestError as error:
        message = error.message
        raise ToolError(f"{message.en} / {message.ru} / {message.kk}") from error


def _search(engine: Engine, query: str, base: str) -> Hits:
    answer = engine.ask(query, k=_FOUND)
    return Hits(
        results=tuple(
            Hit(
                id=_id(result.passage, engine),
                title=long_reference(result.passage, engine.library, answer.language),
                url=source_url(result.passage, engine.library, base),
            )
            for result in answer.results
        )
    )


def _fetch(engine: Engine, name: str, base: str) -> Fetched:
    return _fetched(engine, _find(engine, name), base)


def _ask(engine: Engine, question: str, top_k: int, base: str) -> Answered:
    answer = engine.ask(question, k=top_k)
    return Answered(
        answerable=answer.answerable,
        confidence=answer.confidence,
        answer=answer.answer.text if answer.answer else None,
        citations=tuple(
            Cited(
                id=_id(result.passage, engine),
                reference=short_reference(result.passage, answer.language),
                title=long_reference(result.passage, engine.library, answer.language),
                text=result.passage.text,
                url=source_url(result.passage, engine.library, base),
                score=result.score,
            )
            for result in answer.results
        ),
    )


def _outline(engine: Engine, document_id: str) -> DocumentResponse:
    documents = engine.library.documents
    if not document_id and len(documents) == 1:
        return document_response(documents[0])
    return document_response(engine.library.document(document_id))


def _item(engine: Engine, reference: str, document_id: str, base: str) -> Items:
    if document_id:
        engine.library.document(document_id)
    passages = [
        passage
        for passage in engine.index.corpus.passages
        if not document_id or passage.document_id == document_id
    ]
    written = find_references(reference)
    addresses = {Reference.parse(passage.eid) for passage in passages if passage.eid}
    named = {str(found) for each in written for found in each.select(addresses)}
    found = [
        passage
        for passage in passages
        if passage.eid and (passage.eid in named or reference in (passage.eid, passage.id))
    ]
    if not found:
        raise RequestError("reference-not-found", status=404, name=reference)
    return Items(items=tuple(_fetched(engine, passage, base) for passage in found))


def _fetched(engine: Engine, passage: Passage, base: str) -> Fetched:
    attributes = passage_attributes(passage, engine.library)
    return Fetched(
        id=_id(passage, engine),
        title=long_reference(passage, engine.library, passage.language),
        text=passage.text,
        url=source_url(passage, engine.library, base),
        metadata={
            **{name: value for name, value in attributes.items() if value is not None},
            "reference": short_reference(passage, passage.language),
        },
    )


def _id(passage: Passage, engine: Engine) -> str:
    """Returns the passage's id, with ``@ru`` where it is not of the document's first edition."""
    is_first = engine.library.passage(passage.id).language == passage.language
    return passage.id if is_first else f"{passage.id}@{passage.language}"


def _find(engine: Engine, name: str) -> Passage:
    passage_id, _, suffix = name.rpartition("@")
    for language in _LANGUAGES:
        if passage_id and suffix == language:
            return engine.library.passage(passage_id, language)
    return engine.library.passage(name)
