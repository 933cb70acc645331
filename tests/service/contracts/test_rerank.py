"""Tests of rerank, with Cohere's own package."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from service.engine.engine import Engine

cohere = pytest.importorskip("cohere")

WEATHER = "Сегодня в Астане ожидается снег и сильный ветер."
ARAL = "Арал теңізін құтару үшін жаңа орман белдеулері отырғызылады."
TAX = "Малые предприятия освобождаются от налогов на три года."
CASES = [
    ("Арал теңізі қалай сақталады?", 1),
    ("Освобождён ли малый бизнес от налогов?", 2),
    ("Какая погода в столице?", 0),
]


@pytest.fixture
def connect(address: str) -> Iterator[Callable[[Any], Any]]:
    """Makes a Cohere client of the service; closed after the test, as Cohere's cannot be."""
    with httpx.Client(timeout=60) as http:
        yield lambda kind: kind(api_key="none", base_url=address, httpx_client=http)


@pytest.mark.parametrize(("question", "best"), CASES)
def test_best_text_comes_first(connect: Callable[[Any], Any], question: str, best: int) -> None:
    """Texts in both languages are ordered, scores fall from first to last."""
    client = connect(cohere.ClientV2)
    response = client.rerank(model="tarmaq", query=question, documents=[WEATHER, ARAL, TAX])
    assert response.results[0].index == best
    scores = [result.relevance_score for result in response.results]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sorted(result.index for result in response.results) == [0, 1, 2]


def test_top_n_cuts(connect: Callable[[Any], Any]) -> None:
    """No more than `top_n` places are returned."""
    client = connect(cohere.ClientV2)
    response = client.rerank(
        model="tarmaq", query=CASES[0][0], documents=[WEATHER, ARAL, TAX], top_n=1
    )
    assert [result.index for result in response.results] == [1]


def test_version_1_returns_documents(connect: Callable[[Any], Any]) -> None:
    """Version 1 takes objects and returns the texts where it is asked to."""
    client = connect(cohere.Client)
    response = client.rerank(
        model="tarmaq",
        query=CASES[0][0],
        documents=[{"text": WEATHER}, {"text": ARAL}],
        return_documents=True,
    )
    assert response.results[0].document.text == ARAL


def test_end_of_a_long_text_counts(connect: Callable[[Any], Any]) -> None:
    """What answers may stand far behind what a model reads at once."""
    client = connect(cohere.ClientV2)
    long = f"{WEATHER} " * 100 + ARAL
    response = client.rerank(model="tarmaq", query=CASES[0][0], documents=[WEATHER, long, TAX])
    assert response.results[0].index == 1


def test_empty_text_scores_nothing(connect: Callable[[Any], Any]) -> None:
    """A text without anything to read is last, with 0."""
    client = connect(cohere.ClientV2)
    texts = ["", "\u200b", TAX]
    response = client.rerank(model="tarmaq", query=CASES[1][0], documents=texts)
    assert response.results[0].index == 2
    assert [result.relevance_score for result in response.results[1:]] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("query", "documents", "error"),
    [("", [TAX], "UnprocessableEntityError"), ("?", [TAX], "UnprocessableEntityError")],
)
def test_unusable_request_is_coheres_error(
    connect: Callable[[Any], Any], query: str, documents: list[str], error: str
) -> None:
    """Cohere's package raises its own error with the service's message."""
    client = connect(cohere.ClientV2)
    with pytest.raises(getattr(cohere, error)) as caught:
        client.rerank(model="tarmaq", query=query, documents=documents)
    assert caught.value.body["message"]


def test_scores_order_the_documents_passages_as_vectors_do(
    connect: Callable[[Any], Any], engine: Engine
) -> None:
    """The passages of a search keep a plausible order: the first stays in the first two."""
    question = "АӨСШК-ны қандай ұйымға айналдыру жоспарланған?"
    texts = [result.passage.text for result in engine.ask(question, k=5).results]
    client = connect(cohere.ClientV2)
    response = client.rerank(model="tarmaq", query=question, documents=texts)
    assert 0 in [result.index for result in response.results[:2]]


@pytest.mark.parametrize("path", ["/v1/embed", "/v1/classify", "/v1/tokenize", "/v2/chat"])
def test_what_is_not_offered_is_not_found_in_coheres_shape(address: str, path: str) -> None:
    """Version 1 of its interface, too."""
    answer = httpx.post(f"{address}{path}", json={})
    assert answer.status_code == 404
    assert path in answer.json()["message"]
