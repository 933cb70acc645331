"""The structure parser on whole documents and on one damage at a time."""

import json
from pathlib import Path

import pytest

from indexer.documents.passages import Passage
from indexer.errors import DocumentError
from indexer.parsing import Element, parse, passages

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data"
CONCEPT = ROOT / "seeds" / "foreign-policy-2020-2030" / "kk.txt"
ACTS = sorted((DATA / "acts").glob("*.txt"))


def read(text: str) -> tuple[Passage, ...]:
    """The passages of a text."""
    return passages(parse(text), document_id="act", language="kk")


def eids(text: str) -> list[str]:
    """The eIds of the passages of a text."""
    return [passage.eid for passage in read(text)]


def texts(text: str) -> dict[str, str]:
    """The texts of the passages of a text, by eId."""
    return {passage.eid: passage.text for passage in read(text)}


def find(text: str, eid: str) -> Element:
    """The element of a text at an eId."""
    return next(element for element in parse(text).walk() if element.eid == eid)


def expected(path: Path) -> list[dict[str, object]]:
    """The lines of a file of expected passages."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def described(found: tuple[Passage, ...], keys: list[str]) -> list[dict[str, object]]:
    """Passages as JSON objects."""
    return [json.loads(json.dumps({k: getattr(p, k) for k in keys})) for p in found]


def test_concept_is_exact() -> None:
    """The concept gives the 128 golden passages, equal in eId, number, heading path and text."""
    golden = expected(DATA / "concept.passages.jsonl")
    found = read(CONCEPT.read_bytes().decode())
    assert len(golden) == 128
    assert sum(p.num is not None for p in found) == 88
    assert described(found, ["eid", "num", "heading_path", "text"]) == golden


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_small_acts_are_exact(path: Path) -> None:
    """Each small act gives the passages written beside it."""
    found = read(path.read_bytes().decode())
    wanted = expected(path.with_suffix(".jsonl"))
    assert described(found, ["eid", "num", "heading_path", "text", "status"]) == wanted


@pytest.mark.parametrize("kk", [p for p in ACTS if ".kk." in p.name], ids=lambda path: path.stem)
def test_editions_of_small_acts_agree(kk: Path) -> None:
    """The Kazakh and the Russian edition of one act give the same eIds in the same order."""
    ru = kk.with_name(kk.name.replace(".kk.", ".ru."))
    assert eids(kk.read_bytes().decode()) == eids(ru.read_bytes().decode())


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff\u200b\n", "***\n---"])
def test_nothing_to_read_is_an_error(text: str) -> None:
    """A text with no letters or digits raises an error that says so."""
    with pytest.raises(DocumentError, match="no letters or digits"):
        parse(text)


def test_plain_text_is_paragraphs() -> None:
    """A text with no structure at all gives its paragraphs."""
    assert eids("бірінші сөйлем.\nекінші сөйлем.") == ["al_1", "al_2"]


@pytest.mark.parametrize(
    "heading",
    [
        "3-бап. Атау",
        "3-бaп. Атау",
        "3 - бап. Атау",
        "3 бап Атау",
        "3-БАП. АТАУ",
        "3–бап. Атау",
        "Статья 3. Атау",
        "Cтатья 3.Атау",
        "СТАТЬЯ 3. АТАУ",
        "\u00a0Статья\u00a03. Атау",
        "3-бап\nАтау",
    ],
)
def test_article_headings(heading: str) -> None:
    """Spelling variants and look-alike letters still announce an article."""
    article = find(f"Глава 1. Бас\n{heading}\nМәтін мұнда.", "art_3")
    assert article.heading.casefold() == "атау"
    assert [child.text for child in article.children] == ["Мәтін мұнда."]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("Раздел II. Общее", "Раздел II. Общее"),
        ("II БӨЛІМ. ЖАЛПЫ", "II БӨЛІМ. ЖАЛПЫ"),
        ("2 Бөлiм. Жалпы", "2-Бөлiм. Жалпы"),
        ("2-параграф. Жалпы", "2-параграф. Жалпы"),
        ("Параграф 2. Общее", "Параграф 2. Общее"),
        ("ОСОБЕННАЯ ЧАСТЬ", "ОСОБЕННАЯ ЧАСТЬ"),
    ],
)
def test_divisions_are_in_the_heading_path_only(heading: str, label: str) -> None:
    """A раздел, бөлім or параграф names no part of the eId."""
    (passage,) = read(f"{heading}\nСтатья 7. Имя\nТекст здесь.")
    assert passage.eid == "art_7__al_1"
    assert passage.heading_path[0] == label


def test_reference_to_an_article_is_no_heading() -> None:
    """A line that begins with an article's number inside a sentence announces nothing."""
    text = "Статья 1. Имя\nПрименяются\nстатья 52\nнастоящего Кодекса.\n1-бап жаңа редакцияда."
    assert eids(text) == ["art_1__al_1", "art_1__al_2"]


