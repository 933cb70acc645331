"""OpenAI chat completions: answers with citations, with a language model or without one.

Source: OpenAI API reference, "Create chat completion"; citations as its web search gives them.
"""

import datetime
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from service.answering.replies import Citation
from service.contracts.models import MODEL, answering, known
from service.contracts.openai import openai_router, openai_shape, refuse_settings
from service.contracts.speaking import Speaker, Spoken, text_of
from service.contracts.streaming import EventStream
from service.engine.filters import Filters
from service.http.doors import Contract, Door
from service.http.requests import Body
from service.http.routes import BaseUrl, CurrentEngine
from service.http.workers import compute

_UNSUPPORTED = Field(None, description="Not supported: an error where it asks for something.")
_OFFERED = Field(None, description="An offer that is never taken up: the documents answer.")


class ContentPart(Body):
    """A part of a message; a user's must be text."""

    type: str
    text: str = ""


class ChatMessage(Body):
    """One message of the conversation; the user's are read."""

    role: str
    content: str | tuple[ContentPart, ...] | None = None

    @property
    def text(self) -> str:
        """The message's text."""
        if isinstance(self.content, tuple):
            return text_of(self.role, [(part.type, part.text) for part in self.content])
        return self.content or ""


class StreamOptions(Body):
    """How to stream."""

    include_usage: bool = False


class ChatRequest(Body):
    """A conversation; how a language model writes (temperature, max_tokens, …) is ignored."""

    model: str = MODEL
    messages: tuple[ChatMessage, ...] = Field(min_length=1)
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    date: datetime.date | None = Field(
        None,
        description="Not of OpenAI: the day whose texts are searched; by default today.",
    )
    tools: Any = _OFFERED
    functions: Any = _OFFERED
    tool_choice: Any = Field(None, description="An error where it demands that a tool be used.")
    function_call: Any = Field(None, description="As `tool_choice`.")
    response_format: Any = _UNSUPPORTED
    modalities: Any = _UNSUPPORTED
    audio: Any = _UNSUPPORTED
    web_search_options: Any = _UNSUPPORTED
    logprobs: Any = _UNSUPPORTED

    def check(self) -> None:
        """Refuses what would change what the answer is.

        Raises:
            RequestError: Something is asked for that there is not.
        """
        refuse_settings(
            {
                # Tools are an offer: programs make it by default, and a model may do without.
                "tool_choice": self.tool_choice not in (None, "none", "auto"),
                "function_call": self.function_call not in (None, "none", "auto"),
                "response_format": self.response_format not in (None, {"type": "text"}),
                "modalities": self.modalities not in (None, ["text"]),
                "audio": self.audio,
                "web_search_options": self.web_search_options is not None,
                "logprobs": self.logprobs,
            }
        )


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class UrlCitation(_Schema):
    """What a mark in the text stands for."""

    start_index: int
    end_index: int
    title: str
    url: str


class ChatAnnotation(_Schema):
    """A citation."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class AssistantMessage(_Schema):
    """The answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: tuple[ChatAnnotation, ...]


class ChatChoice(_Schema):
    """The only choice."""

    index: int = 0
    message: AssistantMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatUsage(_Schema):
    """What was read and written, in tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(_Schema):
    """An answer to a conversation."""

    id: str
    created: int
    model: str
    object: Literal["chat.completion"] = "chat.completion"
    choices: tuple[ChatChoice, ...]
    usage: ChatUsage


router = openai_router()


@router.post(
    "/chat/completions",
    summary="OpenAI chat completions",
    response_model=ChatCompletion,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def chat_completions(
    body: ChatRequest, request: Request, engine: CurrentEngine, base: BaseUrl
) -> Response:
    """Answers the last question of a conversation with numbered references.

    `usage` is the language model's where it wrote the answer; else it counts words and marks.
    """
    name = known(body.model, answering(request))
    body.check()
    speaker = Speaker(request, engine, base, name)
    # The answer's own question comes before the stream: an unusable one is an HTTP error.
    heard = await compute(
        lambda: speaker.ask(
            [each.text for each in body.messages if each.role == "user"], Filters(date=body.date)
        )
    )
    speak = partial(speaker.speak, heard, [each.text for each in body.messages])
    head = {"id": f"chatcmpl-{uuid4().hex}", "created": int(time.time()), "model": name}
    if body.stream:
        options = body.stream_options or StreamOptions()
        return EventStream(_events(head, speak, with_usage=options.include_usage))
    said = await speak()
    message = AssistantMessage(content=said.reply.text, annotations=_annotations(said))
    completion = ChatCompletion(**head, choices=(ChatChoice(message=message),), usage=_usage(said))
    return JSONResponse(completion.model_dump())


async def _events(
    head: dict[str, Any], speak: Callable[[], Awaitable[Spoken]], *, with_usage: bool
) -> AsyncIterator[str]:
    def event(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _event({**head, "object": "chat.completion.chunk", "choices": [choice]})

    yield event({"role": "assistant", "content": ""})
    spoken = await speak()
    for chunk in spoken.chunks:
        yield event({"content": chunk})
    yield event({"annotations": [each.model_dump() for each in _annotations(spoken)]})
    yield event({}, "stop")
    if with_usage:
        usage = {"choices": [], "usage": _usage(spoken).model_dump()}
        yield _event({**head, "object": "chat.completion.chunk", **usage})
    yield "data: [DONE]\n\n"


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _annotations(spoken: Spoken) -> tuple[ChatAnnotation, ...]:
    return tuple(ChatAnnotation(url_citation=url_citation(one)) for one in spoken.citations)


def url_citation(citation: Citation) -> UrlCitation:
    """Returns a citation as OpenAI's interface words it."""
    return UrlCitation(
        start_index=citation.start,
        end_index=citation.end,
        title=citation.source.title,
        url=citation.source.url,
    )


def _usage(spoken: Spoken) -> ChatUsage:
    return ChatUsage(
        prompt_tokens=spoken.prompt_tokens,
        completion_tokens=spoken.completion_tokens,
        total_tokens=spoken.prompt_tokens + spoken.completion_tokens,
    )


CONTRACT = Contract(doors=(Door("/v1/chat", "chat", openai_shape),), router=router)
