"""Tests of the readers and the parser with spoilt files: a document, or an error that names it."""

import contextlib
import html
import io
import zipfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.parsing import parse, passages
from indexer.readers import read

ACT = (Path(__file__).parents[1] / "data" / "acts" / "rules-order.ru.txt").read_text("utf-8-sig")
_BODY = "".join(f"<p>{html.escape(line)}</p>" for line in ACT.splitlines() if line.strip())
_TEXT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def stored(**members: str) -> bytes:
    """An archive without compression: a flipped bit lands in the text of a member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as opened:
        for name, text in members.items():
            opened.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def word() -> bytes:
    """The act as a Word document."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for line in ACT.splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def odt() -> bytes:
    """The act as an ODT document."""
    body = _BODY.replace("<p>", "<text:p>").replace("</p>", "</text:p>")
    content = (
        f'<?xml version="1.0"?><office:document-content {_TEXT_NAMES}><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return stored(mimetype="application/vnd.oasis.opendocument.text", content_xml=content)


FILES = {
    "text": ACT.encode(),
    "html": f"<!DOCTYPE html><html><body>{_BODY}</body></html>".encode(),
    "akn": (
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body>'
        f"<section><content>{_BODY}</content></section></body></act></akomaNtoso>"
    ).encode(),
    "odt": odt(),
    "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Length 20>>stream\nBT (a) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>",
}


def reads(data: bytes) -> None:
    """Reads a file and parses what was read; a refusal names the file."""
    try:
        for edition in read(data, "act.bin"):
            for passage in passages(parse(edition.text), document_id="act", language="ru"):
                assert passage.text
    except DocumentError as error:
        message = str(error)
    else:
        return
    assert message.startswith("act.bin: ")


@hypothesis.settings(max_examples=40, derandomize=True)
@hypothesis.given(data=st.data())
@pytest.mark.parametrize("kind", [*FILES, "word"])
def test_spoilt_file_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    """Bytes changed, cut off, doubled or put in anywhere."""
    content = bytearray(word() if kind == "word" else FILES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(("change", "cut", "double", "put"))):
            case "change":
                content[place] = data.draw(st.integers(0, 255))
            case "cut":
                del content[place : place + data.draw(st.integers(1, 400))]
            case "double":
                content[place:place] = content[place : place + 200] * 3
            case _:
                content[place:place] = data.draw(st.binary(max_size=20))
        if not content:
            break
    reads(bytes(content))


@hypothesis.settings(max_examples=60, derandomize=True)
@hypothesis.given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever they begin with."""
    reads(data)


@hypothesis.settings(max_examples=60, derandomize=True)
@hypothesis.given(text=st.text(max_size=400))
def test_any_text_is_parsed(text: str) -> None:
    """A tree is made of any text that has words, and the address of each passage is its own."""
    with contextlib.suppress(DocumentError):
        found = [p.eid for p in passages(parse(text), document_id="act", language="kk")]
        assert len(found) == len(set(found))


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize("kind", ["html", "odt", "akn"])
def test_what_is_nested_without_end_is_read_or_refused(kind: str, depth: int) -> None:
    """Elements in elements in elements."""
    tag = "text:span" if kind == "odt" else "div"
    nested = f"<{tag}>" * depth + "а" + f"</{tag}>" * depth
    if kind == "odt":
        data = stored(
            mimetype="application/vnd.oasis.opendocument.text",
            content_xml=f"<office:document-content {_TEXT_NAMES}><office:body><office:text>"
            f"<text:p>{nested}</text:p></office:text></office:body></office:document-content>",
        )
    else:
        data = FILES[kind].replace(b"<p>", nested.encode() + b"<p>", 1)
    with contextlib.suppress(DocumentError):
        read(data, "act.bin")
