"""What kinds of things questions ask for, and what texts hold."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ranking.signals.expectation import called, lacks, lacks_number, shown

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
    ("Қос азаматтық", "азаматтықты алу тәртібі", "азаматтық қоғамның дамуы"),
    ("азаматтық алу", "Қазақстанның азаматтығын қабылдау", "азаматтық істер бойынша"),
    ("двойное гражданство", "не признаётся гражданство другого государства", "гражданское дело"),
    ("dual citizenship", "citizenship of another state", "civil society"),
    ("Какой срок исковой давности?", "Срок три года", "Срок исковой давности прерывается"),
    ("В какой срок дают ответ?", "в месячный срок", "по истечении срока"),
    ("За сколько уведомляют собственника?", "не менее чем за один месяц", "заблаговременно"),
    ("апелляция беру мерзімі", "он бес күн ішінде", "мерзімі өткен соң"),
    ("Есеп қанша уақыт жарамды?", "алты айдан аспайды", "есеп жарамды"),
    ("How long is the report valid?", "valid for six months", "valid when signed"),
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


# Of each kind, words that show it and words that only resemble those, in any text.
SHOWN = {
    "Неше?": ("бесінші бап", "алтыншы", "жеті ел", "үш елмен", "екінші", "пять лет", "thirty days"),
    "Қай жылы?": ("1995 жылы", "в марте", "желтоқсанда", "by 31 december"),
    "Елші кім?": ("Қ. К. Тоқаев", "М.Нұртілеу", "посол И. О. Ильясов"),
    "Қай қалада?": ("астанада", "қала", "қаланың", "даңғылында", "на улице", "the street"),
}
RESEMBLING = {
    "Неше?": ("жетістіктерді жетілдіру", "бесік", "алтын қоры", "онымен", "столица", "they tend"),
    "Қай жылы?": ("3020 теңге", "120 адам", "указом", "maybe", "12019"),
    "Елші кім?": ("қ. к. тоқаев", "Қазақстан Республикасы", "Сөйлем. ол", "2. Елші"),
    "Қай қалада?": ("қалай қалады", "қалаған", "велосити", "министрлік"),
}


@pytest.mark.parametrize("question", SHOWN)
def test_words_of_a_kind_are_told_from_their_likes(question: str) -> None:
    """A numeral, a month, a name or a city is seen in all its forms and in nothing else."""
    assert [text for text in SHOWN[question] if lacks(question, text)] == []
    assert [text for text in RESEMBLING[question] if not lacks(question, text)] == []


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
@pytest.mark.parametrize(("question", "holding", "other"), ASKED)
def test_case_changes_nothing(
    question: str, holding: str, other: str, case: Callable[[str], str]
) -> None:
    """Questions are typed in any case, and texts too, but for the capitals of names."""
    assert not lacks(case(question), holding)
    assert lacks(case(question), case(other))
    assert re.search(r"\b[A-ZА-Я]\.", holding) or not lacks(question, case(holding))


@pytest.mark.parametrize(
    "question",
    ["Когда он приедет?", "Нужно знать, когда принята концепция", "Министр немен айналысады?", ""],
)
def test_time_and_office_alone_are_no_kinds(question: str) -> None:
    """Only what happened has a date, and only who is asked for has a name."""
    assert not lacks(question, "мәтін")


@given(st.text("абвгдежзлмпстыэюя ,?", max_size=40), st.text(max_size=40))
def test_text_that_asks_for_no_kind_lacks_none(question: str, text: str) -> None:
    """None of the words that ask is made of these letters, so nothing can be missing."""
    assert not lacks(question, text)


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("2025 жылғы бюджет", "2020 – 2030 жылдарға", True),
        ("2030 жылға дейін", "2020–2030 жылдарға", False),
        ("бюджет", "2020", False),
        ("3 шарт", "төрт шарт", False),
    ],
)
def test_a_number_of_the_question_is_looked_for(question: str, text: str, lacking: bool) -> None:
    """A year or another number of two digits or more; one digit may be written as a word."""
    assert lacks_number(question, text) == lacking


@pytest.mark.parametrize(
    ("question", "holding", "other"),
    [
        ("Кто министр иностранных дел?", "Министр М. Нуртлеу", "Министерство является органом"),
        ("кто сейчас премьер-министр", "О.А. Бектенов", "Премьер-Министр возглавляет"),
        ("кто возглавляет МИД", "К. Токаев", "МИД руководит учреждениями"),
        ("Сыртқы істер министрі кім", "М. Тілеуберді", "Сыртқы істер министрлігі"),
        ("Қазақстан президенті кім?", "Қ.К. Тоқаев", "Президент айқындайды"),
        ("СІМ-ді кім басқарады", "М. Нұртілеу", "СІМ басқаратын мекемелер"),
        ("who is the foreign minister?", "M. Nurtleu", "the Ministry"),
        ("who heads the ministry", "M. Nurtleu", "the Ministry"),
    ],
)
def test_holder_of_an_office_has_a_name(question: str, holding: str, other: str) -> None:
    """A text that names nobody does not tell who is minister, whatever else speaks for it."""
    assert not lacks(question, holding)
    assert lacks(question, other) > 1


@pytest.mark.parametrize(
    "question",
    [
        "какой сегодня день",
        "какая дата сегодня?",
        "который час",
        "какая сегодня погода",
        "погода в Алматы",
        "ауа райы қандай",
        "Астанада ауа райы қалай?",
        "how is the weather",
        "бүгін қай күн",
        "бүгін нешесі",
        "сағат қанша",
        "what day is it today",
        "what time is it?",
        "what is today's date",
        "latest news",
    ],
)
def test_no_text_tells_the_present(question: str) -> None:
    """Not even one with dates and times in it."""
    assert lacks(question, "Сегодня, 5 мая 2021 года, 12 сағат, today is the day") > 1


@pytest.mark.parametrize(
    ("question", "holding", "other"),
    [
        ("адрес посольства", "адрес: улица Абая, 5", "посольство представляет"),
        ("СІМ телефоны", "телефон: 72 00 00", "СІМ жүзеге асырады"),
        ("ministry website", "the website is", "the ministry does"),
        ("виза құны", "визаның құны 60 доллар", "визалық режим"),
        ("курс доллара", "один доллар – 450 тенге", "валютные войны"),
        ("How deep is the Caspian Sea?", "It is 1025 metres deep", "the sea is protected"),
        ("имя министра", "Министр М. Нуртлеу", "Министр назначается"),
    ],
)
def test_addresses_and_amounts_are_shown(question: str, holding: str, other: str) -> None:
    """Where they are not, the text may still be what was meant."""
    assert lacks(question, holding) == 0
    assert lacks(question, other) == 1


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        ("Сколько дней занимает регистрация?", "ru", "срок"),
        ("заңды тұлғаны тіркеу қанша күн?", "kk", "мерзім"),
        ("How long does registration take?", "en", "period"),
    ],
)
def test_kind_is_asked_about_by_what_acts_call_it(question: str, language: str, name: str) -> None:
    """Articles are headed «Сроки регистрации», and people ask how many days."""
    assert called(question, language) == (name,)


def test_other_questions_name_no_kind() -> None:
    """A number is called by no word of its own."""
    assert called("Сколько стран подписали договор?", "ru") == ()


def test_places_that_show_what_is_asked() -> None:
    """Where the text has a time, for who asks how long."""
    text = "Запись вносится в течение трёх дней."
    assert [text[place:].split()[0] for place in shown("В какой срок?", text)] == ["трёх"]
    assert shown("Кто вносит запись?", text) == ()