def test_chapters_stay_out_of_article_addresses() -> None:
    """Article numbers run through the act, so the chapter is only in the heading path."""
    (passage,) = read("2-тарау. Тарау\n5-1-бап. Бап\n1. Мәтін.")
    assert passage.eid == "art_5-1__para_1"
    assert passage.heading_path == ("2-тарау. Тарау", "5-1-бап. Бап")


def test_number_alone_joins_the_next_line() -> None:
    """A number alone on its line belongs to the next line."""
    found = texts("1-тарау. Бас\n1\nБірінші тармақ мәтіні.\n2\nЕкінші тармақ мәтіні.")
    assert found == {
        "chp_1__para_1": "Бірінші тармақ мәтіні.",
        "chp_1__para_2": "Екінші тармақ мәтіні.",
    }


def test_broken_line_goes_on() -> None:
    """An unfinished line goes on in the next one: with a space, or the full stop it lost."""
    found = texts("1-тарау. Бас\n1. жол бойында\nжүру;\n2. су ішу\nНан жеу;")
    assert found == {"chp_1__para_1": "жол бойында жүру;", "chp_1__para_2": "су ішу. Нан жеу;"}


def test_numbered_heading_is_a_section_and_item_is_not() -> None:
    """A short unfinished "N. Title" above N.M items is a section; finished ones are items."""
    text = "Глава 1. А\n1. Вода\n1.1. беречь;\n1.2. мерить.\nГлава 2. Б\n1. Кодекс.\n2. Закон."
    assert eids(text) == [
        "chp_1__sec_1__para_1-1",
        "chp_1__sec_1__para_1-2",
        "chp_2__para_1",
        "chp_2__para_2",
    ]


def test_unnumbered_heading_is_a_section() -> None:
    """A short line without a final verb or full stop, between finished ones, is a heading."""
    text = "Глава 1. А\nПервое предложение.\nИнструменты работы\nВторое предложение."
    second = read(text)[1]
    assert second.eid == "chp_1__sec_nn_1__al_1"
    assert second.heading_path[-1] == "Инструменты работы"


def test_runs_of_points_are_lists() -> None:
    """Several runs of points in a chapter are told apart; a single run is not wrapped."""
    once = eids("Глава 1. А\nВот:\n1) а;\n2) б.")
    assert once == ["chp_1__al_1", "chp_1__point_1", "chp_1__point_2"]
    twice = eids("Глава 1. А\nВот:\n1) а;\n2) б.\nЕще:\n1) в.")
    assert twice == [
        "chp_1__al_1",
        "chp_1__list_1__point_1",
        "chp_1__list_1__point_2",
        "chp_1__al_2",
        "chp_1__list_2__point_1",
    ]


def test_points_in_one_line_are_split() -> None:
    """Points that the page ran together in one line are points; numbers in a sentence are not."""
    assert texts("Глава 1. А\n1. Вот: 1) один; 2) два; 3) три.") == {
        "chp_1__para_1": "Вот:",
        "chp_1__para_1__point_1": "один;",
        "chp_1__para_1__point_2": "два;",
        "chp_1__para_1__point_3": "три.",
    }
    assert eids("Глава 1. А\n1. См. подпункты 1) и 2) пункта 3.") == ["chp_1__para_1"]


def test_paragraph_between_points_belongs_to_the_point() -> None:
    """An unnumbered paragraph belongs to the point before it only while the run goes on."""
    text = "Статья 1. А\n1. Вот:\n1) один.\nЕще об одном.\n2) два.\nОбо всем."
    assert eids(text) == [
        "art_1__para_1",
        "art_1__para_1__point_1",
        "art_1__para_1__point_1__al_1",
        "art_1__para_1__point_2",
        "art_1__para_1__al_1",
    ]


