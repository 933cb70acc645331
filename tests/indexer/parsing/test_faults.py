"""The structure parser on the faults of real acts, one small act for each and variants of it."""

import json
from pathlib import Path

import pytest

from indexer.parsing import Element, parse, passages

FAULTS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "parser-faults.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def read(text: str) -> dict[str, str]:
    """The texts of the passages of a text, by eId; a repealed one begins with a cross."""
    found = passages(parse(text), document_id="act", language="ru")
    assert len({passage.eid for passage in found}) == len(found)
    return {p.eid: p.text if p.status == "in-force" else f"† {p.text}" for p in found}


def spaced(*paragraphs: str) -> str:
    """Paragraphs with blank lines between them, as a page sets them."""
    return "\n\n".join(paragraphs) + "\n"


def find(text: str, eid: str) -> Element:
    """The element of a text at an eId."""
    return next(element for element in parse(text).walk() if element.eid == eid)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["kind"] for fault in FAULTS])
def test_fault_is_mended(fault: dict[str, object]) -> None:
    """Each small act gives its passages with the right eIds, texts and statuses."""
    found = passages(parse(str(fault["input"])), document_id="act", language="ru")
    assert [
        {"eid": p.eid, "text": p.text} | ({} if p.status == "in-force" else {"status": p.status})
        for p in found
    ] == fault["expected"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Приложение к \nлицензии\n выдается лицензиаром и без лицензии недействительно.",
        "Приложение 2 к настоящему Закону утверждается Правительством",
        "Приложение к диплому является его неотъемлемой частью;",
        "Приложение к заявке не требуется.",
    ],
)
def test_sentence_about_an_annex_is_text(sentence: str) -> None:
    """A sentence that begins with «Приложение к …» opens no annex."""
    text = spaced("Статья 7. А", "1. Раз.", sentence, "2. Два.", "Статья 8. Б", "1. Три.")
    assert list(read(text)) == [
        "art_7__para_1",
        "art_7__para_1__al_1",
        "art_7__para_2",
        "art_8__para_1",
    ]


@pytest.mark.parametrize(
    "caption",
    [
        'Приложение 1\nк Закону Республики Казахстан\n"О садах"',
        'Приложение 1 к Закону Республики Казахстан "О садах"',
        "Приложение № 1\nк Правилам полива",
        "«Бақтар туралы»\n2025 жылғы 8 желтоқсандағы\n№ 239-VIII Заңына\n1-қосымша",
        "1-қосымша",
    ],
)
def test_caption_opens_an_annex(caption: str) -> None:
    """The caption of an annex is its heading and no passage."""
    text = spaced("Статья 7. А", "1. Раз.", caption, "Перечень садов", "1. Сад.")
    assert list(read(text)) == ["art_7__para_1", "annex_1__sec_nn_1__para_1"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Статья 2. Ратифицировать Соглашение, совершенное в Астане 2 февраля 2030 года.",
        "Статья 2. Положение статьи 42 применяется к лицам, избранным в 2030 году",
        "2-бап. Осы Заң 2030 жылғы 1 қаңтардан бастап қолданысқа енгізіледі.",
        "2-бап. Мемлекеттiк кепiлдiктерiн беру лимитi 2026 жылға белгiленсiн.",
    ],
)
def test_sentence_of_an_untitled_article_is_its_text(sentence: str) -> None:
    """An article without a title keeps its one sentence as a passage."""
    text = spaced("Статья 1. Понятия", "Сад – участок.", sentence, "Статья 3. Иное", "Иное.")
    words = sentence.split(". ", 1)[1]
    assert read(text)["art_2__al_1"] == words
    assert find(text, "art_2").heading == ""


def test_title_with_a_full_stop_is_a_title() -> None:
    """A full stop alone makes no sentence of a title that text stands under."""
    text = spaced("Статья 6. Ответственность за нарушение.", "1. Нарушение влечет штраф.")
    assert list(read(text)) == ["art_6__para_1"]


