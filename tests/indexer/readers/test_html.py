"""Pages of the register of acts, and other pages."""

from collections.abc import Callable

import pytest

from indexer.errors import DocumentError
from indexer.readers import read

PAGE = """<!DOCTYPE html><html lang="ru"><head><title>О дорогах</title><script>var a = 1;</script>
<style>p {{}}</style></head><body>
<header><a href="/">Әділет</a> <a href="/kaz">ҚАЗ</a> <a href="/rus">РУС</a></header>
<nav><ul><li><a href="/">Главная</a></li><li><a href="/search">Поиск</a></li></ul></nav>
<ul class="tabs"><li><a href="#">{0}</a></li><li><a href="#">{1}</a></li>
<li><a href="#">{2}</a></li></ul>
<div class="text"><article><h3 id="z1"><a name="z1"></a>{3}</h3>
<p id="z2">&nbsp;&nbsp;{4} <a href="/docs/1">{5}</a> {6}</p>
<p><span class="note">{7}</span></p>
<p style="display: none">скрыто</p>
<table><tr><td>1</td><td>Арба</td></tr><tr><td>2</td><td>10,5</td></tr></table>
<h3>{8}</h3><p>{9}</p></article></div>
<footer>© 2026 <a href="/about">О системе</a></footer></body></html>"""

RUSSIAN = PAGE.format(
    "Текст", "Официальная публикация", "История изменений", "Статья 1. Виды дорог",
    "1. Дорога учитывается согласно", "статье 1", "Закона.", "Сноска. Статья 1 с изменением.",
    "Статья 13<sup>1</sup>. Владелец", "Владелец дороги – село.",
)  # fmt: skip
KAZAKH = PAGE.format(
    "Мәтін", "Ресми жарияланым", "Өзгерістер тарихы", "1-бап. Жол түрлері",
    "1. Жол", "Заңның 1-бабына", "сәйкес есепке алынады.", "Ескерту. 1-бапқа өзгеріс енгізілді.",
    "13<sup>1</sup>-бап. Жолдың иесі", "Жолдың иесі – ауыл.",
)  # fmt: skip


def test_only_the_act_is_read() -> None:
    """Menus, scripts, hidden parts and the page's head and foot are left out."""
    (edition,) = read(RUSSIAN.encode(), "страница.txt")
    assert edition.language == "ru"
    assert [p.text for p in edition.paragraphs] == [
        "Статья 1. Виды дорог",
        "1. Дорога учитывается согласно статье 1 Закона.",
        "Сноска. Статья 1 с изменением.",
        "1 | Арба",
        "2 | 10,5",
        "Статья 13-1. Владелец",
        "Владелец дороги – село.",
    ]


def test_the_kazakh_page_is_read_like_the_russian(
    found: Callable[[str], dict[str, str]],
) -> None:
    """Both languages of the register give the same addresses."""
    kazakh, russian = (read(page.encode())[0] for page in (KAZAKH, RUSSIAN))
    assert (kazakh.language, russian.language) == ("kk", "ru")
    assert list(found(kazakh.text)) == list(found(russian.text))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "kz1048"])
def test_the_encoding_is_told_by_the_words(encoding: str) -> None:
    """A page saved in another encoding than it declares is read all the same."""
    declared = RUSSIAN.replace("<head>", '<head><meta charset="utf-8">')
    assert read(declared.encode(encoding))[0].text == read(RUSSIAN.encode())[0].text


def test_a_saved_page_with_its_pictures_is_read() -> None:
    """The archive that a browser makes of a page holds the page."""
    saved = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{RUSSIAN}\r\n--b--\r\n"
    )
    assert read(saved.encode())[0].text == read(RUSSIAN.encode())[0].text


def test_a_bilingual_table_gives_two_editions(
    side_by_side: Callable[[str, str], bytes],
    act: Callable[[str], str],
    found: Callable[[str], dict[str, str]],
) -> None:
    """The columns of a table in two languages are two texts."""
    data = side_by_side(act("libraries-law.kk"), act("libraries-law.ru"))
    editions = {edition.language: found(edition.text) for edition in read(data)}
    assert editions == {"kk": found(act("libraries-law.kk")), "ru": found(act("libraries-law.ru"))}


def test_a_page_nested_without_end_is_refused() -> None:
    """A page made to exhaust the stack is not read."""
    with pytest.raises(DocumentError, match="nested too deep"):
        read(b"<html><body>" + b"<div>" * 100_000 + "мәтін".encode())


def test_a_list_of_links_beside_the_text_is_a_menu() -> None:
    """Where nothing marks the act off, links alone are no text; a sentence with links is."""
    menu = "".join(f'<li><a href="/{n}">Ссылка {n}</a></li>' for n in range(4))
    links = "".join(f'<a href="/{n}">Закона {n}</a>, ' for n in range(4))
    page = f"<html><body><ul>{menu}</ul><p>1. Порядок согласно {links}определяет Правительство.</p>"
    (edition,) = read(page.encode())
    assert edition.text.startswith("1. Порядок согласно Закона 0, Закона 1,")
    assert dict(edition.report.repairs) == {"menus and hidden parts dropped": 1}


