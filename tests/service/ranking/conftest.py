"""Passages to rank."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.corpus import read_corpus
from indexer.passages import Passage


@pytest.fixture(scope="session")
def passage() -> Callable[..., Passage]:
    """Makes a passage of a text and the headings above it."""

    def make(text: str, *headings: str) -> Passage:
        return Passage("document", "para_1", "kk", None, headings, text)

    return make


@pytest.fixture(scope="session")
def concept_passages(root: Path) -> tuple[Passage, ...]:
    """The passages of the shipped concept."""
    return tuple(read_corpus(root / "seeds").passages)
