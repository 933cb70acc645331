"""What is told to people: a code with its values, and a sentence of it in each language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import ClassVar, Self

from indexer.languages.codes import Language


@dataclass(frozen=True, slots=True)
class Told:
    """Something that people are told.

    Attributes:
        code: What it is: a table of ``FILE``.
        values: What its sentence is filled in with.
    """

    FILE: ClassVar[str]
    """Where the sentences stand, below ``indexer``."""

    code: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, code: str, **values: object) -> Self:
        """Returns it with its values."""
        return cls(code, tuple(values.items()))

    def sentence(self, language: Language, **said: object) -> str:
        """Returns the sentence in a language; ``said`` are values that it says otherwise."""
        return self.sentences()[self.code][language].format(**{**dict(self.values), **said})

    def __str__(self) -> str:
        return self.sentence("en")

    @classmethod
    def sentences(cls) -> Mapping[str, Mapping[str, str]]:
        """Returns the sentences by code and language, with the names of their values in braces."""
        return _sentences(cls.FILE)


@cache
def _sentences(file: str) -> Mapping[str, Mapping[str, str]]:
    content: dict[str, dict[str, str]] = tomllib.loads(
        (files("indexer") / file).read_text(encoding="utf-8")
    )
    return content
