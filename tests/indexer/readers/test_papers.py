"""Small files of kinds that offices hand over, with the passages that are right."""

import html
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.readers import read

Found = Callable[[str], dict[str, str]]
Print = Callable[[bytes], bytes]
Office = Callable[[bytes, str, str], bytes]

_W = nsdecls("w")


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lists(document: Any, *levels: tuple[str, str]) -> None:
    """Gives a document a list of levels, each a pattern and a kind of number, as list 50."""
    made = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for index, (pattern, style) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="50">{made}</w:abstractNum>')
    )
    for name in (50, 51):
        start = (
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            if name == 51
            else ""
        )
        numbering.append(
            parse_xml(f'<w:num {_W} w:numId="{name}"><w:abstractNumId w:val="50"/>{start}</w:num>')
        )


def add(document: Any, text: str, level: int | None = None, name: int = 50) -> Any:
    """Adds a paragraph, on a level of a list."""
    paragraph = document.add_paragraph(text)
    if level is not None:
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {_W}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')
        )
    return paragraph


def test_points_restart_below_each_item_and_items_in_each_article(found: Found) -> None:
    """One list counts the items of two articles anew, and the points below each."""
    document = docx.Document()
    lists(document, ("%1.", "decimal"), ("%2)", "decimal"))
    add(document, "Статья 1. Полив")
    add(document, "Садовник поливает:", 0)
    add(document, "яблони;", 1)
    add(document, "груши.", 1)
    add(document, "Палата проверяет:", 0)
    add(document, "журналы;", 1)
    add(document, "шланги.", 1)
    add(document, "Статья 2. Уборка")
    add(document, "Листья убирают осенью.", 0, 51)
    add(document, "Снег убирают зимой.", 0, 51)
    assert list(found(read(saved(document))[0].text)) == [
        "art_1__para_1", "art_1__para_1__point_1", "art_1__para_1__point_2", "art_1__para_2",
        "art_1__para_2__point_1", "art_1__para_2__point_2", "art_2__para_1", "art_2__para_2",
    ]  # fmt: skip


def test_a_box_drawn_twice_for_two_readers_is_read_once(found: Found) -> None:
    """Word writes a text box for its new and its old versions; the text stands once."""
    note = "Сноска. Статья 1 в редакции от 01.01.2030 № 5."
    box = f"<w:txbxContent><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    add(document, "Статья 1. Сады")
    paragraph = add(document, "1. Сад зелен.")
    paragraph._p.append(
        parse_xml(
            f'<w:r {_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
            f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
            "</mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    add(document, "2. Сад тих.")
    (edition,) = read(saved(document))
    assert edition.text.count("Сноска") == 1
    assert found(edition.text) == {
        "art_1__para_1": "Сад зелен.",
        "art_1__para_2": "Сад тих.",
    }


def test_a_deleted_paragraph_mark_joins_two_paragraphs(found: Found) -> None:
    """Where the mark between two paragraphs was deleted in tracking, one paragraph is printed."""
    document = docx.Document()
    add(document, "Статья 1. Сады")
    first = add(document, "1. Сад учитывает ")
    first._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {_W}><w:del w:id="1" w:author="a"/></w:rPr>')
    )
    add(document, "палата садов.")
    add(document, "2. Сад тих.")
    assert found(read(saved(document))[0].text) == {
        "art_1__para_1": "Сад учитывает палата садов.",
        "art_1__para_2": "Сад тих.",
    }


def test_a_moved_item_stands_where_it_was_moved_to(found: Found) -> None:
    """What was moved in tracking is read at its new place alone."""
    document = docx.Document()
    add(document, "Статья 1. Сады")
    for tag in ("moveFrom", "moveTo"):
        if tag == "moveTo":
            add(document, "1. Сад зелен.")
        paragraph = document.add_paragraph()
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {_W} w:id="7" w:author="a"><w:r><w:t>2. Сад тих.</w:t></w:r></w:{tag}>'
            )
        )
    assert found(read(saved(document))[0].text) == {
        "art_1__para_1": "Сад зелен.",
        "art_1__para_2": "Сад тих.",
    }


def test_merged_cells_of_a_word_table_are_said_once_in_each_row(found: Found) -> None:
    """A cell across columns is one cell; one across rows is printed in the first of them."""
    document = docx.Document()
    add(document, "Статья 3. Ставки")
    add(document, "1. Ставки платы:")
    table = document.add_table(4, 3)
    texts = (
        ("№", "Дерево", "Ставка"),
        ("1", "Яблоня", "150"),
        ("2", "", "80"),
        ("3", "Груша", "70"),
    )
    for row, cells in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    add(document, "2. Ставки действуют год.")
    assert found(read(saved(document))[0].text) == {
        "art_3__para_1": "Ставки платы:",
        "art_3__para_1__al_1": "№ | Дерево | Ставка\n1 | Яблоня | 150\n2 | 80\n3 | Груша | 70",
        "art_3__para_2": "Ставки действуют год.",
    }


