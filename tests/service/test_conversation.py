"""Tests of questions that lean on earlier ones."""

import pytest

from service.conversation import standalone_question


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (
            ["Қытаймен қатынас қалай дамиды?", "ал Ресеймен ше?"],
            "Ресеймен қатынас қалай дамиды?",
        ),
        (
            ["Қытаймен қатынас қалай дамиды?", "ал Ресеймен ше?", "Ал АҚШ-пен ше?"],
            "АҚШ-пен қатынас қалай дамиды?",
        ),
        (
            ["Как развиваются отношения с Китаем?", "А с Россией?"],
            "Как развиваются отношения с Россией?",
        ),
        (
            ["Что сказано об отношениях с Китайской Народной Республикой?", "а со странами ЕС?"],
            "Что сказано об отношениях со странами ЕС?",
        ),
        (
            ["Каспий теңізі туралы не айтылған?", "Ал Арал теңізі туралы ше?"],
            "Арал теңізі туралы не айтылған?",
        ),
        (
            ["Тұжырымдамада Каспий туралы не айтылған?", "Ал Арал туралы ше?"],
            "Тұжырымдамада Арал туралы не айтылған?",
        ),
        (
            ["Қытай Халық Республикасымен қатынас қандай?", "Ал Ресеймен ше?"],
            "Ресеймен қатынас қандай?",
        ),
        (
            ["Тұжырымдама қашан бекітілді?", "Оны кім бекітті?"],
            "Тұжырымдама қашан бекітілді? Оны кім бекітті?",
        ),
        (["How does it treat China?", "And Russia?"], "How does it treat China? And Russia?"),
        (
            ["Қытаймен қатынас қалай дамиды?", "Бұл құжат қашан қабылданды?"],
            "Бұл құжат қашан қабылданды?",
        ),
        (["Что сказано о Каспии?", "Торговля людьми"], "Торговля людьми"),
        (["Ал Ресеймен ше?"], "Ал Ресеймен ше?"),
    ],
)
def test_follow_up_is_completed(questions: list[str], expected: str) -> None:
    """A follow-up takes the place of what has its role; a whole question stays as it is."""
    assert standalone_question(questions) == expected


def test_no_question_is_refused() -> None:
    """There is nothing to complete in an empty conversation."""
    with pytest.raises(ValueError, match="no question"):
        standalone_question([])
