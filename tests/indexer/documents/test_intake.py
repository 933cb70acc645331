"""Tests of taking files in."""

from pathlib import Path

import pytest

from indexer.documents.description import read_document, write_description
from indexer.documents.examination import Examined, examine, recognised
from indexer.documents.intake import File, is_makeshift, keep, lay_out, named_in
from indexer.errors import DocumentError
from indexer.faults import Fault

LAW = """Қазақстан Республикасының 2021 жылғы 3 ақпандағы № 5-VII Заңы
Ауыл кітапханалары туралы

1-бап. Осы Заңның мақсаты
1. Осы Заң ауыл кітапханаларының жұмысын реттейді.
2. Осы Заң жеке кітапханаларға қолданылмайды.

2-бап. Кітапхана қоры
1. Қор бюджет қаражаты есебінен толықтырылады.
"""
RUSSIAN = """Закон Республики Казахстан от 3 февраля 2021 года № 5-VII
О сельских библиотеках

Статья 1. Цель настоящего Закона
1. Настоящий Закон регулирует работу сельских библиотек.
2. Настоящий Закон не распространяется на частные библиотеки.

Статья 2. Библиотечный фонд
1. Фонд пополняется за счёт бюджетных средств.
"""


def taken(into: Path, *files: File, **options: str) -> Examined:
    """Lays files out and examines what comes of them."""
    laid = lay_out(files, into, **options)  # type: ignore[arg-type]
    return examine(laid.folder, laid.texts)


def test_a_file_becomes_a_described_document(tmp_path: Path) -> None:
    """Kind, number, day, title and id are taken from the text; there is nothing to doubt."""
    found = taken(tmp_path, File("мәтін.txt", LAW.encode()))
    document = found.document
    assert document.id == "law-2021-5-vii"
    assert document.uri == "/akn/kz/act/law/2021-02-03/5-VII"
    assert document.title.kk == "Ауыл кітапханалары туралы"
    assert document.editions[0].language == "kk"
    assert not found.is_doubtful
    assert (tmp_path / "law-2021-5-vii" / "мәтін.txt").read_text(encoding="utf-8") == LAW


def test_two_languages_become_two_editions(tmp_path: Path) -> None:
    """Each file is told by its language; the title stands in both."""
    document = taken(
        tmp_path, File("a.txt", LAW.encode()), File("b.txt", RUSSIAN.encode())
    ).document
    assert [(edition.language, edition.file) for edition in document.editions] == [
        ("kk", "a.txt"),
        ("ru", "b.txt"),
    ]
    assert document.title.ru == "О сельских библиотеках"


def test_another_encoding_is_put_right(tmp_path: Path) -> None:
    """A text in windows-1251 is kept as UTF-8, for a later build to read."""
    found = taken(tmp_path, File("b.txt", RUSSIAN.encode("cp1251")), name="libraries")
    (kept,) = (tmp_path / "libraries").glob("*.txt")
    assert "Статья 2. Библиотечный фонд" in kept.read_text(encoding="utf-8")
    assert len(found.source.expressions[0].passages) == 3


def test_the_content_tells_the_format(tmp_path: Path) -> None:
    """A page that is called a text is read as the page that it is, now and later."""
    page = "".join(f"<p>{line}</p>" for line in LAW.splitlines())
    page = f"<!doctype html><html><body>{page}</body></html>"
    found = taken(tmp_path, File("act.txt", page.encode()))
    assert found.editions[0].report.format == "html"
    assert found.document.editions[0].file == "act.html"
    assert examine(tmp_path / found.document.id).source.expressions == found.source.expressions


def test_a_gap_is_doubtful(tmp_path: Path) -> None:
    """What the numbers jump over is named."""
    found = taken(tmp_path, File("a.txt", LAW.replace("2-бап", "4-бап").encode()))
    assert [doubt.code for doubt in found.editions[0].doubts] == ["gap"]
    assert "look at: A gap in the numbers: art_1 is followed by art_4" in "\n".join(
        recognised(found.editions[0])
    )


def test_what_the_text_does_not_say_is_doubtful(tmp_path: Path) -> None:
    """A text without a heading of its own is described by its file's name, and that is said."""
    found = taken(tmp_path, File("Қор туралы.txt", LAW.split("\n\n", 1)[1].encode()))
    assert [dict(doubt.values)["fact"] for doubt in found.doubts] == ["number", "date", "title"]
    assert (found.document.id, found.document.title.kk) == ("Қор-туралы", "Қор туралы")


def test_an_edition_in_another_language_is_doubtful(tmp_path: Path) -> None:
    """A Russian text that is described as Kazakh is asked about."""
    description = (
        'uri = "/akn/kz/act/law/2021/5"\n[title]\nkk = "Т"\n[[editions]]\nlanguage = "kk"\n'
    )
    found = taken(tmp_path, File("kk.txt", RUSSIAN.encode()), description=description, name="a")
    assert "other-language" in [doubt.code for doubt in found.editions[0].doubts]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\kk.txt", "/kk.txt", ".hidden", "a/b.txt"]
)
def test_a_name_leads_nowhere(tmp_path: Path, name: str) -> None:
    """Whatever a file is called, it lies in the document's folder."""
    taken(tmp_path / "in", File(name, LAW.encode()))
    assert {path.parent.parent for path in tmp_path.rglob("*.*") if path.is_file()} == {
        tmp_path / "in"
    }


