"""Tests of the texts of the pages."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from indexer.readers.doubts import Doubt

MESSAGES = ("service/messages/*.toml", "indexer/faults.toml", "indexer/readers/doubts.toml")
PARTS = ("kk", "ru", "en")


def texts(root: Path) -> dict[str, dict[str, str]]:
    """Reads every message file."""
    return {
        key if path.parent.name == "messages" else f"{path.stem}-{key}": value
        for pattern in MESSAGES
        for path in sorted(root.glob(pattern))
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def fields(text: str) -> set[str]:
    """Returns the names of the values that a text is filled in with."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def used(root: Path) -> set[str]:
    """Returns the keys that templates and modules of the pages name."""
    found: set[str] = set()
    for path in (root / "service" / "web").rglob("*"):
        if path.suffix == ".html":
            source = path.read_text(encoding="utf-8")
            found |= {f"web-{key}" for key in re.findall(r'\bt\("([a-z-]+)"\s*[,)]', source)}
            for prefix, endings in {
                "shown-in-": PARTS,
                "in-": PARTS,
                "kind-": ("law", "code", "decree", "constitution", "resolution", "order", "rules"),
                "change-": ("added", "restated", "amended", "excluded", "repealed"),
                "admin-step-": ("pages", "embedding", "questions", "opening"),
                "admin-questions-": ("off", "verdicts", "questions"),
                "admin-said-": ("right", "wrong", "nothing", "unanswered"),
                "feedback-note-": ("verdicts", "questions"),
                "cite-": ("letter-kk", "letter-ru", "markdown", "bibtex", "link"),
            }.items():
                if f't("{prefix}" ~' in source:
                    found |= {f"web-{prefix}{ending}" for ending in endings}
        elif path.suffix == ".py":
            found |= set(re.findall(r'"(web-[a-z-]+)"', path.read_text(encoding="utf-8")))
    return found


def test_no_message_is_missing_and_none_is_left_over(root: Path) -> None:
    """Every text that a page names is in the catalogue, and every one of the catalogue is used."""
    known = {key for key in texts(root) if key.startswith("web-")}
    assert used(root) == known


@pytest.mark.parametrize("language", PARTS)
def test_no_message_is_empty(root: Path, language: str) -> None:
    """Each message has its text in each language, and no other language."""
    for key, value in texts(root).items():
        assert set(value) == set(PARTS), key
        assert value[language].strip(), key


def test_languages_take_the_same_values(root: Path) -> None:
    """A message's three texts have the same places for values."""
    for key, value in texts(root).items():
        assert fields(value["kk"]) == fields(value["ru"]) == fields(value["en"]), key


def test_kazakh_is_no_copy_of_russian(root: Path) -> None:
    """Only names may be the same in Kazakh and Russian."""
    same = {key for key, value in texts(root).items() if value["kk"] == value["ru"]}
    assert same <= {"about-name", "web-brand", "web-cite-markdown", "web-cite-bibtex"}


def test_every_doubt_has_its_sentence(root: Path) -> None:
    """What is looked for has one, and none is left over."""
    told: set[str] = set()
    for path in (root / "indexer").rglob("*.py"):
        told |= set(re.findall(r'Doubt(?:\.of)?\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8")))
    assert told == set(Doubt.sentences())
