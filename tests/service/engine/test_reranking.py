"""Tests of service.engine.reranking."""

import pytest

from service.engine.engine import Engine
from service.engine.reranking import relevance
from service.ranking.confidence import calibration_for

ARAL = "Арал теңізін құтару үшін жаңа орман белдеулері отырғызылады."
WEATHER = "Сегодня в Астане ожидается снег и сильный ветер."


def test_equal_texts_score_alike(engine: Engine) -> None:
    """So they keep the order in which they were given."""
    texts = [ARAL, WEATHER, ARAL, ARAL, WEATHER]
    scores = relevance(engine.retriever, engine.read("Арал теңізі қалай сақталады?"), texts)
    assert scores[0] == scores[2] == scores[3]
    assert scores[1] == scores[4] < scores[0]


def test_scores_mean_what_those_of_a_search_mean(engine: Engine) -> None:
    """What answers is above the threshold of a search; where nothing does, all is below."""
    edition = engine.snapshot.editions[0]
    rows = range(edition.start, edition.stop)
    texts = [passage.text for passage in engine.snapshot.passages(rows)]
    calibration = calibration_for(engine.retriever.encoder.name, with_questions=False)
    assert calibration is not None
    threshold = calibration.threshold
    known = relevance(engine.retriever, engine.read("Каспий теңізі туралы не айтылған?"), texts)
    unknown = relevance(engine.retriever, engine.read("Палауға қанша күріш керек?"), texts)
    assert known.max() > threshold > unknown.max()


@pytest.mark.parametrize("typed", ["Каспий тенизи туралы не айтылган?", "kaspiy tenizi turaly"])
def test_a_question_is_read_as_a_search_reads_it(engine: Engine, typed: str) -> None:
    """Without its letters, and in Latin ones."""
    texts = [WEATHER, "Каспий теңізінің биологиялық ресурстарын бірлесіп қорғау туралы."]
    assert relevance(engine.retriever, engine.read(typed), texts).argmax() == 1


def test_function_words_score_nothing(engine: Engine) -> None:
    """They ask for no text."""
    assert not relevance(engine.retriever, engine.read("туралы"), [ARAL, WEATHER]).any()
