"""What kinds of things questions ask for, and what texts hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ranking.expectation import lacks

ASKED = [
    (
        "Қазақстан неше елмен келісімге қол қойды?",
        "Бес елмен келісім жасалды",
        "Елдермен келісім жасалды",
    ),
    ("Айлығы қандай?", "Жалақы 200 000 теңге", "Жалақы белгіленеді"),
    ("Неше мүше бар?", "жиырма төрт мүше", "жүзеге асыру үшін"),
    ("Неше мүше бар?", "екі тарап", "екіжақты негізде"),
    ("Неше мүше бар?", "12 ел", "2020–2030 жылдар"),
    ("Сколько стран подписали договор?", "Договор подписали двадцать пять стран", "Все страны"),
    ("Какая зарплата у посла?", "Оклад составляет 500 тысяч", "Оклад устанавливается"),
    ("Сколько членов?", "пятнадцать", "пятно"),
    ("How many countries signed?", "Twelve countries signed", "Countries signed"),
    ("Тұжырымдама қай жылы қабылданды?", "2020 жылы қабылданды", "Жарлықпен қабылданды"),
    ("Құжат қай жылға дейін жарамды?", "Мерзімі 10 жылға ұзартылды", "Мерзімі ұзартылды"),
    ("Тұжырымдама қашан қабылданды?", "6 наурызда қабылданды", "Жарлықпен қабылданды"),
    ("В каком году принята концепция?", "Принята в 2014 году", "Принята указом"),
    ("When was the concept adopted?", "Adopted in March", "Adopted by decree"),
    ("Министрдің аты-жөні кім?", "Министр М. Тілеуберді", "Министр тағайындалады"),
    ("Как зовут министра?", "Министр А.Б. Иванов", "Министра назначает Президент"),
    ("Who is the minister of foreign affairs?", "M. Nurtleu", "The minister"),
    ("Министрліктің мекенжайы қандай?", "Қонаев көшесі", "Министрлік"),
    ("Штаб қай қалада?", "Алматы қаласында", "Қалай орналасқан, қалаған жерде"),
    ("In which city is it?", "The city of Rome", "The office"),
]


@pytest.mark.parametrize(("question", "holding", "other"), ASKED)
def test_a_text_without_the_kind_lacks_it(question: str, holding: str, other: str) -> None:
    """The kind of thing asked for is in one text and not in the other, whatever the case."""
    assert not lacks(question, holding)
    assert lacks(question, other)
    assert lacks(question.upper(), other)


@pytest.mark.parametrize(
    "question",
    ["Қаншалықты маңызды?", "Насколько это важно?", "Сколько-нибудь важно?", "Зачем концепция?"],
)
def test_degrees_and_reasons_are_no_kinds(question: str) -> None:
    """Words that resemble those that ask for a number ask for none."""
    assert not lacks(question, "мәтін")


@given(st.lists(st.sampled_from(["сыртқы", "саясат", "неге", "қандай", "мақсат", "зачем", "что"])))
def test_other_questions_lack_nothing(words: list[str]) -> None:
    """A question that names no such kind is answered by any text."""
    assert not lacks(" ".join(words), "мәтін")
