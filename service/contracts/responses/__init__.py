"""OpenAI responses: the same answers in the form that its clients ask for by default.

Source: OpenAI API reference, "Responses": create, streaming events, the tool ``file_search``.
"""

import datetime
from dataclasses import replace
from functools import partial

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from service.contracts.conditions import check_size
from service.contracts.models import answering, known
from service.contracts.openai import openai_router, openai_shape
from service.contracts.responses.asked import ResponseRequest, Tool
from service.contracts.responses.schemas import ResponseObject
from service.contracts.responses.writing import Writing
from service.contracts.searching import collection_filters
from service.contracts.speaking import PASSAGES, Heard, Speaker
from service.contracts.streaming import EventStream
from service.contracts.vector_stores import find_stores
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.errors import RequestError
from service.http.doors import Contract, Door
from service.http.routes import BaseUrl, CurrentEngine
from service.http.workers import compute

router = openai_router()


@router.post(
    "/responses",
    summary="OpenAI responses",
    response_model=ResponseObject,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def responses(
    body: ResponseRequest, request: Request, engine: CurrentEngine, base: BaseUrl
) -> Response:
    """Answers the last question of a conversation with numbered references.

    The tool `file_search` chooses where to search and cites documents instead of addresses; its
    results are sent where `include` names `file_search_call.results`.
    """
    name = known(body.model, answering(request))
    body.check()
    speaker = Speaker(request, engine, base, name)

    def ask() -> Heard:
        filters, k = _where(engine, body.search, body.date)
        return speaker.ask([each.text for each in body.items if each.is_message], filters, k)

    # The answer's own question comes before the stream: an unusable one is an HTTP error.
    heard = await compute(ask)
    writing = Writing(body, name, engine, heard.answer, base)
    speak = partial(speaker.speak, heard, [each.text for each in body.items])
    if body.stream:
        return EventStream(writing.events(speak))
    return JSONResponse(writing.completed(await speak()).model_dump())


@router.api_route(
    "/responses/{rest:path}", methods=["GET", "POST", "DELETE"], include_in_schema=False
)
async def kept(rest: str) -> Response:
    """Says that answers are not kept."""
    path = f"/v1/responses/{rest}"
    raise RequestError("not-offered", status=404, path=path, instead="POST /v1/responses")


def _where(
    engine: Engine, tool: Tool | None, day: datetime.date | None
) -> tuple[Filters | None, int]:
    if tool is None:
        return Filters(date=day), PASSAGES
    documents = find_stores(engine, tool.vector_store_ids)
    condition = tool.filters.read() if tool.filters else None
    check_size(condition)
    filters = collection_filters(engine, documents, condition)
    return replace(filters, date=filters.date or day), tool.max_num_results


CONTRACT = Contract(doors=(Door("/v1/responses", "chat", openai_shape),), router=router)
