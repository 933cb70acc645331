"""Tests of whole answers: lists under their lead-ins, articles with their parts, outlines."""

import re
from pathlib import Path

import pytest

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import Engine
from service.engine.parts import MOST_PARTS, Whole

POINTS = "\n".join(f"{number}) {number}-талап орындалуға тиіс;" for number in range(1, 61))
LAW = f"""1-тарау. Жалпы ережелер
1-бап. Мақсаты
1. Осы Заң кітапханаларды қорғайды.
2. Оқырман мынадай құқықтарға ие:
1) кітап алуға;
2) оқу залында отыруға;
3) көмек сұрауға құқылы.
2-бап. Талаптар
1. Кітапханашыға мынадай талаптар қойылады:
{POINTS}
2-тарау. Қорытынды ережелер
3-бап. Күшіне енуі
Осы Заң алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Engine:
    """An engine over a law with a list of sixty points."""
    folder: Path = tmp_path_factory.mktemp("law")
    act = folder / "documents" / "library-law"
    act.mkdir(parents=True)
    (act / "document.toml").write_text(
        'uri = "/akn/kz/act/law/2020-01-01/1"\n'
        '[title]\nkk = "Кітапханалар туралы"\nru = "О библиотеках"\nen = "On libraries"\n'
        '[adoption]\nkk = "Заң"\nru = "Закон"\nen = "Law"\n'
        '[[editions]]\nlanguage = "kk"\nstatus = "authoritative"\nsource = "test"\n',
        encoding="utf-8",
    )
    (act / "kk.txt").write_text(LAW, encoding="utf-8")
    store = EmbeddedStore(folder / "index")
    build_folder(folder / "documents", store, encoder)
    return Engine(store.snapshot(), encoder)


def eids(whole: Whole | None) -> list[str]:
    """Returns the addresses of the parts."""
    return [part.key.eid for part in whole.parts] if whole else []


def numbered(prefix: str, last: int) -> list[str]:
    """Returns the addresses of numbered elements."""
    return [f"{prefix}_{number}" for number in range(1, last + 1)]


GOALS = numbered("chp_4__list_1__point", 7)
TASKS = numbered("chp_4__list_2__point", 7)
PRINCIPLES = numbered("chp_3__point", 6)


@pytest.mark.parametrize(
    ("question", "head", "parts"),
    [
        ("Сыртқы саясаттың мақсаттары қандай?", "chp_4__al_1", GOALS),
        ("Перечислите главные цели внешней политики страны.", "chp_4__al_1", GOALS),
        ("What are the goals of foreign policy?", "chp_4__al_1", GOALS),
        ("Сыртқы саясаттың міндеттері қандай?", "chp_4__al_2", TASKS),
        ("решение следующих задач", "chp_4__al_2", TASKS),
        ("Перечисли принципы внешней политики", "chp_3__al_1", PRINCIPLES),
        ("мақсаттар", "chp_4__al_1", GOALS),
        ("Цели", "chp_4__al_1", GOALS),
        ("goals", "chp_4__al_1", GOALS),
        ("какие задачи в главе 4", "chp_4__al_2", TASKS),
        ("Сыртқы саясаттың қағидаттарын тізіп бер", "chp_3__al_1", PRINCIPLES),
        ("Какие результаты ожидаются?", "chp_6__al_2", numbered("chp_6__point", 8)),
        (
            "Қазіргі халықаралық қатынастар жүйесінің белгілері",
            "chp_1__al_1",
            [f"chp_1__al_{number}" for number in range(2, 7)],
        ),
        (
            "Какие приоритеты внешней политики?",
            "chp_5__al_1",
            [f"chp_5__sec_{number}" for number in range(1, 5)],
        ),
        (
            "What are the priorities in economic diplomacy?",
            "chp_5__sec_2",
            [f"chp_5__sec_2__para_2-{number}" for number in range(1, 15)],
        ),
        (
            "Какие законы используются при реализации концепции?",
            "chp_7",
            numbered("chp_7__para", 4),
        ),
    ],
)
def test_list_is_answered_whole(engine: Engine, question: str, head: str, parts: list[str]) -> None:
    """A lead-in comes with all its items and nothing else; so does a section that is a list."""
    whole = engine.ask(question).whole
    assert whole is not None
    assert whole.head.key.eid == head
    assert eids(whole) == parts
    assert (whole.kind, whole.count, whole.more) == ("list", len(parts), 0)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_list_is_in_the_language_asked_for(engine: Engine, language: str) -> None:
    """Every part is of the edition in the asker's language."""
    whole = engine.ask("Неше міндет қойылған?", language=language).whole
    assert whole is not None
    assert {part.key.language for part in (whole.head, *whole.parts)} == {language}


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Сколько целей у внешней политики?", 7),
        ("Сыртқы саясаттың неше мақсаты бар?", 7),
        ("How many principles are there?", 6),
        ("3-бөлімде неше тармақ бар?", 20),
        ("сколько пунктов в разделе 3 главы 5", 20),
        ("5-тарауда неше бөлім бар?", 5),
        ("Сколько глав в концепции?", 7),
        ("Сколько в концепции глав?", 7),
        ("тараулар саны қанша", 7),
        ("сколько пунктов в указе", 5),
        ("Жарлықта неше тармақ бар?", 5),
        ("сколько в разделе 3 главы 5 пунктов", 20),
        ("3-тарауда неше тармақ бар", 6),
        ("how many sub-items are in chapter 6", 8),
        ("сколько абзацев в главе 1", 19),
        ("мақсаттар саны", 7),
        ("how many priorities", 4),
        ("сколько приоритетов в экономической дипломатии", 14),
        ("экономикалық дипломатияда неше басымдық бар", 14),
        ("неше нәтиже күтіледі", 8),
        ("сколько законов в перечне", 4),
        ("7-тарауда неше заң бар", 4),
        ("сколько задач в главе 4", 7),
        ("4-тараудың 1-тізбесінде неше тармақша бар", 7),
    ],
)
def test_count_comes_with_what_is_counted(engine: Engine, question: str, count: int) -> None:
    """No text says how many items it lists; they are counted."""
    answer = engine.ask(question)
    assert answer.answerable
    assert answer.whole is not None
    assert answer.whole.is_counted
    assert answer.whole.count == len(answer.whole.parts) == count


