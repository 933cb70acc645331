"""Tests of why a document cannot be read, in three languages."""

import re
import string
from pathlib import Path

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.languages import LANGUAGES


def test_every_fault_is_told_in_three_languages() -> None:
    """No sentence lacks a language, and each is filled in with the same values."""
    for code, texts in Fault.sentences().items():
        assert tuple(texts) == LANGUAGES, code
        fields = {
            frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
            for text in texts.values()
        }
        assert len(fields) == 1, code


def test_every_fault_is_one_that_the_code_knows(root: Path) -> None:
    """No code lacks its sentence, and no sentence is left over."""
    used = {
        code
        for path in (root / "indexer").rglob("*.py")
        for code in re.findall(r'Fault\.of\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert used == set(Fault.sentences())


def test_an_error_says_where_and_keeps_its_fault() -> None:
    """What holds a file names it, and the fault can still be told in another language."""
    error = DocumentError(Fault.of("pages", count=9_000, most=5_000)).within("kk.pdf")

    assert str(error) == "kk.pdf: The file has 9000 pages; split it at 5000."
    assert isinstance(error.said, Fault)
    assert (
        error.said.sentence("ru") == "В файле 9000 страниц; разделите его на части не длиннее 5000."
    )
    assert error.within("act").where == "act: kk.pdf"