@pytest.mark.parametrize("name", ["..", ".removed", "a/b", "a b", "a#b", "", "-", "x" * 101, "a\n"])
def test_a_bad_id_is_refused(tmp_path: Path, name: str) -> None:
    """An id that could lead elsewhere, or that a key could not hold, is refused; none is made."""
    if not name:
        assert taken(tmp_path, File("a.txt", LAW.encode()), name=name).document.id
        return
    with pytest.raises(DocumentError, match="cannot be a document's id"):
        taken(tmp_path, File("a.txt", LAW.encode()), name=name)
    assert list(tmp_path.iterdir()) == []


def test_replacing_one_language_leaves_the_other(tmp_path: Path) -> None:
    """What is not handed over anew is the document's before: description, questions, editions."""
    questions = '[art_1__para_1]\nkk = ["Заң нені реттейді?"]\n'
    files = [
        File("a.txt", LAW.encode()),
        File("b.txt", RUSSIAN.encode()),
        File("questions.toml", questions.encode()),
    ]
    first = lay_out(files, tmp_path / "1")
    kept = keep(first.folder, tmp_path / "kept")
    fresh = File("new.txt", RUSSIAN.replace("частные", "школьные").encode())
    laid = lay_out([fresh], tmp_path / "2", name=kept.name, base=kept)
    second = examine(laid.folder, laid.texts)
    assert [edition.file for edition in second.document.editions] == ["a.txt", "new.txt"]
    assert "школьные" in second.source.expressions[1].passages[1].text
    assert second.source.questions == {"art_1__para_1": ("Заң нені реттейді?",)}


def test_what_was_kept_before_is_set_aside(tmp_path: Path) -> None:
    """A document that another one replaces can be found again."""
    for number in (1, 2):
        laid = lay_out([File("a.txt", LAW.replace("Осы", f"{number} осы").encode())],
                       tmp_path / str(number), name="law")  # fmt: skip
        keep(laid.folder, tmp_path / "kept")
    assert "2 осы" in (tmp_path / "kept" / "law" / "a.txt").read_text(encoding="utf-8")
    aside = tmp_path / "kept" / ".removed" / "law" / "a.txt"
    assert "1 осы" in aside.read_text(encoding="utf-8")


def test_a_description_is_written_as_it_is_read(tmp_path: Path, root: Path) -> None:
    """Writing the concept's description and reading it gives the concept's description."""
    document = read_document(root / "seeds" / "foreign-policy-2020-2030")
    folder = tmp_path / document.id
    folder.mkdir()
    (folder / "document.toml").write_text(write_description(document), encoding="utf-8")
    assert read_document(folder) == document


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Quotes, backslashes and control characters in a title do not break out of the description."""
    title = 'Жол "туралы"\\" ]\n[[editions]]'
    description = {"kk": title}
    from indexer.documents.description import Document, Edition, Trilingual

    document = Document("a", "/akn/kz/act/law/2021/5", Trilingual(**description), (Edition("kk"),))
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "document.toml").write_text(write_description(document), encoding="utf-8")
    assert read_document(folder).title.kk == title


def test_a_named_file_that_is_missing_is_said(tmp_path: Path) -> None:
    """A description that names a file nobody handed over is refused with the file's name."""
    description = (
        'uri = "/akn/kz/act/law/2021/5"\n[title]\nkk = "Т"\n[[editions]]\nlanguage = "kk"\n'
    )
    with pytest.raises(DocumentError, match=r"not handed over: kk\.txt"):
        lay_out([File("ru.txt", RUSSIAN.encode())], tmp_path, description=description, name="a")


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("/akn/kz/act/law/2018-01-10/133-VI", "law-2018-133-vi"),
        ("/akn/kz/act/law/0001-01-01/0", "kk"),
        ("/akn/kz/act/law/2018-01-10/0", "kk"),
        ("/akn/kz/act/2018-01-10/133-VI", "kk"),
    ],
)
def test_an_id_is_made_of_the_address_that_is_given(tmp_path: Path, uri: str, name: str) -> None:
    """Where it says kind, day and number; the name of a file is but a makeshift."""
    description = f'uri = "{uri}"\n[title]\nkk = "Атауы"\n[[editions]]\nlanguage = "kk"\n'
    document = taken(tmp_path, File("kk.txt", LAW.encode()), description=description).document
    assert document.id == name
    assert is_makeshift(document) == (name == "kk")
    assert named_in(description) == ("" if name == "kk" else name)


def test_a_presumed_title_is_doubtful(tmp_path: Path) -> None:
    """What the draft asks somebody to check is among what is to be looked at."""
    text = "Статья 2. Законодательство Республики Казахстан о пчёлах\nНастоящий Закон первый.\n"
    doubts = taken(tmp_path, File("ru.txt", text.encode())).doubts
    assert "presumed-title" in [doubt.code for doubt in doubts]


@pytest.mark.parametrize(
    ("text", "line"), [('uri = "a"\n[title\nkk = "b"\n', 2), ('uri = "a"\nkk = "', 2)]
)
def test_a_slip_in_a_description_is_told_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    """In each language, without the words of a library."""
    with pytest.raises(DocumentError) as caught:
        taken(tmp_path, File("kk.txt", LAW.encode()), description=text)
    assert isinstance(caught.value.said, Fault)
    assert caught.value.said.sentence("kk").startswith(f"{line}-жол")
    assert caught.value.said.sentence("ru").startswith(f"Строка {line} ")
