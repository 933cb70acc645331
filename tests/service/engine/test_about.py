"""Tests of questions about a document itself, with content questions that look like them."""

from dataclasses import replace

import pytest

from service.answering.replies import Source, extractive_reply
from service.engine.about import About, answer_about, asked_entry
from service.engine.engine import Engine


def about(engine: Engine, *texts: str) -> About | None:
    """Answers as over the concept."""
    return answer_about(texts, engine.library, engine.library.documents)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Кто подписал указ?", "signer"),
        ("Кем утверждена Концепция внешней политики Республики Казахстан?", "signer"),
        ("Жарлыққа кім қол қойды?", "signer"),
        ("Тұжырымдаманы кім бекітті?", "signer"),
        ("Who signed the decree?", "signer"),
        ("когда принята концепция", "date"),
        ("Когда был подписан этот документ?", "date"),
        ("Тұжырымдама қашан қабылданды?", "date"),
        ("When was the Foreign Policy Concept adopted?", "date"),
        ("Какой номер у указа?", "number"),
        ("Жарлықтың нөмірі қандай?", "number"),
        ("What is the decree's number?", "number"),
        ("when does it end?", "term"),
        ("На какие годы рассчитана концепция?", "term"),
        ("Тұжырымдама қай жылдарға арналған?", "term"),
        ("қанша тарау бар?", "chapters"),
        ("Сколько глав в концепции?", "chapters"),
        ("how many chapters?", "chapters"),
        ("table of contents", "summary"),
        ("How many sections are there in the concept?", "sections"),
        ("Құжатта неше тармақ бар?", "items"),
        ("2020 жылғы 6 наурыздағы № 280 Жарлық", "name"),
        ("указ № 280 от 06.03.2020", "name"),
        ("Указ Президента от 6 марта 2020 года", "name"),
        ("06.03.2020 ж. жарлық", "name"),
        ("decree of 6 March 2020", "name"),
        ("Что это за документ?", "name"),
        ("Бұл қандай құжат?", "name"),
    ],
)
def test_question_about_the_document_is_known(engine: Engine, question: str, kind: str) -> None:
    """People ask who signed, when, under which number, for how long, how long it is, what it is."""
    found = about(engine, question)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "Кто подписывает международные договоры?",
        "Кто подписал указ № 741?",
        "Когда принята Концепция на 2014–2020 годы?",
        "Указ от 21 января 2014 года № 741",
        "Указ от 6 июня 2020 года",
        "Указ от 06.06.2020",
        "2020 жылғы 7 наурыздағы Жарлық",
        "Сколько лет действует международный договор?",
        "Сколько глав государств приехало?",
        "Сколько пунктов в Плане нации?",
        "Кто контролирует исполнение указа?",
        "Кто утвердил планы реализации Концепции?",
        "Когда вводится в действие указ?",
        "Осы Жарлық қашан қолданысқа енгізіледі?",
        "Халықаралық шарттарға кім қол қояды?",
        "Қазақстан Республикасы қашан қабылданды?",
        "Конституциялық заң қашан қабылданды?",
        "Когда принят закон о дипломатической службе?",
        "What is foreign policy?",
        "When does the pandemic end?",
        "Who signed the Paris Agreement?",
        "В каком пункте 280 указ?",
        "пункт 3.17",
        "",
    ],
)
def test_question_about_the_content_is_not(engine: Engine, question: str) -> None:
    """Other acts, other words and other verbs are left to the search."""
    assert about(engine, question) is None


def test_answers_are_the_descriptions(engine: Engine) -> None:
    """What is said stands in the description and in the outline, in three languages."""
    signed = about(engine, "Кто подписал указ?")
    assert signed is not None
    assert signed.text.ru == (
        "Подписал Президент Республики Казахстан (Указ Президента Республики Казахстан "
        "от 6 марта 2020 года № 280)."
    )
    for question, words in {
        "когда принята концепция": "06.03.2020",
        "when does it end?": "2020–2030",
        "қанша тарау бар?": "— 7 ",
        "сколько разделов в концепции": "— 5 ",
        "какой номер у указа": "№ 280",
    }.items():
        found = about(engine, question)
        assert found is not None
        assert words in found.text.ru, question


def test_document_must_be_the_only_one_meant(engine: Engine) -> None:
    """Of two documents that fit nothing is said; one that fits alone is."""
    (concept,) = engine.library.documents
    other = replace(concept, id="other", number="281", uri="/akn/kz/act/decree/2020-03-06/281")
    law = replace(other, kind="law", uri="/akn/kz/act/law/2020-03-06/281")
    both = (concept, other)
    assert answer_about(["кто подписал указ"], engine.library, both) is None
    found = answer_about(["кто подписал указ"], engine.library, (concept, law))
    assert found is not None
    assert found.document is concept


@pytest.mark.parametrize(
    "question", ["Сколько статей в Трудовом кодексе?", "Еңбек кодексінде неше бап бар?"]
)
def test_act_is_named_in_any_case(acts_engine: Engine, question: str) -> None:
    """A title of several words changes with the sentence."""
    found = about(acts_engine, question)
    assert found is not None
    assert (found.document.id, found.kind) == ("labour", "articles")


@pytest.mark.parametrize(
    "question",
    [
        "Когда документ вступил в силу?",
        "когда концепция начала действовать",
        "дата введения в действие указа",
        "Жарлық қашан күшіне енді?",
        "қашан қолданысқа енгізілді",
        "Since when is the concept in force?",
    ],
)
def test_entry_into_force_is_told_by_the_item_that_says_it(engine: Engine, question: str) -> None:
    """Acts say it in words of their own, which nobody asks in."""
    answer = engine.ask(question)
    assert answer.answerable
    assert answer.results[0].passage.eid == "decree__para_5"


@pytest.mark.parametrize(
    "question",
    ["когда вступает в силу договор", "шарт қашан күшіне енді", "когда действует указ 741"],
)
def test_entry_into_force_of_something_else_is_searched_as_asked(
    engine: Engine, question: str
) -> None:
    """Only the document that is served is meant by its own words."""
    assert asked_entry([question], engine.library.documents) is None


def test_long_question_is_left_alone(engine: Engine) -> None:
    """However long the text, it takes no time."""
    assert about(engine, "кто подписал " * 150) is None


def test_engine_answers_with_it(engine: Engine) -> None:
    """The answer is what is said of the document; a passage of another decree is not."""
    answer = engine.ask("Жарлыкка ким кол койды?")
    assert answer.answerable
    assert answer.about is not None
    assert answer.about.kind == "signer"
    assert answer.answer is None
    assert engine.ask("Кто подписывает международные договоры?").about is None
    reply = extractive_reply(answer, lambda passage: Source(passage.id, ""), "https://a.kz/d")
    assert reply.text.startswith("Қол қойған — Қазақстан Республикасының Президенті")
    assert {citation.source.url for citation in reply.citations} == {"https://a.kz/d"}
