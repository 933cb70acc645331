"""Texts whose lines a page broke."""

import textwrap
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.readers import read
from indexer.readers.base import Line
from indexer.readers.layout import PRINTED
from indexer.readers.unwrapping import unwrap

CONCEPT = Path(__file__).parents[3] / "seeds" / "foreign-policy-2020-2030" / "kk.txt"

Found = Callable[[str], dict[str, str]]
Act = Callable[[str], str]


def wrapped(text: str, width: int) -> str:
    """A text as a typewriter would put it on a page."""
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines)


def paragraphs(text: str) -> list[str]:
    """The paragraphs read from a text."""
    (edition,) = read(text.encode())
    return [paragraph.text for paragraph in edition.paragraphs]


@pytest.mark.parametrize("width", [48, 64, 80, 100])
def test_wrapped_text_gives_the_passages_of_the_text(width: int, found: Found) -> None:
    """The width is told by the lines; nearly every passage of the concept comes back."""
    original = found(CONCEPT.read_text())
    (edition,) = read(wrapped(CONCEPT.read_text(), width).encode())
    assert edition.report.wrap_width is not None
    again = found(edition.text)
    assert set(original) <= set(again)
    assert sum(again[eid] == text for eid, text in original.items()) >= len(original) - 4


def test_a_heading_does_not_swallow_the_paragraph_below(found: Found) -> None:
    """A heading ends where the next word would have fitted beside it."""
    text = wrapped(
        "1-тарау. Жалпы ережелер\n"
        + "Қазақстан Республикасы өзінің сыртқы саясатын келесі негізгі қағидаттар негізінде және "
        "халықаралық құқық нормаларына сәйкес жүзеге асырады.\n" * 4,
        50,
    )
    assert list(found(read(text.encode())[0].text)) == [f"chp_1__al_{n}" for n in range(1, 5)]


def test_no_full_stop_is_put_in(found: Found) -> None:
    """A line that ends before a name goes on; the parser finds no dropped full stop to mend."""
    sentence = (
        "2. Осы Жарлықтың орындалуын бақылау Қазақстан Республикасы Президентінің Әкімшілігіне "
        "және Қазақстан Республикасының Үкіметіне жүктелсін.\n"
    )
    first = (
        "1. Бақылау жүргізу тәртібін осы саладағы уәкілетті орган айқындайды және оны жыл сайын "
        "қайта қарап, жаңартып отырады, сондай-ақ өз сайтында жариялайды.\n"
    )
    text = wrapped("1-тарау. Бақылау\n" + first + sentence, 36)
    assert found(read(text.encode())[0].text)["chp_1__para_2"] == sentence[3:].strip()


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Халықаралық ынты-\nмақтастықты дамыту.", "Халықаралық ынтымақтастықты дамыту."),
        ("Сауда-\nэкономикалық байланыс.", "Сауда-экономикалық байланыс."),
        ("Развитие сотруд-\nничества.", "Развитие сотрудничества."),
        ("Екі ел арасындағы қарым-\nқатынас.", "Екі ел арасындағы қарым-қатынас."),
        ("Осы Заңның 10-\nбабы.", "Осы Заңның 10-бабы."),
        ("Обращение к какому-\nлибо лицу.", "Обращение к какому-либо лицу."),
        ("2020-\n2030 жылдарға арналған.", "2020-2030 жылдарға арналған."),
        ("Импорт-\nжәне экспорттық баж.", "Импорт- және экспорттық баж."),
    ],
)
def test_a_word_broken_at_the_line_end_is_one_word(broken: str, whole: str) -> None:
    """The hyphen goes where the dictionaries know the word without it, and only there."""
    assert paragraphs(broken) == [whole]


def test_a_line_that_begins_with_a_decimal_number_is_no_item(found: Found) -> None:
    """«3.5 пайыздан» after an unfinished line goes on with it."""
    text = "1-тарау. Сынақ\n1. Бірінші мәтін.\n3. Сома\n3.5 пайыздан аспайды.\n"
    assert found(read(text.encode())[0].text)["chp_1__para_3"] == "Сома 3.5 пайыздан аспайды."


@pytest.mark.parametrize("name", ["libraries-law.kk", "roads-dump.ru", "strategy-page.kk"])
def test_text_that_was_not_wrapped_stays_as_it_is(name: str, act: Act) -> None:
    """The parser gets the very lines, blank ones included."""
    (edition,) = read(act(name).encode())
    assert edition.report.wrap_width is None
    lines = [line for line in act(name).splitlines() if line.strip()]
    assert [paragraph.text for paragraph in edition.paragraphs] == lines


def test_a_line_torn_into_words_is_put_together(found: Found) -> None:
    """Some programs give each word of a widely spaced line a line of its own."""
    line = "Қазақстан Республикасы өзінің сыртқы саясатын келесі негізгі қағидаттар негізінде"
    text = wrapped(
        "1-тарау. Ережелер\n" + f"1. {line} және мақсаттарға сай жүзеге асырады.\n" * 4, 44
    )
    torn = text.replace("келесі негізгі қағидаттар", "келесі\nнегізгі\nқағидаттар", 1)
    assert torn != text
    assert found(read(torn.encode())[0].text) == found(read(text.encode())[0].text)


def test_time_is_linear_in_the_length(growth: Callable[..., float]) -> None:
    """Sixteen times the lines take about sixteen times as long."""
    piece = "сыртқы саясат туралы\nҚазақстан және\n1. сөз; сөз:\n"
    assert growth(lambda text: read(text.encode()), piece, 4_000) < 60


