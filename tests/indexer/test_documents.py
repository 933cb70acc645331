"""Tests of indexer.documents."""

import shutil
from pathlib import Path

import pytest

from indexer.documents import find_documents, read_document, read_text
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
    assert [edition.language for edition in document.editions] == ["kk"]
    assert "тұжырымдамасы" in document.title["kk"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('uri = "/akn', 'uri = "', "uri"),
        ('ru = "Концепция', 'xx = "', "title.ru"),
        ('status = "authoritative"', 'status = "true"', "editions.0.status"),
        ('file = "kk.txt"', 'file = "../kk.txt"', "editions.0.file"),
        ("date = 2020", "date = = 2020", "not TOML"),
        ('id = "foreign', 'id = "x', "not the folder's name"),
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


def test_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    """A file in another encoding is refused with the line where it shows."""
    path = tmp_path / "kk.txt"
    path.write_bytes("1-тарау\n".encode() + "екінші".encode("utf-16"))
    with pytest.raises(DocumentError, match=r"kk\.txt:2: not UTF-8"):
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
