"""Scans: pages that are pictures, read by Tesseract.

Tesseract is called as a program. One model reads one page: the Kazakh and the Russian together
change Kazakh letters into Russian ones that look like them.
"""

import io
import os
import re
import shutil
import subprocess
from functools import cache
from typing import Any

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.base import MAX_PAGES, Line, Progress, Source
from indexer.readers.baselines import Word
from indexer.readers.extras import require
from indexer.readers.furniture import drop_furniture
from indexer.readers.pages import Pages

RESOLUTION = 300
"""Dots per inch at which pages of a PDF are drawn for recognition."""

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_MAX_PIXELS = 120_000_000
_SECONDS = 300
_KAZAKH = re.compile("[әғқңөұүһіəӘҒҚҢӨҰҮҺІ]")
_LEAST_KAZAKH = 0.02
_WORD_LEVEL, _LINE_LEVEL = "5", "4"
_MODELS = ("kaz", "rus")


class ScanReader:
    """Reads PNG, JPEG and TIFF files; a TIFF may have many pages."""

    def recognises(self, data: bytes) -> bool:
        """Whether the bytes begin as a picture does."""
        return data.startswith(_SIGNATURES)

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads pictures of pages.

        Raises:
            DocumentError: The picture is damaged or too large, or Tesseract is not installed.
        """
        pictures = require("PIL.Image")
        recogniser = Recogniser()
        lines: list[Line] = []
        sheet = 0.0
        try:
            with pictures.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
                count = getattr(picture, "n_frames", 1)
                if count > MAX_PAGES:
                    raise DocumentError(Fault.of("pages", count=count, most=MAX_PAGES))
                for index in range(count):
                    picture.seek(index)
                    _check_size(picture)
                    sheet = max(sheet, float(picture.width))
                    lines.extend(recogniser.read(picture.convert("L"), index + 1))
                    if progress is not None:
                        progress(index + 1, count)
        except DocumentError:
            raise
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Warning) as error:
            raise DocumentError(Fault.of("picture-damaged", reason=error)) from error
        except pictures.DecompressionBombError as error:
            raise DocumentError(Fault.of("picture-large", resolution=RESOLUTION)) from error
        lines, dropped = drop_furniture(lines)
        return Source(
            "scan",
            tuple(lines),
            measured=True,
            pages=count,
            sheet=sheet,
            columns=recogniser.columns,
            recognised=True,
            repairs=(("running heads and page numbers dropped", dropped),) if dropped else (),
        )


class Recogniser:
    """Reads pictures one after the other.

    Raises:
        DocumentError: Tesseract or both of its models are not installed; names the packages.
    """

    def __init__(self) -> None:
        self._models = _installed()
        self._pages = Pages()

    @property
    def columns(self) -> int:
        """Greatest number of columns on a page so far."""
        return self._pages.columns

    def read(self, picture: Any, page: int) -> list[Line]:
        """Reads one page.

        Args:
            picture: A grey Pillow image.
            page: Its number, from 1.

        Returns:
            Its lines.

        Raises:
            DocumentError: Tesseract fails on it.
        """
        _check_size(picture)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", compress_level=1)
        words = _recognise(buffer.getvalue(), self._models[0], page)
        if len(self._models) > 1 and not _is_kazakh(words):
            words = _recognise(buffer.getvalue(), self._models[1], page)
        return self._pages.read(words, page)


def _check_size(picture: Any) -> None:
    width, height = picture.size
    if width * height > _MAX_PIXELS:
        raise DocumentError(Fault.of("picture-large", resolution=RESOLUTION))


@cache
def _installed() -> tuple[str, ...]:
    program = shutil.which("tesseract")
    listed = ""
    if program is not None:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=60
        ).stdout
    found = tuple(model for model in _MODELS if model in listed.split())
    if not found:
        raise DocumentError(Fault.of("no-tesseract"))
    return found


def _is_kazakh(words: list[Word]) -> bool:
    letters = "".join(word.text for word in words)
    return len(_KAZAKH.findall(letters)) > _LEAST_KAZAKH * sum(map(str.isalpha, letters))


def _recognise(picture: bytes, model: str, page: int) -> list[Word]:
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", model, "--psm", "3", "tsv"],
            input=picture,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            # One thread a page is faster than four that wait for each other.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        slow = Fault.of("scan-slow", page=page, seconds=_SECONDS, resolution=RESOLUTION)
        raise DocumentError(slow) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise DocumentError(Fault.of("scan-failed", page=page, reason=" ".join(reason)))
    return _words(done.stdout.decode("utf-8", "replace"))


def _words(table: str) -> list[Word]:
    words: list[Word] = []
    base = height = 0.0
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) != 12 or not cells[0].isdigit():
            continue
        left, top, width, tall = map(float, cells[6:10])
        if cells[0] == _LINE_LEVEL:
            base, height = top + tall, tall
        elif cells[0] == _WORD_LEVEL and cells[11].strip():
            words.append(Word(cells[11].strip(), left, left + width, base, height * 0.7))
    return words
