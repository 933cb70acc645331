"""Widths of letters, for texts that keep the lines of a page but not its measures.

A line of 60 letters is as wide as another of 75 where a font gives each letter its own width, so
whether a word would still have fitted cannot be told by counting letters.

Source: advance widths, in hundredths of the font size, of Liberation Serif and Liberation Sans,
which have those of Times New Roman and Arial.
"""

from collections.abc import Callable, Mapping
from typing import Final

_SERIF: Final = {
    24: " ,.",
    28: "/:;ijltі",
    34: "!()-frIІ",
    38: "sJ",
    40: '"з',
    42: "гэғ",
    44: "?“”„acezаеёстә",
    46: "ья",
    48: "вкқ",
    50: "*0123456789«»–bdghknopquvxyбдлорухчЗөұүһ",
    52: "ъ",
    54: "ийнпцң",
    56: "+FPSР",
    58: "БГЬҒ",
    62: "ELTZЕЁТ",
    64: "мфЧҺ",
    66: "BCRВКСЭЯҚ",
    68: "ыДЛ",
    70: "жУЪ",
    72: "wADGHKNOQUVXYАИЙНОПХЦӘҢӨҰҮ",
    74: "ю",
    78: "&mшщ",
    80: "Ф",
    84: "%",
    88: "MМЫ",
    90: "Ж",
    94: "W",
    96: "№",
    100: "—…ШЩ",
    102: "Ю",
}
_SANS: Final = {
    22: "ijlі",
    28: " !,./:;ftIІ",
    34: "()-“”„r",
    36: '"гғ',
    38: "*",
    44: "кқ",
    46: "зт",
    50: "cksvxyzJсухұү",
    52: "чьэ",
    54: "впяГҒ",
    56: "0123456789?«»–abdeghnopquLаеёийнорәңөһҰҮ",
    58: "+бдлцКҚ",
    60: "З",
    62: "FTZъТ",
    64: "У",
    66: "&ABEKPSVXYжАБВЕЁЛРХЧЬҺ",
    68: "мД",
    72: "wCDHNRUыИЙНПСЭЯҢ",
    74: "Ц",
    76: "юФӘ",
    78: "GOQОӨ",
    80: "шЪ",
    82: "фщ",
    84: "mMМ",
    88: "%Ы",
    92: "ЖШ",
    94: "WЩ",
    100: "—…",
    102: "Ю",
    108: "№",
}

_DEFAULT = 50

Metric = Callable[[str], float]
"""Gives the width of a text in the unit of its font."""


def _metric(table: Mapping[int, str]) -> Metric:
    widths = {letter: width for width, letters in table.items() for letter in letters}
    widths["\u00a0"] = widths[" "]
    widths["\u00ad"] = widths["\ufeff"] = widths["\u200b"] = 0

    def width(text: str) -> float:
        return float(sum(widths.get(letter, _DEFAULT) for letter in text))

    return width


def count(text: str) -> float:
    """The width of a text in a font whose letters are all equally wide."""
    return float(len(text))


METRICS: Final[Mapping[str, Metric]] = {
    "serif": _metric(_SERIF),
    "sans": _metric(_SANS),
    "monospaced": count,
}
"""The kinds of font that a plain text may have been laid out in."""