def test_paragraphs_that_a_point_introduces_belong_to_it() -> None:
    """Unnumbered paragraphs after a colon belong to the point until one of them ends."""
    text = "Статья 1. А\n1. Вот:\n1) такие:\nкрасный;\nсиний.\nОбо всем."
    assert eids(text) == [
        "art_1__para_1",
        "art_1__para_1__point_1",
        "art_1__para_1__point_1__al_1",
        "art_1__para_1__point_1__al_2",
        "art_1__para_1__al_1",
    ]


def test_inserted_numbers() -> None:
    """Inserted items keep their numbers, in any spacing."""
    text = "13-1-бап. А\n1. Бір:\n1) а;\n1-1 ) б;\n2) в.\n2-1. Екі.\n10-2 . Үш."
    assert eids(text)[1:] == [
        "art_13-1__para_1__point_1",
        "art_13-1__para_1__point_1-1",
        "art_13-1__para_1__point_2",
        "art_13-1__para_2-1",
        "art_13-1__para_10-2",
    ]


def test_dates_and_amounts_are_not_items() -> None:
    """A line that begins with a date, a year or an amount announces no item."""
    text = "Статья 1. А\n01.01.2020 дейін қолданыста болды.\n2020 год прошел.\n1,95 теңге төленеді."
    assert eids(text) == ["art_1__al_1", "art_1__al_2", "art_1__al_3"]


@pytest.mark.parametrize(
    "body",
    [
        "алып тасталды – ҚР 03.07.2020 № 357-VI Заңымен;",
        "исключен Законом РК;",
        "(исключен - N 162 от 2.03.01 г.)",
        "Утратил силу Законом РК.",
        "күшi жойылды;",
    ],
)
def test_excluded_items_are_kept_and_marked(body: str) -> None:
    """An excluded item stays a passage that says it is repealed; its neighbours do not."""
    found = read(f"Статья 1. А\n1) жив;\n2) {body}\n3) тоже жив.")
    assert [passage.status for passage in found] == ["in-force", "repealed", "in-force"]


def test_excluded_article_has_no_passages() -> None:
    """An article with nothing but a note of its exclusion is repealed and holds the note."""
    text = (
        "Статья 1. А\nТекст.\nСтатья 2. Б\nСноска. Статья 2 исключена Законом РК.\n"
        "Статья 3. В\nТекст."
    )
    article = find(text, "art_2")
    assert article.status == "repealed"
    assert article.notes == ("Сноска. Статья 2 исключена Законом РК.",)
    assert eids(text) == ["art_1__al_1", "art_3__al_1"]


def test_amended_article_is_in_force() -> None:
    """A note that a part was excluded does not repeal an article that has text."""
    text = "Статья 2. Б\nТекст.\nСноска. Статья 2 с изменением (пункт 1 исключен) Законом РК."
    assert find(text, "art_2").status == "in-force"


def test_editorial_note_before_an_article_is_about_that_article() -> None:
    """A note of the publisher that stands before a heading goes to what follows it."""
    text = (
        "Глава 1. А\n\nСтатья 1. Б\n\n1. Текст.\n\nПримечание ИЗПИ!\n\n"
        "Порядок введения в действие статьи 2 см. статью 9.\n\nСтатья 2. В\n\n1. Текст."
    )
    assert find(text, "art_1").notes == ()
    assert len(find(text, "art_2").notes) == 1


def test_two_versions_of_an_article_have_two_addresses() -> None:
    """A second article of the same number gets an address of its own, and so does its text."""
    text = "Статья 1. Старая\n1. Было.\nСтатья 1. Новая\n1. Стало."
    assert eids(text) == ["art_1__para_1", "art_1_2__para_1"]


def test_heading_printed_twice_is_one_chapter() -> None:
    """A chapter heading repeated with only a note between opens one chapter."""
    text = "Глава 7. А\nСноска. Глава 7 в редакции Закона РК.\nГлава 7. А\nСтатья 1. Б\nТекст."
    assert [e.eid for e in parse(text).walk() if e.kind == "chapter"] == ["chp_7"]


