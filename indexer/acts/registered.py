"""Acts by their day and number: «Закон от 16 апреля 1997 года № 94», "Law No. 94 of 16 April 1997".

Number and day stand beside a word for an act, in any order; either may be missing.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.acts.heads import head_of
from indexer.acts.words import words
from indexer.reference.folding import level

REGISTERED: Final = "№"
"""What the keys of acts by day and number begin with."""

_MONTHS: Final = {
    name: number
    for names in (
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "кантар акпан наурыз сауир мамыр маусым шилде тамыз кыркуйек казан караша желтоксан",
        "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:1[89]|20)\d\d"
_DATE: Final = re.compile(
    rf"(?P<y1>{_YEAR})\s*(?:жыл\w*|ж\.?)\s*(?P<d1>\d{{1,2}})\s*-?\s*(?P<m1>{_MONTH})\w*"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH})(?:[яьа]|та|ая|а)?,?\s+(?P<y2>{_YEAR})(?:\s*(?:года|год|г\.?)(?!\w))?"
    rf"|(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}}),?\s+(?P<y3>{_YEAR})"
    rf"|(?P<d4>\d{{1,2}})[./](?P<m4>\d{{1,2}})[./](?P<y4>{_YEAR})(?:\s*г(?:ода|\.)?(?!\w))?"
    rf"|(?P<y5>{_YEAR})[-.](?P<m5>\d\d)[-.](?P<d5>\d\d)",
    re.IGNORECASE,
)
_YEARED: Final = re.compile(
    rf"(?<!\w)(?P<year>{_YEAR})\s*(?:года|году|год|г\.?|жылғы|жылы|жылгы|ж\.?)(?!\w)|\bof\s+(?P<of>{_YEAR})\b",
    re.IGNORECASE,
)
_ROMAN: Final = r"(?:\s?-\s?|\s)[IVXІХ]{1,5}(?![\w])"
_NUMBER: Final = re.compile(
    rf"(?:№\s?|\b(?:N|No|нөмірі|номер)\b\.?\s?)(?P<marked>\d{{1,5}}(?:-\d{{1,3}})?(?:{_ROMAN})?)"
    rf"|(?<![\w.-])(?P<called>\d{{1,5}}(?:{_ROMAN})?)\s?-?\s?(?:нөмірлі|номерлі|нөмірі)\b"
    rf"|(?<![\w.-])(?P<bare>\d{{1,4}}\s?-\s?[IVXІХ]{{1,5}})(?![\w-])",
    re.IGNORECASE,
)
_UNMARKED: Final = re.compile(
    rf"\s(?:рк\s|қр\s)?(?P<number>\d{{1,5}}(?:{_ROMAN})?)(?=$|[\s,;?.](?!\d))", re.IGNORECASE
)
_SERIES: Final = re.compile(r"\s?(?:ЗРК|ҚРЗ|ЗҚР|КРЗ)\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(
    r"(?:[\s,()-]|№|\b(?:от|of|dated|from|on|за|принят\w*|қабылданған|adopted|г|года|год|жылғы|жылгы|рк|кр|қр|республики|казахстан|қазақстан|казакстан"
    r"|республикасы\w*|республикасынын|республика|the|rk|republic|kazakhstan|президента|президентінің)\b\.?)*",
    re.IGNORECASE,
)
# «Закон РК от 6 июля 2004 года № 573 «О кредитных бюро»»: what may stand between number and name.
_BESIDE: Final = re.compile(
    r"(?:[\s,()«»\"“”№-]|\b(?:от|from|dated|г|года|рк|республики|казахстан|қр|қазақстан|республикасы\w*|the|of|on)\b)*",
    re.IGNORECASE,
)
_LATIN: Final = str.maketrans("ІХ", "IX")
_WIDEST: Final = 80


@dataclass(frozen=True, slots=True)
class Registered:
    """A place of a text that says the number or the day of an act.

    Attributes:
        start: Offset of its first character.
        end: Offset after it.
        kind: Kind of act; empty where no word for one stands there.
        number: Its number, in Latin capitals; empty where none is said.
        date: Its day; None where none is said.
        year: Its year, where no day is said; empty where none is.
        is_marked: Whether «№» stands before the number, a Roman numeral behind it, or a day by it.
    """

    start: int
    end: int
    kind: str
    number: str
    date: datetime.date | None
    is_marked: bool = True
    year: str = ""

    def fits(self, kind: str, number: str, day: str) -> bool:
        """Whether it may be of an act.

        Args:
            kind: The act's kind.
            number: Its number.
            day: Its day, or its year alone, as its address has it.
        """
        if self.date is not None and day not in (self.date.isoformat(), str(self.date.year)):
            return False
        if self.year and not day.startswith(self.year):
            return False
        own, other = bare_number(self.number), bare_number(number)
        if own and own != other:
            # «№ 414» of 414-V: the number of the parliament is left out.
            return own == other.partition("-")[0]
        return bool(own) or not self.kind or self.kind == kind

    @property
    def key(self) -> str:
        """What an act with that kind, day and number is known by; empty where one is not said."""
        if not (self.kind and self.number and self.date):
            return ""
        return register_key(self.kind, self.number, self.date.isoformat())


def register_key(kind: str, number: str, day: str) -> str:
    """Returns what an act is known by in the register, without the number of the parliament."""
    return f"{REGISTERED} {kind} {day} {bare_number(number).partition('-')[0]}"


def bare_number(number: str) -> str:
    """Returns a number in one spelling: «414-V ЗРК», «414 - v»."""
    plain = _SERIES.sub("", number.upper()).translate(_LATIN)
    return re.sub(r"\s*-\s*|(?<=\d)\s+(?=[IVX])", "-", plain.strip())


def registered(text: str) -> Iterator[Registered]:
    """Yields where a text says the number or the day of an act, in order."""
    if not any(character.isdigit() for character in text):
        return
    pieces = list(_numbers(level(text)))
    for word in words(text):
        if (head := head_of(word)) is not None:
            pieces.append(_Piece(word.start, word.end, kind=head.kind))
            # «Закон 2444»
            match = _UNMARKED.match(level(text), word.end)
            if match and not any(one.start <= match.start("number") < one.end for one in pieces):
                span = match.span("number")
                pieces.append(_Piece(*span, number=match["number"], is_marked=False))
    if any(one.number or one.date for one in pieces):
        yield from _joined(level(text), sorted(pieces, key=lambda one: one.start))


def in_figures(text: str) -> str:
    """Returns a text with its days in figures: «26 декабря 2018 года» as «26.12.2018»."""
    pieces, end = [], 0
    for match in _DATE.finditer(level(text)):
        if (match["m1"] or match["m2"] or match["m3"]) and (day := _day(match)) is not None:
            pieces += [text[end : match.start()], day.strftime("%d.%m.%Y")]
            end = match.end()
    return "".join((*pieces, text[end:]))


def is_beside(text: str, said: Registered, start: int, end: int) -> bool:
    """Whether a number stands inside a name, or directly before or behind it.

    Args:
        text: The text.
        said: The number.
        start: Offset of the name.
        end: Offset after it.
    """
    if said.start < end and start < said.end:
        return True
    first, second = sorted(((said.start, said.end), (start, end)))
    near = second[0] - first[1] <= _WIDEST
    return near and _BESIDE.fullmatch(text, first[1], second[0]) is not None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A number, a day or a word for an act."""

    start: int
    end: int
    kind: str = ""
    number: str = ""
    date: datetime.date | None = None
    is_marked: bool = True
    year: str = ""

    def joined(self, other: "_Piece") -> "_Piece | None":
        """Returns two pieces as one; None where both say the same of an act."""
        twice = (
            self.kind and other.kind,
            self.number and other.number,
            (self.date or self.year) and (other.date or other.year),
        )
        if any(twice):
            return None
        return _Piece(
            self.start,
            other.end,
            self.kind or other.kind,
            self.number or other.number,
            self.date or other.date,
            self.is_marked and other.is_marked,
            self.year or other.year,
        )