@pytest.mark.parametrize(
    "note",
    [
        "Сноска. Статья 9 в редакции Закона РК от 01.02.2020 № 1 (порядок введения см.\nст.2\n).",
        "Сноска. Статья 9 в редакции Закона РК от 01.02.2020 № 1 (см. п.\n\n2 ст. 2); от 3 мая.",
        "Ескерту. 9-бап жаңа редакцияда – ҚР 30.12.2020\n\n№ 26-VII (енгізіледі); 15.04.2022.",
        "Ескерту 9-бапқа өзгеріс енгізілді – ҚР 30.12.2020 № 26-VII Заңымен.",
        "Сноска - статья 9 с изменением, внесенным Законом РК от 01.02.2020 № 1.",
        "Пункт 1 в редакции Закона РК от 21.05.2022 \n№ 23-VII\n (вводится с 01.07.2022).",
        "9-бап жаңа редакцияда – ҚР 21.05.2022 № 23-VII Заңымен.",
        "Нормативным постановлением Конституционного Суда РК от 04.12.2025 № 76-НП признаны "
        "соответствующими Конституции положения части первой статьи 9.",
        "ҚР Конституциялық Сотының 18.03.2026 \n№ 77-НҚ\n нормативтік қаулысымен осы баптың "
        "1-тармағы ҚР Конституциясына сәйкес келеді деп танылды.",
    ],
)
def test_note_is_history_and_no_passage(note: str) -> None:
    """What the publisher reports of an article is kept whole with it, and is no passage."""
    text = spaced("Статья 9. А", "1. Раз.", note, "2. Два.", "Статья 10. Б", "1. Три.")
    assert read(text) == {
        "art_9__para_1": "Раз.",
        "art_9__para_2": "Два.",
        "art_10__para_1": "Три.",
    }
    article = find(text, "art_9")
    kept = "".join("".join(n.split()) for element in article.walk() for n in element.notes)
    assert kept == "".join(note.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "Нормативным постановлением Конституционного Суда закон признается недействующим.",
        "Ескерту жазбаша жасалады.",
        "Ескертпе: осы бапта күн деп тәулік түсініледі.",
        "Примечание. В настоящей статье днем признаются сутки.",
    ],
)
def test_acts_own_words_are_no_note(sentence: str) -> None:
    """What reads like a publisher's note but says nothing of a change is the act's own text."""
    text = spaced("Статья 9. А", "1. Раз.", sentence, "2. Два.")
    assert read(text)["art_9__para_1__al_1"] == sentence


def test_note_goes_to_the_item_that_it_names() -> None:
    """A note about an item is the item's history, one about the article the article's."""
    text = spaced(
        "Статья 6. А",
        "1. Вот:",
        "1) раз;",
        "Сноска. Подпункт 1) пункта 1 статьи 6 вводится в действие с 01.01.2027.",
        "2) два.",
        "Сноска. Пункт 1 в редакции Закона РК от 01.02.2020 № 1.",
        "Сноска. Статья 6 с изменением, внесенным Законом РК от 01.02.2020 № 1.",
    )
    for eid, begins in (
        ("art_6__para_1__point_1", "Сноска. Подпункт 1)"),
        ("art_6__para_1", "Сноска. Пункт 1 "),
        ("art_6", "Сноска. Статья 6 "),
    ):
        (note,) = find(text, eid).notes
        assert note.startswith(begins)


@pytest.mark.parametrize(
    ("notes", "eids"),
    [
        (("Примечание.", "Сад – это участок."), ["art_5__note__al_1"]),
        (("Примечания:", "1) сад;", "2) лес."), ["art_5__note__point_1", "art_5__note__point_2"]),
        (("Примечания. 1. Сад.", "2. Лес."), ["art_5__note__para_1", "art_5__note__para_2"]),
        (("Ескертпелер.", "1. Бақ.", "2. Орман."), ["art_5__note__para_1", "art_5__note__para_2"]),
    ],
)
def test_notes_of_an_article_have_an_address(notes: tuple[str, ...], eids: list[str]) -> None:
    """The act's own notes keep their numbers apart from those of the items before them."""
    text = spaced("Статья 5. А", "1. Раз.", "2. Два.", *notes, "Статья 6. Б", "1. Три.")
    assert list(read(text)) == ["art_5__para_1", "art_5__para_2", *eids, "art_6__para_1"]


def test_lists_after_the_first_are_numbered() -> None:
    """The first list of an article keeps its address whatever follows it."""
    text = spaced("Статья 1. А", "Вот:", "1) раз;", "2) два.", "Еще:", "1) три.", "И:", "1) все.")
    assert list(read(text)) == [
        "art_1__al_1",
        "art_1__point_1",
        "art_1__point_2",
        "art_1__al_2",
        "art_1__list_2__point_1",
        "art_1__al_3",
        "art_1__list_3__point_1",
    ]


