"""Tests of feedback: what is kept, what is not, and what comes of it."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import httpx
import pytest

from evaluation.beir import read_dataset
from service.administration.feedback import Feedback, summarise
from service.administration.judgements import export
from service.settings import Settings

Serve = Callable[..., AbstractContextManager[str]]

QUESTION = "Каспий теңізінің ортасын қорғау үшін не істелмек?"
ITEM = "foreign-policy-2020-2030#chp_5__sec_3__para_3-19"
NONSENSE = "Бесбармақтың қамырын қалай жұқа жаяды?"


def feedback(folder: Path, mode: str) -> Feedback:
    """Returns the feedback of a service whose index is in a folder."""
    return Feedback(Settings(index=folder / "index", feedback=mode))  # type: ignore[arg-type]


def said(address: str, **values: str) -> httpx.Response:
    """Posts a verdict."""
    body = {"query": QUESTION, "verdict": "right", "passage_id": ITEM, **values}
    return httpx.post(f"{address}/v1/feedback", json=body, timeout=60)


def test_questions_are_not_kept_unless_that_is_switched_on(serve: Serve, tmp_path: Path) -> None:
    """By default a verdict is kept with its item; no byte of the question is on the disk."""
    with serve(index=tmp_path / "index") as address:
        assert said(address).json() == {"kept": True, "question_kept": False}
        httpx.get(address, params={"q": NONSENSE}, timeout=60)
        page = httpx.get(address, params={"q": QUESTION}, timeout=60).text
    assert "сұрағыңыз сақталмайды" in page
    (one,) = feedback(tmp_path, "verdicts").read()
    assert (one.verdict, one.passage, one.question) == ("right", ITEM, "")
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "Каспий".encode() not in written
    assert "Бесбармақ".encode() not in written


def test_questions_are_kept_where_that_is_said(serve: Serve, tmp_path: Path) -> None:
    """Switched on, the page says so; judged and unanswered questions are reported."""
    with serve(index=tmp_path / "index", feedback="questions") as address:
        said(address)
        said(address, verdict="wrong", query="Каспий туралы 870101300123 не айтылған?")
        said(address, verdict="nothing", passage_id="")
        page = httpx.get(address, params={"q": NONSENSE}, timeout=60).text
    assert "атыңызсыз сақталады" in page
    summary = summarise(feedback(tmp_path, "questions").read())
    assert summary.unanswered == ((NONSENSE, 1),)
    assert summary.disliked == (("Каспий туралы … не айтылған?", ITEM, 1),)
    assert summary.missed == ((QUESTION, 1),)
    assert summary.verdicts == {"right": 1, "wrong": 1, "nothing": 1, "unanswered": 1}


def test_switched_off_nothing_is_asked_or_kept(serve: Serve, tmp_path: Path) -> None:
    """Without feedback there is no control, and a verdict leaves no file."""
    with serve(index=tmp_path / "index", feedback="off") as address:
        assert "data-feedback" not in httpx.get(address, params={"q": QUESTION}, timeout=60).text
        assert said(address).json()["kept"] is False
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"passage_id": "nothing#art_1"}, 404),
        ({"verdict": "wrong", "passage_id": ""}, 404),
        ({"verdict": "maybe"}, 422),
        ({"query": " "}, 422),
        ({"comment": "x"}, 422),
    ],
)
def test_what_is_no_verdict_is_refused(
    serve: Serve, tmp_path: Path, values: dict[str, str], status: int
) -> None:
    """A passage that there is not, a verdict that there is not: nothing is kept."""
    with serve(index=tmp_path / "index") as address:
        assert said(address, **values).status_code == status
    assert list(tmp_path.iterdir()) == []


def test_a_form_works_without_a_script(serve: Serve, tmp_path: Path) -> None:
    """The control is a form: it is kept and thanked for; another site's is not."""
    with serve(index=tmp_path / "index") as address:
        form = {"q": QUESTION, "verdict": "wrong", "passage": ITEM, "lang": "ru"}
        done = httpx.post(f"{address}/feedback", data=form, timeout=60)
        assert "Спасибо" in done.text
        foreign = {"Sec-Fetch-Site": "cross-site"}
        refused = httpx.post(f"{address}/feedback", data=form, headers=foreign, timeout=60)
        assert refused.status_code == 403
    assert [one.verdict for one in feedback(tmp_path, "verdicts").read()] == ["wrong"]


def test_feedback_becomes_a_data_set_that_evaluation_reads(tmp_path: Path) -> None:
    """What most said becomes a grade, a tie none; a refusal that was right has no answer."""
    kept = feedback(tmp_path, "questions")
    for verdict, passage, question in (
        ("right", ITEM, QUESTION),
        ("right", ITEM, QUESTION),
        ("wrong", ITEM, QUESTION),
        ("wrong", "foreign-policy-2020-2030#chp_1__al_1", QUESTION),
        ("right", ITEM, "Каспий"),
        ("wrong", ITEM, "Каспий"),
        ("wrong", ITEM, "Кім бақылайды?"),
        ("right", "", NONSENSE),
    ):
        kept.judge(verdict, "kk", passage, question)  # type: ignore[arg-type]
    assert export(kept.read(), tmp_path / "set") == (1, 1, 2)
    dataset = read_dataset(tmp_path / "set")
    (query,) = dataset.queries
    assert (query.text, query.language) == (QUESTION, "kk")
    assert dataset.qrels[query.id] == {ITEM: 1, "foreign-policy-2020-2030#chp_1__al_1": 0}
    assert [one.text for one in dataset.unanswerable] == [NONSENSE]


def test_old_feedback_is_forgotten(tmp_path: Path) -> None:
    """What is older than the setting says goes with the next verdict."""
    kept = feedback(tmp_path, "questions")
    kept.judge("right", "kk", ITEM, QUESTION)
    with closing(sqlite3.connect(kept.path)) as connection, connection:
        connection.execute("UPDATE feedback SET day = '2020-03-06'")
    kept.judge("wrong", "kk", ITEM, QUESTION)
    assert [one.verdict for one in kept.read()] == ["wrong"]


def test_a_question_that_can_be_asked_can_be_judged(serve: Serve, tmp_path: Path) -> None:
    """Its greatest length is the same."""
    with serve(index=tmp_path / "index") as address:
        assert said(address, query=QUESTION + " а" * 1_800).status_code == 200
        too_long = said(address, query="а" * 4_001).json()
    assert too_long["type"] == "urn:tarmaq:problem:query-too-long"
