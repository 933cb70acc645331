"""Tests of what a text says of its own kind, number and day."""

import datetime

import pytest

from indexer.documents.describing import describe, draft, presumes_title

STAMP = """Утверждено
постановлением Правительства
Республики Казахстан
от 1 апреля 2029 года № 200

Положение о пасеке

1. Пасека – место для ульев.
"""
STAMP_KAZAKH = """Қазақстан Республикасы
Үкіметінің
2029 жылғы 1 сәуірдегі
№ 200 қаулысымен
бекітілген

Омарта туралы ереже

1. Омарта – ұялар тұратын жер.
"""
ANNEXES = """# О методике счёта пчёл

В целях счёта ПРИКАЗЫВАЮ:

1. Утвердить методику согласно приложению 1.

> *Приложение 1*  
> *к приказу Министра пчеловодства*  
> *от 29 января 2029 года*  
> *№ 20-01-38.3*

## Методика

1. Считают утром.
"""


def facts(text: str) -> tuple[str, str, datetime.date | None]:
    """Kind, number and day that a text says of itself."""
    found = draft(text)
    return found.kind, found.number, found.date


@pytest.mark.parametrize(
    "lines",
    [
        "Решение районного маслихата от 12 марта 2029 года № 33/2",
        "Аудандық мәслихаттың 2029 жылғы 12 наурыздағы № 33/2 шешімі",
    ],
)
@pytest.mark.parametrize(
    "title",
    [
        "О внесении изменений в решение маслихата от 25 декабря 2027 года № 30/1 «О бюджете»",
        "«Бюджет туралы» 2027 жылғы 25 желтоқсандағы № 30/1 шешімге өзгерістер енгізу туралы",
    ],
)
def test_an_amending_act_is_not_the_amended_one(title: str, lines: str) -> None:
    """The number and the day in a title are another act's."""
    assert facts(f"{title}\n{lines}\n1. Изменить.\n") == (
        "decision",
        "33/2",
        datetime.date(2029, 3, 12),
    )
    assert draft(f"{title}\n{lines}\n1. Изменить.\n").title == title


@pytest.mark.parametrize(
    "line",
    [
        "Конституционный закон Республики Казахстан от 14 мая 2029 года № 77-IX ЗРК.",
        "Қазақстан Республикасының Конституциялық заңы 2029 жылғы 14 мамыр № 77-IX ҚРЗ.",
    ],
)
def test_a_constitutional_law_is_a_law(line: str) -> None:
    """Only the constitution is one."""
    assert facts(f"О пчёлах\n{line}\nСтатья 1. Пчела\nПчела летает.\n")[0] == "law"


def test_the_constitutional_court_designates_its_resolutions() -> None:
    """The line with the court's name is no editor's note."""
    line = (
        "Нормативное постановление Конституционного Суда Республики Казахстан "
        "от 5 мая 2029 года № 80-НП"
    )
    assert facts(f"О рассмотрении пчёл\n{line}\n1. Признать.\n") == (
        "resolution",
        "80-НП",
        datetime.date(2029, 5, 5),
    )


@pytest.mark.parametrize(
    ("text", "title"), [(STAMP, "Положение о пасеке"), (STAMP_KAZAKH, "Омарта туралы ереже")]
)
def test_a_stamp_designates_what_it_approves(text: str, title: str) -> None:
    """Kind, number and day stand over several lines; the title is below them."""
    assert facts(text) == ("resolution", "200", datetime.date(2029, 4, 1))
    assert draft(text).title == title


def test_captions_of_annexes_designate_the_act() -> None:
    """Where the head says nothing, the captions of the act's own annexes do."""
    assert facts(ANNEXES) == ("order", "20-01-38.3", datetime.date(2029, 1, 29))
    other = ANNEXES + "> *Приложение 2*\n> *к приказу от 30 января 2029 года № 5*\n"
    assert facts(other)[1:] == ("", None)


def test_a_note_designates_nothing() -> None:
    """What a note cites is another act."""
    text = (
        "Примечание ИЗПИ!\nВ Закон предусматриваются изменения Законом РК от 16.01.2029\n"
        "№ 256-VIII\n"
    )
    assert facts(f"{text}Статья 1. Пчела\nНастоящий Закон о пчёлах.\n") == ("law", "", None)


def test_a_presumed_title_is_to_be_checked() -> None:
    """What a law calls its legislation is most often its title, and the draft says so."""
    text = "Статья 2. Законодательство Республики Казахстан о пчёлах\nНастоящий Закон первый.\n"
    drafted = describe([("ru", text, "ru.txt")]).text
    assert 'ru = "О пчёлах"' in drafted
    assert "TODO: check the title" in drafted
    assert "does not say its title" not in drafted
    assert presumes_title(drafted)
    assert not presumes_title(drafted.replace("# TODO: check", "# checked"))
