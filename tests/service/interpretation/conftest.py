"""The interpreter of the concept, and the shipped words."""

from pathlib import Path

import pytest

from indexer.corpus import read_corpus
from indexer.kazakh.lexicon import Lexicon, load_lexicon
from service.interpretation import Interpreter


@pytest.fixture(scope="session")
def interpreter(root: Path) -> Interpreter:
    """An interpreter that knows the words of the concept."""
    return Interpreter(read_corpus(root / "seeds").passages)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped words."""
    return load_lexicon()
