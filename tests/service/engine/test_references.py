"""Tests of items that a question names, by the kind of reference; the right items of each."""

from collections.abc import Callable

import pytest

from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedSnapshot
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.engine.library import Library

S3 = "chp_5__sec_3__para_3-"
RIGHT = {
    "a range": [
        ("3.1–3.5-тармақтар", [f"{S3}{n}" for n in range(1, 6)]),
        ("пункты с 3.1 по 3.5", [f"{S3}{n}" for n in range(1, 6)]),
        ("3.1-3.5 тармақтар", [f"{S3}{n}" for n in range(1, 6)]),
        ("3.1-ден 3.5-ке дейінгі тармақтар", [f"{S3}{n}" for n in range(1, 6)]),
        ("items 3.18 to 3.20", [f"{S3}{n}" for n in (18, 19, 20)]),
    ],
    "several": [
        ("3.17 және 3.4-тармақтар", [f"{S3}17", f"{S3}4"]),
        ("чем отличается 1.3 от 1.4", ["chp_5__sec_1__para_1-3", "chp_5__sec_1__para_1-4"]),
    ],
    "a number alone": [("3.17", [f"{S3}17"]), ("№3.17 тармақ", [f"{S3}17"])],
    "a decimal comma": [
        ("3,17 тармақ", [f"{S3}17"]),
        ("пункт 2,10", ["chp_5__sec_2__para_2-10"]),
    ],
    "another dash": [("3.17‑тармақ", [f"{S3}17"]), ("3.17‐тармақ", [f"{S3}17"])],
    "a part of an item": [
        ("2.7-тармақтың екінші бөлігі", ["chp_5__sec_2__para_2-7"]),
        ("абзац 2 пункта 2.3", ["chp_5__sec_2__para_2-3"]),
        ("абзац второй пункта 2.3", ["chp_5__sec_2__para_2-3"]),
    ],
}


@pytest.mark.parametrize(
    ("text", "eids"), [case for cases in RIGHT.values() for case in cases], ids=str
)
def test_what_a_question_names_is_first_and_alone(
    engine: Engine, text: str, eids: list[str]
) -> None:
    """In the order in which it is named, with the score 1; nothing else scores anything."""
    answer = engine.ask(text, k=8)
    assert [result.passage.eid for result in answer.results[: len(eids)]] == eids
    assert [result.score for result in answer.results] == [1.0] * len(eids) + [0.0] * (
        8 - len(eids)
    )
    assert answer.answerable


@pytest.mark.parametrize("text", ["IV тарау", "глава IV", "Chapter IV", "4-тарау", "глава 4"])
def test_a_chapter_is_named_by_either_numeral(engine: Engine, text: str) -> None:
    """Its passages come in their own order."""
    found = [result.passage.eid for result in engine.ask(text, k=3).results]
    assert found == ["chp_4__al_1", "chp_4__list_1__point_1", "chp_4__list_1__point_2"]


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("8-тарау", "chp_7"),
        ("глава 9", "chp_7"),
        ("раздел 6 главы 5", "chp_5__sec_4"),
        ("3.99-тармақ", f"{S3}20"),
    ],
)
def test_what_is_not_there_is_said_not_to_be(engine: Engine, text: str, nearest: str) -> None:
    """With the nearest that is there first, and no confidence in it."""
    answer = engine.ask(text)
    assert answer.notices
    assert not answer.answerable
    assert answer.confidence == 0
    assert answer.results[0].passage.eid.startswith(nearest)
    assert {result.score for result in answer.results} == {0.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1-1-тармақ", "Құжатта 1-1-тармақ жоқ."),
        ("3.99-тармақ", "Құжатта 3.99-тармақ жоқ."),
        ("3,99 тармақ", "Құжатта 3.99-тармақ жоқ."),
    ],
)
def test_what_is_not_there_is_called_as_it_was_asked_for(
    engine: Engine, text: str, said: str
) -> None:
    """The inserted 1-1 is another number than 1.1, which is there."""
    assert engine.ask(text).notices[0]["kk"].startswith(said)


def test_words_beside_a_reference_are_evidence(engine: Engine) -> None:
    """What is not named scores what its words and meaning say."""
    scores = {
        result.passage.eid: result.score
        for result in engine.ask("3.17-тармақ және Арал теңізі туралы не айтылған?").results
    }
    assert scores[f"{S3}17"] == 1
    assert scores[f"{S3}18"] > 0


@pytest.mark.parametrize(
    ("text", "eid"),
    [
        ("что сказано в главе 5 о визах", f"{S3}5"),
        ("5-тарауда Арал туралы не айтылған", f"{S3}18"),
        ("what does chapter 5 say about visas", f"{S3}5"),
    ],
)
def test_of_a_chapter_what_is_asked_about_is_first(engine: Engine, text: str, eid: str) -> None:
    """All of it is named, and not all of it answers."""
    first = engine.ask(text).results[0]
    assert (first.passage.eid, first.score) == (eid, 1)


@pytest.mark.parametrize("text", ["глава 2 подробно", "2-тарауды толық айтып берші"])
def test_a_chapter_in_full_is_all_of_it(engine: Engine, text: str) -> None:
    """Words that ask for more or less of it are not what it is about."""
    answer = engine.ask(text)
    assert answer.results[0].passage.eid == "chp_2__al_1"
    assert answer.whole is not None


