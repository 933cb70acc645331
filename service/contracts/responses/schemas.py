"""What ``/v1/responses`` answers."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class UrlCitationPart(_Schema):
    """A mark in the text, and the address that it stands for."""

    type: Literal["url_citation"] = "url_citation"
    start_index: int
    end_index: int
    title: str
    url: str


class FileCitation(_Schema):
    """Where in the text a document is cited."""

    type: Literal["file_citation"] = "file_citation"
    index: int
    file_id: str
    filename: str


class OutputText(_Schema):
    """What is said."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: tuple[UrlCitationPart | FileCitation, ...] = ()
    logprobs: tuple[()] = ()


class OutputMessage(_Schema):
    """The answer."""

    id: str
    type: Literal["message"] = "message"
    role: Literal["assistant"] = "assistant"
    status: Literal["in_progress", "completed"]
    content: tuple[OutputText, ...]


class FileSearchResult(_Schema):
    """A passage that the search found."""

    file_id: str
    filename: str
    score: float
    text: str
    attributes: dict[str, str | float | bool]


class FileSearchCall(_Schema):
    """The search that the answer comes from."""

    id: str
    type: Literal["file_search_call"] = "file_search_call"
    status: Literal["in_progress", "searching", "completed"]
    queries: tuple[str, ...]
    results: tuple[FileSearchResult, ...] | None = None


class ResponseUsage(_Schema):
    """What was read and written, in tokens."""

    input_tokens: int
    input_tokens_details: dict[str, int] = {"cached_tokens": 0}
    output_tokens: int
    output_tokens_details: dict[str, int] = {"reasoning_tokens": 0}
    total_tokens: int


class ResponseObject(_Schema):
    """An answer to a conversation. Nothing of it is stored."""

    id: str
    object: Literal["response"] = "response"
    created_at: int
    status: Literal["in_progress", "completed"]
    background: bool = False
    error: None = None
    incomplete_details: None = None
    instructions: None = None
    max_output_tokens: None = None
    metadata: dict[str, str] = {}
    model: str
    output: tuple[FileSearchCall | OutputMessage, ...]
    parallel_tool_calls: bool = False
    previous_response_id: None = None
    reasoning: dict[str, None] = {"effort": None, "summary": None}
    store: bool = False
    temperature: None = None
    text: dict[str, dict[str, str]] = {"format": {"type": "text"}}
    tool_choice: Any = "auto"
    tools: tuple[dict[str, Any], ...] = ()
    top_p: None = None
    truncation: Literal["disabled"] = "disabled"
    usage: ResponseUsage | None = None
