"""Short names that a text gives to acts: «(далее – Закон о пчёлах)», «(бұдан әрі – Кодекс)».

A name stands in brackets behind the act that it is for. It is the act's own where the text says
«настоящий», «осы», "this" there, or its own title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.acts.heads import head_of
from indexer.acts.words import words
from indexer.languages.codes import Language

_CALLED: Final = re.compile(
    r"(?:далее\b(?:\s+по\s+тексту)?|именуем\w+\s+(?:в\s+дальнейшем|далее)|бұдан\s+(?:әрі|былай)|бұдан\s+кейін"
    r"|here(?:in)?after\b(?:\s+referred\s+to\s+as)?)\s*[,:–—-]?\s*(?:the\s+)?",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[\"«“„]?(?P<name>[^()\"«»“”„;:,.\n]{2,80})")
_JOINED: Final = re.compile(r"[\"»”]?\s*(?:,|;)?\s*(?:или|либо|немесе|or|,)\s+", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[\"«“„][^\"«»“”„]*[\"»”]")
_OWN: Final = re.compile(r"\b(?:настоящ\w+|осы|this)\s", re.IGNORECASE)
_ABBREVIATION: Final = re.compile(r"[А-ЯӘҒҚҢӨҰҮҺІA-Z][А-ЯӘҒҚҢӨҰҮҺІA-Zа-я]{1,8}[А-ЯӘҒҚҢӨҰҮҺІA-Z]")
_WIDEST: Final = 400


@dataclass(frozen=True, slots=True)
class Called:
    """A short name that a text gives to an act.

    Attributes:
        name: The name.
        language: Language of the text.
        start: Offset of what calls so: the act stands before it.
        is_own: Whether the text says that it is itself what is called so.
        kind: Kind of the act by its name; empty for an abbreviation.
        is_bare: Whether the name is only the word for an act: «Закон».
        title: The title in quotation marks that stands before it; empty where none does.
    """

    name: str
    language: Language
    start: int
    is_own: bool
    kind: str
    is_bare: bool
    title: str = ""


def called(text: str, language: Language) -> Iterator[Called]:
    """Yields the short names that a text gives to acts, in order."""
    for match in _CALLED.finditer(text):
        before = text[max(0, match.start() - _WIDEST) : match.start()]
        # Up to the sentence before, and what was called something before.
        before = re.split(r"[.;]\s|\)", before.rstrip("( "))[-1]
        is_own = bool(_OWN.search(before)) and _acts(before) == 1
        quoted = _QUOTED.findall(before)
        title = quoted[-1].strip('"«»“”„ ') if quoted else ""
        for name in _names(text, match.end()):
            own = words(name)
            heads = [head for word in own if (head := head_of(word)) is not None]
            if heads or is_abbreviation(name):
                kind = heads[0].kind if heads else ""
                is_bare = len(own) == len(heads) == 1
                yield Called(name, language, match.start(), is_own, kind, is_bare, title)


def is_abbreviation(name: str) -> bool:
    """Whether a name is letters that stand for its words: «КоАП»."""
    return _ABBREVIATION.fullmatch(name) is not None


def _names(text: str, start: int) -> Iterator[str]:
    """Yields the names from a place on: one, or more with «или» between."""
    while match := _NAME.match(text, start):
        yield " ".join(match["name"].split())
        joined = _JOINED.match(text, match.end())
        if joined is None:
            return
        start = joined.end()


def _acts(text: str) -> int:
    """Returns how many words for acts stand in a text outside quotation marks."""
    bare = _QUOTED.sub(" ", text)
    return sum(head_of(word) is not None for word in words(bare))


def own_names(text: str, language: Language, title: str = "") -> tuple[str, ...]:
    """Returns what a text calls the act that it is of, beside the word for an act alone.

    Args:
        text: The text of an edition.
        language: Its language.
        title: The act's title.
    """
    same = [word.key for word in words(title)]
    found = (one for line in text.splitlines() for one in called(line, language))
    own = (
        one
        for one in found
        if one.is_own or (same and [word.key for word in words(one.title)] == same)
    )
    return tuple(dict.fromkeys(one.name for one in own if not one.is_bare))
