"""Scans, read by Tesseract."""

import difflib
import io
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from evaluation.conversions import scanned
from indexer.errors import DocumentError
from indexer.readers import read, scan
from indexer.readers.base import Line
from indexer.readers.letters import restore

Found = Callable[[str], dict[str, str]]


def alike(text: str, other: str) -> bool:
    """Whether at most one letter in twenty differs, place by place."""
    return difflib.SequenceMatcher(None, text, other, autojunk=False).ratio() >= 0.95


@pytest.mark.tools
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(("resolution", "noise"), [(150, 0), (200, 20)])
@pytest.mark.parametrize("name", ["rules-order.kk", "libraries-law.ru"])
def test_a_scanned_act_gives_its_passages(
    name: str,
    resolution: int,
    noise: float,
    act: Callable[[str], str],
    page: Callable[..., bytes],
    printed: Callable[[bytes], bytes],
    found: Found,
) -> None:
    """The language is told by the page, and the passages are those of the text."""
    lines = [line for line in act(name).splitlines() if line.strip()]
    (edition,) = read(scanned(printed(page(*lines)), resolution, noise))
    assert edition.language == name[-2:]
    assert edition.report.recognised
    original, again = found(act(name)), found(edition.text)
    right = [eid for eid, text in original.items() if alike(text, again.get(eid, ""))]
    assert len(right) >= 0.7 * len(original), set(original) - set(right)


def test_a_scan_without_tesseract_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program is missing, the error says what to install."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    scan._installed.cache_clear()
    try:
        buffer = io.BytesIO()
        Image.new("L", (60, 60), 255).save(buffer, "PNG")
        with pytest.raises(DocumentError, match="apt-get install tesseract-ocr"):
            read(buffer.getvalue())
    finally:
        scan._installed.cache_clear()


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("2014 жылғы 21 қаңтардағы Хо 741 Жарлығы", "2014 жылғы 21 қаңтардағы № 741 Жарлығы"),
        ("Парламент - өкілді орган", "Парламент – өкілді орган"),
        ("жəне", "және"),
        ("обшество", "общество"),
    ],
)
def test_letters_that_the_model_lacks_are_put_back(line: str, right: str) -> None:
    """№, the dash, ә and щ come back where the dictionaries know the word."""
    (restored,), count = restore([Line(line)], "kk")
    assert restored.text == right
    assert count == 1


def test_a_picture_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that would fill the memory is not unpacked."""
    monkeypatch.setattr(scan, "_MAX_PIXELS", 100)
    monkeypatch.setattr(scan, "_installed", lambda: ("kaz",))
    buffer: Any = io.BytesIO()
    Image.new("L", (60, 60), 255).save(buffer, "PNG")
    with pytest.raises(DocumentError, match="too many"):
        read(buffer.getvalue())
