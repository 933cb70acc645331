"""Expected answers: what kind of thing a question asks for, and whether a text has any.

A question how many is not answered by a text without a number, however near in meaning it is, nor
one about 2025 by a text that speaks of another year.
Only kinds that a text shows on its surface are told; reasons and conditions are not. The patterns
are lists of each language (``answers.toml``); a text shows a kind in any of them.

Source: X. Li, D. Roth, "Learning Question Classifiers", COLING 2002, for classes of answers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from indexer.languages import Language, language, languages
from indexer.stores.base import Rows
from service.ranking.signals.base import Measured, Query, Signal

_NUMBER = re.compile(r"(?<!\d)\d{2,}(?!\d)")
_CAPITAL = "[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]"
_NAMED = rf"(?-i:{_CAPITAL}\. ?(?:{_CAPITAL}\. ?)?{_CAPITAL}\w+)"
_SHOWN_IN_ANY_LANGUAGE: Final[Mapping[str, str]] = {
    "number": r"(?<![\d–-])(?!(?:19|20)\d\d\b)\d+",
    "date": r"(?:19|20)\d\d\b",
    "person": _NAMED,
    "holder": _NAMED,
    # No document tells the day on which it is read.
    "present": r"(?!)",
}
_DECISIVE: Final = frozenset({"holder", "present"})
"""Kinds without which a text is no answer, whatever else it says: a minister's name, today."""

_DECIDES: Final = 3.0
"""How many other kinds such a one counts."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing: how questions ask for it, how texts show it, and what its lack counts."""

    weight: float
    asking: re.Pattern[str]
    showing: re.Pattern[str]


class Expectation(Signal):
    """Whether a passage lacks the kind of thing that is asked for: a feature, no score."""

    name = "expectation"
    features = ("lacking",)
    ranks = False

    def measure(self, query: Query, rows: Rows) -> Measured:
        """Returns zeros: only the first passage is looked at, when it is described."""
        return Measured(np.zeros(len(rows), dtype=np.float32), {"rows": rows})

    def describe(
        self, query: Query, measured: Mapping[str, Measured], place: int
    ) -> tuple[float, ...]:
        """Returns how much the passage lacks: a kind that is asked for, or the number; else 0."""
        (passage,) = self.snapshot.passages([int(measured[self.name].details["rows"][place])])
        around = " ".join(passage.heading_path)
        document = self.snapshot.documents.get(passage.document_id)
        if document is not None:
            around += f" {document.title[passage.language]} {document.adoption[passage.language]}"
        number = lacks_number(query.text, f"{around} {passage.text}")
        return (max(lacks(query.text, passage.text), float(number)),)


def lacks(question: str, text: str) -> float:
    """Returns what it counts that ``question`` asks for a kind of which ``text`` has none, or 0."""
    return max(
        (
            kind.weight
            for kind in _kinds()
            if kind.asking.search(question) and not kind.showing.search(text)
        ),
        default=0.0,
    )


def shown(question: str, text: str) -> tuple[int, ...]:
    """Returns where ``text`` shows the kinds that ``question`` asks for, if any."""
    return tuple(
        match.start()
        for kind in _kinds()
        if kind.asking.search(question)
        for match in kind.showing.finditer(text)
    )


def called(question: str, code: Language) -> tuple[str, ...]:
    """Returns what acts call the kinds that ``question`` asks for: «сколько дней» is a «срок»."""
    return tuple(name for asking, name in _called(code) if asking.search(question))


@cache
def _called(code: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds = language(code).answers().values()
    return tuple((_beginning(kind.asking), kind.called) for kind in kinds if kind.called)


def lacks_number(question: str, text: str) -> bool:
    """Returns whether ``question`` names a number of two digits or more that ``text`` has not."""
    return not set(_NUMBER.findall(question)) <= set(_NUMBER.findall(text))


@cache
def _kinds() -> tuple[_Kind, ...]:
    answers = [language.answers() for language in languages()]
    return tuple(
        _Kind(
            _DECIDES if name in _DECISIVE else 1.0,
            _beginning(pattern for kinds in answers for pattern in kinds[name].asking),
            _beginning(
                [
                    *(pattern for kinds in answers for pattern in kinds[name].showing),
                    *filter(None, [_SHOWN_IN_ANY_LANGUAGE.get(name)]),
                ]
            ),
        )
        for name in answers[0]
    )


def _beginning(patterns: Iterable[str]) -> re.Pattern[str]:
    """Returns the pattern of a word that begins with any of ``patterns``."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)
