"""What a text names only to leave it out: «ЕО құрамына кірмейтін мемлекеттер» is not about the EU.

An embedding of such a text is as near to a question about what is left out as one that is about it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from indexer.languages.codes import LANGUAGES, Language
from indexer.vocabulary import words_of
from service.engine.questions import Question
from service.engine.retrieval import Hits
from service.ranking.closeness import closeness
from service.ranking.dictionary import Unit

EXAMINED: Final = 3
"""How many results are examined."""

_NAMED: Final = 0.9
"""Words less alike are not the name, nor what it is called elsewhere."""

# A word of another language, or another form, is less alike.
_SPOKEN_OF: Final = 0.45
_NAMED_IN: Final = 0.35

_AROUND: Final = 60
_CLAUSE = re.compile(r"[,;:.!?…()«»]|\s[–—-]\s")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def included(question: Question, hits: Hits) -> Hits:
    """Returns the hits with the first that means what the question names first.

    Where the question leaves it out itself («ЕО-ға кірмейтін елдер»), with the first that does.
    """
    names = [unit for unit in hits.units if unit.is_name]
    if not names or len(hits.named) or not hits.results:
        return hits
    asked = _mentions(names, question.interpreted, question.language)
    is_wanted = all(asked)
    for place, result in enumerate(hits.results[:EXAMINED]):
        mentions = _mentions(names, result.passage.text, result.passage.language)
        if is_wanted in mentions:
            return hits.first(place) if place else hits
        if not place and not mentions:
            # It names nothing that it could leave out.
            return hits
    return hits


def told_apart(excepted: str, rest: str, code: Language) -> str:
    """Returns what tells the excepted from the rest: «Каспийского» of «кроме Каспийского моря».

    Args:
        excepted: What a question excepts.
        rest: What it asks about others: «какие моря есть?».
        code: The question's language.
    """
    asked = words_of(rest)
    own = [word for word in words_of(excepted) if not _speaks(Unit((word,)), asked, code)]
    return " ".join(own) or excepted


def is_of_excepted(
    excepted: Sequence[Unit], asked: Sequence[Unit], texts: Mapping[Language, str]
) -> bool:
    """Whether a passage is of what a question excepts: its other clauses say nothing of the rest.

    Args:
        excepted: «Каспий» of «кроме Каспия, какие моря …».
        asked: What is asked about others: «моря».
        texts: The passage in each language that it has.
    """
    is_named = says_so = False
    for code, text in texts.items():
        inside: list[bool] = []
        outside: list[bool] = []
        for clause in _CLAUSE.split(text):
            named = _is_named(excepted, clause, code)
            (inside if named else outside).append(_says_any(asked, clause, code))
        if any(inside) and not any(outside):
            return True
        is_named = is_named or bool(inside)
        says_so = says_so or any(inside) or any(outside)
    return is_named and not says_so


def _says_any(units: Sequence[Unit], clause: str, code: Language) -> bool:
    words = words_of(clause)
    return any(_speaks(unit, words, code) for unit in units)


def spoken_of(asked: Sequence[Unit], texts: Mapping[Language, str]) -> int:
    """Returns of how many of the units ``asked`` a text speaks in any language."""
    return sum(
        any(_speaks(unit, words_of(text), code) for code, text in texts.items()) for unit in asked
    )


def _is_named(units: Sequence[Unit], clause: str, code: Language) -> bool:
    """Whether a clause has one of ``units``, and not only to leave it out."""
    words = words_of(clause)
    named = any(max(closeness(unit, words, code), default=0.0) >= _NAMED_IN for unit in units)
    left_out = _mentions(units, clause, code)
    return named and (not left_out or any(left_out))


def _speaks(unit: Unit, words: Sequence[str], code: Language) -> bool:
    return max(closeness(unit, words, code), default=0.0) >= _SPOKEN_OF


def _mentions(names: Sequence[Unit], text: str, code: Language) -> list[bool]:
    """Returns for each place where a text has one of ``names`` whether it is meant there."""
    lowered = text.lower()
    found = list(_WORD.finditer(lowered))
    words = [" ".join(words_of(match[0])) for match in found]
    return [
        not _is_left_out(lowered, found[first].start(), found[last].start(), code)
        for name in names
        for first, last in _stretches(closeness(name, words, code))
    ]


def _stretches(near: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yields the first and last word of each name; words of a name side by side are one."""
    first: int | None = None
    for place, likeness in enumerate(near):
        if likeness < _NAMED:
            continue
        first = place if first is None else first
        if place + 1 == len(near) or near[place + 1] < _NAMED:
            yield first, place
            first = None


def _is_left_out(text: str, start: int, last: int, code: Language) -> bool:
    """Whether the name from ``start`` is left out; its ``last`` word has the Kazakh ending."""
    side, pattern = _patterns()[code]
    if side == "after":
        return pattern.match(text, last) is not None
    return pattern.search(text, max(0, start - _AROUND), start) is not None


@cache
def _patterns() -> dict[Language, tuple[str, re.Pattern[str]]]:
    """Returns for each language on which side of a name it is told that it is left out, and how."""
    content = (files("service") / "engine" / "exclusions.toml").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = tomllib.loads(content)
    found = {}
    for code in LANGUAGES:
        ((side, written),) = words[code].items()
        pattern = rf"(?<!\w)(?:{written})\s+$" if side == "before" else written
        found[code] = side, re.compile(pattern)
    return found
