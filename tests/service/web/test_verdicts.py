"""Tests of what the ask page says of an answer: the engine's verdict is set by the test."""

import dataclasses
import html

import pytest
from fastapi.testclient import TestClient

from indexer.documents.description import Trilingual
from service.answering.spans import Span
from service.engine.engine import Answer, Engine
from service.engine.filters import Filters
from service.http.app import create_app
from service.settings import Settings

QUESTION = "каспий тенизи"
UNDERSTOOD = "Каспий теңізі"


class Judging(Engine):
    """The real engine, whose answers get the verdict that a test wants."""

    verdict: dict[str, object]

    def ask(self, text: str, *, literal: bool = False, **wishes: object) -> Answer:
        """Answers as the engine does, then changes what the test says."""
        k, filters = wishes.get("k", 5), wishes.get("filters")
        assert isinstance(k, int)
        assert filters is None or isinstance(filters, Filters)
        answer = super().ask(text, k=k, filters=filters, literal=literal)
        question = dataclasses.replace(
            answer.question, interpreted=answer.question.text if literal else UNDERSTOOD
        )
        return dataclasses.replace(answer, question=question, **type(self).verdict)


def page(engine: Engine, address: str, **verdict: object) -> str:
    """Returns the page that a verdict makes."""
    judging = type("Judging", (Judging,), {"verdict": verdict})
    judge = judging(engine.snapshot, engine.retriever.encoder)
    with TestClient(create_app(Settings(), judge)) as client:
        return html.unescape(client.get(address).text)


def test_unanswered_is_said_plainly(engine: Engine) -> None:
    """Where the documents do not answer, the page says so above the nearest items."""
    text = page(engine, f"/?q={QUESTION}", answerable=False, answer=None, confidence=0.1)
    assert "Құжаттан бұл сұраққа жауап табылмады." in text
    assert "Ең жақын тармақтар" in text
    assert text.index("табылмады") < text.index('class="reference"')
    assert '<mark class="answer">' not in text
    assert 'class="confidence' not in text


@pytest.mark.parametrize(
    ("confidence", "sentence"),
    [
        (0.95, "Мы уверены, что ответ в этом пункте."),
        (0.6, "Скорее всего, ответ в этом пункте."),
        (0.2, "Мы не уверены, что ответ в этом пункте."),
    ],
)
def test_confidence_is_said_in_words(engine: Engine, confidence: float, sentence: str) -> None:
    """How sure the answer is, is a sentence."""
    assert sentence in page(
        engine, f"/?q={QUESTION}&lang=ru", answerable=True, confidence=confidence
    )


def test_answering_words_are_marked(engine: Engine) -> None:
    """The span that answers is marked in the first item, and there only."""
    first = engine.ask(UNDERSTOOD).results[0].passage.text
    span = Span(0, 12, first[:12])
    text = page(engine, f"/?q={UNDERSTOOD}", answerable=True, answer=span)
    assert text.count(f'<mark class="answer">{first[:12]}</mark>') == 1
    assert text.count('<mark class="answer">') == 1


def test_missing_item_is_told_above_the_results(engine: Engine) -> None:
    """What a question names and no document has is said first, in the page's language."""
    text = page(engine, "/?q=пункт 3.99&lang=ru", notices=(Trilingual("жоқ", "Нет такого", "no"),))
    assert text.index("Нет такого") < text.index('class="reference"')


def test_question_about_the_document_is_answered_first(engine: Engine) -> None:
    """What the document's description says is the answer; passages are only the nearest."""
    with TestClient(create_app(Settings(), engine)) as client:
        text = html.unescape(client.get("/?q=Кто подписал указ%3F&lang=ru").text)
    assert text.index("Подписал Президент") < text.index("Ближайшие пункты")
    assert "Ответ в документе не найден" not in text
    assert 'class="confidence' not in text


def test_interpretation_is_shown_with_the_way_back(engine: Engine) -> None:
    """What was understood is shown, one click from the literal search, and back from there."""
    text = page(engine, f"/?q={QUESTION}&section=chp_5")
    assert f"<strong>{UNDERSTOOD}</strong>" in text
    assert "&section=chp_5&literal=1" in text
    literal = page(engine, f"/?q={QUESTION}&literal=1")
    assert f"<strong>{UNDERSTOOD}" not in literal
    assert "Сұрақ жазылған күйінде" in literal


def test_failure_is_a_page_for_people(engine: Engine) -> None:
    """A failure of the service is a sentence in the reader's language, and stays logged."""
    judging = type("Judging", (Judging,), {"verdict": {"no such field": 1}})
    app = create_app(Settings(), judging(engine.snapshot, engine.retriever.encoder))
    with TestClient(app, raise_server_exceptions=False) as client:
        browser = client.get("/?q=a&lang=ru", headers={"Accept": "text/html"})
        programme = client.get("/?q=a")
    assert browser.status_code == programme.status_code == 500
    assert "В сервисе произошла ошибка" in browser.text
    assert programme.headers["content-type"] == "application/problem+json"


def test_starting_service_is_a_page_for_people() -> None:
    """Before the index is loaded a browser is told to come back."""
    app = create_app(Settings())
    client = TestClient(app)
    response = client.get("/?lang=ru", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert "Сервис ещё запускается." in response.text
    assert "Повторить" in response.text
