"""Conversions: an act as real programs print it, read again.

Each way takes the text through other programs; what is read must have the text's own addresses and
passages. Passages count as equal where at most one letter in twenty differs.
"""

import difflib
import html
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from evaluation.errors import optional
from evaluation.figures import table as markdown
from indexer.languages.codes import Language
from indexer.parsing import parse, passages
from indexer.readers import read
from indexer.readers.akn import write

_ALIKE: Final = 0.95
_SECONDS: Final = 600
_FONT: Final = 'body {font: 12pt "Liberation Serif"}'
_JUSTIFIED: Final = "p {text-align: justify; text-indent: 1.25cm; margin: 0}"
_COLUMNS: Final = "body {column-count: 2} p {text-align: justify}"
_CHROMIUM: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
_WORD, _PDF = "docx:MS Word 2007 XML", "pdf:writer_web_pdf_Export"

_URI, _DAY = "/akn/kz/act/law/2020-03-06/280", date(2020, 3, 6)

Way = Callable[[str], bytes]
"""Makes a file of a text."""

Page = Callable[[str, str], bytes]
"""Makes a page of HTML of a text and a style."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What came of one way.

    Attributes:
        way: Its name.
        passages: Number of passages of the text.
        addresses: Of them, those whose address is there again.
        equal: Of them, those whose words are there again under their address.
        extra: Number of passages that came besides.
    """

    way: str
    passages: int
    addresses: int
    equal: int
    extra: int = 0

    def __add__(self, other: "Conversion") -> "Conversion":
        """What came of two acts, each taken the same way."""
        return Conversion(
            self.way,
            self.passages + other.passages,
            self.addresses + other.addresses,
            self.equal + other.equal,
            self.extra + other.extra,
        )


def ways(folder: Path, language: Language, page: Page) -> Mapping[str, tuple[tuple[str, ...], Way]]:
    """The ways, each with the programs that it needs.

    Args:
        folder: An empty folder for the files on the way.
        language: Language of the texts.
        page: How a text becomes the page that the programs convert.
    """

    def office(text: str, wanted: str, style: str = "") -> bytes:
        return _office(page(text, f"{_FONT} {style}"), wanted, folder)

    def chromium(text: str, style: str = "") -> bytes:
        return _printed(page(text, f"{_FONT} {style}"), folder)

    def akn(text: str) -> bytes:
        return write(parse(text), uri=_URI, language=language, on=_DAY, title="-")

    def scan(text: str, resolution: int, noise: float = 0.0) -> bytes:
        return scanned(chromium(text), resolution, noise)

    writer, browser = ("soffice",), ("chromium",)
    poppler = "pdftotext"
    recogniser = ("chromium", "tesseract")
    return {
        "HTML": ((), lambda text: page(text, _FONT)),
        "Akoma Ntoso": ((), akn),
        "DOCX, LibreOffice": (writer, lambda text: office(text, _WORD)),
        "ODT, LibreOffice": (writer, lambda text: office(text, "odt")),
        "PDF, Chromium": (browser, chromium),
        "PDF, Chromium, justified": (browser, lambda text: chromium(text, _JUSTIFIED)),
        "PDF, Chromium, two columns": (browser, lambda text: chromium(text, _COLUMNS)),
        "PDF, LibreOffice, justified": (writer, lambda text: office(text, _PDF, _JUSTIFIED)),
        "pdftotext, Chromium, justified": (
            (*browser, poppler),
            lambda text: _poppler(chromium(text, _JUSTIFIED)),
        ),
        "pdftotext, LibreOffice, justified": (
            (*writer, poppler),
            lambda text: _poppler(office(text, _PDF, _JUSTIFIED)),
        ),
        "PDFium, Chromium": (browser, lambda text: _pdfium(chromium(text))),
        "scan, 300 dpi": (recogniser, lambda text: scan(text, 300)),
        "scan, 200 dpi, noise and skew": (recogniser, lambda text: scan(text, 200, 20.0)),
        "scan, 150 dpi": (recogniser, lambda text: scan(text, 150)),
    }


