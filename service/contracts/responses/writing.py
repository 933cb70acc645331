"""One response written: whole, or as the events of a stream."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import uuid4

from service.answering.replies import Citation
from service.contracts.responses.asked import ResponseRequest
from service.contracts.responses.schemas import (
    FileCitation,
    FileSearchCall,
    FileSearchResult,
    OutputMessage,
    OutputText,
    ResponseObject,
    ResponseUsage,
    UrlCitationPart,
)
from service.contracts.speaking import Spoken
from service.contracts.vector_stores import store_result
from service.engine.engine import Answer, Engine
from service.http.presentation import passage_url, source_url

_RESULTS: Final = "file_search_call.results"


@dataclass
class Writing:
    """One response, whole or as events."""

    body: ResponseRequest
    model: str
    engine: Engine
    answer: Answer
    base: str
    id: str = field(default_factory=lambda: f"resp_{uuid4().hex}")
    message_id: str = field(default_factory=lambda: f"msg_{uuid4().hex}")
    search_id: str = field(default_factory=lambda: f"fs_{uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def completed(self, spoken: Spoken) -> ResponseObject:
        """Returns the whole response."""
        output: list[FileSearchCall | OutputMessage] = [self._message(self._text(spoken))]
        if self.body.search:
            output.insert(0, self._search("completed"))
        usage = ResponseUsage(
            input_tokens=spoken.prompt_tokens,
            output_tokens=spoken.completion_tokens,
            total_tokens=spoken.prompt_tokens + spoken.completion_tokens,
        )
        return self._response(tuple(output), usage)

    async def events(self, speak: Callable[[], Awaitable[Spoken]]) -> AsyncIterator[str]:
        """Yields the events of the response, in the order of OpenAI's."""
        event = _numbered()
        begun = self._response().model_dump()
        yield event("response.created", response=begun)
        yield event("response.in_progress", response=begun)
        place = {"output_index": 0}
        if self.body.search:
            item = {"item_id": self.search_id}
            calling, called = self._search("in_progress"), self._search("completed")
            yield event("response.output_item.added", **place, item=calling.model_dump())
            for step in ("in_progress", "searching", "completed"):
                yield event(f"response.file_search_call.{step}", **place, **item)
            yield event("response.output_item.done", **place, item=called.model_dump())
            place = {"output_index": 1}
        yield event("response.output_item.added", **place, item=self._message().model_dump())
        part: dict[str, Any] = {**place, "item_id": self.message_id, "content_index": 0}
        yield event("response.content_part.added", **part, part=OutputText(text="").model_dump())
        spoken = await speak()
        for chunk in spoken.chunks:
            yield event("response.output_text.delta", **part, delta=chunk, logprobs=[])
        text = self._text(spoken)
        for number, annotation in enumerate(text.annotations):
            yield event(
                "response.output_text.annotation.added",
                **part,
                annotation_index=number,
                annotation=annotation.model_dump(),
            )
        yield event("response.output_text.done", **part, text=text.text, logprobs=[])
        yield event("response.content_part.done", **part, part=text.model_dump())
        yield event("response.output_item.done", **place, item=self._message(text).model_dump())
        yield event("response.completed", response=self.completed(spoken).model_dump())

    def _response(
        self,
        output: tuple[FileSearchCall | OutputMessage, ...] = (),
        usage: ResponseUsage | None = None,
    ) -> ResponseObject:
        return ResponseObject(
            id=self.id,
            created_at=self.created,
            status="completed" if usage else "in_progress",
            model=self.model,
            output=output,
            tool_choice=self.body.tool_choice or "auto",
            tools=tuple(tool.model_dump(mode="json") for tool in self.body.searches),
            usage=usage,
        )

    def _message(self, text: OutputText | None = None) -> OutputMessage:
        return OutputMessage(
            id=self.message_id,
            status="completed" if text else "in_progress",
            content=(text,) if text else (),
        )

    def _search(self, status: Literal["in_progress", "completed"]) -> FileSearchCall:
        tool = self.body.search
        results = None
        if tool and status == "completed" and _RESULTS in self.body.include:
            found = [store_result(one, self.answer, self.engine, self.base) for one in self._found]
            results = tuple(
                FileSearchResult(
                    file_id=one.file_id,
                    filename=one.filename,
                    score=one.score,
                    text=one.content[0].text,
                    attributes=one.attributes,
                )
                for one in found
            )
        return FileSearchCall(
            id=self.search_id,
            status=status,
            queries=(self.answer.question.interpreted,),
            results=results,
        )

    @property
    def _found(self) -> list[Any]:
        tool = self.body.search
        least = tool.ranking_options.score_threshold if tool else 0.0
        return [result for result in self.answer.results if result.score >= least]

    def _text(self, spoken: Spoken) -> OutputText:
        files = self._documents() if self.body.search else {}
        return OutputText(
            text=spoken.reply.text,
            annotations=tuple(_annotation(one, files) for one in spoken.citations),
        )

    def _documents(self) -> dict[str, str]:
        """Returns the documents of what may be cited, by its address."""
        library = self.engine.library
        documents = {
            source_url(one.passage, library, self.base): one.passage.document_id
            for one in self.answer.results
        }
        if about := self.answer.about:
            documents[passage_url(about.document.id, self.base)] = about.document.id
        return documents


def _annotation(citation: Citation, files: Mapping[str, str]) -> UrlCitationPart | FileCitation:
    source = citation.source
    if (file := files.get(source.url)) is not None:
        return FileCitation(index=citation.end, file_id=file, filename=source.title)
    return UrlCitationPart(
        start_index=citation.start, end_index=citation.end, title=source.title, url=source.url
    )


def _numbered() -> Callable[..., str]:
    number = -1

    def event(kind: str, **values: Any) -> str:
        nonlocal number
        number += 1
        data = json.dumps({"type": kind, **values, "sequence_number": number}, ensure_ascii=False)
        return f"event: {kind}\ndata: {data}\n\n"

    return event
