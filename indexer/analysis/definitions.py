"""Reads the short names that a document defines: «… министрлігі (бұдан әрі – СІМ)», «… (БҰҰ)»."""

import re
from collections.abc import Iterable, Iterator

from indexer.documents.passages import Passage

_DEFINITION = re.compile(r"\((?:(?:бұдан әрі|далее)\s*[–—-]\s*)?(?P<short>[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,10})\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def definitions_in(passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    """Yields the short names that ``passages`` define, each with its full name.

    The full name is the stretch of words before the bracket that begins with the short name's
    first letter and holds its letters in order as beginnings of words.
    """
    for passage in passages:
        for match in _DEFINITION.finditer(passage.text):
            short = match["short"]
            before = _WORD.findall(passage.text[: match.start()])
            if full := _full_name(short.lower(), before):
                yield short, full


def _full_name(short: str, before: list[str]) -> str | None:
    for count in range(max(2, len(short) // 2), min(len(before), 2 * len(short) + 2) + 1):
        words = before[-count:]
        if words[0][0].lower() == short[0] and _spells(short, words):
            return " ".join(words)
    return None


def _spells(short: str, words: list[str]) -> bool:
    """Whether the letters of ``short`` begin words of ``words`` in order; one may be inside."""
    initials = "".join(word[0].lower() for word in words)
    found = place = 0
    for letter in short:
        if (at := initials.find(letter, place)) >= 0:
            found, place = found + 1, at + 1
    return found >= max(2, len(short) - 1)
