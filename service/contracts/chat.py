"""OpenAI chat completions: answers with citations, with a language model or without one.

Source: OpenAI API reference, "Create chat completion"; citations as its web search gives them.
"""

import json
import logging
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from indexer.passages import Passage
from service.contracts.attributes import long_reference, source_url
from service.contracts.shapes import contract_route, openai_shape
from service.conversation import standalone_question
from service.engine import Answer, Engine
from service.errors import RequestError
from service.generation import Draft, GenerationError, Writer
from service.replies import Reply, Source, extractive_reply, written_reply
from service.routes import BaseUrl, CurrentEngine
from service.settings import Settings
from service.support import supported_sentences

_LOG = logging.getLogger(__name__)

MODEL = "tarmaq"
EXTRACTIVE_MODEL = "tarmaq-extractive"
"""Answers in the document's own words even where a language model is configured."""

_PASSAGES = 5
_NEAREST = 3
_CREATED = 1_583_452_800
_CHUNK = re.compile(r"\S+\s*|\s+")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class ContentPart(_Schema):
    """A part of a message; only text is read."""

    type: str
    text: str = ""


class ChatMessage(_Schema):
    """One message of the conversation."""

    role: str
    content: str | tuple[ContentPart, ...] | None = None

    @property
    def text(self) -> str:
        """The message's text."""
        if isinstance(self.content, tuple):
            return " ".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(_Schema):
    """How to stream."""

    include_usage: bool = False


class ChatRequest(_Schema):
    """A conversation; settings of a language model (temperature, …) are accepted and ignored."""

    model: str = MODEL
    messages: tuple[ChatMessage, ...] = Field(min_length=1)
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    stream: bool | None = False
    stream_options: StreamOptions | None = None


class Model(_Schema):
    """A model that chat completions take."""

    id: str
    object: Literal["model"] = "model"
    created: int = _CREATED
    owned_by: str = "tarmaq"


class ModelList(_Schema):
    """The models."""

    object: Literal["list"] = "list"
    data: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A reply with what it cost, in tokens."""

    reply: Reply
    prompt_tokens: int
    completion_tokens: int


router = APIRouter(prefix="/v1", tags=["openai"], route_class=contract_route(openai_shape))


@router.get("/models", summary="OpenAI models")
def models(request: Request) -> ModelList:
    """Returns the models: `tarmaq`, and `tarmaq-extractive` where a language model writes."""
    return ModelList(data=tuple(Model(id=name) for name in _names(request)))


@router.get("/models/{name}", summary="One OpenAI model")
def model(name: str, request: Request) -> Model:
    """Returns one model."""
    return Model(id=_known(name, request))


@router.post("/chat/completions", summary="OpenAI chat completions")
async def chat_completions(
    body: ChatRequest, request: Request, engine: CurrentEngine, base: BaseUrl
) -> Response:
    """Answers the last question of a conversation with numbered references.

    `usage` is the language model's where it wrote the answer; else it counts words and marks.
    """
    name = _known(body.model, request)
    questions = [each.text for each in body.messages if each.role == "user" and each.text.strip()]
    if not questions:
        raise RequestError("no-user-message", status=400)
    # The answer's own question comes before the stream: an unusable one is an HTTP error.
    question = standalone_question(questions)
    answer = await run_in_threadpool(engine.ask, question, k=_PASSAGES)

    def describe(passage: Passage) -> Source:
        return Source(
            long_reference(passage, engine.library, answer.language),
            source_url(passage, engine.library, base),
        )

    settings: Settings = request.app.state.settings
    writer = _writer(settings) if name == MODEL else None

    async def speak() -> _Spoken:
        draft, reply = None, None
        if writer is not None and answer.answerable and answer.results:
            draft, reply = await _written(writer, engine, answer, describe)
        reply = reply or extractive_reply(answer, describe)
        if draft is not None:
            return _Spoken(reply, draft.prompt_tokens, draft.completion_tokens)
        read = sum(_tokens(each.text) for each in body.messages)
        return _Spoken(reply, read, _tokens(reply.text))

    head = {"id": f"chatcmpl-{uuid4().hex}", "created": int(time.time()), "model": name}
    if body.stream:
        options = body.stream_options or StreamOptions()
        events = _events(head, speak, with_usage=options.include_usage)
        return StreamingResponse(
            events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
        )
    spoken = await speak()
    return JSONResponse(
        {
            **head,
            "object": "chat.completion",
            "choices": [
                {
                    "index": 0,
                    "message": {
                        "role": "assistant",
                        "content": spoken.reply.text,
                        "refusal": None,
                        "annotations": _annotations(spoken.reply),
                    },
                    "logprobs": None,
                    "finish_reason": "stop",
                }
            ],
            "usage": _usage(spoken),
        }
    )


async def _written(
    writer: Writer, engine: Engine, answer: Answer, describe: Any
) -> tuple[Draft | None, Reply | None]:
    """Returns what the language model wrote and its checked reply; None where it is no use."""
    passages = [result.passage for result in answer.results]

    def nearest(sentence: str) -> list[Passage]:
        return [found.passage for found in engine.ask(sentence, k=_NEAREST, literal=True).results]

    try:
        draft = await writer.write(answer.question.interpreted, passages, answer.language)
    except GenerationError as error:
        _LOG.warning("The language model is not used: %s", error)
        return None, None
    sentences = await run_in_threadpool(supported_sentences, draft.text, passages, nearest)
    if not sentences:
        _LOG.warning("The language model is not used: no sentence of it is supported")
        return draft, None
    return draft, written_reply(sentences, passages, describe)


async def _events(head: dict[str, Any], speak: Any, *, with_usage: bool) -> AsyncIterator[str]:
    def event(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**head, "object": "chat.completion.chunk", "choices": [choice]})

    yield event({"role": "assistant", "content": ""})
    spoken = await speak()
    for chunk in _CHUNK.findall(spoken.reply.text):
        yield event({"content": chunk})
    yield event({"annotations": _annotations(spoken.reply)})
    yield event({}, "stop")
    if with_usage:
        usage = {"choices": [], "usage": _usage(spoken)}
        yield _event({**head, "object": "chat.completion.chunk", **usage})
    yield "data: [DONE]\n\n"


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _annotations(reply: Reply) -> list[dict[str, Any]]:
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": citation.start,
                "end_index": citation.end,
                "title": citation.source.title,
                "url": citation.source.url,
            },
        }
        for citation in reply.citations
    ]


def _usage(spoken: _Spoken) -> dict[str, int]:
    return {
        "prompt_tokens": spoken.prompt_tokens,
        "completion_tokens": spoken.completion_tokens,
        "total_tokens": spoken.prompt_tokens + spoken.completion_tokens,
    }


def _tokens(text: str) -> int:
    return len(_TOKEN.findall(text))


def _names(request: Request) -> tuple[str, ...]:
    settings: Settings = request.app.state.settings
    return (MODEL, EXTRACTIVE_MODEL) if settings.llm_base_url else (MODEL,)


def _known(name: str, request: Request) -> str:
    names = _names(request)
    if name not in names:
        raise RequestError("unknown-model", status=404, name=name, known=", ".join(names))
    return name


def _writer(settings: Settings) -> Writer | None:
    if not settings.llm_base_url:
        return None
    key = settings.llm_api_key.get_secret_value()
    return Writer(settings.llm_base_url, settings.llm_model, key, settings.llm_timeout)
