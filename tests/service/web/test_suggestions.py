"""Tests of suggestions, however they are typed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.languages.folding import sounds
from indexer.stores.embedded import EmbeddedSnapshot
from service.engine.library import Library
from service.web.suggestions import collect, examples

CONCEPT = "foreign-policy-2020-2030"


@pytest.mark.parametrize(
    "typed",
    [
        "Сыртқы саясаттың неғ",
        "сырткы саясаттын нег",
        "Syrtqy saiasattyñ neg",
        "sırtqı sayasattın neg",
    ],
    ids=["kazakh", "letterless", "latin", "latin-2021"],
)
def test_section_title_is_suggested_however_typed(concept: EmbeddedSnapshot, typed: str) -> None:
    """Kazakh, Russian and Latin letters lead to the same section title."""
    found = collect(Library(concept)).find(typed)
    assert "Сыртқы саясаттың негізгі қағидаттары" in [suggestion.text for suggestion in found]


def test_every_word_typed_must_fit(concept: EmbeddedSnapshot) -> None:
    """Suggestions hold all the words that were typed, not some of them."""
    suggestions = collect(Library(concept))
    assert suggestions.find("каспий теңіз")
    assert suggestions.find("каспий баурсақ") == ()
    assert suggestions.find("  ?! ") == ()


def test_limit_holds(concept: EmbeddedSnapshot) -> None:
    """No more suggestions come than a list can show."""
    assert len(collect(Library(concept)).find("қ", limit=3)) == 3


@pytest.mark.parametrize(
    ("typed", "page", "first"),
    [
        ("внешней политики", "kk", "ru"),
        ("сыртқы саясат", "ru", "kk"),
        ("foreign policy", "kk", "en"),
        ("ка", "ru", "ru"),
        ("ка", "kk", "kk"),
    ],
)
def test_language_of_the_words_and_of_the_page_come_first(
    concept: EmbeddedSnapshot, typed: str, page: str, first: str
) -> None:
    """What is typed tells the language; a few letters do not, and the page's comes first."""
    found = collect(Library(concept)).find(typed, page)
    languages = [one.language for one in found]
    assert languages[0] == first
    rank = {first: 0, page: 1 if page != first else 0}
    assert languages == sorted(languages, key=lambda language: rank.get(language, 2))


def test_examples_are_of_known_documents_only() -> None:
    """An index without the concept offers no question about it."""
    assert examples([CONCEPT], "kk")
    assert examples(["another-document"]) == ()


def test_examples_are_no_test_questions(root: Path) -> None:
    """The page offers no question of the evaluation's test split."""
    folder = root / "evaluation" / "datasets" / "concept"
    if not folder.is_dir():
        pytest.skip("the evaluation's questions are not here")
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = {record["_id"]: record["text"] for record in map(json.loads, lines)}
    judged = (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]
    held_out = {asked[line.split("\t")[0]] for line in judged}
    assert held_out.isdisjoint(examples([CONCEPT]))


@given(st.text(max_size=60))
def test_folding_never_fails_and_settles(text: str) -> None:
    """Any text folds to words without spaces, upper case counting for nothing."""
    words = sounds(text)
    assert all(word and not word.isspace() for word in words)
    assert sounds(" ".join(words)) is not None