@pytest.mark.parametrize(
    ("statement", "repealed"),
    [
        ("Исключить Законом РК от 04.12.2025 № 36-VIII.", True),
        ("исключ Законом РК от 04.12.2025 № 36-VIII.", True),
        ("(Исключена Законом РК от 04.12.2025 № 36-VIII)", True),
        ("[исключен]", True),
        ("Утратили силу Законом РК от 04.12.2025 № 36-VIII.", True),
        ("Алып тасталсын – ҚР 04.12.2025 № 36-VIII Заңымен.", True),
        ("Күшін жойды – ҚР 04.12.2025 № 36-VIII Заңымен.", True),
        ("Исключительное право принадлежит автору.", False),
        ("Исключение составляют сады.", False),
        ("Исключить сад из реестра может суд.", False),
    ],
)
def test_exclusion_in_other_words(statement: str, repealed: bool) -> None:
    """An excluded item is known however the act says so, and by nothing else."""
    text = spaced("Статья 5. А", "1. Раз.", f"2. {statement}", "3. Три.")
    assert read(text)["art_5__para_2"] == (f"† {statement}" if repealed else statement)


@pytest.mark.parametrize(
    ("line", "eids"),
    [
        ("2) – 4) исключены Законом РК;", ["2", "3", "4"]),
        ("14-2)–14-4) исключены Законом РК;", ["14-2", "14-3", "14-4"]),
        ("2), 3) и 5) исключены Законом РК;", ["2", "3", "5"]),
        ("2-4) исключены Законом РК;", ["2", "3", "4"]),
        ("2-4) исключен Законом РК;", ["2-4"]),
        ("2 – 4) алып тасталды – ҚР Заңымен;", ["2", "3", "4"]),
        ("2-4) алып тасталды – ҚР Заңымен;", ["2-4"]),
    ],
)
def test_every_number_of_a_range_has_an_address(line: str, eids: list[str]) -> None:
    """Each item that an act excludes together with others is found by its own number."""
    text = spaced("Статья 1. А", "1. Вот:", "1) раз;", line, "99) конец.")
    wanted = [f"art_1__para_1__point_{number}" for number in ("1", *eids, "99")]
    assert list(read(text))[1:] == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Статьи 62-64. Исключены Законом РК от 01.02.2020 № 1.",
        "Статьи 62 – 64 исключены Законом РК от 01.02.2020 № 1.",
        "Статьи 62, 63 и 64 утратили силу Законом РК от 01.02.2020 № 1.",
        "62-64-баптар. Алып тасталды – ҚР 01.02.2020 № 1 Заңымен.",
    ],
)
def test_every_article_of_a_range_has_an_address(line: str) -> None:
    """Articles excluded together are articles, each with the statement as its text."""
    found = read(spaced("Статья 61. А", "1. Раз.", line, "Статья 65. Б", "1. Два."))
    assert list(found) == [
        "art_61__para_1",
        *(f"art_{number}__al_1" for number in (62, 63, 64)),
        "art_65__para_1",
    ]
    assert all(found[f"art_{number}__al_1"].startswith("† ") for number in (62, 63, 64))


@pytest.mark.parametrize(
    ("pieces", "title"),
    [
        (("5-бап. Бақ", "иесінің", "міндеттері"), "Бақ иесінің міндеттері"),
        (("Статья 5. Права", "и обязанности садовника"), "Права и обязанности садовника"),
        (
            ("5-бап. Ұлттық", "Банктің", "бақылау", "мен есебі", "тәртібі"),
            "Ұлттық Банктің бақылау мен есебі тәртібі",
        ),
    ],
)
def test_title_in_pieces_is_put_together(pieces: tuple[str, ...], title: str) -> None:
    """Words of a title that a page sets a paragraph each are one title."""
    text = spaced(*pieces, "1. Бірінші.", "2. Екінші.")
    assert find(text, "art_5").heading == title
    assert list(read(text)) == ["art_5__para_1", "art_5__para_2"]


def test_number_that_waits_for_its_text_is_one_item() -> None:
    """A note between a number and its item repeated leaves one item with the note."""
    text = spaced(
        "Статья 9. А",
        "1. Вот:",
        "1) раз;",
        "2) ",
        "Примечание ИЗПИ!",
        "Подпункт 2) предусматривается в редакции Закона РК от 16.01.2030 № 5-IX.",
        "2) два.",
    )
    assert list(read(text))[1:] == ["art_9__para_1__point_1", "art_9__para_1__point_2"]


