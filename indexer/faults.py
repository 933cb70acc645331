"""Why a document cannot be read or taken in: a code with its values, and a sentence of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.languages.codes import Language


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a document.

    Attributes:
        code: What it is: a table of ``faults.toml``.
        values: What its sentence is filled in with.
    """

    code: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, code: str, **values: object) -> "Fault":
        """Returns a fault with its values."""
        return cls(code, tuple(values.items()))

    def __getitem__(self, language: Language) -> str:
        """Returns the sentence in a language."""
        return sentences()[self.code][language].format(**dict(self.values))

    def __str__(self) -> str:
        return self["en"]


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Returns the sentences by code and language, with the names of their values in braces."""
    text = (files("indexer") / "faults.toml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = tomllib.loads(text)
    return content
