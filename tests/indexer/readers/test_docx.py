"""Word documents and their automatic numbers."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from indexer.errors import DocumentError
from indexer.readers import read

CONCEPT = Path(__file__).parents[3] / "seeds" / "foreign-policy-2020-2030" / "kk.txt"

LEVELS = (("%1-тарау.", "decimal"), ("%2.", "decimal"), ("%2.%3.", "decimal"), ("%4)", "decimal"))

Found = Callable[[str], dict[str, str]]


def numbered(levels: tuple[tuple[str, str], ...] = LEVELS) -> tuple[Any, Callable[..., None]]:
    """An empty document with one multilevel list, and how to add a paragraph on a level of it."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for index, (pattern, style) in enumerate(levels)
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{made}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )

    def add(text: str, level: int | None = None) -> None:
        paragraph = document.add_paragraph(text)
        if level is not None:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/>'
                    "</w:numPr>"
                )
            )

    return document, add


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def said(document: Any) -> list[str]:
    """The paragraphs that are read of a document."""
    return [paragraph.text for paragraph in read(saved(document))[0].paragraphs]


def act_with_automatic_numbers() -> bytes:
    """An act none of whose numbers is written."""
    document, add = numbered()
    for text, level in (
        ("Мақсаттар", 0),
        ("Бейбітшілік пен қауіпсіздік", 1),
        ("келіссөздер жүргізу;", 2),
        ("шарттар жасасу.", 2),
        ("Экономика", 1),
        ("сауданы дамыту;", 2),
        ("мыналарды тарту:", 2),
        ("инвестицияларды;", 3),
        ("технологияларды.", 3),
        ("Нәтижелер", 0),
        ("Қорытынды", 1),
        ("есеп беру.", 2),
    ):
        add(text, level)
    return saved(document)


def _add_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    """Adds a table as wide as its widest row; a shorter one leaves its last cells empty."""
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def test_automatic_numbers_are_those_that_word_prints() -> None:
    """A multilevel list counts through all of its levels."""
    (edition,) = read(act_with_automatic_numbers())
    assert [p.text for p in edition.paragraphs] == [
        "1-тарау. Мақсаттар",
        "1. Бейбітшілік пен қауіпсіздік",
        "1.1. келіссөздер жүргізу;",
        "1.2. шарттар жасасу.",
        "2. Экономика",
        "2.1. сауданы дамыту;",
        "2.2. мыналарды тарту:",
        "1) инвестицияларды;",
        "2) технологияларды.",
        "2-тарау. Нәтижелер",
        "1. Қорытынды",
        "1.1. есеп беру.",
    ]
    assert edition.paragraphs[2].number == "1.1."


@pytest.mark.tools
@pytest.mark.parametrize("form", ["txt:Text (encoded):UTF8", "odt", "pdf"])
def test_automatic_numbers_are_those_that_libreoffice_prints(
    form: str, office: Callable[[bytes, str, str], bytes]
) -> None:
    """LibreOffice saves the same document as text, ODT and PDF with the same numbers."""
    data = act_with_automatic_numbers()
    (ours,), (theirs,) = read(data), read(office(data, "docx", form))
    words = [" ".join(paragraph.text.split()) for paragraph in theirs.paragraphs]
    assert words == [paragraph.text for paragraph in ours.paragraphs]


def test_a_restarted_list_begins_again() -> None:
    """A second list of the same kind with a start of its own counts anew."""
    document, add = numbered((("%1)", "russianLower"),))
    add("бірінші;", 0)
    add("екінші.", 0)
    numbering = document.part.numbering_part.element
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    add("қайтадан.", 0)
    document.paragraphs[-1]._p.pPr.numPr.numId.set(qn("w:val"), "91")
    assert said(document) == [
        "а) бірінші;",
        "б) екінші.",
        "а) қайтадан.",
    ]


def test_deleted_text_goes_and_inserted_text_stays() -> None:
    """Of tracked changes the text as it would be printed is read."""
    document = docx.Document()
    paragraph = document.add_paragraph("Үкімет ")._p
    for tag, text, leaf in (("del", "бұрын ", "delText"), ("ins", "енді ", "t")):
        paragraph.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{leaf} '
                f'xml:space="preserve">{text}</w:{leaf}></w:r></w:{tag}>'
            )
        )
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>бекітеді.</w:t></w:r>"))
    assert read(saved(document))[0].text == "Үкімет енді бекітеді."


