"""Tables of printed papers: rows stay rows, and what is no table stays text."""

import html
from collections.abc import Callable, Sequence

import pytest

from indexer.readers import read

pytestmark = pytest.mark.tools

Print = Callable[[bytes], bytes]
Office = Callable[[bytes, str, str], bytes]

HEAD = ("№ п/п", "Наименование участка и его границы", "Кто отвечает за полив", "Сумма, тенге")
WHO = ("Лесник", "Главный агроном села", "Палата садов столицы")
BEFORE = (
    "Статья 1. Реестр садов",
    "1. Палата садов ведет реестр садов по участкам, границы которых установлены на местности, не "
    "реже одного раза в месяц и докладывает о найденном в порядке и сроки, которые установлены "
    "правилами учета садов, в следующем виде:",
)
AFTER = (
    "2. Лесник общего пользования убирает листья до первого октября и сообщает об этом жителям "
    "села, если они о том просили в письменном виде, а также чинит шланги без взимания платы с "
    "тех, кто за садом ухаживает сам, и с членов их семей.",
    "3. Плату считают так.",
)
RULED = "table {border-collapse: collapse} td, th {border: 1px solid; padding: 2px}"
NARROW = "table {width: 55%}"
TOP = "td {vertical-align: top}"
TIGHT = f"{NARROW} table {{border-spacing: 0}} td {{vertical-align: top; padding: 0 6px}}"
JUSTIFIED = "td {text-align: justify; padding: 3px}"
LANDSCAPE = "@page {size: A4 landscape}"
HEADS = (
    "@page {margin: 2cm; @top-center {content: 'Правила учета'} "
    "@bottom-center {content: counter(page)}}"
)


def rows(count: int) -> list[tuple[str, ...]]:
    """A table of the gardens, with its head."""
    place = "вдоль реки, что отведена садам общего пользования, с границами по берегу"
    return [
        HEAD,
        *((str(n), f"Участок номер {n} {place}", WHO[n % 3], f"{n} 500") for n in range(1, count)),
    ]


def row(cells: Sequence[str], tag: str = "td") -> str:
    """A row of a page's table."""
    return f"<tr>{''.join(f'<{tag}>{html.escape(cell)}</{tag}>' for cell in cells)}</tr>"


def table(held: Sequence[Sequence[str]], attributes: str = "", *, repeated: bool = False) -> str:
    """A page's table."""
    head = f"<thead>{row(held[0], 'th')}</thead>" if repeated else row(held[0])
    return f"<table {attributes}>{head}{''.join(map(row, held[1:]))}</table>"


def page(body: str, style: str = "") -> bytes:
    """The act with something between its items."""

    def set_(texts: Sequence[str]) -> str:
        return "".join(f"<p>{html.escape(text)}</p>" for text in texts)

    css = f'body {{font: 12pt "Liberation Serif"}} p {{text-align: justify}} {style}'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{css}</style></head>'
        f"<body>{set_(BEFORE)}{body}{set_(AFTER)}</body></html>"
    ).encode()


def between(data: bytes) -> list[str]:
    """What is read between the item before and the item after, which must be whole."""
    (edition,) = read(data)
    texts = [paragraph.text for paragraph in edition.paragraphs]
    assert texts[: len(BEFORE)] == list(BEFORE)
    assert texts[-len(AFTER) :] == list(AFTER)
    return texts[len(BEFORE) : -len(AFTER)]


def barred(held: Sequence[Sequence[str]]) -> list[str]:
    """The rows as they are read."""
    return [" | ".join(cells) for cells in held]


@pytest.mark.parametrize(
    "style",
    [RULED, f"{RULED} {NARROW}", "", NARROW, NARROW + TOP, TIGHT, NARROW + JUSTIFIED,
     RULED + LANDSCAPE, "td {border-bottom: 1px solid; padding: 3px 8px}" + NARROW],
    ids=["ruled", "ruled-narrow", "open", "open-narrow", "open-top", "tight", "justified",
         "landscape", "underlined"],
)  # fmt: skip
def test_rows_printed_by_a_browser_stay_rows(style: str, printed: Print) -> None:
    """Cells that wrap are one cell, whether rules part them or nothing does."""
    held = rows(8)
    assert between(printed(page(table(held), style))) == barred(held)


