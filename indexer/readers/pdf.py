"""PDF with text: letters and their places, as PDFium gives them."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.base import MAX_PAGES, Line, Progress, Source
from indexer.readers.baselines import Word
from indexer.readers.cells import settle_tables
from indexer.readers.doubts import Doubt, left_out
from indexer.readers.extras import require
from indexer.readers.furniture import drop_furniture
from indexer.readers.pages import Pages
from indexer.readers.raised import RAISED, drop_footnotes
from indexer.readers.rules import Rule, find_rules

_PASSWORD = 4
_LEAST_LETTERS = 20
_HYPHENS = {0x02, 0xAD, 0xFFFE}
# In heights of a digit: how far apart the letters of a word may be; how much higher and smaller a
# raised number is.
_TOUCHING = 0.22
_LEAST_RISE, _MOST_RISE = 0.15, 0.9
_RAISED_HEIGHT = 0.92
# Of a page that was scanned and recognised, letters may stand askew; in radians.
_LEAST_TURN = 0.1
# No heading is so much higher than the text.
_WATERMARK = 4.0


class PdfReader:
    """Reads PDF files; pages that are pictures go through character recognition."""

    def recognises(self, data: bytes) -> bool:
        """Whether the file says that it is a PDF."""
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, progress: Progress | None = None) -> Source:
        """Reads a PDF.

        Raises:
            DocumentError: The file is damaged or encrypted, has no text where tesseract is not
                installed, or has too many pages.
        """
        pdfium = require("pypdfium2")
        try:
            document = pdfium.PdfDocument(data)
            count = len(document)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                raise DocumentError(Fault.of("encrypted")) from error
            raise DocumentError(Fault.of("damaged", reason=error)) from error
        try:
            if count > MAX_PAGES:
                raise DocumentError(Fault.of("pages", count=count, most=MAX_PAGES))
            return self._read(document, count, progress)
        finally:
            document.close()

    def _read(self, document: Any, count: int, progress: Progress | None) -> Source:
        lines: list[Line] = []
        pages = Pages()
        columns = 1
        scanned: list[int] = []
        damaged: list[int] = []
        marks = Counter[str]()
        for number in range(1, count + 1):
            try:
                words, rules, pictured = _page(document, number - 1, marks)
            except Exception as error:  # PDFium fails page by page
                damaged.append(number)
                words, rules, pictured = [], [], False
                del error
            if pictured:
                scanned.append(number)
            lines.extend(pages.read(words, number, rules))
            if progress is not None and number not in scanned:
                progress(number - len(scanned), count)
        if scanned:
            lines, recognised_columns = _recognise(document, scanned, lines, count, progress)
            columns = recognised_columns
        lines, dropped = drop_furniture(lines)
        lines, notes = drop_footnotes(lines)
        lines = settle_tables(lines)
        doubts = [Doubt.of("damaged-page", page=number) for number in damaged]
        doubts += left_out(notes)
        repairs = {
            "running heads and page numbers dropped": dropped,
            "watermarks and stamps dropped": marks.total(),
        }
        return Source(
            "scan" if len(scanned) * 2 > count else "pdf",
            tuple(lines),
            measured=True,
            pages=count,
            sheet=0.0 if scanned else _widest(document),
            columns=max(columns, pages.columns),
            recognised=bool(scanned),
            repairs=tuple((name, number) for name, number in repairs.items() if number),
            doubts=tuple(doubts),
        )


def _widest(document: Any) -> float:
    sizes = map(document.get_page_size, range(len(document)))
    return float(max((width for width, _ in sizes), default=0.0))


def _recognise(
    document: Any, numbers: list[int], lines: list[Line], count: int, progress: Progress | None
) -> tuple[list[Line], int]:
    """The lines of a PDF of which some pages are pictures."""
    from indexer.readers.scan import RESOLUTION, Recogniser

    recogniser = Recogniser()
    for done, number in enumerate(numbers, start=1):
        page = document[number - 1]
        picture = page.render(scale=RESOLUTION / 72, grayscale=True).to_pil()
        page.close()
        lines.extend(recogniser.read(picture, number))
        if progress is not None:
            progress(count - len(numbers) + done, count)
    # Stable: the lines of each page keep their order.
    return sorted(lines, key=lambda line: line.page), recogniser.columns


def _page(document: Any, index: int, marks: Counter[str]) -> tuple[list[Word], list[Rule], bool]:
    """The words of a page, its straight lines, and whether it is a picture without text.

    Args:
        document: The PDF.
        index: Of the page.
        marks: Counts the watermarks and stamps of the pages before, and takes those of this one.
    """
    page = document[index]
    height = page.get_height()
    textpage = page.get_textpage()
    try:
        letters = _without_marks(list(_letters(textpage)), marks)
        words = list(_words(letters, height))
        rules = find_rules(page, height)
        shown = sum(len(word.text) for word in words)
        pictured = shown < _LEAST_LETTERS and any(
            True for _ in page.get_objects(filter=[_picture()], max_depth=2)
        )
    finally:
        textpage.close()
        page.close()
    return ([] if pictured else words), rules, pictured


def _picture() -> int:
    raw = require("pypdfium2.raw")
    return int(raw.FPDF_PAGEOBJ_IMAGE)


class _Letter(NamedTuple):
    code: int
    left: float
    right: float
    bottom: float
    top: float
    base: float
    generated: bool
    turned: bool = False
    # The file begins it anew, after a space or without one.
    apart: bool = False

    @property
    def height(self) -> float:
        """In points."""
        return self.top - self.bottom


def _words(found: Sequence[_Letter], page_height: float) -> Iterator[Word]:
    letters: list[str] = []
    start = end = base = tall = 0.0
    run = 1
    blank = parted = loose = spaced = False
    usual = _usual_height(found)
    for letter in found:
        if letter.code <= 0x20 and letter.code not in _HYPHENS:
            blank, parted = True, parted or not letter.generated
            continue
        rise = letter.base - base
        near = letter.left - end < _TOUCHING * usual and letter.left > start
        raised = (
            bool(letters)
            and _LEAST_RISE * usual < rise < _MOST_RISE * usual
            and letter.height < _RAISED_HEIGHT * usual
            and chr(letter.code).isdecimal()
            and near
        )
        level = raised or abs(rise) < _LEAST_RISE * usual
        # PDFium puts a space where it loses its way, such as after a raised number.
        apart = blank and (parted or not near or not level)
        jumped = not raised and (
            abs(rise) > max(tall, 2.0) * 0.6 or letter.left < end - 2 * max(tall, 2.0)
        )
        loose = loose or letter.apart
        if letters and (apart or jumped):
            yield Word(
                "".join(letters), start, end, page_height - base, max(tall, 1.0), run, spaced
            )
            letters = []
        if jumped or loose:
            run += 1
        follows = parted and not jumped
        blank = parted = loose = False
        if 0xD800 <= letter.code <= 0xDFFF:
            continue
        if not letters:
            start, base, tall, spaced = letter.left, letter.base, 0.0, follows
            end = start
        shown = "-" if letter.code in _HYPHENS else chr(letter.code)
        letters.append(f"{RAISED}{shown}" if raised else shown)
        end = max(end, letter.right)
        if not raised:
            tall = max(tall, letter.height)
    if letters:
        yield Word("".join(letters), start, end, page_height - base, max(tall, 1.0), run, spaced)


def _letters(textpage: Any) -> Iterator[_Letter]:
    raw = require("pypdfium2.raw")
    last, spaced = -1, False
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code <= 0x20 and code not in _HYPHENS:
            generated = raw.FPDFText_IsGenerated(textpage, index) == 1
            yield _Letter(code, 0.0, 0.0, 0.0, 0.0, 0.0, generated)
            spaced = True
            continue
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        # The angle is between 0 and a whole turn, or -1 where it is not known.
        turned = _LEAST_TURN < raw.FPDFText_GetCharAngle(textpage, index) < math.tau - _LEAST_TURN
        apart = spaced and last >= 0 and _piece(raw, textpage, last) != _piece(raw, textpage, index)
        last, spaced = index, False
        yield _Letter(
            code, left.value, right.value, bottom.value, top.value, y.value, False, turned, apart
        )


def _piece(raw: Any, textpage: Any, index: int) -> int:
    """What the file sets in one go, of which a letter is one; each has its own number."""
    held = raw.FPDFText_GetTextObject(textpage, index)
    return ctypes.addressof(held.contents) if held else 0


def _without_marks(letters: list[_Letter], marks: Counter[str]) -> list[_Letter]:
    """The letters without watermarks, and without stamps in the margin, which stand turned.

    A watermark is many times as large as the text and lies over it, or did so on a page before; the
    title of a cover is as large, and has its place to itself.
    """
    kept = _upright(letters)
    turned = [letter for letter in letters if letter.turned] if len(kept) < len(letters) else []
    usual = _usual_height(kept)
    large = [letter for letter in kept if usual and letter.height > _WATERMARK * usual]
    text = [letter for letter in kept if letter.code > 0x20 and letter.height <= _WATERMARK * usual]
    said = _said(large)
    if large and said not in marks and not any(_overlap(one, text) for one in large):
        large = []
    for mark in filter(None, (_said(turned), _said(large))):
        marks[mark] += 1
    left = set(map(id, large))
    return [letter for letter in kept if id(letter) not in left]


def _said(letters: Sequence[_Letter]) -> str:
    return "".join(chr(letter.code) for letter in letters if 0x20 < letter.code < 0xD800)


def _overlap(large: _Letter, letters: Sequence[_Letter]) -> bool:
    """Whether a letter stands in the box of a large one."""
    return any(
        large.left < (one.left + one.right) / 2 < large.right
        and large.bottom < (one.bottom + one.top) / 2 < large.top
        for one in letters
    )


def _upright(letters: list[_Letter]) -> list[_Letter]:
    """The letters that stand as most do."""
    turned = sum(letter.turned for letter in letters)
    if not turned or turned * 2 > sum(letter.code > 0x20 for letter in letters):
        return letters
    return [letter for letter in letters if not letter.turned]


def _usual_height(letters: Sequence[_Letter]) -> float:
    """The height of most letters that are as high as capitals and digits."""
    heights = [
        letter.height
        for letter in letters
        if letter.code > 0x20 and (chr(letter.code).isdecimal() or chr(letter.code).isupper())
    ]
    return median(heights) if heights else 0.0
