"""What form of answer a question asks for: the items of a list, their count, or an outline."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from indexer.languages.codes import LANGUAGES
from indexer.reference import find_references
from indexer.vocabulary import words_of
from service.ranking.content import question_words

Form = Literal["", "list", "count", "noun"]
Counted = Literal["chapters", "sections", "articles", "items", "subitems", "paragraphs"]

COUNTED: Mapping[Counted, tuple[str, ...]] = {
    "chapters": ("chp",),
    "sections": ("sec", "sec_nn"),
    "articles": ("art",),
    "items": ("para",),
    "subitems": ("point",),
    "paragraphs": ("al",),
}
"""Kinds of elements by what a question calls them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for.

    Attributes:
        form: ``list``, ``count``, ``noun`` where it is nothing but the name of what a text may
            list, or nothing in particular.
        nouns: Of what it asks the count.
        rest: The question without the words that ask the count.
        counted: The kind of elements that it asks the count of; None where it is none.
        is_bare: Whether it holds nothing but references and words that ask for an outline.
    """

    form: Form
    nouns: tuple[str, ...]
    rest: str
    counted: Counted | None
    is_bare: bool


def read_form(text: str) -> Asked:
    """Returns what ``text`` asks for."""
    if (total := _total(text)) is not None:
        return total
    for patterns in _patterns():
        if match := patterns["count"].search(text):
            after = patterns["beside"].sub("", text[match.end() :], count=1)
            noun = patterns["counted"].match(after)
            kinds = [kind for kind in COUNTED if patterns[kind].match(after)]
            return Asked(
                "count",
                tuple(words_of(noun["noun"])) if noun else (),
                f"{text[: match.start()]}{after.lstrip()}",
                kinds[0] if kinds else None,
                is_bare=False,
            )
    form: Form = "list" if any(one["list"].search(text) for one in _patterns()) else ""
    if not form and any(one["alone"].fullmatch(text.strip(" ?!.")) for one in _patterns()):
        form = "noun"
    return Asked(form, (), text, None, _is_bare(text))


def _total(text: str) -> Asked | None:
    """Reads a count whose noun stands before it: «мақсаттар саны»."""
    for patterns in _patterns():
        if "total" in patterns and (match := patterns["total"].search(text)):
            nouns = tuple(words_of(match["noun"]))
            kinds = [kind for kind in COUNTED if patterns[kind].match(match["noun"])]
            rest = f"{text[: match.end('noun')]}{text[match.end() :]}"
            return Asked("count", nouns, rest, kinds[0] if kinds else None, is_bare=False)
    return None


def announced(text: str) -> tuple[str, ...]:
    """Returns what a text says that it lists: «мынадай міндеттерді …» lists «міндеттерді»."""
    found: dict[str, None] = {}
    for patterns in _patterns():
        for match in patterns["announced"].finditer(text):
            found |= dict.fromkeys(words_of(match["noun"]))
    return tuple(found)


def announces(text: str) -> bool:
    """Whether a text says that something follows it."""
    return any(patterns["announces"].search(text) for patterns in _patterns())


def _is_bare(text: str) -> bool:
    written = find_references(text)
    if not written:
        return False
    rest, end = "", 0
    for one in sorted(written, key=lambda one: one.start):
        rest, end = f"{rest} {text[end : one.start]}", max(end, one.end)
    rest = f"{rest} {text[end:]}"
    for patterns in _patterns():
        rest = patterns["outline"].sub(" ", rest)
    return question_words().issuperset(words_of(rest))


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], ...]:
    content = (files("service") / "engine" / "forms.toml").read_text(encoding="utf-8")
    words: dict[str, dict[str, Any]] = tomllib.loads(content)
    return tuple(_compile(words[code]) for code in LANGUAGES)


def _compile(words: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    patterns = {
        name: "|".join(words[name]) if isinstance(words[name], list) else words[name]
        for name in ("list", "count", "outline", "announces", "alone", *COUNTED)
    }
    found = {name: rf"(?<![\w-])(?:{pattern})(?![\w-])" for name, pattern in patterns.items()}
    found |= {name: rf"\s*{found[name]}" for name in COUNTED}
    if "total" in words:
        found["total"] = rf"(?<!\w)(?P<noun>\w+)\s+(?:{words['total']})(?![\w-])"
    found["beside"] = rf"^(?:\s+(?:{words['beside']})(?![\w-]))+"
    found["counted"] = rf"\s*{words['counted']}"
    found["announced"] = rf"(?<![\w-])(?:{words['announces']})\s+{words['noun']}(?![\w-])"
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in found.items()}
