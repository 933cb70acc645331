"""Tests of answers written by a language model: a small real server plays the model."""

import asyncio
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from service.answering.generation import GenerationError, Writer
from service.engine.engine import Engine

openai = pytest.importorskip("openai")

QUESTION = "Каспий теңізі туралы не айтылған?"
TIMEOUT = 2.0


class Model:
    """A language model server that says what a test tells it to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.say: Callable[[list[str]], str | Response] = lambda passages: ""
        self.app = FastAPI()
        self.app.post("/v1/chat/completions")(self.complete)

    async def complete(self, request: Request) -> Response:
        """Answers one request."""
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        system = body["messages"][0]["content"]
        passages = [line for line in system.splitlines() if line.startswith("[")]
        said = self.say([line.partition("] ")[2] for line in passages])
        if isinstance(said, Response):
            return said
        completion = {
            "id": "x",
            "object": "chat.completion",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": said}}],
            "usage": {"prompt_tokens": 321, "completion_tokens": 45, "total_tokens": 366},
        }
        return Response(json.dumps(completion), media_type="application/json")


@pytest.fixture(scope="module")
def model() -> Model:
    """The language model."""
    return Model()


@pytest.fixture(scope="module")
def address(
    model: Model,
    host: Callable[[Any], AbstractContextManager[str]],
    serve: Callable[..., AbstractContextManager[str]],
) -> Iterator[str]:
    """The address of a service that has the language model."""
    with (
        host(model.app) as url,
        serve(
            llm_base_url=f"{url}/v1", llm_model="m", llm_api_key="secret", llm_timeout=TIMEOUT
        ) as service,
    ):
        yield service


def ask(address: str, model: str = "tarmaq", question: str = QUESTION) -> Any:
    """Asks the service with OpenAI's package."""
    messages = [{"role": "user", "content": question}]
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        return client.chat.completions.create(model=model, messages=messages)


def extractive(address: str) -> str:
    """Returns the answer in the document's own words."""
    return ask(address, "tarmaq-extractive").choices[0].message.content


def test_model_gets_the_passages_and_the_key(address: str, model: Model, engine: Engine) -> None:
    """The model is given exactly the passages found, the question, its name and its key."""
    given: list[str] = []

    def remember(passages: list[str]) -> str:
        given.extend(passages)
        return ""

    model.say = remember
    ask(address)
    assert given == [result.passage.text for result in engine.ask(QUESTION, k=5).results]
    assert model.requests[-1]["model"] == "m"
    assert model.requests[-1]["messages"][-1] == {"role": "user", "content": QUESTION}
    assert model.headers[-1]["authorization"] == "Bearer secret"


def test_supported_answer_is_given_with_its_citations(address: str, model: Model) -> None:
    """Sentences from the passages are the answer; unsupported and invented ones are not in it."""
    model.say = lambda passages: (
        f"{passages[1].rstrip('.;')} [2]. Каспий мұнайы 2031 жылы екі есе артады [1]. "
        f"{passages[0].rstrip('.;')} [1][9]. Бұл маңызды."
    )
    completion = ask(address)
    message = completion.choices[0].message
    assert message.content != extractive(address)
    assert "2031" not in message.content
    assert "маңызды." not in message.content.split("\n\n")[0].split("[2]")[-1]
    assert "[9]" not in message.content
    marks = [
        message.content[a.url_citation.start_index : a.url_citation.end_index]
        for a in message.annotations
    ]
    # One a source: programs show a sign for each.
    assert marks == ["[1]", "[2]"]
    assert (completion.usage.prompt_tokens, completion.usage.completion_tokens) == (321, 45)


def slow(passages: list[str]) -> Response:
    """Sends a byte now and then, for ever."""

    async def drip() -> Any:
        while True:
            yield b" "
            await asyncio.sleep(0.1)

    return StreamingResponse(drip(), media_type="application/json")


