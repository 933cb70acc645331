"""Tests of questions of two subjects, and of what a question says that it is not about."""

import pytest

from service.engine.engine import Engine
from service.engine.subjects import Subjects, read_subjects

ARAL = "chp_5__sec_3__para_3-18"
CASPIAN = ("chp_5__sec_3__para_3-19", "chp_5__sec_4__para_4-6")


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("не Каспий, а Арал", Subjects(("Арал",), "Каспий")),
        ("Каспий емес, Арал", Subjects(("Арал",), "Каспий")),
        ("not the Caspian but the Aral", Subjects(("the Aral",), "the Caspian")),
        ("Арал, а не Каспий", Subjects(("Арал",), "Каспий")),
        ("Чем отличается Каспий от Арала?", Subjects(("Каспий", "Арала"))),
        ("What is the difference between A and B?", Subjects(("A", "B"))),
        ("визы и эпидемии", Subjects(("визы", "эпидемии"))),
        ("Каспий или Арал?", Subjects(("Каспий", "Арал"))),
        ("Каспий немесе Арал", Subjects(("Каспий", "Арал"))),
        ("the Caspian or the Aral", Subjects(("the Caspian", "the Aral"))),
        ("не только Каспий, но и Арал", Subjects(("Каспий", "Арал"))),
        ("Каспий ғана емес, Арал", Subjects(("Каспий", "Арал"))),
        (
            "кроме Каспия, какие моря есть?",
            Subjects(("какие моря есть",), "Каспия", is_of_others=True),
        ),
        (
            "Какие моря, кроме Каспия, есть?",
            Subjects(("Какие моря есть",), "Каспия", is_of_others=True),
        ),
        (
            "Кто кроме Президента решает?",
            Subjects(("Кто решает",), "Президента", is_of_others=True),
        ),
        (
            "Арал теңізінен басқа қандай теңіз бар?",
            Subjects(("қандай теңіз бар",), "Арал теңізінен", is_of_others=True),
        ),
        (
            "Қандай теңіздер Каспийден басқа аталған?",
            Subjects(("Қандай теңіздер аталған",), "Каспийден", is_of_others=True),
        ),
        (
            "which seas other than the Caspian are named?",
            Subjects(("which seas are named",), "the Caspian", is_of_others=True),
        ),
        ("threats except terrorism", Subjects(("threats",), "terrorism", is_of_others=True)),
        ("кроме того, что сказано о визах?", Subjects()),
        ("басқа ұйымдармен ынтымақтастық", Subjects()),
        ("страны, не имеющие выхода к морю", Subjects()),
        ("states that are not members of the EU", Subjects()),
        ("Үкіметтік емес ұйымдармен өзара іс-қимыл", Subjects()),
        ("Каспий", Subjects()),
        ("и", Subjects()),
    ],
)
def test_subjects_are_read(question: str, subjects: Subjects) -> None:
    """What joins, compares and negates tells the subjects."""
    assert read_subjects(question) == subjects


def test_long_text_takes_no_time() -> None:
    """A text longer than any question of two subjects is not looked into."""
    assert read_subjects("не а, а " * 5_000) == Subjects()


@pytest.mark.parametrize(
    "question",
    ["не Каспий, а Арал", "Каспий емес, Арал", "Арал, а не Каспий", "not the Caspian but the Aral"],
)
def test_negated_subject_is_not_first(engine: Engine, question: str) -> None:
    """The item of the subject that is meant comes first."""
    assert engine.ask(question).results[0].passage.eid == ARAL


@pytest.mark.parametrize(
    ("question", "eid"),
    [
        ("кроме Каспия, какие моря упоминаются?", ARAL),
        ("Каспийден басқа қандай теңіздер аталған?", ARAL),
        ("кроме Каспийского моря какие моря есть", ARAL),
        ("other than the Caspian, which seas are mentioned?", ARAL),
        ("Арал теңізінен басқа қандай теңіз туралы айтылған?", CASPIAN[0]),
        ("кроме России, с какими странами развиваются отношения?", "chp_5__sec_4__para_4-2"),
        ("кроме Китая, с кем есть стратегическое партнёрство?", "chp_5__sec_4__para_4-2"),
        ("европейские страны, кроме ЕС", "chp_5__sec_4__para_4-7"),
        ("помимо терроризма, какие угрозы названы?", "chp_1__al_4"),
    ],
)
def test_others_than_what_is_excepted_come_first(engine: Engine, question: str, eid: str) -> None:
    """An item of nothing but what is excepted is not the answer; one that names others is."""
    answer = engine.ask(question)
    assert answer.results[0].passage.eid == eid
    assert answer.answerable


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("Каспий және Арал туралы", (ARAL, CASPIAN)),
        ("Что сказано о Каспии и Арале?", (ARAL, CASPIAN)),
        ("чем отличается Каспий от Арала", (ARAL, CASPIAN)),
        ("Каспий мен Аралдың айырмашылығы", (ARAL, CASPIAN)),
        ("визы и эпидемии", ("chp_5__sec_3__para_3-5", ("chp_5__sec_3__para_3-20",))),
    ],
)
def test_both_subjects_are_found(
    engine: Engine, question: str, items: tuple[str, tuple[str, ...]]
) -> None:
    """An item of each of two subjects is among the first, each as probable as asked alone."""
    one, others = items
    scores = {found.passage.eid: found.score for found in engine.ask(question).results}
    assert scores[one] > 0.5
    assert max(scores.get(other, 0) for other in others) > 0.5
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_passage_of_both_stays_first(engine: Engine) -> None:
    """Where one item speaks of both, nothing is put between."""
    answer = engine.ask("наука и образование")
    assert answer.results[0].passage.eid == "chp_5__sec_3__para_3-7"
    assert answer.results[1].score < 0.5
