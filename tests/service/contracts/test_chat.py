"""Tests of chat completions without a language model, with OpenAI's own package."""

from collections.abc import Iterator

import httpx
import pytest

from service.engine.engine import Engine

openai = pytest.importorskip("openai")

QUESTION = "Каспий теңізі туралы не айтылған?"
CONCEPT = "foreign-policy-2020-2030"


@pytest.fixture
def client(address: str) -> "Iterator[openai.OpenAI]":
    """OpenAI's client of the service."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def say(client: "openai.OpenAI", *texts: str) -> "openai.types.chat.ChatCompletionMessage":
    """Asks the last of several questions and returns the answer."""
    messages = [{"role": "user", "content": text} for text in texts]
    completion = client.chat.completions.create(model="tarmaq", messages=messages)
    return completion.choices[0].message


def first_url(message: object) -> str:
    """Returns the first address that a message cites."""
    return message.annotations[0].url_citation.url


def test_models_are_listed(client: "openai.OpenAI") -> None:
    """Without a language model there is one model."""
    assert [model.id for model in client.models.list()] == ["tarmaq"]
    assert client.models.retrieve("tarmaq").id == "tarmaq"


def test_answer_quotes_the_engines_answer(client: "openai.OpenAI", engine: Engine) -> None:
    """The message quotes the engine's words and cites its first passage first."""
    message = say(client, QUESTION)
    answer = engine.ask(QUESTION)
    assert answer.answer is not None
    assert message.content.startswith(f"«{answer.answer.text}» [1]")
    assert first_url(message).endswith(answer.results[0].passage.eid)


def test_what_is_no_day_is_refused(client: "openai.OpenAI") -> None:
    """The texts of a day are asked for with a date."""
    messages = [{"role": "user", "content": QUESTION}]
    with pytest.raises(openai.APIStatusError):
        client.chat.completions.create(
            model="tarmaq", messages=messages, extra_body={"date": "yesterday"}
        )


def test_annotations_point_at_their_marks(client: "openai.OpenAI", address: str) -> None:
    """Each annotation's indexes are those of its mark, and its address leads to the item."""
    message = say(client, QUESTION)
    assert message.annotations
    for annotation in message.annotations:
        citation = annotation.url_citation
        mark = message.content[citation.start_index : citation.end_index]
        assert mark[0] + mark[-1] == "[]"
        assert mark[1:-1].isdigit()
        assert f"{mark} {citation.title} {citation.url}" in message.content
        page, _, place = citation.url.partition("#")
        assert page.startswith(address)
        assert f'id="{place}"' in httpx.get(page).text


def test_translation_is_called_one(client: "openai.OpenAI", address: str) -> None:
    """A reply in Russian says that it quotes a translation, and where the Kazakh text stands."""
    message = say(client, "Что сказано о торговле людьми?")
    citation = message.annotations[0].url_citation
    assert citation.title.endswith("(неофициальный перевод)")
    place = citation.url.partition("#")[2]
    line = next(line for line in message.content.splitlines() if citation.url in line)
    assert line.endswith(f"казахском языке: {address}/documents/{CONCEPT}#{place}")
    assert "перевод" not in say(client, QUESTION).content


def test_usage_adds_up(client: "openai.OpenAI") -> None:
    """Usage counts what was read and what was written."""
    messages = [{"role": "user", "content": QUESTION}]
    usage = client.chat.completions.create(model="tarmaq", messages=messages).usage
    assert usage.prompt_tokens == 6
    assert usage.completion_tokens > 6
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_stream_says_the_same(client: "openai.OpenAI") -> None:
    """The streamed pieces are the message, its annotations and its usage."""
    messages = [{"role": "user", "content": QUESTION}]
    whole = client.chat.completions.create(model="tarmaq", messages=messages)
    chunks = list(
        client.chat.completions.create(
            model="tarmaq", messages=messages, stream=True, stream_options={"include_usage": True}
        )
    )
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert deltas[0].role == "assistant"
    message = whole.choices[0].message
    assert "".join(delta.content or "" for delta in deltas) == message.content
    streamed = [a for delta in deltas for a in getattr(delta, "annotations", None) or []]
    assert streamed == [annotation.model_dump() for annotation in message.annotations]
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert len(deltas) > 10
    assert chunks[-1].usage == whole.usage


def test_follow_up_asks_with_its_context(client: "openai.OpenAI") -> None:
    """«Ал Ресеймен ше?» is answered as the whole question that it stands for."""
    followed = say(client, "Қытаймен қатынас қалай дамиды?", "Ал Ресеймен ше?")
    asked = say(client, "Ресеймен қатынас қалай дамиды?")
    assert followed.content == asked.content
    assert followed.content != say(client, "Ал Ресеймен ше?").content


def test_follow_up_counts_on_from_the_answer(client: "openai.OpenAI") -> None:
    """What comes next, and which is the second of a list, the document tells."""
    assert first_url(say(client, "О чём глава 4?", "а следующая?")).endswith("chp_5")
    listed = "Перечислите цели внешней политики"
    assert first_url(say(client, listed, "вторая")).endswith("chp_4__list_1__point_2")
    assert "Всего: 7." in say(client, listed, "сколько их?").content


