"""Encodings: bytes to letters, and letters that were decoded with the wrong table put right.

KZ-1048 (СТ РК 1048-2002) is windows-1251 with the Kazakh letters in the places of Serbian,
Macedonian, Ukrainian and Belarusian ones. Each decodes the other's bytes without an error, so a
wrong choice shows only in letters that neither Kazakh nor Russian has: «ќазаќ» for «қазақ».
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.words import is_word

_CYRILLIC_WORD = re.compile(r"[^\W\d_]{3,}")
_SAMPLE = 2_000
_LEAST = 3


def _differences() -> dict[str, str]:
    """The letters of windows-1251 by which KZ-1048 writes others."""
    found = {}
    for byte in range(0x80, 0x100):
        wrong = bytes([byte]).decode("cp1251", "ignore")
        right = bytes([byte]).decode("kz1048", "ignore")
        if wrong != right and wrong.isalpha() and right.isalpha():
            found[wrong] = right
    return found


FOREIGN: Final = _differences()
"""Letters that neither Kazakh nor Russian has, with the Kazakh letters they were."""

_TO_KAZAKH = str.maketrans(FOREIGN)
_FOREIGN = re.compile(f"[{''.join(FOREIGN)}]")
_TWICE = re.compile("[РСТ\u0403\u0491][\u0080-\u04ff\u2010-\u2122]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with what is known of its encoding.

    Attributes:
        text: Its letters, line ends as they were.
        encoding: The encoding as Python names it.
        repaired: Letters that a wrong decoding had changed and that were put right.
    """

    text: str
    encoding: str
    repaired: int = 0


def decode(data: bytes) -> Decoded:
    """Reads the letters of a plain text.

    Raises:
        DocumentError: No encoding makes words of the bytes, or the letters are of a language that
            is neither Kazakh, Russian nor English.
    """
    encoding = _encoding(data)
    text = data.decode(encoding, "strict" if encoding.startswith("utf-8") else "replace")
    if encoding.startswith("utf"):
        text = text.removeprefix("\ufeff")
    mended, count = repair(text)
    return Decoded(mended, encoding, count)


def repair(text: str) -> tuple[str, int]:
    """Puts right letters that were decoded with the wrong table.

    Returns:
        The text, and how many letters were changed.

    Raises:
        DocumentError: It has such letters, and no word of Kazakh comes of changing them.
    """
    if len(_TWICE.findall(text)) * 3 > len(text):
        try:
            twice = text.encode("cp1251").decode("utf-8")
        except UnicodeError:
            pass
        else:
            return twice, len(twice)
    found = Counter(_FOREIGN.findall(text))
    if not found:
        return text, 0
    words = {word for word in _CYRILLIC_WORD.findall(text) if _FOREIGN.search(word)}
    mended = [word.translate(_TO_KAZAKH).lower() for word in sorted(words)[:_SAMPLE]]
    good = sum(map(is_word, mended))
    if good * 3 >= len(mended) and mended:
        return text.translate(_TO_KAZAKH), found.total()
    if found.total() >= _LEAST and found.total() * 200 > len(text):
        letters = " ".join(letter for letter, _ in found.most_common(6))
        raise DocumentError(Fault.of("foreign-letters", letters=letters))
    return text, 0


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if (wide := wide_encoding(data)) is not None:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise DocumentError(Fault.of("cut-off", bytes=len(data))) from error
        return _single_byte(data)
    return "utf-8"


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is 0x00 or 0x04."""
    sample = data[:4096]
    if len(sample) < 8:
        return None
    high = frozenset(b"\x00\x04")
    even = sum(byte in high for byte in sample[::2])
    odd = sum(byte in high for byte in sample[1::2])
    half = len(sample) // 2
    if odd > 0.8 * half and even < 0.3 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * half and odd < 0.3 * half else None


def _single_byte(data: bytes) -> str:
    """The table under which most words are words."""
    scores: dict[str, float] = {}
    for encoding in ("kz1048", "cp1251", "cp866", "koi8_r", "mac_cyrillic"):
        text = data.decode(encoding, "replace")
        words = Counter(word.lower() for word in _CYRILLIC_WORD.findall(text[:200_000]))
        known = sum(is_word(word) for word in list(words)[:_SAMPLE])
        scores[encoding] = known / (min(len(words), _SAMPLE) + 1) - 0.001 * len(scores)
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < 0.2:
        raise DocumentError(Fault.of("no-encoding"))
    if best == "kz1048" and data.decode("kz1048", "replace") == data.decode("cp1251", "replace"):
        return "cp1251"
    return best
