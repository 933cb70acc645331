"""What is the same for every format."""

import io
import sys
import zipfile
from collections.abc import Callable

import pytest

from indexer.errors import DocumentError
from indexer.readers import read
from indexer.readers.archive import open_archive

ACT = "1-тарау. Жалпы ережелер\n1. Қазақстан Республикасының саясаты.\n"


def archive(**members: bytes) -> bytes:
    """A compressed archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def test_the_format_is_told_by_the_content() -> None:
    """A name that promises another format changes nothing."""
    (edition,) = read(ACT.encode(), "act.pdf")
    assert edition.report.format == "text"
    assert edition.text == ACT.strip()


def test_markdown_loses_its_marks() -> None:
    """Headings, emphasis, links and escapes of Markdown are not part of the act."""
    item = "1\\. **Қазақстан** [Республикасының](https://a.kz) саясаты."
    text = f"## 1-тарау. Жалпы ережелер\n\n{item}\n"
    (edition,) = read(text.encode())
    assert edition.report.format == "markdown"
    assert [p.text for p in edition.paragraphs] == ACT.strip().split("\n")


def test_two_languages_one_after_the_other_are_two_editions() -> None:
    """A file with the Kazakh text and then the Russian gives both."""
    kazakh = ACT + "".join(
        f"{n}. Үкімет осы мәселе бойынша шаралар қабылдайды.\n" for n in range(2, 9)
    )
    russian = "Глава 1. Общие положения\n" + "".join(
        f"{n}. Правительство принимает меры по этому вопросу.\n" for n in range(1, 9)
    )
    editions = {edition.language: edition.text for edition in read((kazakh + russian).encode())}
    assert editions == {"kk": kazakh.strip(), "ru": russian.strip()}


def test_lines_in_another_script_are_reported() -> None:
    """A Latin line in a Kazakh text stays, and is named."""
    (edition,) = read((ACT + "2. See the Treaty of Lisbon for details.\n" + ACT * 5).encode())
    assert edition.report.other_script == ("2. See the Treaty of Lisbon for details.",)
    assert edition.report.doubts


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x7fELF" + bytes(range(256)) * 20, "no format"),
        (b"PK\x03\x04" + bytes(60), "no format"),
        (b"{\\rtf1 a}", "RTF"),
        (b"%PDF-1.7\n", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged|Tesseract"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, reason: str) -> None:
    """The error names the file and says what to do."""
    with pytest.raises(DocumentError, match=rf"^act\.bin: .*({reason})"):
        read(data, "act.bin")


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    """A small file that would fill the memory is not opened."""
    with pytest.raises(DocumentError, match="more than a document needs"):
        open_archive(archive(word__document=bytes(40 * 2**20)))


def test_entities_in_a_word_document_are_refused() -> None:
    """A document that declares entities is not read."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr("word/document.xml", bomb)
    with pytest.raises(DocumentError, match="entities"):
        read(buffer.getvalue())


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the error says how to install it; plain text needs none of it."""
    for module in ("docx", "pypdfium2", "selectolax.lexbor", "defusedxml.ElementTree"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DocumentError, match=r"pip install 'tarmaq\[documents\]'"):
        read(b"<html><body><p>a</p></body></html>")
    assert read(ACT.encode())[0].text == ACT.strip()


def test_languages_that_stand_in_turn_are_two_editions(act: Callable[[str], str]) -> None:
    """The cells of a bilingual table come out of some programs one below the other."""
    kazakh, russian = (act(f"libraries-law.{name}").splitlines() for name in ("kk", "ru"))
    rows = [row for row in zip(kazakh, russian, strict=True) if all(map(str.strip, row))]
    text = "\n".join(line for row in rows for line in row)
    editions = {edition.language: edition.text.split("\n") for edition in read(text.encode())}
    assert editions == {"kk": [row[0] for row in rows], "ru": [row[1] for row in rows]}


def test_columns_side_by_side_in_a_plain_text_are_named() -> None:
    """Lines that a program laid out beside each other are no text of one act."""
    lines = ["осы заңда белгіленген тәртіппен".ljust(38) + "в порядке, установленном законом"] * 20
    (edition, *_) = read("\n".join(lines).encode())
    assert "columns" in [doubt.code for doubt in edition.report.doubts]
