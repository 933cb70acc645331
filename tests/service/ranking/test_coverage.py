from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.kazakh.alphabets import CYRILLIC
from indexer.passages import Passage
from indexer.vocabulary import words_of
from service.ranking.coverage import Coverage, sequences

Make = Callable[..., Passage]

WORDS = st.lists(st.text(CYRILLIC, min_size=1, max_size=12), max_size=6)
TEXTS = st.lists(st.text(max_size=60), max_size=6)


@given(TEXTS, WORDS)
def test_coverage_lies_between_0_and_1(passage: Make, texts: list[str], words: list[str]) -> None:
    """Whatever the passages and the question, coverage is a fraction."""
    texts = ["Бір мысал.", *texts]
    scores = Coverage([passage(text) for text in texts]).scores(words)
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= 1


@pytest.mark.parametrize("words", [[], ["diplomacy"], ["щщщ"], ["я"]])
def test_no_shared_sequence_no_coverage(
    concept_passages: tuple[Passage, ...], words: list[str]
) -> None:
    """A question in other letters, or of none, covers nothing."""
    assert not Coverage(concept_passages).scores(words).any()


@given(WORDS)
def test_only_passages_that_share_a_sequence_are_covered(passage: Make, words: list[str]) -> None:
    """Coverage is above 0 exactly where a letter sequence of the question stands."""
    texts = ["Климат туралы келісім", "Мұнай мен газ", "Адам құқықтары"]
    scores = Coverage([passage(text) for text in texts]).scores(words)
    asked = set(sequences(words))
    shared = [bool(asked & set(sequences(words_of(text)))) for text in texts]
    assert (scores > 0).tolist() == shared


def test_more_of_the_question_is_more_coverage(passage: Make) -> None:
    """A passage with both words is covered more than one with one of them."""
    texts = ["климат өзгеруі", "климат саясаты", "сауда саясаты"]
    both, one, none = Coverage([passage(text) for text in texts]).scores(["климат", "өзгеруі"])
    assert both > one > none


def test_an_unknown_word_lowers_coverage(passage: Make) -> None:
    """What the corpus does not know at all counts against every passage."""
    coverage = Coverage([passage("климат өзгеруі"), passage("сауда саясаты")])
    assert coverage.scores(["климат", "zzzzz"])[0] < coverage.scores(["климат"])[0]


def test_endings_do_not_hide_a_stem(passage: Make) -> None:
    """Another form of the question's word covers the passage, another word does not."""
    coverage = Coverage([passage("ынтымақтастығымыз"), passage("қауіпсіздік")])
    form, other = coverage.scores(["ынтымақтастықты"])
    assert form > 2 * other


def test_headings_are_covered(passage: Make) -> None:
    """A passage is also about what the heading above it says."""
    coverage = Coverage([passage("Бірінші.", "Климат"), passage("Екінші.", "Сауда")])
    assert coverage.scores(["климат"])[0] > 0
    assert coverage.scores(["климат"])[1] == 0


def test_the_order_of_the_words_does_not_matter(concept_passages: tuple[Passage, ...]) -> None:
    """Words are counted, not their places."""
    coverage = Coverage(concept_passages)
    words = ["сыртқы", "саясат", "басымдықтар"]
    assert np.allclose(coverage.scores(words), coverage.scores(reversed(words)))


def test_a_passage_covers_its_own_text_best(concept_passages: tuple[Passage, ...]) -> None:
    """Each of the concept's longer passages, asked word for word, is found first."""
    coverage = Coverage(concept_passages)
    long = [row for row, item in enumerate(concept_passages) if len(item.text) > 150]
    assert long
    for row in long[::5]:
        asked = words_of(concept_passages[row].text)
        assert coverage.scores(asked).argmax() == row


@given(st.text(CYRILLIC, min_size=1, max_size=15))
def test_a_word_is_cut_into_all_sequences_of_3_to_5(word: str) -> None:
    """With a mark at both ends, each stretch of three to five letters is there once a place."""
    marked = f"#{word}#"
    found = sequences([word])
    assert all(part in marked and 3 <= len(part) <= 5 for part in found)
    assert len(found) == sum(max(0, len(marked) - length + 1) for length in (3, 4, 5))


def test_no_sequence_spans_two_words() -> None:
    """Each word is cut by itself."""
    assert sequences(["ел", "жер"]) == sequences(["ел"]) + sequences(["жер"])