def test_a_list_of_contents_with_its_pages_is_no_act(found: Found) -> None:
    """Word's own contents, headings with the pages they stand on, open no articles."""
    document = docx.Document()
    add(document, "Оглавление")
    for title, page in (("Глава 1. Полив", 1), ("Статья 1. Вода", 1), ("Глава 2. Уборка", 2),
                        ("Статья 2. Листья", 3)):  # fmt: skip
        paragraph = add(document, title)
        paragraph._p.append(parse_xml(f"<w:r {_W}><w:tab/><w:t>{page}</w:t></w:r>"))
    for text in ("Глава 1. Полив", "Статья 1. Вода", "1. Вода чиста.", "2. Вода тепла.",
                 "Глава 2. Уборка", "Статья 2. Листья", "1. Листья жгут."):  # fmt: skip
        add(document, text)
    assert found(read(saved(document))[0].text) == {
        "art_1__para_1": "Вода чиста.",
        "art_1__para_2": "Вода тепла.",
        "art_2__para_1": "Листья жгут.",
    }


SAVED = """<!DOCTYPE html>
<!-- saved from url=(0034)https://register.kz/rus/docs/Z30 -->
<html lang="ru"><head><title>О садах</title><script>var items = "1. Нет.";</script></head><body>
<div id="lang"><a href="/kaz/docs/Z30">Қазақша</a> <a href="/rus/docs/Z30">Русский</a></div>
<div class="container_gamma text text_upd" id="text"><article>
<h1>О садах</h1><p>Закон Республики Казахстан от 5 мая 2030 года № 5.</p>
<p id="z1"><a name="z1"></a></p><h3>Статья 1. Сады</h3>
<p id="z2">&nbsp;&nbsp;1. Сад учитывают по <a href="/rus/docs/K15#z5">статье 5</a> Кодекса.</p>
<p class="note">&nbsp;Сноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2031
<a href="/rus/docs/Z31">№ 7-X</a> (вводится в действие с 01.03.2031).</p>
<p id="z3">&nbsp;&nbsp;2. Сад тих.</p></article></div>
<div style="display:none" id="kaz"><p>1-бап. Бақтар</p><p>1. Бақ жасыл.</p></div>
<footer>© 2031 РГП «Институт законодательства»</footer></body></html>"""


def test_a_page_saved_by_a_browser_gives_the_act_that_it_shows(found: Found) -> None:
    """Scripts, the switch of languages, the hidden other language and the foot are left out."""
    (edition,) = read(SAVED.encode())
    assert edition.language == "ru"
    assert found(edition.text) == {
        "art_1__para_1": "Сад учитывают по статье 5 Кодекса.",
        "art_1__para_2": "Сад тих.",
    }


def test_cells_across_rows_and_columns_of_a_page(found: Found) -> None:
    """A head of two rows with cells across columns, and a cell across rows, stay a table."""
    page = (
        "<html><body><p>Статья 3. Ставки</p><p>1. Ставки платы:</p><table>"
        "<tr><th rowspan=2>№</th><th rowspan=2>Дерево</th><th colspan=2>Ставка</th></tr>"
        "<tr><th>летом</th><th>зимой</th></tr>"
        "<tr><td>1</td><td rowspan=2>Яблоня</td><td>15</td><td>5</td></tr>"
        "<tr><td>2</td><td>16</td><td>6</td></tr></table><p>2. Ставки действуют год.</p>"
    )
    passages = found(read(page.encode())[0].text)
    assert list(passages) == ["art_3__para_1", "art_3__para_1__al_1", "art_3__para_2"]
    assert passages["art_3__para_1__al_1"].split("\n") == [
        "№ | Дерево | Ставка", "летом | зимой", "1 | Яблоня | 15 | 5", "2 | 16 | 6",
    ]  # fmt: skip


WHO = ("Палата садов", "Министр", "Садовник", "Лесник общего пользования", "Главный агроном")
DOES = ("ведет реестр", "проверяет журналы", "поливает яблони", "убирает листья", "чинит шланги",
        "учитывает урожай", "выдает пропуска")  # fmt: skip
