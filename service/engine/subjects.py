"""Questions of two subjects: both are found; the one that is not meant is left out.

«Каспий және Арал» is two questions in one unless one passage speaks of both; «не Каспий, а Арал»
is a question of one of them. An embedding of the whole question is near to either subject, and as
near to a negated one.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from indexer.languages.codes import LANGUAGES
from indexer.vocabulary import words_of
from service.engine.library import Library
from service.engine.questions import Question
from service.engine.retrieval import Hits, Result
from service.ranking.closeness import closeness
from service.ranking.dictionary import Unit

_LONGEST: Final = 200
_MOST_UNITS: Final = 2
_MET: Final = 0.5
_NEAR: Final = 0.35


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a question is about.

    Attributes:
        meant: Each subject as a question of its own; none where the question has one subject.
        left_out: What it says that it is not about; empty where it says nothing.
        is_of_others: Whether the others of a kind are meant: «кроме Каспия, какие моря …».
    """

    meant: tuple[str, ...] = ()
    left_out: str = ""
    is_of_others: bool = False


def read_subjects(text: str) -> Subjects:
    """Returns the subjects of the question ``text``."""
    written = " ".join(text.split()).rstrip(" ?!.")
    plain = written.lower()
    if len(written) > _LONGEST or len(plain) != len(written):
        return Subjects()
    if (others := _read_others(written, plain)) is not None:
        return others
    for kind in ("compared", "instead"):
        for patterns in _patterns():
            for pattern in patterns[kind]:
                if match := pattern.fullmatch(plain):
                    first, second = (written[slice(*match.span(name))] for name in "ab")
                    return (
                        Subjects((second,), first)
                        if kind == "instead"
                        else Subjects((first, second))
                    )
    for patterns in _patterns():
        (pattern,) = patterns["both"]
        places = list(pattern.finditer(plain))
        if len(places) == 1:
            start, end = places[0].span()
            return Subjects((written[:start], written[end:]))
    return Subjects()


def _read_others(written: str, plain: str) -> Subjects | None:
    """Returns the subjects of «кроме Каспия, какие моря …»: the question without its exception."""
    for patterns in _patterns():
        for pattern in patterns["others"]:
            if match := pattern.fullmatch(plain):
                named = match.groupdict()
                pieces = [
                    written[slice(*match.span(name))] for name in ("b", "c") if named.get(name)
                ]
                return Subjects((" ".join(pieces),), written[slice(*match.span("a"))], True)
    return None


def is_of_two(subjects: Subjects, found: Sequence[Sequence[Unit]], whole: Hits) -> bool:
    """Whether the parts of a question are two questions: short, and no name holds what joins them.

    Args:
        subjects: The parts.
        found: The units of each part.
        whole: What the whole question found.
    """
    held = [unit.words for units in found for unit in units]
    return (
        len(subjects.meant) == 2
        and all(0 < len(units) <= _MOST_UNITS for units in found)
        and all(unit.words in held for unit in whole.units if len(unit.words) > 1)
    )


def speaks_of(units: Sequence[Unit], result: Result, library: Library, least: float = _MET) -> bool:
    """Whether a passage, in any edition, has a word for one of ``units``.

    Args:
        units: What is asked about.
        result: The passage.
        library: Has its other editions.
        least: Least likeness of the words.
    """
    for code, passage in library.versions(result.passage).items():
        words = words_of(" ".join((passage.text, *passage.heading_path)))
        if any(max(closeness(unit, words, code), default=0) > least for unit in units):
            return True
    return False


def is_answered(units: Sequence[Unit], found: Hits, library: Library) -> bool:
    """Whether a part of a question has an answer of its own, in words of its own."""
    return (
        bool(found.results)
        and found.results[0].score >= found.threshold
        and speaks_of(units, found.results[0], library, _NEAR)
    )


def together(whole: Hits, parts: Sequence[Hits], k: int) -> Hits:
    """Returns what a question found with the best of each of its parts behind its first.

    A score is never higher than the one before: results come best first.
    """
    best = [
        (part.results[0].score, part.results[0], part.order[0]) for part in parts if part.results
    ]
    first = (whole.results[0].score, whole.results[0], whole.order[0])
    rest = zip(
        (r.score for r in whole.results[1:]), whole.results[1:], whole.order[1:], strict=True
    )
    ordered = sorted([first, *best], key=lambda one: -one[0])
    results: list[Result] = []
    order: list[int] = []
    for score, result, row in [*ordered, *rest]:
        if all(result.passage.id != other.passage.id for other in results):
            lowest = results[-1].score if results else 1.0
            results.append(Result(result.passage, min(score, lowest)))
            order.append(int(row))
    return replace(
        whole,
        results=tuple(results[:k]),
        order=np.array(order[:k], dtype=whole.order.dtype),
        confidence=None if whole.confidence is None else results[0].score,
    )


def asked_of(question: Question, text: str) -> Question:
    """Returns a question in the language of ``question`` with other words."""
    return replace(question, text=text, interpreted=text)


@cache
def _patterns() -> tuple[dict[str, tuple[re.Pattern[str], ...]], ...]:
    content = (files("service") / "engine" / "subjects.toml").read_text(encoding="utf-8")
    words: dict[str, dict[str, Any]] = tomllib.loads(content)
    return tuple(
        {
            "both": (re.compile(rf"\s*,?\s+(?:{words[code]['both']})\s+"),),
            "compared": tuple(map(re.compile, words[code]["compared"])),
            "instead": tuple(map(re.compile, words[code]["instead"])),
            "others": tuple(map(re.compile, words[code]["others"])),
        }
        for code in LANGUAGES
    )