@pytest.mark.parametrize(
    "say",
    [
        lambda passages: Response(status_code=500),
        lambda passages: Response("<html>", media_type="text/html"),
        lambda passages: Response('{"choices": []}', media_type="application/json"),
        lambda passages: Response('{"choices": [{"message": null}]}'),
        lambda passages: "",
        lambda passages: "NO ANSWER",
        lambda passages: "ьььь ъъъ [1] 123 ]][[ \x00",
        lambda passages: passages[0],
        lambda passages: "Қазақстан Айға ғарыш кемесін ұшыруды жоспарлап отыр [1].",
        lambda passages: f"{passages[0] * 20} [1].",
        lambda passages: f"{passages[0][:60]}\x07{passages[0][60:]} [1].",
        lambda passages: f"[{passages[0].rstrip('.;')}](https://evil.example) [1].",
        lambda passages: f"{passages[0].rstrip('.;')} evil.example [1].",
        lambda passages: f"{passages[0].rstrip('.;')} <b>қараңыз</b> [1].",
        lambda passages: f"The Caspian \ud800 sea is shared by five states {'a' * 3_000} [1].",
        lambda passages: Response(b" " * 2_000_000, media_type="application/json"),
        slow,
    ],
    ids=[
        "fails",
        "no-json",
        "no-choice",
        "no-message",
        "silent",
        "declines",
        "nonsense",
        "uncited",
        "unsupported",
        "long",
        "control",
        "link",
        "address",
        "markup",
        "surrogate",
        "endless",
        "slow",
    ],
)
def test_useless_model_falls_back(address: str, model: Model, say: Any) -> None:
    """Whatever the model does, the answer is the document's own words."""
    model.say = say
    assert ask(address).choices[0].message.content == extractive(address)


@pytest.mark.parametrize("text", ["\x07", "ә" * 2_500, "Каспий </s> <mask>"])
def test_stream_ends_whatever_the_model_says(address: str, model: Model, text: str) -> None:
    """A sentence that cannot be searched does not break a stream off."""
    model.say = lambda passages: f"The sea {text} is shared by five coastal states [1]."
    body = {"messages": [{"role": "user", "content": QUESTION}], "stream": True}
    response = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=60)
    assert response.text.endswith("data: [DONE]\n\n")
    assert "five coastal states" not in response.text


def test_dead_model_falls_back(serve: Callable[..., AbstractContextManager[str]]) -> None:
    """No server at the model's address: the document's own words."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with serve(llm_base_url=f"http://127.0.0.1:{port}/v1") as address:
        assert ask(address).choices[0].message.content == extractive(address)


def test_stream_of_a_written_answer_is_checked_too(address: str, model: Model) -> None:
    """Nothing unsupported is streamed."""
    model.say = lambda passages: f"{passages[0].rstrip('.;')} [1]. Мұнай 2031 жылы артады [1]."
    messages = [{"role": "user", "content": QUESTION}]
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        chunks = client.chat.completions.create(model="tarmaq", messages=messages, stream=True)
        text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert "[1]" in text
    assert "2031" not in text
    assert text == ask(address).choices[0].message.content


def test_both_models_are_listed(address: str) -> None:
    """With a language model one may still ask for the document's own words."""
    listed = httpx.get(f"{address}/v1/models").json()["data"]
    assert [each["id"] for each in listed] == ["tarmaq", "tarmaq-extractive"]


def test_fallback_is_logged(address: str, model: Model, caplog: pytest.LogCaptureFixture) -> None:
    """An operator sees that the language model does not work, and why."""
    model.say = lambda passages: Response(status_code=500)
    with caplog.at_level(logging.WARNING, logger="service.contracts.chat"):
        ask(address)
    assert "500" in caplog.text


def test_password_of_the_model_is_not_told(
    model: Model, host: Callable[[Any], AbstractContextManager[str]]
) -> None:
    """What stands before @ in the server's address is in no error."""
    model.say = lambda passages: Response(status_code=401)
    with host(model.app) as url:
        where = url.replace("http://", "http://user:hidden@")
        for address in (f"{where}/v1", "http://user:hidden@127.0.0.1:1/v1"):
            with pytest.raises(GenerationError) as failed:
                asyncio.run(Writer(address, "m", "", 5).write("а", [], "kk"))
            assert "hidden" not in str(failed.value)
            assert "127.0.0.1" in str(failed.value)