def test_new_question_forgets_the_earlier_one(client: "openai.OpenAI") -> None:
    """A whole question is answered as if it were the first."""
    later = say(client, "Қытаймен қатынас қалай дамиды?", QUESTION)
    assert later.content == say(client, QUESTION).content


def test_parts_and_other_roles_are_read(client: "openai.OpenAI") -> None:
    """Text parts are the question; system and assistant messages are not."""
    completion = client.chat.completions.create(
        model="tarmaq",
        messages=[
            {"role": "system", "content": "You are a pirate."},
            {"role": "user", "content": "Сәлем"},
            {"role": "assistant", "content": "Сәлеметсіз бе"},
            {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
        ],
        temperature=0.7,
        user="someone",
    )
    assert completion.choices[0].message.content == say(client, QUESTION).content


@pytest.mark.parametrize(
    ("model", "text", "error", "code"),
    [
        ("gpt-5", QUESTION, openai.NotFoundError, "unknown_model"),
        ("tarmaq", "", openai.BadRequestError, "no_user_message"),
        ("tarmaq", "?!", openai.BadRequestError, "no_letters"),
        ("tarmaq", "а" * 4001, openai.BadRequestError, "query_too_long"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_unusable_request_is_openais_error(
    client: "openai.OpenAI", model: str, text: str, error: type[Exception], code: str, stream: bool
) -> None:
    """OpenAI's package raises its own error, streaming or not."""
    with pytest.raises(error) as caught:
        client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": text}], stream=stream
        )
    assert caught.value.code == code


@pytest.mark.parametrize(
    "given",
    [
        {"response_format": {"type": "json_object"}},
        {"tool_choice": "required"},
        {"modalities": ["text", "audio"], "audio": {"voice": "a", "format": "wav"}},
        {"web_search_options": {}},
        {"logprobs": True},
        {"function_call": {"name": "f"}},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_would_change_the_answer_is_refused(
    client: "openai.OpenAI", given: dict[str, object]
) -> None:
    """A setting that cannot be kept is an error that names it, not a silence."""
    messages = [{"role": "user", "content": QUESTION}]
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="tarmaq", messages=messages, **given)
    assert caught.value.code == "unsupported_field"
    assert caught.value.param in given


def test_what_asks_for_nothing_is_taken(client: "openai.OpenAI") -> None:
    """Empty lists, defaults and nulls are no demands."""
    completion = client.chat.completions.create(
        model="tarmaq",
        messages=[{"role": "user", "content": QUESTION}],
        tools=[],
        tool_choice="auto",
        response_format={"type": "text"},
        stream=None,
        logprobs=False,
    )
    assert completion.choices[0].message.content == say(client, QUESTION).content


def test_tools_on_offer_are_not_needed(client: "openai.OpenAI") -> None:
    """Open WebUI offers its own with every message: the documents answer as without them."""
    completion = client.chat.completions.create(
        model="tarmaq",
        messages=[{"role": "user", "content": QUESTION}],
        tools=[{"type": "function", "function": {"name": "search_web"}}],
    )
    assert completion.choices[0].message.content == say(client, QUESTION).content
    assert completion.choices[0].finish_reason == "stop"


def test_picture_is_not_ignored(client: "openai.OpenAI") -> None:
    """A part that cannot be read is told, for the question may be in it."""
    parts = [
        {"type": "text", "text": QUESTION},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}},
    ]
    with pytest.raises(openai.BadRequestError, match="image_url"):
        client.chat.completions.create(
            model="tarmaq", messages=[{"role": "user", "content": parts}]
        )


def test_prompt_with_its_own_context_is_answered_from_its_question(client: "openai.OpenAI") -> None:
    """A program that has searched elsewhere gets the answer to the question in its prompt."""
    prompt = f"Context information is below.\n{'-' * 21}\nАлма туралы.\n{'-' * 21}\nQuery: {{}}\n"
    assert say(client, prompt.format(QUESTION)).content == say(client, QUESTION).content


def test_list_is_said_whole(client: "openai.OpenAI") -> None:
    """Under the lead-in stand its items, each with a mark and an address of its own."""
    message = say(client, "Сколько целей у внешней политики?")
    marks = [
        message.content[a.url_citation.start_index : a.url_citation.end_index]
        for a in message.annotations
    ]
    assert message.content.splitlines()[2] == "Всего: 7."
    assert message.content.count("\n- ") == 7
    assert marks[:8] == [f"[{number}]" for number in range(1, 9)]
    assert message.annotations[7].url_citation.url.endswith("#chp_4__list_1__point_7")


def test_chapter_is_said_in_outline(client: "openai.OpenAI") -> None:
    """A chapter asked for in short is its headings and first sentences, cited."""
    message = say(client, "глава 5 кратко")
    assert message.content.startswith("«Тенденции развития и видение внешней политики» [1]")
    urls = [annotation.url_citation.url for annotation in message.annotations]
    assert any(url.endswith("#chp_5__sec_4") for url in urls)
