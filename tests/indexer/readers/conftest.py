"""Fixtures of the readers' tests: acts, and the programs that print them."""

import html
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.parsing import parse, passages

ACTS = Path(__file__).parents[2] / "data" / "acts"
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
_STYLE = 'body {font: 12pt "Liberation Serif"} td {vertical-align: top; width: 50%}'


@pytest.fixture(scope="session")
def found() -> Callable[[str], dict[str, str]]:
    """The passages of a text by eId, as the parser reads them."""

    def read(text: str) -> dict[str, str]:
        return {p.eid: p.text for p in passages(parse(text), document_id="act", language="kk")}

    return read


@pytest.fixture(scope="session")
def act() -> Callable[[str], str]:
    """The text of one of the small acts, by the name of its file."""
    return lambda name: (ACTS / f"{name}.txt").read_bytes().decode("utf-8-sig")


@pytest.fixture(scope="session")
def page() -> Callable[..., bytes]:
    """An HTML page of paragraphs."""

    def make(*paragraphs: str, style: str = "") -> bytes:
        return _page("".join(f"<p>{html.escape(text)}</p>" for text in paragraphs), style)

    return make


@pytest.fixture(scope="session")
def side_by_side() -> Callable[[str, str], bytes]:
    """An HTML page with the lines of two texts in the columns of a table."""

    def make(left: str, right: str) -> bytes:
        pairs = zip(
            filter(str.strip, left.split("\n")), filter(str.strip, right.split("\n")), strict=False
        )
        rows = "".join(
            f"<tr><td>{html.escape(a)}</td><td>{html.escape(b)}</td></tr>" for a, b in pairs
        )
        return _page(f"<table>{rows}</table>", "td {text-align: justify}")

    return make


def _page(body: str, style: str) -> bytes:
    head = f'<meta charset="utf-8"><style>{_STYLE} {style}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str, str], bytes]:
    """Converts with LibreOffice: bytes, their suffix, the wanted filter."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed; on Debian: apt-get install libreoffice-writer")
    folder = tmp_path_factory.mktemp("office")

    def convert(data: bytes, suffix: str, wanted: str) -> bytes:
        source = folder / f"act.{suffix}"
        source.write_bytes(data)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--writer",
                "--convert-to",
                wanted,
                "--outdir",
                str(folder / "out"),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return (folder / "out" / f"act.{wanted.partition(':')[0]}").read_bytes()

    return convert


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """Prints an HTML page to PDF with Chromium."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    folder = tmp_path_factory.mktemp("printed")

    def convert(data: bytes) -> bytes:
        source, target = folder / "act.html", folder / "act.pdf"
        source.write_bytes(data)
        subprocess.run(
            [program, *_FLAGS, f"--print-to-pdf={target}", source.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return target.read_bytes()

    return convert


@pytest.fixture(scope="session")
def tesseract() -> None:
    """Skips where Tesseract and its two models are not installed."""
    program = shutil.which("tesseract")
    listed = (
        subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=True).stdout
        if program
        else ""
    )
    if not {"kaz", "rus"} <= set(listed.split()):
        pytest.skip("Tesseract is not installed; on Debian: apt-get install tesseract-ocr-kaz ...")
