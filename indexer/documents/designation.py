"""Designations: the line that names an act's kind, its day of adoption and its number.

It stands at the head («Закон Республики Казахстан от 2 июля 2018 года № 167-VI»), or over what the
act approves and in the captions of its annexes («Утверждены приказом … от 5 мая 2029 года № 17»).
A title names other acts the same way and is no designation.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_MONTHS = {
    name: number
    for names in (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_KINDS = (
    ("constitution", r"конституци[яюией]{1,2}|конституция(?!лы)\w*|constitution"),
    ("code", r"кодекс\w*|code"),
    ("law", r"конституциялық\s+заң\w*|конституционн\w+\s+закон\w*|заң\w*|закон\w*|law"),
    ("decree", r"жарлы[қғ]\w*|указ\w*|decree"),
    ("resolution", r"қаулы\w*|постановлени\w*|resolution"),
    ("order", r"бұйры[қғ]\w*|приказ\w*|order"),
    ("decision", r"шешім\w*|решени\w*|decision"),
    ("directive", r"өкім\w*|распоряжени\w*"),
    ("rules", r"қағида\w*|правил\w*|rules"),
)
_FORMAL = re.compile(
    r"қазақстан\w*|республика\w*|республики|казахстан\w*|президент\w*|үкімет\w*|"
    r"правительств\w*|министр\w*|" + "|".join(pattern for _, pattern in _KINDS)
)
_MONTH = "|".join(_MONTHS)
_DATES = (
    re.compile(rf"(?P<year>\d{{4}})\s*жыл\w*\s+(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})", re.I),
    re.compile(rf"(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s+(?P<year>\d{{4}})", re.I),
    re.compile(rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}}),\s*(?P<year>\d{{4}})", re.I),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{2})\.(?P<year>\d{4})"),
)
_NUMBER = re.compile(
    r"(?:№|N|No\.?|номер\w*)\s*(?P<number>\d(?:[\w/.-]*\w)?(?:\s?-\s?[IVXLCІХ]+)?)"
)
_ROMAN = str.maketrans("ІХ", "IX")

_TITLE = re.compile(r"(?:Об?|О)\s|.*\s(?:туралы|жөнінде)$", re.IGNORECASE)
_STAMP: Final = re.compile(
    r"(?:Утвержд[её]н[аоы]?|Приложение(?:\s*№?\s*\d[\d-]*)?(?=\s+к\s|$))\b"
    r"|.*\b(?:бекітілген|қосымша)$",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"^[\s#>*]+|[\s*\\]+$")
_LINES: Final = 8
_LONGEST: Final = 160
_Facts = tuple[str, str, datetime.date]


@dataclass(frozen=True, slots=True)
class Designation:
    """What names an act; empty or None where the text does not say it.

    Attributes:
        line: The line at the head; empty where the facts stand in a stamp or a caption.
        place: Index of the last of its lines at the head; -1 for none there.
        kind: Kind of act.
        number: Number as registered.
        date: Day of adoption.
    """

    line: str = ""
    place: int = -1
    kind: str = ""
    number: str = ""
    date: datetime.date | None = None


def designation(head: Sequence[str], text: str) -> Designation:
    """Returns what names an act.

    Args:
        head: The lines at the head of its text, without editors' notes.
        text: The text.
    """
    for place, line in enumerate(head):
        if date_in(line) and number_in(line) and not _TITLE.match(line) and kind_in(line):
            return Designation(line, place, kind_in(line), number_in(line), date_in(line))
    for place, line in enumerate(head):
        if date_in(line) and is_form(line):
            return Designation("", place, kind_in(line), "", date_in(line))
    if (over := next(_stamped(head), None)) is not None:
        return Designation("", over[0], *over[1])
    said = {found for _, found in _stamped(text.splitlines())}
    return Designation("", -1, *said.pop()) if len(said) == 1 else Designation()


def _stamped(lines: Sequence[str]) -> Iterator[tuple[int, _Facts]]:
    """Yields what stamps and captions of annexes say of the act that they belong to.

    With the index of the last line of each.
    """
    bare = [(place, " ".join(_MARKUP.sub("", line).split())) for place, line in enumerate(lines)]
    bare = [(place, line) for place, line in bare if line]
    for index, (_, line) in enumerate(bare):
        if len(line) > _LONGEST or not _STAMP.match(line):
            continue
        is_russian = line[0] in "УуПп"
        for size in range(1, _LINES + 1):
            first, last = (index, index + size) if is_russian else (index + 1 - size, index + 1)
            window = bare[max(first, 0) : last]
            found = _joined([words for _, words in window])
            if found is not None:
                yield window[-1][0], found
                break


def _joined(lines: Sequence[str]) -> _Facts | None:
    """Kind, number and day that lines say together; None where one is missing."""
    if any(len(line) > _LONGEST or _TITLE.match(line) or line[-1:] in ".;:" for line in lines):
        return None
    joined = " ".join(lines)
    kind, number, day = kind_in(joined), number_in(joined), date_in(joined)
    return (kind, number, day) if kind and number and day is not None else None


def is_form(line: str) -> bool:
    """Whether a line says nothing but who adopted an act and of what kind it is."""
    words = re.findall(r"[^\W\d_]+", line.lower())
    return bool(words) and all(_FORMAL.fullmatch(word) for word in words)


def kind_in(line: str) -> str:
    """Returns the kind of act that a line names, the weightiest of several; empty for none."""
    return next(
        (kind for kind, pattern in _KINDS if re.search(rf"\b(?:{pattern})\b", line, re.I)), ""
    )


def date_in(line: str) -> datetime.date | None:
    """Returns the day that a line names; None for none."""
    for pattern in _DATES:
        if match := pattern.search(line):
            month = match["month"].lower()
            number = _MONTHS[month] if month in _MONTHS else int(month)
            try:
                return datetime.date(int(match["year"]), number, int(match["day"]))
            except ValueError:
                continue
    return None


def number_in(line: str) -> str:
    """Returns the number that a line names; empty for none."""
    match = _NUMBER.search(line)
    return re.sub(r"\s", "", match["number"]).translate(_ROMAN) if match else ""
