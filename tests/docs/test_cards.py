"""Tests that the cards of data sets say what lies beside them."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DATASETS = sorted(
    path.parent for path in (ROOT / "evaluation" / "datasets").glob("*/queries.jsonl")
)
_FRONT = re.compile(r"---\n(.*?)\n---\n\n# ", re.DOTALL)


def front(card: Path) -> dict[str, object]:
    """Returns the front matter that hubs read."""
    match = _FRONT.match(card.read_text(encoding="utf-8"))
    assert match, f"{card} has no front matter"
    found: dict[str, object] = yaml.safe_load(match[1])
    return found


@pytest.mark.parametrize("folder", DATASETS, ids=lambda folder: folder.name)
def test_card_says_what_the_questions_are(folder: Path) -> None:
    """Number, languages, origin and licence."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    languages = {json.loads(line)["metadata"]["language"] for line in lines}
    stated = front(folder / "README.md")
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert stated["language"] == sorted(languages)
    assert stated["license"] == "apache-2.0"
    assert re.search(rf"\b{len(lines):,} questions", text)
    assert "Written by" in text or "written by" in text
    unanswerable = folder / "unanswerable.jsonl"
    if unanswerable.exists():
        kept = unanswerable.read_text(encoding="utf-8").splitlines()
        known = [json.loads(line)["metadata"]["kind"] for line in kept]
        for kind in set(known):
            assert re.search(rf"\b{known.count(kind)} (?:\w+ )?{_SAID[kind]}", text)


_SAID = {"unrelated": "unrelated", "same-field": "of the\\s+same\\s+field"}


def test_adapter_has_a_card() -> None:
    """It names the model that it changes."""
    card = ROOT / "indexer" / "embedding" / "adapters" / "tarmaq-e5-small" / "README.md"
    assert front(card)["base_model"] == "intfloat/multilingual-e5-small"