@pytest.mark.parametrize("text", ["Что в пункте 2.10?", "2.3-тармақ", "What does item 3.1 say?"])
def test_an_item_asked_for_by_its_number_alone_answers_whole(engine: Engine, text: str) -> None:
    """Nothing tells some of its words from the others."""
    answer = engine.ask(text)
    assert answer.answer is not None
    assert answer.answer.text == answer.results[0].passage.text


def test_what_is_nearest_stays_where_one_searches(engine: Engine) -> None:
    """A filter leaves out the nearest element elsewhere."""
    answer = engine.ask("3.99-тармақ", filters=Filters(sections=("chp_7",)))
    assert all(result.passage.eid.startswith("chp_7") for result in answer.results)


@pytest.mark.parametrize(
    "text",
    [
        "что",
        "кто это",
        "сияқты",
        "туралы",
        "не?",
        "қандай",
        "which",
        "а что там",
        "бұл не",
        "5",
        "№ 3",
        "-1",
    ],
)
def test_function_words_alone_are_not_answered(engine: Engine, text: str) -> None:
    """They say nothing of what is asked."""
    answer = engine.ask(text)
    assert not answer.answerable
    assert answer.confidence == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("Сәлем", "kk"), ("Здравствуйте!", "ru"), ("thanks a lot", "en"), ("Что ты умеешь?", "ru")],
)
def test_what_is_no_question_is_answered_by_a_sentence(
    engine: Engine, text: str, language: str
) -> None:
    """In its language, without a passage."""
    answer = engine.ask(text)
    assert answer.remark is not None
    assert answer.notices == (answer.remark,)
    assert answer.language == language
    assert not answer.results
    assert not answer.answerable


@pytest.mark.parametrize(
    ("text", "eid"),
    [
        (
            "Здравствуйте! Я студентка, пишу курсовую по внешней политике и мне нужно узнать, "
            "в каком пункте говорится о торговле людьми. Заранее спасибо!",
            f"{S3}4",
        ),
        ("Сәлеметсіз бе! Адам саудасы қай тармақта айтылған? Рақмет!", f"{S3}4"),
        ("Подскажите, пожалуйста, где сказано про Арал?", f"{S3}18"),
        ("Айтыңызшы, визалар туралы қай тармақта?", f"{S3}5"),
    ],
)
def test_a_greeting_around_a_question_is_no_part_of_it(engine: Engine, text: str, eid: str) -> None:
    """Who asks and why is not what is asked."""
    answer = engine.ask(text)
    assert answer.results[0].passage.eid == eid
    assert answer.answerable


def test_a_number_of_an_act_is_no_english(engine: Engine) -> None:
    """«№» stays as it is typed, and a question without letters is not in Latin ones."""
    question = engine.read("№ 741")
    assert question.interpreted == "№ 741"
    assert question.language == "kk"


def test_a_number_is_printed_as_the_document_has_it(
    snapshot_of: Callable[..., EmbeddedSnapshot],
) -> None:
    """An address writes the item 4.1 and the inserted item 4-1 alike."""
    library = Library(
        snapshot_of(
            Passage("rules", eid, "ru", num, ("Глава 2",), f"Текст {num}")
            for eid, num in (("chp_2__para_4-1", "4.1."), ("chp_2__para_5-1", "5-1."))
        )
    )
    assert library.reference("rules", "chp_2__para_4-1", "ru") == "глава 2, пункт 4.1"
    assert library.reference("rules", "chp_2__para_5-1", "kk") == "2-тарау, 5-1-тармақ"
    (said,) = library.missing("пункт 4.9")
    assert "пункт 4.1" in said["ru"]


def test_what_a_chapter_lacks_is_said_of_the_chapter(
    snapshot_of: Callable[..., EmbeddedSnapshot],
) -> None:
    """Another chapter has an item 1: the document does not lack it."""
    library = Library(
        snapshot_of(
            Passage("rules", eid, "ru", num, (f"Глава {eid[4]}",), f"Текст {num}")
            for eid, num in (("chp_1__para_1", "1."), ("chp_2__al_1", ""), ("chp_3__para_1", "1."))
        )
    )
    (said,) = library.missing("пункт 1 главы 2")
    assert said["ru"] == "глава 2: здесь нет такого элемента: пункт 1."
    assert said["kk"] == "2-тарау: мұнда 1-тармақ жоқ."


@pytest.mark.parametrize(
    ("question", "first"),
    [("Какие права есть в главе 2?", "art_5"), ("статья 4", "art_4"), ("глава 2", "art_4")],
)
def test_an_excluded_item_does_not_answer_for_its_chapter(
    snapshot_of: Callable[..., EmbeddedSnapshot], hashed: Encoder, question: str, first: str
) -> None:
    """It is there for who asks for it by name."""
    rights = "Статья 4. Какие права есть в саду"
    snapshot = snapshot_of(
        [
            Passage(
                "law", "chp_2__art_4", "ru", None, ("Глава 2", rights), "Исключена.", "repealed"
            ),
            Passage("law", "chp_2__art_5", "ru", None, ("Глава 2", "Статья 5"), "Вход для всех."),
        ]
    )
    answer = Engine(snapshot, hashed).ask(question)
    assert answer.results[0].passage.eid.endswith(first)
