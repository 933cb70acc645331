"""Tests of indexer.documents.description."""

import datetime
import shutil
import tomllib
from pathlib import Path

import pytest

from indexer.documents.description import (
    Document,
    find_documents,
    read_description,
    read_document,
    read_text,
)
from indexer.errors import DocumentError

CONCEPT = "foreign-policy-2020-2030"


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A copy of the concept's folder."""
    return Path(shutil.copytree(root / "seeds" / CONCEPT, tmp_path / CONCEPT))


def test_source_is_the_news_page_byte_for_byte(root: Path, shared: Path) -> None:
    """The seed is a copy of the shared source text."""
    source = shared / "seeds" / "foreign-policy-concept-2020-2030.kk.txt"
    assert (root / "seeds" / CONCEPT / "kk.txt").read_bytes() == source.read_bytes()


def test_concept_is_described(root: Path) -> None:
    """document.toml gives the Akoma Ntoso address, titles and editions."""
    document = read_document(root / "seeds" / CONCEPT)
    assert document.uri == "/akn/kz/act/decree/2020-03-06/280"
    assert [(edition.language, edition.status) for edition in document.editions] == [
        ("kk", "authoritative"),
        ("ru", "unofficial"),
        ("en", "unofficial"),
    ]
    assert "тұжырымдамасы" in document.title["kk"]
    assert document.id == CONCEPT
    assert (document.kind, document.number) == ("decree", "280")
    assert document.date == datetime.date(2020, 3, 6)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('uri = "/akn', 'uri = "', "uri"),
        ('ru = "Концепция', 'xx = "', "title.xx"),
        ("[adoption]", "[adaption]", "adaption"),
        ('status = "authoritative"', 'status = "true"', "editions.0.status"),
        ('status = "authoritative"', 'file = "../kk.txt"', "editions.0.file"),
        ('status = "authoritative"', 'state = "unofficial"', "editions.0.state"),
        ("[title]", "date = = 2020\n[title]", "Line 3 is no TOML"),
        ("[title]", 'id = "x"\n[title]', "not the folder's name"),
    ],
)
def test_wrong_field_is_named(folder: Path, old: str, new: str, message: str) -> None:
    """The error names the file and the field."""
    path = folder / "document.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DocumentError, match=r"document\.toml") as caught:
        read_document(folder)
    assert message in str(caught.value)


def described(more: str, editions: str = '[[editions]]\nlanguage = "kk"') -> Document:
    """Returns a document that a small description describes."""
    text = f'uri = "/akn/kz/act/law/2001-05-10/7"\n{more}\n[title]\nkk = "Заң"\n{editions}'
    return read_description(tomllib.loads(text), "law")


def test_kind_number_and_date_are_those_of_the_address() -> None:
    """What the address says need not be said again, and may be."""
    short = described("")
    assert (short.id, short.kind, short.number) == ("law", "law", "7")
    assert short.date == datetime.date(2001, 5, 10)
    said = 'id = "law"\nkind = "law"\nnumber = "7"\ndate = 2001-05-10'
    assert described(said) == short


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('kind = "code"', "kind: code here, law in the uri /akn/kz/act/law/2001-05-10/7"),
        ('number = "8"', "number: 8 here, 7 in the uri"),
        ("date = 2001-05-11", "date: 2001-05-11 here, 2001-05-10 in the uri"),
        ('kind = "x y"\nid = "a b"', "id: "),
    ],
)
def test_what_contradicts_the_address_is_refused(said: str, message: str) -> None:
    """A fact stands in one place; a second one must be the same."""
    with pytest.raises(DocumentError) as caught:
        described(said)
    assert message in str(caught.value)


def test_a_kind_may_be_said_where_the_address_has_none() -> None:
    """An address without a kind says only date and number."""
    content = tomllib.loads(
        'uri = "/akn/kz/act/2001/7"\nkind = "rules"\n[title]\nru = "Правила"\n'
        '[[editions]]\nlanguage = "ru"'
    )
    document = read_description(content, "rules")
    assert document.kind == "rules"
    assert document.date == datetime.date(2001, 1, 1)
    assert document.title["en"] == "Правила"


EDITIONS = """
[[editions]]
language = "ru"
date = 2011-01-01
[[editions]]
language = "ru"
[[editions]]
language = "kk"
file = "other.txt"
date = 2005-06-07
status = "unofficial"
"""


def test_a_language_may_have_several_editions() -> None:
    """Each has its date, and a file named for it unless the description says another."""
    document = described("", EDITIONS)
    assert [(one.language, one.file, str(one.date)) for one in document.editions] == [
        ("ru", "ru@2011-01-01.txt", "2011-01-01"),
        ("ru", "ru.txt", "2001-05-10"),
        ("kk", "other.txt", "2005-06-07"),
    ]
    assert document.languages == ("ru", "kk")
    assert [str(document.key(one)) for one in document.editions] == [
        "law@ru:2011-01-01", "law@ru:2001-05-10", "law@kk:2005-06-07",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "day", "begins"),
    [
        ("ru", "2000-01-01", "2001-05-10"),
        ("ru", "2010-12-31", "2001-05-10"),
        ("ru", "2011-01-01", "2011-01-01"),
        ("ru", None, "2011-01-01"),
        (None, "2010-12-31", "2001-05-10"),
        ("kk", "2001-05-10", "2005-06-07"),
    ],
)
def test_the_edition_of_a_day_is_the_last_begun(
    language: str | None, day: str | None, begins: str
) -> None:
    """Before all editions the first one is shown; without a day, that of today."""
    when = datetime.date.fromisoformat(day) if day else None
    edition = described("", EDITIONS).edition(language, when)  # type: ignore[arg-type]
    assert edition is not None
    assert str(edition.date) == begins


def test_a_language_that_is_not_there_has_no_edition() -> None:
    """None is returned, not another language."""
    assert described("", EDITIONS).edition("en") is None


@pytest.mark.parametrize(
    "editions",
    [
        '[[editions]]\nlanguage = "kk"\n[[editions]]\nlanguage = "kk"',
        '[[editions]]\nlanguage = "kk"\n[[editions]]\nlanguage = "kk"\ndate = 2001-05-10',
    ],
)
def test_two_editions_of_one_language_and_date_are_refused(editions: str) -> None:
    """Nothing tells them apart."""
    with pytest.raises(DocumentError, match="language kk and the date 2001-05-10"):
        described("", editions)


def test_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    """A file in another encoding is refused with the line where it shows."""
    path = tmp_path / "kk.txt"
    path.write_bytes("1-тарау\n".encode() + "екінші".encode("utf-16"))
    with pytest.raises(DocumentError, match=r"kk\.txt:2: Not UTF-8"):
        read_text(path)


def test_empty_file_is_refused(tmp_path: Path) -> None:
    """White space is no document."""
    path = tmp_path / "kk.txt"
    path.write_text(" \n\u00a0\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="empty"):
        read_text(path)


def test_folder_without_documents_is_refused(tmp_path: Path) -> None:
    """A wrong folder of documents is said to be one."""
    with pytest.raises(DocumentError, match="no document here"):
        find_documents(tmp_path)
    with pytest.raises(DocumentError, match="no such folder"):
        find_documents(tmp_path / "missing")
