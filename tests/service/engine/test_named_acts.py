"""Tests of acts that a question names by a part of the title, by number, on a day."""

import datetime
from pathlib import Path

import pytest

from indexer.building import build_folder
from indexer.embedding.encoders import Encoder
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.errors import RequestError

_ACTS = {
    "bees": (
        "law/2001-05-10/7-II",
        "О пчеловодстве",
        "Ара шаруашылығы туралы",
        "Настоящий Закон Республики Казахстан «О пчеловодстве» (далее – Закон о мёде) действует.\n"
        "Статья 1. Пасека\n1. Пасеку ставит акимат по статье 2 Закона Республики Казахстан "
        "«О прудах и рыбоводстве» (далее – Закон о воде в прудах). Воду берут по статье 1 Закона о "
        "воде в прудах.\nСтатья 2. Мёд\n1. Мёд качают летом.\n",
        "1-бап. Омарта\n1. Омартаны әкімдік қояды.\n2-бап. Бал\n1. Бал жазда алынады.\n",
    ),
    "ponds": (
        "law/2010-06-03/280-IV",
        "О прудах и рыбоводстве",
        "Тоғандар және балық өсіру туралы",
        "Статья 1. Пруд\n1. Пруд чистят.\nСтатья 2. Рыба\n1. Рыбу разводят по статье 2 Закона "
        "Республики Казахстан от 10 мая 2001 года № 7-II.\n",
        "1-бап. Тоған\n1. Тоған тазартылады.\n2-бап. Балық\n1. Балық өсіріледі.\n",
    ),
    "canals": (
        "law/2002-05-16/321",
        "О прудах и каналах",
        "Тоғандар мен арналар туралы",
        "Статья 1. Канал\n1. Канал роют.\nСтатья 2. Берег\n1. Берег укрепляют по статье 1 Закона "
        "Республики Казахстан от 3 июня 1999 года № 5 «О прудах и рыбоводстве».\n",
        "1-бап. Арна\n1. Арна қазылады.\n2-бап. Жаға\n1. Жаға бекітіледі.\n",
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> Engine:
    """Three laws that no list knows, none of which says how it was adopted."""
    seeds: Path = tmp_path_factory.mktemp("seeds")
    for name, (uri, russian, kazakh, *texts) in _ACTS.items():
        (seeds / name).mkdir()
        (seeds / name / "document.toml").write_text(
            f'uri = "/akn/kz/act/{uri}"\n[title]\nru = "{russian}"\nkk = "{kazakh}"\n'
            '[[editions]]\nlanguage = "ru"\n[[editions]]\nlanguage = "kk"\n',
            encoding="utf-8",
        )
        for file, text in zip(("ru.txt", "kk.txt"), texts, strict=True):
            (seeds / name / file).write_text(text, encoding="utf-8")
    store = EmbeddedStore(tmp_path_factory.mktemp("index"))
    build_folder(seeds, store, hashed)
    return Engine(store.snapshot(), hashed)


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("ст 1 о пчеловодстве", "bees#art_1__para_1"),
        ("закон о рыбоводстве ст 2", "ponds#art_2__para_1"),
        ("арналар туралы заңның 2-бабы", "canals#art_2__para_1"),
        ("балық өсіру 1 бап", "ponds#art_1__para_1"),
        ("статья 2 Закона о мёде", "bees#art_2__para_1"),
        ("Закон от 10 мая 2001 года № 7-II, статья 2", "bees#art_2__para_1"),
        ("№ 321 Заң 2-бап", "canals#art_2__para_1"),
        ("2010 жылғы 3 маусымдағы № 280-IV Заңның 1-бабы", "ponds#art_1__para_1"),
        ("Law No. 321 of 16 May 2002 article 1", "canals#art_1__para_1"),
        ("закон о пчеловодстве 2", "bees#art_2__para_1"),
        ("закон о пчиловодстве ст 2", "bees#art_2__para_1"),
    ],
)
def test_an_act_is_found_by_a_part_of_its_name_and_by_its_number(
    engine: Engine, question: str, item: str
) -> None:
    """The reference goes to the one act that it fits."""
    answer = engine.ask(question)
    assert answer.results[0].passage.id == item
    assert answer.results[0].score == 1
    assert not answer.notices


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("ст. 1 п. 1 о пчеловодстве", "bees#art_1__para_1"),
        ("статья 2 о прудах и рыбоводстве пункт 1", "ponds#art_2__para_1"),
        ("тоғандар мен арналар туралы 2-бап", "canals#art_2__para_1"),
        ("2-бап тоғандар мен арналар туралы", "canals#art_2__para_1"),
    ],
)
def test_an_act_beside_an_item_is_its_name_and_asks_nothing(
    engine: Engine, question: str, item: str
) -> None:
    """«ст. 1 о пчеловодстве» asks for the item and not for what speaks of bees."""
    answer = engine.ask(question)
    assert answer.results[0].passage.id == item
    assert {one.score for one in answer.results} == {1, 0}


def test_what_an_item_says_of_a_subject_is_asked_by_the_subject(engine: Engine) -> None:
    """Between the item and the title stands a word: the title is what is asked about."""
    acts = engine.library.references.acts
    assert acts.read("ст 1 о пчеловодстве").places
    assert not acts.read("что в статье 1 сказано о пчеловодстве").places
    assert not acts.read("1-бапта тоғандар мен арналар туралы не айтылған").places


