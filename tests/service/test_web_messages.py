"""Tests of the texts of the pages."""

import re
import string
import tomllib
from pathlib import Path

import pytest

MESSAGES = "service/messages"
PARTS = ("kk", "ru", "en")


def texts(root: Path) -> dict[str, dict[str, str]]:
    """Reads every message file."""
    return {
        key: value
        for path in sorted((root / MESSAGES).glob("*.toml"))
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def used(root: Path) -> set[str]:
    """Returns the keys that templates and modules of the pages name."""
    found: set[str] = set()
    for path in (root / "service" / "web").rglob("*"):
        if path.suffix == ".html":
            source = path.read_text(encoding="utf-8")
            found |= {f"web-{key}" for key in re.findall(r'\bt\("([a-z-]+)"\s*[,)]', source)}
            for prefix, endings in {
                "status-": ("authoritative", "unofficial"),
                "in-": PARTS,
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
        fields = {
            language: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for language, text in value.items()
        }
        assert fields["kk"] == fields["ru"] == fields["en"], key


def test_kazakh_is_no_copy_of_russian(root: Path) -> None:
    """Only names may be the same in Kazakh and Russian."""
    same = {key for key, value in texts(root).items() if value["kk"] == value["ru"]}
    assert same <= {"web-brand", "web-cite-markdown", "web-cite-bibtex"}
