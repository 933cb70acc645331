"""What people say around a question or in place of one: greetings, thanks, and whom they are.

«Здравствуйте! Я студентка, пишу курсовую, в каком пункте говорится о торговле людьми? Спасибо!»
asks «в каком пункте говорится о торговле людьми?».
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from indexer.languages import LANGUAGES, Language, languages

KINDS: Final = (
    "abilities",
    "translation",
    "more",
    "greeting",
    "thanks",
    "farewell",
    "assent",
)
"""What may be said in place of a question, the more telling first."""

_AROUND: Final = ("greeting", "thanks", "farewell", "address")
_DENIALS: Final = frozenset({"жоқ", "нет", "no", "nope"})
"""«Нет, не Каспий» corrects what was asked."""

_LONGEST: Final = 160
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[^.!?…,;:\n]+[.!?…,;:\n]*")
_SHORT: Final = 3
_MIND: Final = 12
_MOST_MORE = 1
"""A sentence of so many words or more may say who asks and why."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is said in place of a question.

    Attributes:
        kind: One of :data:`KINDS`.
        language: The language that a translation is asked into; None where it is not said.
    """

    kind: str
    language: Language | None = None


def read_remark(text: str) -> Remark | None:
    """Returns what a text is that asks nothing; None for a question."""
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    if not plain:
        return None
    for kind, pattern in _remarks():
        if match := pattern.fullmatch(plain):
            named = (code for code in LANGUAGES if match.groupdict().get(code))
            return Remark(kind, next(named, None))
    rest, found = plain, set[str]()
    while rest:
        for kind, pattern in _phrases():
            if match := pattern.match(rest):
                found.add(kind)
                rest = rest[match.end() :].lstrip()
                break
        else:
            return None
    return next((Remark(kind) for kind in KINDS if kind in found), None)


def without_courtesies(text: str) -> str:
    """Returns a question without greetings and thanks, and without who asks it and why.

    A text of nothing else comes back as it is.
    """
    clauses = [match[0] for match in _CLAUSE.finditer(text)]
    kept = [clause for clause in clauses if not _is_courtesy(clause)]
    if len(kept) > 1 and _is_assent(kept[0]):
        # «Хорошо, а визы?»
        kept = kept[1:]
    if not kept:
        return text
    if len(kept) > 1 and (len(kept) < len(clauses) or len(_WORD.findall(text)) >= _MIND):
        asked = [clause for clause in kept if not _is_about_asker(clause)]
        kept = asked if any(map(_says_something, asked)) else kept
    if len(kept) == len(clauses):
        return text
    return "".join(kept).strip(" ,;:.\n")


def unframed(text: str) -> str:
    """Returns what is sought by «в каком пункте говорится о визах?»: «о визах?»."""
    written = text.rstrip(" ?!.")
    if len(written) > _LONGEST:
        return text
    for pattern in _frames():
        if match := pattern.fullmatch(written):
            return f"{match['it']}{text[len(written) :]}"
    return text


def _is_courtesy(clause: str) -> bool:
    rest = _plain(clause)
    if not rest or len(rest) > _LONGEST:
        return False
    while rest:
        match = _around().match(rest)
        if match is None:
            return False
        rest = rest[match.end() :].lstrip()
    return True


def _is_assent(clause: str) -> bool:
    remark = read_remark(clause)
    return remark is not None and remark.kind == "assent" and _plain(clause) not in _DENIALS


def _is_about_asker(clause: str) -> bool:
    words = _WORD.findall(clause.casefold())
    for asker, occasion in _askers():
        is_asker = [asker.fullmatch(word) is not None for word in words]
        is_occasion = [occasion.fullmatch(word) is not None for word in words]
        if not any(is_asker) or not any(is_occasion):
            continue
        # A clause that names more than that is a part of the question.
        more = [
            word
            for word, *told in zip(words, is_asker, is_occasion, strict=True)
            if not any(told) and _says_something(word)
        ]
        if len(more) <= _MOST_MORE:
            return True
    return False


def _says_something(clause: str) -> bool:
    words = {word for word in _WORD.findall(clause.casefold()) if len(word) > _SHORT}
    asking = frozenset().union(*(language.question_words() for language in languages()))
    return not words <= asking


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace("ё", "е").replace("'", "")))


@cache
def _remarks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(f"(?:{phrase})"))
        for kind in ("abilities", "translation", "more")
        for words in _lists().values()
        for phrase in words[kind]
    )


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Returns the patterns of phrases that may follow one another, of each kind one."""
    kinds = ("greeting", "thanks", "farewell", "assent", "address")
    return tuple((kind, _either(words[kind] for words in _lists().values())) for kind in kinds)


@cache
def _around() -> re.Pattern[str]:
    return _either(words[kind] for words in _lists().values() for kind in _AROUND)


def _either(lists: Iterable[list[str]]) -> re.Pattern[str]:
    phrases = (phrase.replace("ё", "е") for each in lists for phrase in each)
    return re.compile(rf"(?:{'|'.join(phrases)})(?!\S)")


@cache
def _askers() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(words["asker"]), re.compile(words["occasion"])) for words in _lists().values()
    )


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for words in _lists().values()
        for pattern in words["frame"]
    )


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    text = (files("service") / "normalisation" / "courtesies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
