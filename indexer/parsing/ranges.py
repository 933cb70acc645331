"""Ranges: the numbers that one line announces together («2) – 4) исключены», «Статьи 62-68»)."""

import re

from indexer.parsing.status import opens_repealed

NUMBER = r"\d{1,4}(?:-\d{1,3})*"
# One number, or several with what stands between them.
NUMBERS = rf"{NUMBER}(?:\s?[).]?\s?(?:[-–—,]|и\s|және\s|мен\s)\s?{NUMBER}){{0,20}}"
_TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<list>,|\bи\b|\bжәне\b|\bмен\b)|(?P<range>[-–—])")
_PLURAL = re.compile(r"\W{0,3}(?:исключены|утратили)", re.IGNORECASE)
# More numbers than this are a misprint, not a range.
_LONGEST = 100


def announced(
    printed: str, statement: str, plural: bool = False, before: str = ""
) -> tuple[str, ...]:
    """Return every number that a line announces.

    Args:
        printed: The numbers as printed, with brackets, dots and dashes.
        statement: What the line says of them. Only of excluded elements does an act speak
            together, so anything else is one number.
        plural: The word before or after the numbers is a plural («Статьи», «баптар»).
        before: The number of the element before; after 1 or 1-1 comes an inserted 1-2, no range.

    Returns:
        The numbers in order, with hyphens between their pieces; empty where there are not several.
    """
    if not opens_repealed(statement):
        return ()
    plural = plural or _PLURAL.match(statement) is not None
    numbers: list[str] = []
    ranged = False
    for match in _TOKEN.finditer(printed):
        if match["range"]:
            ranged = True
        elif match["list"]:
            ranged = False
        else:
            here = match["number"]
            if ranged and numbers:
                between = _between(numbers.pop(), here)
                if not between:
                    return ()
                numbers += between
            else:
                one = not plural or is_inserted(here, before)
                numbers += [here] if one else _hyphenated(here)
            ranged = False
    return tuple(numbers[:_LONGEST]) if len(numbers) > 1 else ()


def is_inserted(number: str, before: str) -> bool:
    """Whether a number with a hyphen comes after one of the same head: 1-2 after 1 or 1-1."""
    head, _, last = number.partition("-")
    return last.isdigit() and head == before.partition("-")[0]


def _hyphenated(number: str) -> list[str]:
    """«62-68» said of several elements is a range; of one, an inserted number."""
    first, _, last = number.partition("-")
    return _between(first, last) or [number] if last.isdigit() else [number]


def _between(first: str, last: str) -> list[str]:
    """The numbers of a range, inserted ones included; none where it is no range."""
    head, end = first.split("-"), last.split("-")
    if len(head) == len(end) and head[:-1] == end[:-1]:
        values = range(int(head[-1]), int(end[-1]) + 1)
        if 1 < len(values) <= _LONGEST:
            return ["-".join([*head[:-1], str(value)]) for value in values]
    if len(end) == len(head) + 1 and end[:-1] == head and int(end[-1]) <= _LONGEST:
        return [first, *(f"{first}-{value}" for value in range(1, int(end[-1]) + 1))]
    if len(end) == 1 < len(head) and 0 < int(last) - int(head[0]) <= _LONGEST:
        return [first, *(str(value) for value in range(int(head[0]) + 1, int(last) + 1))]
    return []
