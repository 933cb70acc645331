"""Recognisers: what a line announces at its beginning, in Kazakh and in Russian.

A recogniser looks at one line alone. Whether the line may announce anything where it stands is
the business of :mod:`indexer.parsing.blocks`.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from indexer.parsing.lines import Line

MarkKind = Literal["division", "chapter", "article", "para", "point", "annex"]

# Keys carry Cyrillic look-alikes, so Roman numerals arrive with І, Х, С, М in place of I, X, C, M.
_NUMBER = r"\d{1,4}(?:\s?[-–]\s?\d{1,3})*"
_ROMAN = r"[ІVХLСМ]+(?:-\d+)?"
_REST = r"(?P<gap>\s*[.:]?\s*)(?P<rest>.*)$"

_RUSSIAN = re.compile(
    rf"(?P<word>статья|глава|параграф|подраздел|раздел|§)\s*"
    rf"(?P<num>{_NUMBER}|{_ROMAN}(?![а-яё]))(?![\d)]){_REST}",
    re.IGNORECASE,
)
_KAZAKH = re.compile(
    rf"(?P<num>{_NUMBER}|{_ROMAN})\s*[-–]?\s*"
    rf"(?P<word>бап|тарау|параграф|кіші\s+бөлім|бөлім)(?![\w-]){_REST}",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?:общая|особенная)\s+часть|(?:жалпы|ерекше)\s+бөлім|(?:жалпы|ерекше)\s+бөлік)\.?$",
    re.IGNORECASE,
)
_ROMAN_HEADING = re.compile(r"(?P<num>[ІVХ]{1,5})\.\s+(?P<rest>[А-ЯЁӘІҢҒҮҰҚӨҺ].*)$")
_ANNEX = re.compile(
    r"(?:приложение(?:\s*№?\s*(?P<ru>\d{1,3}))?(?=$|\s+к\s|\s*$)"
    r"|(?:(?P<kk>\d{1,3})\s?-\s?)?қосымша\s*$)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}\b)|\d{4}\.\d{1,2}\.\d{1,2}")
_PARA = re.compile(
    r"(?P<num>\d{1,3}(?:\s?[.-]\s?\d{1,3}){0,3})\s?\.(?P<range>\s?[-–]\s?\d{1,3}\.)?(?![\d)])\s*\.?\s*(?P<rest>.*)$"
)
_PARA_BARE = re.compile(r"(?P<num>\d{1,3}(?:\.\d{1,3}){1,3})\s+(?P<rest>[^\W\d_].*)$")
_POINT = re.compile(
    r"(?P<num>\d{1,3}(?:\s?-\s?\d{1,3})*|[а-я](?:-\d{1,2})?)\s?\)"
    r"(?P<range>\s?[-–]\s?\d{1,3}(?:-\d+)?\s?\))?(?![,;])\s*(?P<rest>.*)$"
)
_NUMBER_ALONE = re.compile(r"(?P<num>\d{1,3}(?:[.-]\d{1,3}){0,3})\s?\.?$")

_KINDS: dict[str, MarkKind] = {
    "статья": "article",
    "бап": "article",
    "глава": "chapter",
    "тарау": "chapter",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line announces.

    Attributes:
        kind: Sort of element.
        number: Number as it stands in eIds (``3-17``, ``13-1``); empty where there is none.
        num: Number as printed, in a uniform spelling (``3.17.``, ``2)``, ``5-тарау``).
        rest: What the line says after the number.
        alone: The number stands alone on its line, with no dot or bracket to vouch for it.
    """

    kind: MarkKind
    number: str
    num: str
    rest: str
    alone: bool = False


def recognise(line: Line) -> Mark | None:
    """Return what the line announces at its beginning, or None for plain text."""
    return _heading(line) or _item(line)


def _heading(line: Line) -> Mark | None:
    key, text = line.key, line.text
    if match := _RUSSIAN.match(key):
        return _worded(match, text, key[0].isupper() or key[0] == "§")
    if match := _KAZAKH.match(key):
        return _worded(match, text, True)
    if _PART.match(key):
        return Mark("division", "", text, "")
    if match := _ROMAN_HEADING.match(key):
        return Mark("division", match["num"], text[: match.end("num")] + ".", _rest(match, text))
    if (match := _ANNEX.match(key)) and key[0] in "ПҚ0123456789":
        return Mark("annex", match["ru"] or match["kk"] or "", text, "")
    return None


def _worded(match: re.Match[str], text: str, capital: bool) -> Mark | None:
    rest = _rest(match, text)
    # «статья 52 настоящего Кодекса», «3-бап жаңа редакцияда»: a sentence, not a heading.
    if not capital or (rest and rest[0].islower() and not match["gap"].strip()):
        return None
    word = " ".join(match["word"].lower().split())
    kind = _KINDS.get(word, "division")
    number = _spaceless(match["num"])
    printed = text[match.start("word") : match.end("word")]
    printed_number = _spaceless(text[match.start("num") : match.end("num")])
    if match.start("num") > match.start("word"):
        num = f"{printed} {printed_number}"
    else:
        num = f"{printed_number}{'-' if number[0].isdigit() else ' '}{printed}"
    return Mark(kind, number, num, rest)


def _item(line: Line) -> Mark | None:
    key, text = line.key, line.text
    if not (key[0].isdigit() or key[1:2] in ")- "):
        return None
    if match := _POINT.match(key):
        return _numbered("point", match, text, ")")
    if _DATE.match(key):
        return None
    if match := _NUMBER_ALONE.match(key):
        return replace(_numbered("para", match, text, "."), alone=not key.endswith("."))
    if match := _PARA.match(key) or _PARA_BARE.match(key):
        return _numbered("para", match, text, ".")
    return None


def _numbered(kind: MarkKind, match: re.Match[str], text: str, bracket: str) -> Mark:
    """A mark with the first number of a range («2. – 6. Исключены») as its number."""
    groups = match.groupdict()
    number = _spaceless(match["num"])
    num = _spaceless(text[match.start("num") : match.end("num")]) + bracket
    if groups.get("range"):
        num += "".join(groups["range"].split())
    return Mark(kind, number.replace(".", "-"), num, _rest(match, text) if "rest" in groups else "")


def _rest(match: re.Match[str], text: str) -> str:
    return text[match.start("rest") :].strip()


def _spaceless(number: str) -> str:
    return "".join(number.split()).replace("–", "-")