@pytest.mark.parametrize("question", ["закон о прудах ст 2", "тоғандар туралы заңның 2-бабы"])
def test_where_two_acts_fit_both_are_offered(engine: Engine, question: str) -> None:
    """None is chosen in silence."""
    answer = engine.ask(question)
    assert {one.passage.document_id for one in answer.results if one.score == 1} == {
        "ponds",
        "canals",
    }
    assert "№ 280-IV" in answer.notices[0].ru
    assert "№ 321" in answer.notices[0].kk


@pytest.mark.parametrize(
    "question",
    [
        "закон о космосе ст 2",
        "ғарыш қызметі туралы заңның 2-бабы",
        "Law on Space Activities, article 2",
        "Закон от 11 мая 2001 года № 7-II, статья 2",
        "Закон от 11 мая 2001 года № 7-II",
        "Закон о пчеловодстве от 5 мая 1990 года № 3, статья 2",
        "Космический кодекс ст 2",
        "ғарыш кодексінің 2-бабы",
    ],
)
def test_another_act_is_said_not_to_be_here(engine: Engine, question: str) -> None:
    """An act of that title and another number is another act."""
    answer = engine.ask(question)
    assert not answer.answerable
    assert "здесь нет" in answer.notices[0].ru
    assert "жоқ" in answer.notices[0].kk


def test_two_acts_of_one_name_are_both_offered(tmp_path: Path, hashed: Encoder) -> None:
    """Such as an old law and the new one; parts of a code are one act."""
    for name, uri, title in (
        ("old", "law/1999-01-01/1", "О мостах"),
        ("new", "law/2020-01-01/2", "О мостах"),
        ("first", "code/1999-01-01/3", "Дорожный кодекс (Общая часть)"),
        ("second", "code/1999-01-02/4", "Дорожный кодекс (Особенная часть)"),
    ):
        (tmp_path / "seeds" / name).mkdir(parents=True)
        folder = tmp_path / "seeds" / name
        (folder / "document.toml").write_text(
            f'uri = "/akn/kz/act/{uri}"\n[title]\nru = "{title}"\n[[editions]]\nlanguage = "ru"\n',
            encoding="utf-8",
        )
        number = 1 if name != "second" else 2
        (folder / "ru.txt").write_text(f"Статья {number}. Цель\n1. Цель ясна.\n", encoding="utf-8")
    store = EmbeddedStore(tmp_path / "index")
    build_folder(tmp_path / "seeds", store, hashed)
    engine = Engine(store.snapshot(), hashed)
    answer = engine.ask("закон о мостах ст 1")
    assert {one.passage.document_id for one in answer.results if one.score == 1} == {"old", "new"}
    assert "№ 1" in answer.notices[0].ru
    assert "№ 2" in answer.notices[0].ru
    assert not engine.ask("ст 2 дорожного кодекса").notices


def test_an_act_that_is_not_here_is_called_as_it_was_written(engine: Engine) -> None:
    """Which of the known acts a part of a title means is not guessed."""
    notice = engine.ask("жолдар туралы заңның 1-бабы").notices[0]
    assert "жолдар туралы заң." in notice.kk


def test_a_title_of_an_act_that_is_not_here_is_searched_where_no_item_is_named(
    engine: Engine,
) -> None:
    """Words such as «закон о Первом Президенте» may be what a text speaks of."""
    assert not engine.ask("закон о Первом Президенте").hits.notices


def test_a_day_before_all_editions_is_said_to_be_before_them(engine: Engine) -> None:
    """No edition answers, neither the first one nor another act."""
    filters = Filters(date=datetime.date(2001, 5, 9))
    answer = engine.ask("статья 1 закона о пчеловодстве", filters=filters)
    assert not answer.results
    assert "первая действует с 10.05.2001" in answer.notices[0].ru
    assert "10.05.2001 бастап" in answer.notices[0].kk
    begun = Filters(date=datetime.date(2001, 5, 10))
    assert engine.ask("статья 1 закона о пчеловодстве", filters=begun).answerable
    with pytest.raises(RequestError, match="No edition of"):
        engine.library.passage("bees#art_1__para_1", day=datetime.date(1990, 1, 1))


def test_a_question_by_number_alone_says_which_act_it_is(engine: Engine) -> None:
    """The address of the act says what its description leaves out."""
    about = engine.ask("Закон от 10 мая 2001 года № 7-II").about
    assert about is not None
    assert (
        about.text.ru == "«О пчеловодстве». Закон Республики Казахстан от 10 мая 2001 года № 7-II."
    )


def test_links_follow_numbers_and_the_short_names_of_the_text(engine: Engine) -> None:
    """An act of the title and another number is not linked."""
    links = engine.library.links
    found = {
        (rows.document.id, one.document_id, one.eid)
        for rows in engine.snapshot.editions
        for own in links.of_edition(rows).values()
        for one in own
        if one.eid
    }
    assert found == {
        ("bees", "ponds", "art_2"),
        ("bees", "ponds", "art_1"),
        ("ponds", "bees", "art_2"),
    }
