"""Words for acts: «закон», «кодексінің», "law", in any form."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.acts.words import Word, words
from indexer.languages.codes import Language
from indexer.reference.folding import fold, is_cyrillic

HEADS: Final[dict[Language, dict[str, str]]] = {
    "kk": {
        "law": "заң", "code": "кодекс", "decree": "жарлық", "resolution": "қаулы",
        "order": "бұйрық",
    },
    "ru": {
        "law": "закон", "code": "кодекс", "decree": "указ", "resolution": "постановление",
        "order": "приказ",
    },
    "en": {"law": "law", "code": "code", "decree": "decree", "order": "order"},
}  # fmt: skip
"""The word for each kind of act."""

# In folded letters, where й is и and ы is и.
RUSSIAN_NOUN: Final = re.compile(r"(?:а|я|у|ю|ом|ем|е|и|ои|еи|ию|ов|ев|ам|ям|ами|ями|ах|ях)?")
"""Endings of a Russian noun, folded."""

KAZAKH_NOUN: Final = re.compile(
    r"(?:л?[дт]?[ае]р)?(?:с?и)?(?:н?[нд]?и[нм]|[ндт]ин|[ндт]и|[гк][ае]|н?[дт][ае](?:ги)?|н?[дт][ае]н"
    r"|н[ае]н|н[ае]|[ае]|н|[мбп]ен|миз\w{0,4})?"
)
"""Plural, owner and case of a Kazakh noun, folded."""

_ENGLISH: Final = {"law": "law", "laws": "law", "act": "law", "code": "code", "decree": "decree"}


@dataclass(frozen=True, slots=True)
class Head:
    """A word for an act in a text.

    Attributes:
        kind: Kind of act.
        language: Language of the word; of «кодекс», which is one in two, Russian.
        is_owned: Whether it has the Kazakh ending of what is owned: «кодексі», «заңының».
    """

    kind: str
    language: Language
    is_owned: bool = False


def head_of(word: Word) -> Head | None:
    """Returns what a word says as the word for an act; None for any other."""
    return _head_of(word.text.lower(), word.key)


@lru_cache(maxsize=4_096)
def _head_of(text: str, key: str) -> Head | None:
    if not is_cyrillic(text) and text in _ENGLISH:
        return Head(_ENGLISH[text], "en")
    for kind, word in HEADS["ru"].items():
        stem = fold(word[:-1] if word.endswith("е") else word)
        if key.startswith(stem) and RUSSIAN_NOUN.fullmatch(key, len(stem)):
            # «кодексы» and «кодексі» are one when folded.
            if kind == "code" and key == f"{stem}и" and not text.endswith("ы"):
                return Head(kind, "kk", is_owned=True)
            return Head(kind, "ru")
    for kind, word in HEADS["kk"].items():
        stem = fold(word).removesuffix("к")
        if key.startswith(stem) and re.fullmatch(rf"[кг]?{KAZAKH_NOUN.pattern}", key[len(stem) :]):
            rest = key[len(stem) :].lstrip("кг")
            return Head(kind, "kk", is_owned=rest.startswith(("и", "си")))
    return None


def as_named(name: str) -> str:
    """Returns a name as a sentence quotes it: «закона о космосе» as «закон о космосе».

    Before a Russian word for an act stand adjectives with endings of their own: those stay.
    """
    found = [(word, head) for word in words(name) if (head := head_of(word)) is not None]
    if len(found) != 1:
        return name
    word, head = found[0]
    if head.language == "en" or (head.language == "ru" and word.start > 0):
        return name
    plain = HEADS[head.language][head.kind]
    if head.is_owned:
        plain = {"law": "заңы", "code": "кодексі", "decree": "жарлығы", "resolution": "қаулысы",
                 "order": "бұйрығы"}[head.kind]  # fmt: skip
    own = plain.capitalize() if word.text[:1].isupper() else plain
    return f"{name[: word.start]}{own}{name[word.start + len(word.text) :]}"
