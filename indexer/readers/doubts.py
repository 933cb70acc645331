"""What a person should look at in what was read: a code with its values, and a sentence of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.languages.codes import Language


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at.

    Attributes:
        code: What it is: a table of ``doubts.toml``.
        values: What the sentence is filled in with.
    """

    code: str
    values: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of(cls, code: str, **values: str | int) -> "Doubt":
        """Returns a doubt with its values."""
        return cls(code, tuple(values.items()))

    def sentence(self, language: Language, **said: str) -> str:
        """Returns the sentence in a language; ``said`` are values that it says otherwise."""
        return sentences()[self.code][language].format(**{**dict(self.values), **said})

    def __str__(self) -> str:
        return self.sentence("en")


def left_out(notes: int) -> tuple[Doubt, ...]:
    """What is to be said of footnotes that are in no text."""
    return (Doubt.of("footnotes", count=notes),) if notes else ()


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Returns the sentences by code and language, with the names of their values in braces."""
    text = (files("indexer.readers") / "doubts.toml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = tomllib.loads(text)
    return content