@pytest.mark.parametrize("start", ["--5", "-", "", "5-", "five", "9" * 5_000])
def test_a_list_that_begins_with_no_number_begins_with_one(start: str) -> None:
    """Whatever stands in the attribute."""
    page = f"<html><body><ol start='{start}'><li>Орманда от жағуға тыйым салынады.</li></ol>"
    (edition,) = read(page.encode())
    assert edition.text.startswith("1. Орманда")


def test_an_ordered_list_has_its_numbers() -> None:
    """Numbers that the page prints and its text lacks are those of the browser."""
    (edition,) = read(
        "<html><body><p>Мыналарға тыйым салынады:</p><ol start='3'><li>аң аулауға;</li>"
        "<li><p>от жағуға:</p><ol type='a'><li>орманда;</li><li value='4'>далада;</li></ol></li>"
        "<li>7) ағаш кесуге.</li></ol></body></html>".encode()
    )
    assert [p.text for p in edition.paragraphs] == [
        "Мыналарға тыйым салынады:",
        "3. аң аулауға;",
        "4. от жағуға:",
        "a. орманда;",
        "d. далада;",
        "7) ағаш кесуге.",
    ]


@pytest.mark.parametrize(
    ("call", "note"),
    [
        (
            '<a href="#sdfootnote1sym"><sup>1</sup></a>',
            '<div id="sdfootnote1"><p>Түсінік.</p></div>',
        ),
        ('<a href="#_ftn1"><span>[1]</span></a>', '<div id="ftn1"><p>Түсінік.</p></div>'),
        ('<a href="#fn1"><sup>1</sup></a>', '<ol><li id="fn1"><p>Түсінік.</p></li></ol>'),
    ],
    ids=["LibreOffice", "Word", "pandoc"],
)
def test_footnotes_left_out_are_told(call: str, note: str) -> None:
    """Neither what calls a footnote nor its text is read, and the report says so."""
    (edition,) = read(f"<html><body><p>1. Үкімет{call} бекітеді.</p>{note}</body></html>".encode())
    assert edition.text == "1. Үкімет бекітеді."
    assert [doubt.code for doubt in edition.report.doubts] == ["footnotes"]


def test_running_heads_that_libreoffice_keeps_are_dropped() -> None:
    """A page saved by a word processor has its page numbers in marked blocks."""
    page = '<html><body><p>1. Үкімет бекітеді.</p><div title="footer"><p>2</p></div></body></html>'
    (edition,) = read(page.encode())
    assert edition.text == "1. Үкімет бекітеді."


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("осы Заңның<a href='/1'>25-бабы</a>", "осы Заңның 25-бабы"),
        ("законом от <a href='/1'>№ 30-V</a>(вводится с 2012 года)", "№ 30-V (вводится с"),
        ("<a href='/1'>1)</a>и <a href='/2'>7)</a>тармақтары", "1) и 7) тармақтары"),
        ("статей <a href='/1'>147-1</a>,<a href='/2'>149</a> , 150", "147-1, 149, 150"),
        ("<a href='/1'>2020</a>жылғы тәртіп", "2020 жылғы тәртіп"),
        ("<a href='/1'>Конституция</a>сының нормасы", "Конституциясының нормасы"),
        ("по статье <a href='/1'>5</a>-1 закона", "статье 5-1 закона"),
        ('законом "<a href="/1">О садах</a>" , "О лесах"', 'законом "О садах" , "О лесах"'),
    ],
)
def test_spaces_are_right_beside_a_link(page: str, words: str) -> None:
    """A page that leaves out the space beside a link, or puts one too many, reads as it should."""
    (edition,) = read(f"<html><body><p>1. {page}.</p></body></html>".encode())
    assert words in edition.text


def test_paragraphs_without_a_final_sign_stay_apart(
    found: Callable[[str], dict[str, str]], page: Callable[..., bytes]
) -> None:
    """A page knows its paragraphs: one that ends in no sign does not swallow the next."""
    acts = [f"{number}. Сад номер {number} поливают утром и вечером." for number in range(1, 60)]
    loose = (
        "Порядок полива садов общего пользования и сроки его устанавливает палата по согласованию "
        "с министерством"
    )
    acts[30:30] = [loose, "Если палата не установила срок, поливают ежедневно."]
    (edition,) = read(page("Статья 1. Полив", *acts))
    passages = found(edition.text)
    assert passages["art_1__para_30__al_1"] == loose
    assert passages["art_1__para_30__al_2"].startswith("Если палата")


def test_lines_after_a_break_are_one_paragraph(
    found: Callable[[str], dict[str, str]],
) -> None:
    """A line break inside a paragraph parts none, where paragraphs are told otherwise."""
    body = "".join(f"<p>{number}. Сад номер {number} зелен.</p>" for number in range(1, 9))
    body += "<p>9. Сад учитывает палата<br>Республики Казахстан.</p>"
    (edition,) = read(f"<html><body><p>Статья 1. Сады</p>{body}</body></html>".encode())
    assert found(edition.text)["art_1__para_9"] == "Сад учитывает палата Республики Казахстан."
