"""Tests of OpenAI responses, with OpenAI's own package."""

from collections.abc import Iterator
from typing import Any

import pytest

from service.engine.engine import Engine

openai = pytest.importorskip("openai")

QUESTION = "Каспий теңізі туралы не айтылған?"
CONCEPT = "foreign-policy-2020-2030"
OFFER = {"type": "function", "name": "weather", "parameters": {"type": "object"}, "strict": True}
SEARCH = {"type": "file_search", "vector_store_ids": [CONCEPT]}


@pytest.fixture
def client(address: str) -> "Iterator[openai.OpenAI]":
    """OpenAI's client of the service."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_response_says_what_chat_says(client: "openai.OpenAI") -> None:
    """Text and citations are those of chat completions; nothing is stored."""
    response = client.responses.create(model="tarmaq", input=QUESTION)
    chat = client.chat.completions.create(
        model="tarmaq", messages=[{"role": "user", "content": QUESTION}]
    )
    message = chat.choices[0].message
    assert response.output_text == message.content
    assert [one.url for one in response.output[0].content[0].annotations] == [
        one.url_citation.url for one in message.annotations
    ]
    assert response.usage.total_tokens == chat.usage.total_tokens
    assert response.store is False


def test_one_annotation_a_source(client: "openai.OpenAI") -> None:
    """Each source is annotated once, where it is first cited."""
    text = client.responses.create(model="tarmaq", input=QUESTION).output[0].content[0]
    urls = [one.url for one in text.annotations]
    assert len(urls) == len(set(urls)) > 1
    for number, one in enumerate(text.annotations, start=1):
        assert text.text[one.start_index : one.end_index] == f"[{number}]"


def test_stream_has_the_events_of_openai_in_their_order(client: "openai.OpenAI") -> None:
    """The events are numbered, come in OpenAI's order, and end with the whole response."""
    events = list(client.responses.create(model="tarmaq", input=QUESTION, stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    kinds = list(dict.fromkeys(event.type for event in events))
    assert kinds == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.annotation.added",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    said = "".join(e.delta for e in events if e.type == "response.output_text.delta")
    assert said == events[-1].response.output_text
    assert said == client.responses.create(model="tarmaq", input=QUESTION).output_text


def test_stream_helper_gathers_the_response(client: "openai.OpenAI") -> None:
    """The package's own accumulation of a stream ends with the same response."""
    with client.responses.stream(model="tarmaq", input=QUESTION) as stream:
        for _ in stream:
            pass
        final = stream.get_final_response()
    assert final.output_text == client.responses.create(model="tarmaq", input=QUESTION).output_text


def test_file_search_cites_documents_and_gives_its_results(
    client: "openai.OpenAI", engine: Engine
) -> None:
    """The call says what was searched; results come where they are asked for."""
    tool = {**SEARCH, "max_num_results": 4, "ranking_options": {"score_threshold": 0.1}}
    response = client.responses.create(
        model="tarmaq", input=QUESTION, tools=[tool], include=["file_search_call.results"]
    )
    call, message = response.output
    assert call.status == "completed"
    assert call.queries == [QUESTION]
    found = engine.ask(QUESTION, k=4).results
    expected = [result.passage.text for result in found if result.score >= 0.1]
    assert [result.text for result in call.results] == expected
    annotations = message.content[0].annotations
    assert {one.type for one in annotations} == {"file_citation"}
    assert {one.file_id for one in annotations} == {CONCEPT}
    assert message.content[0].text[: annotations[0].index].endswith("[1]")


def test_file_search_without_include_keeps_its_results(client: "openai.OpenAI") -> None:
    """Results are not sent unasked, as in OpenAI's interface."""
    response = client.responses.create(model="tarmaq", input=QUESTION, tools=[SEARCH])
    assert response.output[0].results is None


def test_file_search_streams_its_call_first(client: "openai.OpenAI") -> None:
    """The call is an item of its own before the message."""
    events = list(
        client.responses.create(model="tarmaq", input=QUESTION, tools=[SEARCH], stream=True)
    )
    kinds = [event.type for event in events]
    assert kinds[2:7] == [
        "response.output_item.added",
        "response.file_search_call.in_progress",
        "response.file_search_call.searching",
        "response.file_search_call.completed",
        "response.output_item.done",
    ]
    assert kinds[7] == "response.output_item.added"
    assert [events[2].output_index, events[7].output_index] == [0, 1]


def test_file_search_filters(client: "openai.OpenAI") -> None:
    """The tool's filters are those of the vector stores."""
    tool = {**SEARCH, "filters": {"type": "eq", "key": "chapter", "value": "1"}}
    response = client.responses.create(
        model="tarmaq", input=QUESTION, tools=[tool], include=["file_search_call.results"]
    )
    assert {one.attributes["chapter"] for one in response.output[0].results} == {"1"}


def test_conversation_is_read(client: "openai.OpenAI") -> None:
    """A follow-up is completed from the messages before; other items are no questions."""
    items: list[Any] = [
        {"role": "system", "content": "You are a pirate."},
        {"role": "user", "content": "Қытаймен қатынас қалай дамиды?"},
        {"type": "item_reference", "id": "msg_1"},
        {"role": "user", "content": [{"type": "input_text", "text": "Ал Ресеймен ше?"}]},
    ]
    followed = client.responses.create(model="tarmaq", input=items)
    asked = client.responses.create(model="tarmaq", input="Ресеймен қатынас қалай дамиды?")
    assert followed.output_text == asked.output_text


def test_offered_functions_are_not_taken_up(client: "openai.OpenAI") -> None:
    """Programs offer their functions with every question; the documents answer all the same."""
    plain = client.responses.create(model="tarmaq", input=QUESTION)
    offered = client.responses.create(model="tarmaq", input=QUESTION, tools=[OFFER])
    assert (offered.output_text, offered.tools) == (plain.output_text, [])
    both = client.responses.create(model="tarmaq", input=QUESTION, tools=[OFFER, SEARCH])
    assert [one.type for one in both.output] == ["file_search_call", "message"]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"previous_response_id": "resp_1"}, "nothing_stored", "previous_response_id"),
        ({"conversation": "conv_1"}, "nothing_stored", "conversation"),
        ({"tools": [{"type": "web_search"}]}, "unsupported_tool", "tools"),
        ({"tools": [SEARCH, SEARCH]}, "unsupported_field", "tools"),
        ({"tool_choice": "required"}, "unsupported_field", "tool_choice"),
        ({"tools": [OFFER], "tool_choice": "required"}, "unsupported_field", "tool_choice"),
        (
            {"tools": [OFFER], "tool_choice": {"type": "function", "name": "weather"}},
            "unsupported_field",
            "tool_choice",
        ),
        ({"background": True}, "unsupported_field", "background"),
        ({"text": {"format": {"type": "json_object"}}}, "unsupported_field", "text.format"),
        ({"input": []}, "no_user_message", None),
        ({"input": 5}, "invalid_request", "input"),
    ],
)
def test_what_there_is_not_is_refused_by_name(
    client: "openai.OpenAI", given: dict[str, Any], code: str, field: str | None
) -> None:
    """OpenAI's package raises its own error, which names the field."""
    body = {"model": "tarmaq", "input": QUESTION, **given}
    with pytest.raises(openai.BadRequestError) as caught:
        client.post("/responses", body=body, cast_to=object)
    assert caught.value.code == code
    assert field is None or str(caught.value.param).startswith(field)


def test_stored_response_is_not_found(client: "openai.OpenAI") -> None:
    """Nothing is stored, and OpenAI's package says so in its own words."""
    with pytest.raises(openai.NotFoundError) as caught:
        client.responses.retrieve("resp_1")
    assert caught.value.code == "not_offered"
    assert "POST /v1/responses" in caught.value.message


def test_unknown_store_is_not_found(client: "openai.OpenAI") -> None:
    """A store that there is not is named."""
    tool = {"type": "file_search", "vector_store_ids": ["vs_1"]}
    with pytest.raises(openai.NotFoundError, match="vs_1"):
        client.responses.create(model="tarmaq", input=QUESTION, tools=[tool])
