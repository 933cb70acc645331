"""Tests of questions that name acts."""

import pytest

from service.engine.engine import Engine
from service.engine.filters import Filters


def first(engine: Engine, question: str, **wanted: object) -> str:
    """Returns the id of the first item found."""
    return engine.ask(question, **wanted).results[0].passage.id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("п. 1 ст. 2 ТК РК", "labour#art_2__para_1"),
        ("ЕК 2-бап 1-тармақ", "labour#art_2__para_1"),
        ("Еңбек кодексінің 2-бабының 2-тармағы", "labour#art_2__para_2"),
        ("пункт 1 статьи 2 трудового кодекса", "labour#art_2__para_1"),
        ("enbek kodeksi 1-bap", "labour#art_1__al_1"),
        ("ст. 2 п. 2 ГК", "civil#art_2__para_2"),
        ("Гражданский кодекс Республики Казахстан, статья 26, пункт 1", "civil#art_26__para_1"),
        ("статья 1 закона о банках", "banks#art_1__al_1"),
        ("статья 2 ТК РК, пункт 2", "labour#art_2__para_2"),
        ("ст. 2 Трудового кодекса п. 2", "labour#art_2__para_2"),
        ("2-бап Еңбек кодексі 2-тармақ", "labour#art_2__para_2"),
        ("article 2 of the Labour Code, paragraph 2", "labour#art_2__para_2"),
        ("Закон РК от 31 августа 1995 года № 2444 «О банках и банковской деятельности», ст. 1",
         "banks#art_1__al_1"),
    ],
)  # fmt: skip
def test_reference_with_an_act_goes_to_the_act(
    acts_engine: Engine, question: str, item: str
) -> None:
    """Reference with an act goes to the act."""
    answer = acts_engine.ask(question)
    assert answer.results[0].passage.id == item
    assert answer.results[0].score == 1
    assert answer.answerable
    assert not answer.notices


def test_question_that_names_an_act_searches_that_act(acts_engine: Engine) -> None:
    """Question that names an act searches that act."""
    found = acts_engine.ask("Что говорит трудовой кодекс об отпуске?").results
    assert {result.passage.document_id for result in found} == {"labour"}


@pytest.mark.parametrize(
    "question",
    [
        "п. 1 ст. 26 УК РК",
        "Қылмыстық кодекстің 2-бабы",
        "статья 2 закона о рекламе",
        "статья 2 закона о космической деятельности",
        "какой срок по уголовному кодексу",
        "Жер кодексінде не айтылған?",
        "ҚК 2-бап",
        "что говорит УК про кражу",
        "Уголовный кодекс об отпуске",
        "Уголовный кодекс предусматривает штраф?",
        "ҚК бұл туралы не дейді",
        "what does the Criminal Code say about leave",
        "leave under the Criminal Code",
    ],
)
def test_act_that_is_not_here_is_said_not_to_be_here(acts_engine: Engine, question: str) -> None:
    """Act that is not here is said not to be here."""
    answer = acts_engine.ask(question)
    assert not answer.answerable
    assert "жоқ" in answer.notices[0].kk
    assert all(result.score < 1 for result in answer.results)


def test_article_that_the_act_lacks_is_said_not_to_be_there(acts_engine: Engine) -> None:
    """Article that the act lacks is said not to be there."""
    answer = acts_engine.ask("ст. 26 трудового кодекса")
    assert not answer.answerable
    assert answer.notices[0].ru.startswith("Трудовой кодекс: ")


def test_code_of_another_country_is_no_act_of_ours(acts_engine: Engine) -> None:
    """Code of another country is no act of ours."""
    assert not acts_engine.library.references.acts.read("отпуск по ТК РФ").documents


@pytest.mark.parametrize(
    "question",
    [
        "Что сказано о Конституции?",
        "Конституция туралы не дейді?",
        "What is said about the Tax Code?",
    ],
)
def test_act_that_is_the_topic_is_not_said_to_be_missing(
    acts_engine: Engine, question: str
) -> None:
    """Act that is the topic is not said to be missing."""
    assert not acts_engine.ask(question).hits.notices


def test_two_acts_each_have_their_article(acts_engine: Engine) -> None:
    """Two acts each have their article."""
    found = acts_engine.ask("Чем статья 1 ТК отличается от статьи 1 ГК?").results
    assert [result.passage.id for result in found[:2]] == [
        "civil#art_1__al_1",
        "labour#art_1__al_1",
    ]
    assert all(result.score < 1 or result.passage.eid == "art_1__al_1" for result in found)


def test_act_between_two_references_of_its_own_does_not_join_them(acts_engine: Engine) -> None:
    """Act between two references of its own does not join them."""
    found = acts_engine.ask("статья 2 ТК и пункт 1 статьи 26 ГК").results
    named = {one.passage.id for one in found if one.score == 1}
    assert {"labour#art_2__para_1", "civil#art_26__para_1"} <= named


def test_name_of_an_act_around_a_reference_is_no_question(acts_engine: Engine) -> None:
    """What bears the name of the act is not what its item is asked for by."""
    question = "пункт 1 статьи 2 Трудового кодекса"
    references = acts_engine.retriever.references
    assert not references.find(question, None, references.acts.read(question)).rest.strip()


def test_filter_says_more_than_the_name(acts_engine: Engine) -> None:
    """Filter says more than the name."""
    filters = Filters(documents=("banks",))
    found = acts_engine.ask("отпуск по трудовому кодексу", filters=filters).results
    assert {result.passage.document_id for result in found} == {"banks"}


def test_reference_names_its_act_where_several_are_served(acts_engine: Engine) -> None:
    """Reference names its act where several are served."""
    reference = acts_engine.library.reference
    assert reference("labour", "art_2__para_1", "kk") == "Еңбек кодексі, 2-бап, 1-тармақ"
    assert reference("labour", "art_2__para_1", "ru") == "Трудовой кодекс, статья 2, пункт 1"
    assert reference("civil", "art_1", "kk") == "Азаматтық кодекс, 1-бап"