def _numbers(text: str) -> Iterator[_Piece]:
    """Yields the days and the numbers of a text; a day is no number."""
    dated: list[_Piece] = []
    for match in _DATE.finditer(text):
        if (day := _day(match)) is not None:
            dated.append(_Piece(*match.span(), date=day))
    for match in _YEARED.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in dated):
            dated.append(_Piece(*match.span(), year=match["year"] or match["of"]))
    yield from dated
    for match in _NUMBER.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in dated):
            series = _SERIES.match(text, match.end())
            end = series.end() if series else match.end()
            yield _Piece(
                match.start(), end, number=match["marked"] or match["called"] or match["bare"]
            )


def _joined(text: str, pieces: Sequence[_Piece]) -> Iterator[Registered]:
    """Yields pieces that stand together as one."""
    held: _Piece | None = None
    for piece in pieces:
        whole = None
        if held is not None and 0 <= piece.start - held.end <= _WIDEST:
            beside = _BETWEEN.fullmatch(text, held.end, piece.start)
            whole = held.joined(piece) if beside else None
        if held is not None and whole is None:
            yield from _made(held)
        held = whole or piece
    if held is not None:
        yield from _made(held)


def _made(one: _Piece) -> Iterator[Registered]:
    """Yields what a piece says of an act: a day alone says nothing."""
    if one.number or (one.kind and one.date):
        number = bare_number(one.number)
        is_marked = one.is_marked or one.date is not None
        yield Registered(one.start, one.end, one.kind, number, one.date, is_marked, one.year)


def _day(match: re.Match[str]) -> datetime.date | None:
    for place in "12345":
        if match[f"d{place}"]:
            month = match[f"m{place}"].lower()
            number = int(month) if month.isdigit() else _MONTHS[month]
            try:
                return datetime.date(int(match[f"y{place}"]), number, int(match[f"d{place}"]))
            except ValueError:
                return None
    return None