def test_a_bilingual_table_gives_two_editions(found: Found, act: Callable[[str], str]) -> None:
    """The columns of a table in two languages are two texts with the same addresses."""
    document = docx.Document()
    rows = zip(
        act("libraries-law.kk").splitlines(), act("libraries-law.ru").splitlines(), strict=True
    )
    table = document.add_table(rows=0, cols=2)
    for left, right in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = left, right
    editions = {edition.language: found(edition.text) for edition in read(saved(document))}
    assert editions["kk"] == found(act("libraries-law.kk"))
    assert editions["ru"] == found(act("libraries-law.ru"))


@pytest.mark.tools
def test_the_concept_survives_word_and_opendocument(
    found: Found, office: Callable[[bytes, str, str], bytes]
) -> None:
    """Every passage of the concept is the same out of DOCX and ODT."""
    document = docx.Document()
    for line in CONCEPT.read_text().split("\n"):
        document.add_paragraph(line)
    original = found(CONCEPT.read_text())
    for data in (saved(document), office(saved(document), "docx", "odt")):
        assert found(read(data)[0].text) == original


@pytest.mark.parametrize("cut", [100, 5_000, 20_000])
def test_a_truncated_document_is_refused(cut: int) -> None:
    """A file cut short says that it is damaged."""
    with pytest.raises(DocumentError, match=r"damaged|no format"):
        read(act_with_automatic_numbers()[:cut])


def test_an_old_word_file_is_named() -> None:
    """A file of Word before 2007 is refused with the format to save it in."""
    with pytest.raises(DocumentError, match="save it as DOCX"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_text_box_is_a_line_of_its_own() -> None:
    """What stands in a box is not glued to the paragraph that it is anchored in."""
    document = docx.Document()
    paragraph = document.add_paragraph()._p
    paragraph.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>ЖОБА</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1. Үкімет бекітеді.</w:t></w:r>"))
    assert said(document) == ["ЖОБА", "1. Үкімет бекітеді."]


@pytest.mark.parametrize(
    ("properties", "read_as"),
    [
        ('<w:vertAlign w:val="superscript"/>', "13-1-бап. Иесі"),
        ('<w:position w:val="8"/><w:sz w:val="19"/>', "13-1-бап. Иесі"),
        ('<w:vertAlign w:val="subscript"/>', "131-бап. Иесі"),
    ],
)
def test_a_raised_number_is_an_inserted_one(properties: str, read_as: str) -> None:
    """«13¹-бап» is 13-1, as it is printed elsewhere, and not 131."""
    document = docx.Document()
    paragraph = document.add_paragraph("13")._p
    paragraph.append(
        parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{properties}</w:rPr><w:t>1</w:t></w:r>")
    )
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>-бап. Иесі</w:t></w:r>"))
    assert read(saved(document))[0].text == read_as


def test_footnotes_left_out_are_told() -> None:
    """The call of a footnote leaves no trace in the text, and the report says so."""
    document = docx.Document()
    paragraph = document.add_paragraph("Үкімет бекітеді.")._p
    paragraph.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'),
    )
    (edition,) = read(saved(document))
    assert edition.text == "Үкімет бекітеді."
    assert [doubt.code for doubt in edition.report.doubts] == ["footnotes"]


PASTED = (
    "Глава 1. Общие положения", "", "      1. Порядок определяет ", "Правительство",
    " Республики Казахстан.", "", "      2. Ущерб считается крупным в статьях: ", "198", " и ",
    "199", " – на сумму свыше ста показателей.", "", "      3. Иные законы включаются в Кодекс.",
)  # fmt: skip


def test_a_pasted_page_keeps_its_broken_links(found: Found) -> None:
    """White space at the ends of paragraphs tells the parser where the page broke a link."""
    document = docx.Document()
    for line in PASTED:
        document.add_paragraph(line)
    assert found(read(saved(document))[0].text) == found("\n".join(PASTED))