@pytest.mark.parametrize("attributes", ["", "width=55%", "border=1 width=60%"])
def test_rows_printed_by_an_office_stay_rows(attributes: str, office: Office) -> None:
    """Cells stand in the middle of their rows, so that the lines of two lie between each other."""
    held = rows(8)
    data = office(page(table(held, attributes)), "html", "pdf:writer_web_pdf_Export")
    assert between(data) == barred(held)


@pytest.mark.parametrize(
    "style",
    [RULED, RULED + NARROW, NARROW, NARROW + TOP, RULED + NARROW + HEADS, NARROW + HEADS],
)
@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_goes_on_over_pages(style: str, repeated: bool, printed: Print) -> None:
    """A row that a page breaks is one row, and a head that is printed again is read once."""
    held = rows(60)
    assert between(printed(page(table(held, repeated=repeated), style))) == barred(held)


@pytest.mark.parametrize("attributes", ["width=60%", "width=60% border=1"])
def test_an_office_breaks_rows_over_pages(attributes: str, office: Office) -> None:
    """The same of a table that LibreOffice prints."""
    held = rows(40)
    data = office(page(table(held, attributes)), "html", "pdf:writer_web_pdf_Export")
    assert between(data) == barred(held)


def test_merged_cells_that_rules_show_are_read_once(printed: Print) -> None:
    """A cell over two columns or two rows stands where it begins."""
    body = (
        '<table><tr><td rowspan="2">№</td><td colspan="2">Участок</td><td rowspan="2">Плата</td>'
        "</tr><tr><td>Имя</td><td>Место</td></tr>"
        f"{row(('1', 'Первый', 'у реки', '100'))}{row(('2', 'Второй', 'у моста', '200'))}</table>"
    )
    assert between(printed(page(body, RULED))) == [
        "№ | Участок | Плата",
        "Имя | Место",
        "1 | Первый | у реки | 100",
        "2 | Второй | у моста | 200",
    ]


def test_two_columns_of_equally_long_cells_are_rows(printed: Print) -> None:
    """Nothing but the room between the cells tells them, which is that of a space."""
    held = [("Вид", "Плата"), *((f"Сад вида {n}, что у реки", f"{n} тенге") for n in range(1, 6))]
    assert between(printed(page(table(held)))) == barred(held)


def test_numbers_beside_their_items_are_no_table(printed: Print) -> None:
    """«1)» in a column of its own is the number of an item."""
    places = ("города", "села", "аулы", "дачи")
    body = "".join(row((f"{n})", f"{place};")) for n, place in enumerate(places, start=1))
    assert between(printed(page(f"<table>{body}</table>", "td {min-width: 1cm}"))) == [
        f"{n}) {place};" for n, place in enumerate(places, start=1)
    ]


def test_links_in_justified_lines_are_no_cells(office: Office) -> None:
    """LibreOffice sets a justified line without spaces, and each link in it anew."""
    text = " ".join(f"{who} поливает сады по статье {n}." for n, who in enumerate(WHO * 40))
    linked = " ".join(
        f"<a href='/'>{word}</a>" if index % 3 == 1 else word
        for index, word in enumerate(text.split())
    )
    data = office(page(f"<p>{linked}</p>"), "html", "pdf:writer_web_pdf_Export")
    assert between(data) == [text]


def test_columns_of_a_newspaper_are_no_table(printed: Print) -> None:
    """One text in two columns is read down the columns."""
    items = [
        f"{n}. {WHO[n % 3]} {verb} {when}, {whom}, {how}."
        for n, (verb, when, whom, how) in enumerate(
            (
                (verb, when, whom, how)
                for verb in ("поливает яблони", "убирает листья", "чинит шланги")
                for when in ("каждой весной", "до первого октября, пока нет снега")
                for whom in ("если жители села о том просили", "в присутствии двух свидетелей")
                for how in ("без взимания платы с членов их семей", "о чем ведет журнал учета")
            ),
            start=1,
        )
    ]
    body = "".join(f"<p>{text}</p>" for text in items)
    (edition,) = read(printed(page(body, "body {column-count: 2}")))
    texts = [paragraph.text for paragraph in edition.paragraphs]
    assert texts[len(BEFORE) : len(BEFORE) + len(items)] == items
