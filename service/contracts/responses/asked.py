"""What is asked of ``/v1/responses``, and what of it is refused."""

import datetime
from typing import Any, Final

from pydantic import Field

from service.contracts.chat import ContentPart
from service.contracts.models import MODEL
from service.contracts.openai import refuse_settings
from service.contracts.searching import MAX_RESULTS
from service.contracts.speaking import PASSAGES, text_of
from service.contracts.vector_stores import Filter, RankingOptions
from service.errors import RequestError
from service.http.requests import Body

FILE_SEARCH: Final = "file_search"
# What the caller would run himself: an offer, which is not taken up.
_OFFERS: Final = ("function", "custom")

_UNSUPPORTED = Field(None, description="Not supported: an error where it asks for something.")


class InputItem(Body):
    """A piece of the conversation; the user's messages are read."""

    type: str = "message"
    role: str = ""
    content: str | tuple[ContentPart, ...] | None = None

    @property
    def is_message(self) -> bool:
        """Whether a person says it: calls of tools and what they gave are no questions."""
        return self.type == "message" and self.role == "user"

    @property
    def text(self) -> str:
        """The item's text."""
        if isinstance(self.content, tuple):
            return text_of(self.role, [(part.type, part.text) for part in self.content])
        return self.content or ""


class Tool(Body):
    """Search in the documents of vector stores, or a function that the caller offers to run."""

    type: str
    vector_store_ids: tuple[str, ...] = ()
    max_num_results: int = Field(PASSAGES, ge=1, le=MAX_RESULTS)
    ranking_options: RankingOptions = RankingOptions()
    filters: Filter | None = None


class ResponseRequest(Body):
    """A conversation; how a language model writes (temperature, reasoning, …) is ignored."""

    model: str = MODEL
    input: str | tuple[InputItem, ...]
    stream: bool = False
    tools: tuple[Tool, ...] = ()
    tool_choice: Any = None
    include: tuple[str, ...] = ()
    previous_response_id: Any = _UNSUPPORTED
    conversation: Any = _UNSUPPORTED
    background: Any = _UNSUPPORTED
    prompt: Any = _UNSUPPORTED
    text: Any = None
    date: datetime.date | None = Field(
        None,
        description="Not of OpenAI: the day whose texts are searched; by default today.",
    )

    @property
    def items(self) -> tuple[InputItem, ...]:
        """The conversation."""
        if isinstance(self.input, str):
            return (InputItem(role="user", content=self.input),)
        return self.input

    @property
    def search(self) -> Tool | None:
        """The tool to use."""
        searches = self.searches
        return searches[0] if searches and self.tool_choice != "none" else None

    @property
    def searches(self) -> tuple[Tool, ...]:
        """The tools that are taken up."""
        return tuple(tool for tool in self.tools if tool.type == FILE_SEARCH)

    def check(self) -> None:
        """Refuses what would change what the answer is.

        Raises:
            RequestError: Something is asked for that there is not.
        """
        for name in ("previous_response_id", "conversation"):
            if getattr(self, name):
                raise RequestError("nothing-stored", status=400, field=name)
        written = self.text.get("format") if isinstance(self.text, dict) else self.text
        named = self.tool_choice.get("type") if isinstance(self.tool_choice, dict) else None
        chosen = self.tool_choice in (None, "none", "auto") or FILE_SEARCH in (
            tool.type for tool in self.tools if self.tool_choice == "required" or tool.type == named
        )
        for tool in self.tools:
            if tool.type not in (FILE_SEARCH, *_OFFERS):
                raise RequestError(
                    "unsupported-tool", status=400, field="tools", name=tool.type, known=FILE_SEARCH
                )
        refuse_settings(
            {
                "background": self.background,
                "prompt": self.prompt,
                "text.format": written not in (None, {"type": "text"}),
                "tools": len(self.searches) > 1,
                "tool_choice": not chosen,
            }
        )