def test_sections_of_an_approved_text_begin_after_the_decree() -> None:
    """Numbered sections of Rules that an order approves are sections from the first on."""
    text = spaced(
        "ПРИКАЗЫВАЮ:",
        "1. Утвердить Правила.",
        "2. Ввести в действие.",
        "Министр А. Садов",
        "Правила полива",
        "1. Общие положения",
        "1. Настоящие Правила определяют порядок.",
        "2. Полив ведут утром.",
        "2. Порядок",
        "3. Заявку подают.",
        "4. Решение принимают.",
    )
    assert list(read(text)) == [
        "decree__para_1",
        "decree__para_2",
        "sec_1__para_1",
        "sec_1__para_2",
        "sec_2__para_3",
        "sec_2__para_4",
    ]


def test_table_has_its_rows() -> None:
    """Rows are found by their numbers, by the columns' numbers or by what the columns hold."""
    cells = ("Город", "Норма", "Срок", "Алматы", "10,5", "3", "Астана", "11", "4")
    text = spaced("Статья 1. А", "1. Нормы:", *cells, "2. Дальше.")
    rows = "Город | Норма | Срок\nАлматы | 10,5 | 3\nАстана | 11 | 4"
    assert read(text)["art_1__para_1__al_1"] == rows


MARKDOWN_ORDER = """\
---
version_id: '1_2'
title: Об утверждении Правил
---

# Об утверждении Правил

> *Сноска. Заголовок в редакции приказа Министра РК от 29.08.2024 № 4.*

В соответствии с Законом ПРИКАЗЫВАЮ:

<a id="p1"></a>

1. Утвердить прилагаемые Правила.

> *Сноска. Пункт 1 в редакции приказа Министра РК от 29.08.2024 № 4.*

<a id="p2"></a>

2. Настоящий приказ вводится в действие со дня опубликования.

**Министр садов**

**М. Садовников**

> *«СОГЛАСОВАН»*  
> *Министерство воды*

> *Утверждены приказом*  
> *Министра садов*  
> *№ 326*

## Правила полива

### Глава 1. Общие положения

<a id="an0_p1"></a>

1. Виды полива:

   1) **утренний** [полив](https://example.org/1);

   2) вечерний.

> *Приложение 1*  
> *к Правилам полива*

## Нормы

<table>
<tr>
<td>№</td>
<td>
Вид
полива
</td>
</tr>
<tr>
<td>1</td>
<td>A-&gt;B</td>
</tr>
</table>

> *Приложение 2*  
> *к Правилам полива*

## Форма

| Код | Название |
|---|---|
| 1 | Да |
"""


def test_markdown_of_an_order() -> None:
    """Markup gives the structure and leaves no trace in the texts."""
    assert read(MARKDOWN_ORDER) == {
        "decree__para_1": "Утвердить прилагаемые Правила.",
        "decree__para_2": "Настоящий приказ вводится в действие со дня опубликования.",
        "chp_1__para_1": "Виды полива:",
        "chp_1__para_1__point_1": "утренний полив;",
        "chp_1__para_1__point_2": "вечерний.",
        "annex_1__sec_nn_1__al_1": "№ | Вид полива\n1 | A->B",
        "annex_2__sec_nn_1__al_1": "Код | Название\n1 | Да",
    }
    assert len(find(MARKDOWN_ORDER, "decree__para_1").notes) == 1


def test_markdown_of_a_law_of_untitled_articles() -> None:
    """Emphasised sentences are the articles' texts; the signature before an annex is none."""
    text = spaced(
        "# 2026 жылғы бюджет туралы",
        "> *Ескерту. 01.01.2026 бастап қолданысқа енгізіледі – осы Заңның 34-бабымен.*",
        '<a id="st1"></a>',
        "**1-бап. Бюджет осы Заңға 1-қосымшаға сәйкес бекiтiлсiн:**",
        "1) кiрiстер – 22 теңге, оның iшiнде:",
        "   салықтар – 18 теңге;",
        "2) шығындар – 26 теңге.",
        '<a id="st2"></a>',
        "**2-бап**",
        "Осы Заң қолданысқа енгізіледі.",
        "**Қазақстан Республикасының Президенті**",
        "**Қ. ТОҚАЕВ**",
        "> *Бюджет туралы*  \n> *№ 239-VIII ҚРЗ Заңына*  \n> *1-қосымша*",
        "## Бюджет",
        "1. Кірістер.",
    )
    assert list(read(text)) == [
        "art_1__al_1",
        "art_1__point_1",
        "art_1__point_1__al_1",
        "art_1__point_2",
        "art_2__al_1",
        "annex_1__sec_nn_1__para_1",
    ]
