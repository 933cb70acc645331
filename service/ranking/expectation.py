"""Expected answers: what kind of thing a question asks for, and whether a text has any.

A question how many is not answered by a text without a number, however near in meaning it is.
Only kinds that a text shows on its surface are told; reasons and conditions are not. The patterns
are data (``data/expectation.toml``).

Source: X. Li, D. Roth, "Learning Question Classifiers", COLING 2002, for classes of answers.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing: how questions ask for it, and how texts show it."""

    asking: re.Pattern[str]
    showing: re.Pattern[str]


def lacks(question: str, text: str) -> bool:
    """Returns whether ``question`` asks for a kind of thing of which ``text`` has none."""
    return any(kind.asking.search(question) and not kind.showing.search(text) for kind in _kinds())


@cache
def _kinds() -> tuple[_Kind, ...]:
    data = (files("service.ranking") / "data" / "expectation.toml").read_text(encoding="utf-8")
    return tuple(
        _Kind(_beginning(kind["asking"]), _beginning(kind["showing"]))
        for kind in tomllib.loads(data).values()
    )


def _beginning(patterns: list[str]) -> re.Pattern[str]:
    """Returns the pattern of a word that begins with any of ``patterns``."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)
