"""Tests of chat messages made from answers."""

from dataclasses import replace

import pytest

from service.answering.replies import Source, extractive_reply, written_reply
from service.answering.verification import Sentence
from service.engine.engine import Engine


def describe(passage: object) -> Source:
    """Names a passage by its id."""
    return Source(passage.id, f"https://example.kz/{passage.eid}")


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Борщ қалай пісіріледі?", "Құжаттан бұл сұраққа жауап табылмады."),
        ("Как варить борщ дома?", "Ответ в документе не найден."),
    ],
)
def test_unanswerable_question_is_told_so(engine: Engine, question: str, opening: str) -> None:
    """Where the documents do not answer, the reply says so and names the nearest items."""
    answer = replace(engine.ask(question), answerable=False, answer=None)
    reply = extractive_reply(answer, describe)
    assert reply.text.startswith(opening)
    assert [c.source for c in reply.citations] == [
        describe(result.passage) for result in answer.results[:3]
    ]


def test_missing_item_is_told_first(engine: Engine) -> None:
    """A reply begins with what the question names and no document has."""
    reply = extractive_reply(engine.ask("что сказано в пункте 3.99?"), describe)
    assert "3.99" in reply.text.splitlines()[0]


def test_nothing_found_is_told_so(engine: Engine) -> None:
    """Without any passage the reply is one sentence."""
    answer = replace(engine.ask("Борщ қалай пісіріледі?"), results=(), highlights=(), answer=None)
    assert extractive_reply(answer, describe).text == "Құжаттан бұл сұраққа жауап табылмады."


def test_written_sentences_are_numbered_by_their_use(engine: Engine) -> None:
    """Passages 3 and 1 of the search become references 1 and 2 of the reply."""
    passages = [result.passage for result in engine.ask("Каспий теңізі").results]
    sentences = [Sentence("Бірінші сөйлем.", (3,)), Sentence("Екінші сөйлем.", (1, 3))]
    reply = written_reply(sentences, passages, describe)
    body, _, sources = reply.text.partition("\n\n")
    assert body == "Бірінші сөйлем. [1] Екінші сөйлем. [2][1]"
    assert sources.splitlines()[0].startswith(f"[1] {passages[2].id}")
    assert sources.splitlines()[1].startswith(f"[2] {passages[0].id}")
    assert all(re_mark(reply.text[c.start : c.end]) for c in reply.citations)


def re_mark(text: str) -> bool:
    """Whether ``text`` is a mark."""
    return text[0] == "[" and text[-1] == "]" and text[1:-1].isdigit()