def convert(text: str, language: Language, way: str, make: Way) -> Conversion:
    """Takes a text one way and reads what came out."""
    data = make(text)
    editions = {edition.language: edition.text for edition in read(data)}
    original, again = _found(text, language), _found(editions.get(language, ""), language)
    equal = sum(_alike(words, again.get(eid, "")) for eid, words in original.items())
    there = sum(eid in again for eid in original)
    return Conversion(way, len(original), there, equal, len(again.keys() - original.keys()))


def measure(
    text: str, language: Language, wanted: str = "", page: Page | None = None
) -> Iterator[Conversion | str]:
    """Takes a text every way whose programs are here.

    Args:
        text: The text of an act.
        language: Its language.
        wanted: What the names of the ways must hold.
        page: How the text becomes a page; a paragraph for each line where it is not said.

    Yields:
        What came of each way, or the name of one that was left out, with the program it lacks.
    """
    with tempfile.TemporaryDirectory(prefix="tarmaq-conversions-") as name:
        for way, (programs, make) in ways(Path(name), language, page or _page).items():
            lacking = [program for program in programs if shutil.which(program) is None]
            if wanted in way:
                yield (
                    f"{way}: no {lacking[0]} here"
                    if lacking
                    else convert(text, language, way, make)
                )


def scanned(pdf: bytes, resolution: int, noise: float = 0.0) -> bytes:
    """Pictures the pages of a PDF, as a scanner does.

    Args:
        pdf: The PDF.
        resolution: Dots per inch.
        noise: Deviation of a dot's grey, of 255; with any, the pages stand askew too.

    Returns:
        The pages as one TIFF.
    """
    from PIL import Image

    random = np.random.default_rng(5)
    pictures = []
    with closing(optional("pypdfium2").PdfDocument(pdf)) as document:
        for number in range(len(document)):
            picture = document[number].render(scale=resolution / 72, grayscale=True).to_pil()
            if noise:
                dots = np.asarray(picture.rotate(0.4, fillcolor=255), dtype=float)
                dots = dots + random.normal(0, noise, dots.shape)
                picture = Image.fromarray(dots.clip(0, 255).astype("uint8"))
            pictures.append(picture)
    buffer = io.BytesIO()
    pictures[0].save(
        buffer, "TIFF", save_all=True, append_images=pictures[1:], compression="tiff_lzw"
    )
    return buffer.getvalue()


def table(found: list[Conversion]) -> str:
    """The conversions as a Markdown table."""
    return markdown(
        ("way", "passages", "addresses right", "passages equal", "passages besides"),
        [
            (one.way, *map(str, (one.passages, one.addresses, one.equal, one.extra)))
            for one in found
        ],
    )


def _found(text: str, language: Language) -> dict[str, str]:
    held = passages(parse(text), document_id="act", language=language)
    return {passage.eid: passage.text for passage in held}


def _alike(words: str, others: str) -> bool:
    if words == others:
        return True
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _page(text: str, style: str) -> bytes:
    lines = (line.strip() for line in text.splitlines())
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    head = f'<meta charset="utf-8"><style>{style}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _run(*command: str, data: bytes | None = None) -> bytes:
    return subprocess.run(
        command, input=data, check=True, capture_output=True, timeout=_SECONDS
    ).stdout


def _office(page: bytes, wanted: str, folder: Path) -> bytes:
    source = folder / "act.html"
    source.write_bytes(page)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--writer", "--convert-to", wanted,
         "--outdir", str(folder / "out"), str(source))  # fmt: skip
    return (folder / "out" / f"act.{wanted.partition(':')[0]}").read_bytes()


def _printed(page: bytes, folder: Path) -> bytes:
    source, target = folder / "act.html", folder / "act.pdf"
    source.write_bytes(page)
    _run("chromium", *_CHROMIUM, f"--print-to-pdf={target}", source.as_uri())
    return target.read_bytes()


def _poppler(data: bytes) -> bytes:
    return _run("pdftotext", "-", "-", data=data)


def _pdfium(data: bytes) -> bytes:
    with closing(optional("pypdfium2").PdfDocument(data)) as document:
        texts = [document[page].get_textpage().get_text_bounded() for page in range(len(document))]
    return "\f".join(texts).encode()
