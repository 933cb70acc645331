"""Tests of an embedding model that has no calibration of its own."""

from collections.abc import Callable, Iterable

import pytest

from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.base import Snapshot
from service.engine.engine import Engine


@pytest.fixture(scope="module")
def uncalibrated(snapshot_of: Callable[[Iterable[Passage]], Snapshot], hashed: Encoder) -> Engine:
    """An engine with a model that nobody calibrated."""
    texts = ("Арал теңізі туралы мәтін.", "Каспий теңізі туралы мәтін.", "Визалар туралы.")
    passages = [
        Passage("doc", f"para_{n}", "kk", f"{n}.", (), text) for n, text in enumerate(texts, 1)
    ]
    return Engine(snapshot_of(passages), hashed)


def test_no_confidence_is_given_and_it_is_said(uncalibrated: Engine) -> None:
    """Scores lie between 0 and 1 and fall, but are no probabilities."""
    answer = uncalibrated.ask("Арал теңізі қандай?")
    assert answer.confidence is None
    assert "hashed" in answer.notices[-1].en
    scores = [result.score for result in answer.results]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_what_a_question_names_is_certain_all_the_same(uncalibrated: Engine) -> None:
    """No calibration is needed to say so."""
    answer = uncalibrated.ask("2-тармақ")
    assert answer.results[0].passage.eid == "para_2"
    assert answer.confidence == 1
    assert not answer.notices