@pytest.mark.parametrize(
    "question",
    [
        "сколько этапов реализации",
        "Тұжырымдаманы іске асырудың неше кезеңі бар?",
        "how many stages of implementation",
        "неше бағыт",
        "сколько приоритетов у Каспия",
        "сколько стран упомянуто",
        "сколько пунктов в последнем разделе",
        "сколько пунктов в пункте 3.4",
    ],
)
def test_nothing_is_counted_where_the_text_lists_none(engine: Engine, question: str) -> None:
    """A heading of two things, and a list of something else, tell no number."""
    whole = engine.ask(question).whole
    assert whole is None or not whole.is_counted


@pytest.mark.parametrize(
    "question",
    [
        "Сколько министерств в стране?",
        "Кто ратифицирует международные договоры?",
        "Каспий теңізінің ортасын қорғау үшін не істелмек?",
        "что сказано в главе 5 о Каспии",
        "люди",
        "Қандай қауіпсіздік мәселелері шешіледі?",
    ],
)
def test_one_passage_is_no_whole(engine: Engine, question: str) -> None:
    """What one item answers is answered by it."""
    assert engine.ask(question).whole is None


@pytest.mark.parametrize(
    "question",
    ["глава 4 кратко", "О чём глава 4?", "4-тарау не туралы?", "chapter 4 summary"],
)
def test_chapter_is_told_in_outline(engine: Engine, question: str) -> None:
    """A chapter comes with what each of its parts begins with."""
    whole = engine.ask(question).whole
    assert whole is not None
    assert (whole.kind, whole.head.key.eid) == ("outline", "chp_4")
    assert eids(whole) == ["chp_4__al_1", *GOALS, "chp_4__al_2", *TASKS]
    assert [part.depth for part in whole.parts] == [0, *[1] * 7, 0, *[1] * 7]


def test_sections_of_a_chapter_come_by_their_headings(engine: Engine) -> None:
    """Under the heading of a section stands the sentence that it begins with."""
    whole = engine.ask("5-тараудың қысқаша мазмұны").whole
    assert whole is not None
    assert eids(whole)[:4] == [
        "chp_5__al_1",
        "chp_5__sec_1",
        "chp_5__sec_1__para_1-1",
        "chp_5__sec_2",
    ]
    assert (
        whole.parts[1].text
        == "Халықаралық бейбітшілік пен қауіпсіздікті сақтау саласындағы басымдықтар"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Сделай краткое содержание",
        "Қысқаша мазмұны",
        "Summarize the document",
        "Тұжырымдама не туралы?",
    ],
)
def test_document_is_told_by_its_chapters(engine: Engine, question: str) -> None:
    """A summary of the document is its chapters with what each begins with."""
    answer = engine.ask(question)
    assert answer.answerable
    assert {f"chp_{number}" for number in range(1, 8)} <= set(eids(answer.whole))


def test_sentence_that_an_outline_cuts_ends_at_a_word(engine: Engine) -> None:
    """A long beginning is cut between words, and says that it goes on."""
    whole = engine.ask("раздел 4 главы 5").whole
    assert whole is not None
    texts = [part.text for part in whole.parts]
    assert max(map(len, texts)) < 200
    assert any(text.endswith(" …") for text in texts)
    assert not any(re.search(r"[,;–-] …$", text) for text in texts)


@pytest.mark.parametrize(
    "question", ["1-бап", "«Кітапханалар туралы» заңның 1-бабы", "статья 1 закона о библиотеках"]
)
def test_article_comes_with_its_parts_and_their_points(library: Engine, question: str) -> None:
    """An article named alone, or with its act, is its parts in full, points deeper than parts."""
    whole = library.ask(question, language="kk").whole
    assert whole is not None
    assert [(part.num, part.depth) for part in whole.parts] == [
        ("1.", 0),
        ("2.", 0),
        ("1)", 1),
        ("2)", 1),
        ("3)", 1),
    ]
    assert whole.parts[2].text == "кітап алуға;"
    assert whole.count == 2


def test_named_lead_in_is_answered_with_its_list(library: Engine) -> None:
    """Whatever is asked of it: «ч. 3 ст. 188 УК» opens what is punished, and how."""
    answer = library.ask("1-баптың 2-тармағы бойынша оқырман кітап ала ала ма?")
    assert answer.results[0].passage.eid == "art_1__para_2"
    assert eids(answer.whole) == numbered("art_1__para_2__point", 3)


def test_named_item_is_its_own_answer_whole(library: Engine) -> None:
    """Where nothing is asked beyond an item and its act, no words of it answer better than all."""
    answer = library.ask("п. 2 ст. 1 закона о библиотеках", language="kk")
    assert answer.answer is not None
    assert answer.answer.text == answer.results[0].passage.text


def test_long_list_is_cut(library: Engine) -> None:
    """Of sixty points thirty are shown, and how many are left is said."""
    whole = library.ask("Кітапханашыға қойылатын талаптар қандай?").whole
    assert whole is not None
    assert (len(whole.parts), whole.count, whole.more) == (MOST_PARTS, 60, 60 - MOST_PARTS)