def test_quoted_amendment_is_text() -> None:
    """Articles and items that an act quotes are paragraphs of the item that quotes them."""
    text = (
        "Статья 1. А\n1. Внести изменение:\n«Статья 5. Имя\n1. Первое «то» и это.\n2. Второе.»;\n"
        "2. Дальше."
    )
    assert eids(text) == [
        "art_1__para_1",
        "art_1__para_1__al_1",
        "art_1__para_1__al_2",
        "art_1__para_1__al_3",
        "art_1__para_2",
    ]


def test_quotation_that_never_closes_does_not_swallow_the_act() -> None:
    """After an opening quotation mark without its pair the act is still read."""
    text = "Статья 1. А\n1. Внести:\n«2. Первое.\nСтатья 2. Б\n1. Дальше."
    assert "art_2__para_1" in eids(text)


def test_hyperlinks_do_not_break_sentences() -> None:
    """A dump's line breaks around hyperlinks leave the sentence and its spacing whole."""
    text = (
        "Статья 1. А\n\n      1. Согласно \nстатье 5\n Закона \nКонституции\n (\nвводится\n"
        " в действие), \nпункт 2\n.\n\n      2. Дальше.\n"
    )
    assert texts(text)["art_1__para_1"] == (
        "Согласно статье 5 Закона Конституции (вводится в действие), пункт 2."
    )


def test_invisible_characters_and_line_endings() -> None:
    """Soft hyphens, zero-width characters, a byte order mark and CRLF leave no trace."""
    found = texts("\ufeffГлава 1. А\r\n1.\u00a0сло\u00adво\u200b и\u202fдело.\r\n2.  два.\r\n")
    assert found == {"chp_1__para_1": "слово и дело.", "chp_1__para_2": "два."}


def test_publishers_lines_are_set_aside() -> None:
    """Captions before an act and signatures after it are kept, but not as passages."""
    text = "Фото: Ақорда\nТолық мәтіні:\nҚАУЛЫ ЕТЕМІН:\n1. Бекітілсін.\nПрезидент\nҚ. Тоқаев"
    root = parse(text)
    assert eids(text) == ["para_1"]
    assert "Фото: Ақорда" in root.children[0].text
    assert root.children[-1].kind in {"preface", "conclusions"}


def test_own_preamble_is_a_passage() -> None:
    """What an act says of itself before its first chapter is its preamble."""
    text = "Сайт мәзірі\nОсы Заң жолдарды реттейді.\n1-тарау. А\n1-бап. Б\nМәтін."
    assert eids(text) == ["preamble__al_1", "art_1__al_1"]


def test_rules_after_a_resolution_without_chapters() -> None:
    """Items that begin again from 1 after the signature are the approved document's."""
    text = (
        "ПРИКАЗЫВАЮ:\n1. Утвердить правила.\n2. Опубликовать.\nМинистр А. Иванов\n"
        "Правила\n1. Первое.\n2. Второе."
    )
    assert eids(text) == ["decree__para_1", "decree__para_2", "para_1", "para_2"]


def test_table_is_one_paragraph() -> None:
    """Cells that a dump leaves one a line are one paragraph, and their numbers no items."""
    cells = ("№", "Город", "1", "Алматы", "2.", "Астана", "1,5")
    text = "\n\n".join(("Статья 1. А", "1. Таблица:", *cells, "2. Дальше."))
    assert texts(text) == {
        "art_1__para_1": "Таблица:",
        "art_1__para_1__al_1": "№ | Город\n1 | Алматы\n2. | Астана | 1,5",
        "art_1__para_2": "Дальше.",
    }


def test_elements_are_immutable() -> None:
    """A tree can be shared: its elements cannot be changed."""
    root = parse("Статья 1. А\nТекст.")
    with pytest.raises(AttributeError):
        root.heading = "другое"  # type: ignore[misc]


def test_note_between_two_prints_of_a_heading_is_kept() -> None:
    """A note that waits for a heading stays where the heading turns out to be a reprint."""
    text = "Глава 7. А\nПримечание ИЗПИ!\nДействует с 2027 года.\nГлава 7. А\nСтатья 1. Б\nТекст."
    assert find(text, "chp_7").notes == ("Примечание ИЗПИ! Действует с 2027 года.",)