WHEN = ("не реже одного раза в месяц", "каждой весной, когда сходит снег", "до первого октября")
HOW = (
    "и докладывает о найденном в порядке и сроки, которые установлены правилами учета садов",
    "и сообщает об этом жителям села, если они о том просили в письменном виде",
    "без взимания платы с тех, кто за садом ухаживает сам, и с членов их семей",
    "в присутствии двух свидетелей, подписи которых стоят под составленным актом осмотра",
)
ITEMS = [
    f"{WHO[n % 5]} {DOES[n % 7]} {WHEN[n % 3]} {HOW[n % 4]}, а также {DOES[(n + 3) % 7]}."
    for n in range(1, 61)
]
LONG_ACT = ("Статья 1. Реестр садов", *(f"{n}. {text}" for n, text in enumerate(ITEMS, start=1)))
WHOLE = {f"art_1__para_{n}": text for n, text in enumerate(ITEMS, start=1)}


def printed_page(*before: str, style: str = "") -> bytes:
    """An act of several pages, with elements before it."""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in LONG_ACT)
    css = f'body {{font: 12pt "Liberation Serif"}} p {{text-align: justify}} {style}'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{css}</style></head>'
        f"<body>{''.join(before)}{body}</body></html>"
    ).encode()


@pytest.mark.tools
def test_a_watermark_is_no_text(found: Found, printed: Print) -> None:
    """A word set askew and large over every page is left out."""
    style = (
        ".mark {position: fixed; top: 40%; left: 15%; font-size: 90pt; color: #ddd; "
        "transform: rotate(-45deg)}"
    )
    data = printed(printed_page('<div class="mark">ПРОЕКТ</div>', style=style))
    (edition,) = read(data)
    assert "ПРОЕКТ" not in edition.text
    assert found(edition.text) == WHOLE
    assert dict(edition.report.repairs)["watermarks and stamps dropped"] == edition.report.pages


@pytest.mark.tools
@pytest.mark.parametrize(
    "content",
    [
        'counter(page) "/" counter(pages)',
        '"– " counter(page) " –"',
        '"Страница " counter(page) " из " counter(pages)',
        'counter(page) "-бет"',
    ],
)
def test_page_numbers_are_no_text(content: str, found: Found, printed: Print) -> None:
    """«3/12», «– 3 –», «Страница 3 из 12», «3-бет» at the foot of each page go."""
    style = f"@page {{margin: 2cm; @bottom-center {{content: {content}}}}}"
    (edition,) = read(printed(printed_page(style=style)))
    assert found(edition.text) == WHOLE


@pytest.mark.tools
def test_a_printed_stamp_in_the_margin_is_no_text(found: Found, printed: Print) -> None:
    """A line along the left edge of each page, turned by a right angle, goes."""
    style = (
        "body {margin-left: 2cm} .stamp {position: fixed; left: -6cm; top: 50%; width: 12cm; "
        "font-size: 8pt; transform: rotate(-90deg)}"
    )
    stamp = '<div class="stamp">Дата печати 01.02.2030, экземпляр 5 из 7</div>'
    (edition,) = read(printed(printed_page(stamp, style=style)))
    assert found(edition.text) == WHOLE


@pytest.mark.tools
def test_footnotes_of_a_printed_document_are_left_out(found: Found, office: Office) -> None:
    """A footnote at the foot of a page is no part of the items around it."""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in LONG_ACT)
    body = body.replace(
        "<p>9. Главный",
        '<p>9. Главный<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">'
        "<sup>1</sup></a>",
    )
    note = (
        '<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" '
        'name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Палата садов столицы.</p></div>'
    )
    page = f'<html><head><meta charset="utf-8"></head><body>{body}{note}</body></html>'
    data = office(page.encode(), "html", "pdf:writer_web_pdf_Export")
    assert found(read(data)[0].text) == WHOLE


@pytest.mark.tools
def test_lists_of_opendocument_have_their_numbers(found: Found, office: Office) -> None:
    """Ordered lists of a page, saved as ODT and as DOCX, number items and points below them."""
    page = (
        "<html><body><p>Статья 1. Полив</p><ol><li><p>Садовник поливает яблони.</p></li>"
        "<li><p>Садовник поливает груши.</p></li></ol><p>Статья 2. Уборка</p>"
        "<ol><li><p>Листья убирают осенью.</p></li></ol></body></html>"
    )
    for form in ("odt", "docx:MS Word 2007 XML"):
        data = office(page.encode("utf-8-sig"), "html", form)
        assert found(read(data)[0].text) == {
            "art_1__para_1": "Садовник поливает яблони.",
            "art_1__para_2": "Садовник поливает груши.",
            "art_2__para_1": "Листья убирают осенью.",
        }


