"""The interpreter of the concept, and the shipped words."""

from pathlib import Path

import pytest

from indexer.analysis.texts import analyse
from indexer.documents.corpus import read_corpus
from indexer.languages.lexicon import Lexicon, load_lexicon
from indexer.languages.tables import document_tables
from service.normalisation import Interpreter


@pytest.fixture(scope="session")
def interpreter(root: Path) -> Interpreter:
    """An interpreter that knows the words of the concept."""
    (source,) = read_corpus(root / "seeds")
    expression = source.expressions[0]
    return Interpreter(document_tables({"kk": analyse(expression.passages).forms}))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped words."""
    return load_lexicon()
