"""Automatic numbers: what a word processor prints before a paragraph and keeps out of its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Neither Word nor LibreOffice counts with ё, й, ъ, ы, ь.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"

_LETTERS: Final = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
}
_DEPTH = 10
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        pattern: What is printed, ``%1.%2.`` with the numbers of levels; empty for nothing.
        style: Kind of number: ``decimal``, ``lowerLetter``, ``upperRoman`` ...; ``bullet`` and
            ``none`` print nothing.
        start: First number.
        restarts: Whether a number of a higher level begins it anew.
        legal: Whether numbers of higher levels are printed as digits.
    """

    pattern: str
    style: str = "decimal"
    start: int = 1
    restarts: bool = True
    legal: bool = False


@dataclass(slots=True)
class Counter:
    """The numbers of one list as it goes on.

    Attributes:
        levels: Its levels, the outermost 0.
        counts: Last number of each level that has begun.
    """

    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def begin(self, level: int, start: int) -> None:
        """Makes ``start`` the next number of a level."""
        self.counts[level] = start - 1
        self._close(level)

    def step(self, level: int) -> str:
        """Counts one paragraph on a level and returns what is printed before it."""
        current = self.levels.get(level)
        if current is None:
            return ""
        for above in range(level):
            if above in self.levels:
                self.counts.setdefault(above, self.levels[above].start)
        self.counts[level] = self.counts.get(level, current.start - 1) + 1
        self._close(level)
        if current.style in {"bullet", "none"} and "%" not in current.pattern:
            return ""
        printed = current.pattern
        for index in range(min(level, _DEPTH), -1, -1):
            place = f"%{index + 1}"
            if place not in printed:
                continue
            of = self.levels.get(index, current)
            style = "decimal" if current.legal else of.style
            printed = printed.replace(place, spell(self.counts.get(index, of.start), style))
        return printed.strip()

    def _close(self, level: int) -> None:
        for below in [index for index in self.counts if index > level]:
            if self.levels[below].restarts if below in self.levels else True:
                del self.counts[below]


def spell(number: int, style: str) -> str:
    """A number in the digits or letters of a list."""
    if style in _LETTERS and number > 0:
        letters = _LETTERS[style]
        return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) % 20 + 1)
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalZero":
        return f"{number:02d}"
    return "" if style == "none" else str(number)


def integer(text: str | None, default: int = 0) -> int:
    """A number that stands in an attribute; the default for none, or for no number."""
    if text is None or not text.removeprefix("-").isdecimal() or len(text) > _LONGEST:
        return default
    return int(text)