@pytest.mark.tools
def test_a_large_word_across_each_page_is_no_text(found: Found, printed: Print) -> None:
    """A watermark that is not turned is told by its size and by standing on every page."""
    style = ".mark {position: fixed; top: 45%; left: 12%; font-size: 80pt; color: #ddd}"
    data = printed(printed_page('<div class="mark">КӨШІРМЕ</div>', style=style))
    assert found(read(data)[0].text) == WHOLE


@pytest.mark.tools
def test_a_title_however_large_is_text(found: Found, printed: Print) -> None:
    """It lies over nothing, as a watermark does."""
    style = ".title {font-size: 70pt; margin: 0 0 1cm}"
    data = printed(printed_page('<p class="title">ЗАКОН О САДАХ</p>', style=style))
    (edition,) = read(data)
    assert edition.text.split()[:3] == ["ЗАКОН", "О", "САДАХ"]
    assert found(edition.text) == WHOLE
    assert "watermarks and stamps dropped" not in dict(edition.report.repairs)


@pytest.mark.tools
def test_running_heads_of_left_and_right_pages_are_no_text(found: Found, printed: Print) -> None:
    """The act's name on left pages and the chapter's on right ones, with page numbers."""
    style = (
        '@page {margin: 2cm} @page :left {@top-left {content: counter(page) "  О реестре садов"}} '
        '@page :right {@top-right {content: "Правила учета  " counter(page)}}'
    )
    assert found(read(printed(printed_page(style=style)))[0].text) == WHOLE


def test_numbers_in_a_column_of_their_own_are_the_items(found: Found) -> None:
    """A table without lines that sets the numbers left of the items is no table."""
    document = docx.Document()
    add(document, "Статья 1. Реестр садов")
    table = document.add_table(4, 2)
    for number, row in enumerate(table.rows, start=1):
        row.cells[0].text, row.cells[1].text = f"{number}.", ITEMS[number - 1]
    assert found(read(saved(document))[0].text) == {
        f"art_1__para_{n}": ITEMS[n - 1] for n in range(1, 5)
    }


def test_a_formula_of_word_keeps_its_letters(found: Found) -> None:
    """The letters of an equation are text, whatever its shape."""
    document = docx.Document()
    add(document, "Статья 1. Плата")
    paragraph = add(document, "1. Плату считают так: ")
    run = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in ("П", "=", "С×Д"))
    paragraph._p.append(
        parse_xml(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            f"{run}</m:oMath>"
        )
    )
    paragraph._p.append(parse_xml(f'<w:r {_W}><w:t xml:space="preserve"> за день.</w:t></w:r>'))
    assert found(read(saved(document))[0].text) == {
        "art_1__para_1": "Плату считают так: П=С×Д за день."
    }


@pytest.mark.tools
def test_numbers_of_lines_in_the_margin_are_no_text(found: Found, printed: Print) -> None:
    """Each fifth line of a draft has its number left of it."""
    marks = "".join(
        f'<div class="line" style="top: {row * 3}cm">{row * 5}</div>' for row in range(1, 8)
    )
    style = "@page {margin: 2cm 2cm 2cm 3cm} .line {position: fixed; left: -1.2cm; font-size: 8pt}"
    data = printed(printed_page(marks, style=style))
    assert found(read(data)[0].text) == WHOLE


@pytest.mark.tools
def test_changes_tracked_in_opendocument_are_read_as_printed(found: Found, office: Office) -> None:
    """What Word tracks survives LibreOffice: the deleted goes, the inserted stays."""
    document = docx.Document()
    add(document, "Статья 1. Сады")
    paragraph = add(document, "1. Сад учитывает ")
    for tag, leaf, text in (("del", "delText", "министр."), ("ins", "t", "палата садов.")):
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {_W} w:id="3" w:author="a" w:date="2030-01-01T00:00:00Z"><w:r>'
                f"<w:{leaf}>{text}</w:{leaf}></w:r></w:{tag}>"
            )
        )
    data = office(saved(document), "docx", "odt")
    assert found(read(data)[0].text) == {"art_1__para_1": "Сад учитывает палата садов."}


@pytest.mark.tools
def test_articles_without_titles_are_no_running_heads(found: Found, printed: Print) -> None:
    """«Статья 5» alone on its line, near the edges of many pages, is the act's."""
    texts = [
        line
        for n, text in enumerate(ITEMS, start=1)
        for line in (f"Статья {n}", f"1. {text}", f"2. {ITEMS[n % 60]}")
    ]
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    style = "<style>@page {size: A5} p {text-align: justify}</style>"
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8">{style}</head><body>{body}</body>'
    (edition,) = read(printed(page.encode()))
    assert list(found(edition.text)) == [
        f"art_{n}__para_{item}" for n in range(1, 61) for item in (1, 2)
    ]