@pytest.mark.tools
def test_a_pasted_page_survives_opendocument(
    found: Found, office: Callable[[bytes, str, str], bytes]
) -> None:
    """Empty paragraphs and the ends of the others are the same out of ODT."""
    text = "\n".join(PASTED)
    assert found(read(office(text.encode("utf-8-sig"), "txt", "odt"))[0].text) == found(text)


LONG = "садовник, который ухаживает за деревьями и до десятого числа представляет отчет " * 2


@pytest.mark.parametrize(
    "rows",
    [
        (("№", "Дерево", "Ставка"), ("1.", "Яблоня", "150"), ("2.", "Груша", "80")),
        (("№", "Лицо", "Срок"), ("1.", LONG.strip(), "3 дня"), ("2.", LONG.strip(), "5 дней")),
    ],
)
def test_a_table_keeps_its_rows(rows: tuple[tuple[str, ...], ...], found: Found) -> None:
    """The rows of a table are lines of one passage, and their numbers are no items."""
    document = docx.Document()
    document.add_paragraph("Статья 3. Ставки")
    document.add_paragraph("1. Ставки платы:")
    _add_table(document, rows)
    document.add_paragraph("2. Ставки действуют год.")
    assert found(read(saved(document))[0].text) == {
        "art_3__para_1": "Ставки платы:",
        "art_3__para_1__al_1": "\n".join(" | ".join(row) for row in rows),
        "art_3__para_2": "Ставки действуют год.",
    }


def test_a_table_that_sets_a_signature_is_none(found: Found) -> None:
    """Officers and their names in two columns stand under the act, not in it."""
    document = docx.Document()
    for text in ("ПРИКАЗЫВАЕМ:", "1. Утвердить Правила.", "2. Ввести их в действие."):
        document.add_paragraph(text)
    _add_table(document, (("Министр садов", "А. Грушин"), ("Министр воды", "Б. Рекин")))
    assert list(found(read(saved(document))[0].text)) == ["para_1", "para_2"]


def test_an_empty_paragraph_parts_no_caption(found: Found) -> None:
    """Room left here and there does not keep the lines of a caption apart."""
    document = docx.Document()
    for text in ("1-бап. Бақ", "1. Бақ жасыл.", "2. Бақ тыныш.", "Бақ туралы Заңға", "",
                 "1-қосымша", "Ағаштар", "1. Алма.", "2. Өрік."):  # fmt: skip
        document.add_paragraph(text)
    assert list(found(read(saved(document))[0].text)) == [
        "art_1__para_1",
        "art_1__para_2",
        "annex_1__sec_nn_1__para_1",
        "annex_1__sec_nn_1__para_2",
    ]


def test_a_table_whose_columns_sentences_head_keeps_its_rows(found: Found) -> None:
    """A head of sentences, its first cell parted in two, heads rows that numbers count."""
    rows = (
        ("№", "п/п", f"Срок, прошедший со дня, когда {LONG}".strip(), "Размер платы"),
        ("1", "до 4 месяцев", "15"),
        ("2", "5 месяцев", "25"),
        ("3", "6 месяцев", "35"),
    )
    document = docx.Document()
    document.add_paragraph("Статья 3. Ставки")
    document.add_paragraph("1. Ставки платы:")
    _add_table(document, rows)
    document.add_paragraph("2. Ставки действуют год.")
    passages = found(read(saved(document))[0].text)
    assert list(passages) == ["art_3__para_1", "art_3__para_1__al_1", "art_3__para_2"]
    assert passages["art_3__para_1__al_1"].split("\n")[1] == "1 | до 4 месяцев | 15"


@pytest.mark.tools
@pytest.mark.parametrize("form", ["docx:MS Word 2007 XML", "odt"])
def test_spaces_are_right_beside_a_link_of_a_word_processor(
    form: str, office: Callable[[bytes, str, str], bytes]
) -> None:
    """Hyperlinks of DOCX and ODT are mended as those of pages are."""
    page = "<html><body><p>1. Осы Заңның<a href='http://a/1'>25-бабы</a>, <a href='http://a/2'>7)</a>тармақ.</p>"
    (edition,) = read(office(page.encode("utf-8-sig"), "html", form))
    assert edition.text == "1. Осы Заңның 25-бабы, 7) тармақ."
