"""From the bytes of a file to its editions, each a paragraph a line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.documents.passages import Language
from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.akn import AknReader
from indexer.readers.base import (
    MAX_BYTES,
    Line,
    Progress,
    Reader,
    Report,
    Source,
    Text,
)
from indexer.readers.docx import DocxReader
from indexer.readers.doubts import Doubt
from indexer.readers.editions import part
from indexer.readers.encodings import repair
from indexer.readers.flowing import apart, set_apart
from indexer.readers.html import HtmlReader
from indexer.readers.layout import ESTIMATED, PRINTED, SCANNED
from indexer.readers.letters import restore
from indexer.readers.numbers import repair_numbers
from indexer.readers.odt import OdtReader
from indexer.readers.pdf import PdfReader
from indexer.readers.scan import ScanReader
from indexer.readers.text import MarkdownReader, TextReader
from indexer.readers.unwrapping import Unwrapped, unwrap

READERS: tuple[Reader, ...] = (
    PdfReader(),
    DocxReader(),
    OdtReader(),
    ScanReader(),
    AknReader(),
    HtmlReader(),
    MarkdownReader(),
    TextReader(),
)
"""The formats, in the order in which they are asked whether a file is theirs."""

_SCRIPTS = {
    "kk": re.compile("[\u0400-\u052fі]"),
    "ru": re.compile("[\u0400-\u052f]"),
    "en": re.compile("[A-Za-z]"),
}
_MOST_REPORTED = 50
_SAMPLE = 300
_WORD = re.compile(r"[^\W\d_]{2,}")
_ROMAN = re.compile("[IVXLCDM]+")


def read(data: bytes, name: str = "", progress: Progress | None = None) -> tuple[Text, ...]:
    """Reads a file of any known format, which its content tells, not its name.

    Args:
        data: The bytes of the file.
        name: What to call the file in errors.
        progress: Called with the pages done and the pages in all.

    Returns:
        One text for each language found, the longest first.

    Raises:
        DocumentError: The file is damaged, encrypted, too large, in no known format or encoding, or
            holds no text; says what to do about it.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentError(Fault.of("empty"), name)
    if len(data) > MAX_BYTES:
        size = Fault.of("too-large", size=len(data) >> 20, most=MAX_BYTES >> 20)
        raise DocumentError(size, name)
    reader = next((r for r in READERS if r.recognises(data)), READERS[-1])
    try:
        return _texts(reader.read(data, progress))
    except DocumentError as error:
        raise error.within(name) from error


def _texts(source: Source) -> tuple[Text, ...]:
    lines, mended = _mend_letters(source)
    if source.recognised:
        # Specks on the paper.
        lines = [line for line in lines if any(map(str.isalnum, line.text))]
    if not any(any(map(str.isalnum, line.text)) for line in lines):
        raise DocumentError(Fault.of("no-text"))
    editions = part(lines, source.language)
    found = {language: lines for language, lines in editions.lines.items() if lines}
    order = sorted(found, key=lambda language: -sum(len(line.text) for line in found[language]))
    texts = []
    for language in order:
        repairs = Counter(dict(source.repairs))
        repairs["letters of a wrong encoding"] += mended
        unwrapped = _paragraphs(source, found[language], language, repairs)
        other = tuple(
            paragraph.text
            for paragraph in unwrapped.paragraphs
            if _is_in_other_script(paragraph.text, language)
        )
        doubts = [*source.doubts, *_doubts(source, language, order, editions.unplaced, other)]
        report = Report(
            source.format,
            language,
            tuple(order),
            source.encoding,
            source.pages,
            source.columns,
            unwrapped.width,
            source.recognised,
            tuple(sorted((+repairs).items())),
            other[:_MOST_REPORTED],
            editions.unplaced[:_MOST_REPORTED],
            tuple(doubts),
        )
        texts.append(Text(language, unwrapped.paragraphs, report))
    return tuple(texts)


def _mend_letters(source: Source) -> tuple[list[Line], int]:
    """Lines with the letters of a wrong encoding put right, and how many were."""
    if source.encoding:
        # The reader of the bytes has seen to it.
        return list(source.lines), 0
    joined = "\n".join(line.text.replace("\n", " ") for line in source.lines)
    text, count = repair(joined)
    if not count:
        return list(source.lines), 0
    fresh = text.split("\n")
    return [replace(line, text=t) for line, t in zip(source.lines, fresh, strict=True)], count


def _paragraphs(
    source: Source, lines: Sequence[Line], language: Language, repairs: Counter[str]
) -> Unwrapped:
    if source.recognised:
        lines, count = restore(lines, language)
        repairs["letters that the recogniser cannot write"] += count
    lines, numbers = repair_numbers(lines, recognised=source.recognised)
    repairs.update(numbers)
    if source.flowing:
        return Unwrapped(tuple(apart(lines)), None, {})
    slack = ESTIMATED if not source.measured else SCANNED if source.recognised else PRINTED
    unwrapped = unwrap(lines, slack, source.sheet)
    repairs.update(unwrapped.repairs)
    if unwrapped.width is None:
        return unwrapped
    return replace(unwrapped, paragraphs=set_apart(unwrapped.paragraphs))


def _is_in_other_script(text: str, language: Language) -> bool:
    words = [word for word in _WORD.findall(text[:_SAMPLE]) if not _ROMAN.fullmatch(word)]
    letters = "".join(words)
    script = _SCRIPTS[language]
    own = len(script.findall(letters))
    return own * 2 < len(letters)


def _doubts(
    source: Source,
    language: Language,
    order: Sequence[Language],
    unplaced: Sequence[str],
    other: Sequence[str],
) -> list[Doubt]:
    doubts = []
    if source.recognised:
        doubts.append(Doubt("recognised"))
    if unplaced:
        doubts.append(Doubt.of("unplaced", count=len(unplaced)))
    if other:
        doubts.append(Doubt.of("other-script", count=len(other)))
    if len(order) > 1:
        doubts.append(Doubt.of("languages", count=len(order), names=", ".join(order)))
    return doubts