def test_a_hyphen_that_a_program_dropped_is_put_back(found: Found) -> None:
    """Poppler runs two lines together at a hyphen; the text's other words say where it was."""
    lines = wrapped(CONCEPT.read_text(), 64).split("\n")
    place = next(
        i
        for i, (line, after) in enumerate(pairwise(lines))
        if "іс-қимыл" in line and len(line) > 55 and after[:1].islower()
    )
    lines[place : place + 2] = [f"{lines[place]} {lines[place + 1]}".replace("іс-қимыл", "ісқимыл")]
    (edition,) = read("\n".join(lines).encode())
    assert "ісқимыл" not in edition.text
    assert dict(edition.report.repairs)["hyphens put back"] >= 1


@pytest.mark.parametrize("width", [66, 70, 75, 80])
def test_entries_of_a_list_end_where_notes_go_on(width: int, found: Found) -> None:
    """The semicolons in amendment notes, «…); от …», say nothing of those that end entries."""
    note = (
        "Сноска. Статья {0} в редакции Закона РК от 10.12.2020 № {0}82-VI (вводится в действие с "
        "01.01.2021); с изменениями, внесенными законами РК от 20.12.2021 № 85-VII (вводится в "
        "действие с 01.01.2022); от 11.07.2022 № 135-VII (порядок введения в действие см. ст. 3); "
        "от 21.12.2022 № 165-VII (вводится в действие с 01.01.2023)."
    )
    entries = (
        "Палата осуществляет:",
        "учет садов, расположенных на землях общего пользования;",
        "проверку журналов, которые ведут садовники в соответствии с правилами;",
        "выдачу пропусков в сады, если это предусмотрено настоящим Законом;",
        "ведение реестра, включающего сведения о садах и садовниках, и его публикацию;",
        "контроль.",
    )
    text = "\n".join(
        "\n".join((f"Статья {n}. Полномочия палаты", *entries, note.format(n))) for n in range(1, 9)
    )
    assert found(read(wrapped(text, width).encode())[0].text) == found(text)


def test_a_page_with_one_broken_line_knows_its_width() -> None:
    """Where too few lines go on to tell a width, that of the page does."""
    line, rest = "Ратифицировать Соглашение между Республикой Казахстан и", "Республикой Беларусь."
    title = "О ратификации Соглашения"
    lines = [
        Line(text, left=60, right=right, first=first, space=3, gap=1)
        for text, right, first in ((title, 200, 8), (line, 520, 80), (rest, 160, 70))
    ]
    assert [p.text for p in unwrap(lines, PRINTED, sheet=595).paragraphs] == [
        title,
        f"{line} {rest}",
    ]
    assert len(unwrap(lines, PRINTED).paragraphs) == 3


ITEM = (
    "{0}. Палата садов ведет реестр садовников и лесников, проверяет их журналы не реже одного "
    "раза в месяц и докладывает о найденном министру в порядке и сроки, им установленные.\n"
)


@pytest.mark.parametrize("width", [50, 56, 61])
def test_a_heading_in_capitals_goes_on_in_capitals(width: int, found: Found) -> None:
    """A full line of a heading and a line of capitals below it are one heading."""
    titles = (
        "ОБЩИЕ ПОЛОЖЕНИЯ О ВЕДЕНИИ РЕЕСТРА САДОВНИКОВ И ЛЕСНИКОВ РЕСПУБЛИКИ",
        "ПОРЯДОК ПРОВЕРКИ ЖУРНАЛОВ САДОВНИКОВ И ЛЕСНИКОВ ОБЩЕГО ПОЛЬЗОВАНИЯ",
        "ОТВЕТСТВЕННОСТЬ САДОВНИКОВ И ЛЕСНИКОВ ЗА НАРУШЕНИЕ ПОРЯДКА ПОЛИВА",
    )
    text = "".join(
        f"Глава {number}. {title}\n" + "".join(ITEM.format(n) for n in range(1, 5))
        for number, title in enumerate(titles, start=1)
    )
    said = paragraphs(wrapped(text, width))
    assert [line for line in said if line.startswith("Глава")] == [
        f"Глава {number}. {title}" for number, title in enumerate(titles, start=1)
    ]


def test_words_that_stand_together_elsewhere_are_not_parted() -> None:
    """«Премьер-Министр Республики|Казахстан»: what other lines say in one ends no paragraph."""
    heading = "Статья {0}. Полномочия Национальной палаты садовников"
    body = (
        "Палата Республики Казахстан ведет реестр садов и выдает по решению Палаты Республики "
        "Казахстан пропуска тем, кто за садами ухаживает и отвечает."
    )
    broken = f"{heading.format(9)} Республики\nКазахстан по учету деревьев и кустов"
    rest = "\n".join(f"{heading.format(n)}\n{wrapped(body, 63)}" for n in range(1, 9))
    said = paragraphs(f"{rest}\n{broken}\n{wrapped(body, 63)}\n")
    assert broken.replace("\n", " ") in said


def test_a_typewritten_page_is_measured_in_letters() -> None:
    """Where letters of one width break every line exactly, no other width is believed."""
    path = CONCEPT.with_name("ru.txt")
    text = [line.strip() for line in path.read_text().split("\n") if line.strip()]
    lost = [
        len(set(text) - set(paragraphs(wrapped("\n".join(text), width))))
        for width in (60, 64, 72, 74, 84)
    ]
    # What is left are full lines that end a sentence.
    assert sum(lost) <= 26
