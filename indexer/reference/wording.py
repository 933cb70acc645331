"""Addresses in words: Kazakh, Russian and English."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from indexer.reference.letters import TO_CYRILLIC

if TYPE_CHECKING:
    from indexer.reference.address import Part

Language = Literal["kk", "ru", "en"]

_TEMPLATES: dict[str, dict[str, str]] = {
    "kk": {
        "preamble": "кіріспе",
        "decree": "Жарлық",
        "chp": "{}-тарау",
        "sec": "{}-бөлім",
        "sec_nn": "нөмірленбеген {}-бөлім",
        "art": "{}-бап",
        "annex": "{}-қосымша",
        "para": "{}-тармақ",
        "point": "{}) тармақша",
        "list": "{}-тізбе",
        "al": "{}-абзац",
    },
    "ru": {
        "preamble": "преамбула",
        "decree": "Указ",
        "chp": "глава {}",
        "sec": "раздел {}",
        "sec_nn": "ненумерованный раздел {}",
        "art": "статья {}",
        "annex": "приложение {}",
        "para": "пункт {}",
        "point": "подпункт {})",
        "list": "перечень {}",
        "al": "абзац {}",
    },
    "en": {
        "preamble": "preamble",
        "decree": "Decree",
        "chp": "chapter {}",
        "sec": "section {}",
        "sec_nn": "unnumbered section {}",
        "art": "article {}",
        "annex": "annex {}",
        "para": "item {}",
        "point": "sub-item {})",
        "list": "list {}",
        "al": "unnumbered paragraph {}",
    },
}
_COPIES = {
    "kk": "{} (нөмірі қайталанған, {})",
    "ru": "{} (номер повторяется, {})",
    "en": "{} (number repeats, {})",
}
_WHOLE = {"kk": "құжат", "ru": "документ", "en": "document"}


def words(parts: tuple["Part", ...], language: Language, *, whole: bool) -> Iterator[str]:
    """Yield an address step by step.

    Args:
        parts: Steps of the address.
        language: Language to print in.
        whole: Say "document" for an address without steps.
    """
    if not parts and whole:
        yield _WHOLE[language]
    container = ""
    for part in parts:
        text = _TEMPLATES[language][part.kind].format(_printed(part, container, language))
        yield text if part.copy == 1 else _COPIES[language].format(text, part.copy)
        if part.kind in {"chp", "sec", "sec_nn", "art"}:
            container = part.number if part.kind in {"chp", "sec"} else ""


def _printed(part: "Part", container: str, language: Language) -> str:
    """The number as the document prints it.

    An eId writes both the item 3.17 and the inserted item 13-1 with a hyphen. Items numbered
    after the chapter or section that holds them carry its number in front of a dot.
    """
    head, _, tail = part.number.partition("-")
    if part.kind == "para" and tail and head == container:
        return f"{head}.{tail.replace('-', '.')}"
    if part.kind == "point" and head in TO_CYRILLIC and language != "en":
        return TO_CYRILLIC[head] + (f"-{tail}" if tail else "")
    return part.number
