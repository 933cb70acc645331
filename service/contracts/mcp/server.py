"""The Model Context Protocol: tools for assistants, over HTTP at ``/mcp`` and over stdio.

``search`` and ``fetch`` are as ChatGPT's connectors want them: one argument, one text item with
the same JSON as the structured content, absolute addresses. All tools only read.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import urlsplit

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticUseDefault
from starlette.types import ASGIApp

from indexer.documents.description import Trilingual
from indexer.documents.passages import Language
from indexer.errors import CorruptIndexError
from service.catalogue import message
from service.contracts.mcp import tools
from service.contracts.mcp.schemas import Answered, Fetched, Hits, Items
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.engine.questions import MAX_QUESTION
from service.errors import RequestError
from service.http.hosts import LOCAL
from service.http.schemas import DocumentResponse
from service.http.workers import compute
from service.settings import Settings

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_INSTRUCTIONS = """\
Finds the exact numbered item of Kazakhstan's government documents that answers a question in \
Kazakh, Russian or English. Cite the reference and the address of each item used; say so where a \
text is an unofficial translation, and name the authoritative one; where 'answerable' is false, \
say that the document does not answer."""
_ON_A_DAY = "The text in force on this day, not today's."
_T = TypeVar("_T")


def _default_for_null(value: Any) -> Any:
    if value is None:
        raise PydanticUseDefault
    return value


_OPTIONAL: Final = BeforeValidator(_default_for_null)
"""Null is an argument left out; the schema that assistants read stays as plain as without it."""


def make_server(
    engine: Callable[[], Engine], base_url: Callable[[Context[Any]], str]
) -> MCPServer[Any]:
    """Returns a server with the tools.

    Args:
        engine: Returns the engine, or raises :class:`RequestError` while it loads.
        base_url: Returns what the addresses in an answer to a request begin with.
    """
    with _own_logging():
        server: MCPServer[Any] = MCPServer(
            "tarmaq",
            title="Tarmaq",
            instructions=_INSTRUCTIONS,
            log_level="WARNING",
        )

    @server.tool(title="Search", annotations=_READS)
    async def search(query: str, context: Context[Any]) -> Hits:
        """Searches the documents for passages that answer a Kazakh, Russian or English question."""
        return await _run(tools.search, engine, query, base_url(context))

    @server.tool(title="Fetch", annotations=_READS)
    async def fetch(id: str, context: Context[Any]) -> Fetched:
        """Returns the full text of a passage by the id that search gave."""
        return await _run(tools.fetch, engine, id, base_url(context))

    @server.tool(title="Ask with citations", annotations=_READS)
    async def ask(
        question: Annotated[str, Field(description="The question, in Kazakh, Russian or English.")],
        context: Context[Any],
        top_k: Annotated[int, Field(ge=1, le=50), _OPTIONAL] = 5,
        documents: Annotated[
            tuple[str, ...],
            Field(description="Ids of documents to search; empty for all."),
            _OPTIONAL,
        ] = (),
        sections: Annotated[
            tuple[str, ...], Field(description="eIds of chapters or articles to search."), _OPTIONAL
        ] = (),
        languages: Annotated[
            tuple[Language, ...], Field(description="Languages of the text searched."), _OPTIONAL
        ] = (),
        kinds: Annotated[
            tuple[str, ...], Field(description="Kinds of acts, such as law or code."), _OPTIONAL
        ] = (),
        date: Annotated[dt.date | None, Field(description=_ON_A_DAY)] = None,
    ) -> Answered:
        """Answers a question in the document's own words, citing exact numbered items."""
        filters = Filters(documents, sections, languages, kinds, date)
        return await _run(tools.ask, engine, question, top_k, filters, base_url(context))

    @server.tool(title="Outline of a document", annotations=_READS)
    async def outline(
        document_id: Annotated[
            str, Field(description="Empty for the only document."), _OPTIONAL
        ] = "",
        date: Annotated[dt.date | None, Field(description=_ON_A_DAY)] = None,
    ) -> DocumentResponse:
        """Returns a document's title, act of adoption, and its chapters and sections."""
        return await _run(tools.outline, engine, document_id, date)

    @server.tool(title="Item by reference", annotations=_READS)
    async def item(
        reference: Annotated[
            str,
            Field(
                max_length=MAX_QUESTION,
                description="As one writes it, «3.17-тармақ», «пункт 3.17», or an eId.",
            ),
        ],
        context: Context[Any],
        document_id: Annotated[str, Field(description="Empty for all documents."), _OPTIONAL] = "",
        date: Annotated[dt.date | None, Field(description=_ON_A_DAY)] = None,
    ) -> Items:
        """Returns the text of the items that a reference names."""
        return await _run(tools.item, engine, reference, document_id, base_url(context), date)

    return server


@contextmanager
def _own_logging() -> Iterator[None]:
    """Undoes what the kit's constructor does to the log of the whole process.

    Its handler draws every traceback with the lines around it, seconds on the event loop.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


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
    hosts = [*settings.allowed_hosts, *(f"{h}{port}" for h in LOCAL for port in ("", ":*"))]
    origins = [f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")]
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        hosts.append(parts.netloc)
        origins.append(f"{parts.scheme}://{parts.netloc}")
    return TransportSecuritySettings(
        allowed_hosts=hosts, allowed_origins=[*origins, *settings.cors_origins]
    )


def streamable(
    settings: Settings, engine: Callable[[], Engine], base_url: Callable[[Any], str]
) -> tuple[ASGIApp, AbstractAsyncContextManager[None]]:
    """Returns the application at ``/mcp``, and what is entered while it serves.

    Args:
        settings: The settings.
        engine: As in :func:`make_server`.
        base_url: As in :func:`make_server`.
    """
    server = make_server(engine, base_url)
    app = server.streamable_http_app(
        streamable_http_path="/mcp",
        stateless_http=True,
        json_response=True,
        transport_security=transport_security(settings),
    )
    return app, server.session_manager.run()


async def _run(function: Callable[..., _T], engine: Callable[[], Engine], *args: object) -> _T:
    try:
        return await compute(lambda: function(engine(), *args))
    except RequestError as error:
        raise _tool_error(error.message) from error
    except CorruptIndexError as error:
        raise _tool_error(message("index-unavailable")) from error


def _tool_error(said: Trilingual) -> ToolError:
    return ToolError(f"{said.en} / {said.ru} / {said.kk}")
