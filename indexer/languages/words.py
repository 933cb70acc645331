"""The lists of words of each language, read once each; ``docs/words.md`` tells how to mend one."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from types import MappingProxyType

from indexer.languages.codes import Language
from indexer.languages.listing import entries, removed_by_hand

_Set = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of thing: how questions ask for it, and how texts show it.

    Attributes:
        asking: Regular expressions, each from the beginning of a word.
        showing: The same.
        called: What acts call the kind, which questions seldom do; empty for most.
    """

    asking: tuple[str, ...]
    showing: tuple[str, ...]
    called: str = ""


@cache
def frequent(code: Language) -> tuple[tuple[str, int], ...]:
    """Returns words in their usual case, each with a weight from 0 to 9."""
    return tuple((word, int(weight)) for word, weight, *_ in entries(folder(code), "frequent.tsv"))


@cache
def question_words(code: Language) -> frozenset[str]:
    """Returns the words that ask, join or name any document."""
    return frozenset(word.lower() for word, *_ in entries(folder(code), "question.txt"))


@cache
def synonyms(code: Language) -> tuple[_Set, ...]:
    """Returns sets of words and phrases that may stand for one another.

    A removal by hand (``-ақша | қаражат``) parts words wherever they stand together.
    """
    sets = [_members(line) for line, *_ in entries(folder(code), "synonyms.txt")]
    for line in removed_by_hand(folder(code), "synonyms.txt"):
        for one, other in combinations(_members(line), 2):
            sets = [part for members in sets for part in _parted(members, one, other)]
    return tuple(sets)


@cache
def answers(code: Language) -> Mapping[str, AnswerKind]:
    """Returns the kinds of things that questions ask for, by name."""
    kinds = tomllib.loads((folder(code) / "answers.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: AnswerKind(tuple(kind["asking"]), tuple(kind["showing"]), kind.get("called", ""))
            for name, kind in kinds.items()
        }
    )


@cache
def structure(code: Language) -> Mapping[str, frozenset[str]]:
    """Returns the words that hold sentences together, by what they do there."""
    text = (folder(code) / "structure.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: frozenset(found) for name, found in tomllib.loads(text).items()})


def folder(code: Language) -> Traversable:
    """Returns the folder of a language's lists."""
    return files("indexer.languages") / code / "words"


def _members(line: str) -> _Set:
    return tuple(member.strip() for member in line.split("|"))


def _parted(members: _Set, one: str, other: str) -> Iterable[_Set]:
    if one not in members or other not in members:
        return (members,)
    halves = (tuple(m for m in members if m != left) for left in (one, other))
    return [half for half in halves if len(half) > 1]
