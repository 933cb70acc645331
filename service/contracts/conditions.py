"""Conditions on attributes: the tree that the filters of Dify and OpenAI are both read into.

Text is compared without regard to case; two values are compared as numbers where both are
numbers, as numbered items (3.9 before 3.10) where both are written so, else as text, which
orders ISO dates. An attribute that a passage does not have is empty: no comparison holds for it
but the negative ones.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, TypeAlias

from service.contracts.attributes import Value
from service.errors import RequestError

Operand: TypeAlias = Value | Sequence[Value] | None
Record: TypeAlias = Mapping[str, Value | None]

MOST_VALUES: Final = 200
"""Most values that one filter compares."""

MOST_LEVELS: Final = 8
"""How deep conditions may lie in each other."""

# A number of more digits is none of a document; Python refuses to read thousands of them.
_NUMBERED = re.compile(r"[0-9]{1,18}(?:[.-][0-9]{1,18})*")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of attributes with a value.

    Attributes:
        names: The attributes; any of them may meet a positive comparison, and none of them may
            fail a negative one.
        operator: A key of :data:`OPERATORS`.
        value: What they are compared with.
    """

    names: tuple[str, ...]
    operator: str
    value: Operand = None

    def holds(self, record: Record) -> bool:
        """Whether the comparison holds for ``record``."""
        operator, negative = OPERATORS[self.operator]
        values = [record.get(name) for name in self.names]
        found = any(operator(value, self.value) for value in values)
        return not found if negative else found


@dataclass(frozen=True, slots=True)
class Combination:
    """Several conditions: all of them must hold, or ``any_of`` them; no conditions, no limit."""

    conditions: tuple["Condition", ...]
    any_of: bool = False

    def holds(self, record: Record) -> bool:
        """Whether the combination holds for ``record``."""
        if not self.conditions:
            return True
        holding = (condition.holds(record) for condition in self.conditions)
        return any(holding) if self.any_of else all(holding)


Condition: TypeAlias = Comparison | Combination


def check_size(condition: Condition | None) -> None:
    """Goes on silently where a condition may be asked of every passage.

    Raises:
        RequestError: It has more than :data:`MOST_VALUES` values or :data:`MOST_LEVELS` levels.
    """
    values, level = 0, 0
    layer = [] if condition is None else [condition]
    while layer:
        level += 1
        below: list[Condition] = []
        for one in layer:
            if isinstance(one, Combination):
                below.extend(one.conditions)
            else:
                values += len(one.names) * max(1, len(_listed(one.value)))
        if values > MOST_VALUES or level > MOST_LEVELS:
            raise RequestError("filter-too-large", status=400, limit=MOST_VALUES, depth=MOST_LEVELS)
        layer = below


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip().casefold()


def _listed(operand: Operand) -> list[Value]:
    if operand is None:
        return []
    if isinstance(operand, str):
        return [part.strip() for part in operand.split(",")]
    return list(operand) if isinstance(operand, Sequence) else [operand]


def _same(value: Value | None, operand: Operand) -> bool:
    if value is None or operand is None:
        return False
    if isinstance(operand, Sequence) and not isinstance(operand, str):
        return any(_same(value, item) for item in operand)
    left, right = _text(value), _text(operand)
    return left == right or (_order(value, operand) == 0 and not isinstance(value, bool))


def _order(value: Value | None, operand: Operand) -> int | None:
    """Returns -1, 0 or 1; None where there is nothing to compare."""
    if value is None or operand is None or operand == "":
        return None
    if isinstance(operand, Sequence) and not isinstance(operand, str):
        return None
    left, right = _text(value), _text(operand)
    if _NUMBERED.fullmatch(left) and _NUMBERED.fullmatch(right):
        return _sign(_steps(left), _steps(right))
    try:
        numbers = float(left), float(right)
    except ValueError:
        return _sign(left, right)
    return None if any(map(math.isnan, numbers)) else _sign(*numbers)


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _steps(text: str) -> list[int]:
    return [int(part) for part in re.split("[.-]", text)]


def _day(value: object) -> date | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC).date()
        except (OverflowError, ValueError, OSError):
            return None
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        return None


def _dated(test: Callable[[date, date], bool]) -> Callable[[Value | None, Operand], bool]:
    def compare(value: Value | None, operand: Operand) -> bool:
        left, right = _day(value), _day(operand)
        return left is not None and right is not None and test(left, right)

    return compare


def _ordered(*signs: int) -> Callable[[Value | None, Operand], bool]:
    return lambda value, operand: _order(value, operand) in signs


def _spelled(
    test: Callable[[str, str], bool],
) -> Callable[[Value | None, Operand], bool]:
    def compare(value: Value | None, operand: Operand) -> bool:
        wanted = [operand] if isinstance(operand, str) else _listed(operand)
        return value is not None and any(test(_text(value), _text(item)) for item in wanted)

    return compare


OPERATORS: dict[str, tuple[Callable[[Value | None, Operand], bool], bool]] = {
    "is": (_same, False),
    "is not": (_same, True),
    "in": (lambda value, operand: _same(value, _listed(operand)), False),
    "not in": (lambda value, operand: _same(value, _listed(operand)), True),
    "contains": (_spelled(lambda text, part: part in text), False),
    "not contains": (_spelled(lambda text, part: part in text), True),
    "start with": (_spelled(str.startswith), False),
    "end with": (_spelled(str.endswith), False),
    "empty": (lambda value, operand: value is None or value == "", False),
    "not empty": (lambda value, operand: value is None or value == "", True),
    "<": (_ordered(-1), False),
    "≤": (_ordered(-1, 0), False),
    ">": (_ordered(1), False),
    "≥": (_ordered(1, 0), False),
    "before": (_dated(lambda left, right: left < right), False),
    "after": (_dated(lambda left, right: left > right), False),
}
"""The operators: a test of one value, and whether the comparison holds where the test fails."""

VALUELESS: Final = frozenset({"empty", "not empty"})
"""Those that compare with no value."""
