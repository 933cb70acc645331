from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.sequences import COVERED, letter_sequences
from indexer.documents.passages import Passage
from indexer.languages.kk.letters import CYRILLIC
from indexer.stores.base import Rows, Scores, Snapshot
from indexer.vocabulary import words_of
from service.ranking.dictionary import Unit
from service.ranking.signals import Query
from service.ranking.signals.coverage import Coverage

Make = Callable[..., Passage]
Generate = Callable[[Sequence[Passage]], Snapshot]

WORDS = st.lists(st.text(CYRILLIC, min_size=1, max_size=12), max_size=6)
TEXTS = st.lists(st.text(max_size=60), max_size=6)


@pytest.fixture(scope="session")
def concept_words(generation: Generate, concept_passages: tuple[Passage, ...]) -> Snapshot:
    """The passages of the concept."""
    return generation(concept_passages)


@pytest.fixture(scope="session")
def little(generation: Generate, passage: Make) -> Callable[..., Snapshot]:
    """Makes a generation of texts."""
    return lambda *texts: generation([passage(text) for text in texts])


def coverage(snapshot: Snapshot, words: Iterable[str], rows: Rows | None = None) -> Scores:
    """Returns how much of ``words`` each row covers."""
    units = tuple(Unit((word,)) for word in words)
    query = Query("", "kk", units, np.zeros(len(snapshot), np.float32))
    rows = np.arange(len(snapshot)) if rows is None else rows
    return Coverage(snapshot).measure(query, rows).scores


def sequences(words: Sequence[str]) -> set[int]:
    """Returns the letter sequences of words."""
    return set(letter_sequences(words, COVERED)[1].tolist())


@given(TEXTS, WORDS)
def test_coverage_lies_between_0_and_1(
    little: Callable[..., Snapshot], texts: list[str], words: list[str]
) -> None:
    """Whatever the passages and the question, coverage is a fraction."""
    texts = ["Бір мысал.", *texts]
    scores = coverage(little(*texts), words)
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= 1


@pytest.mark.parametrize("words", [[], ["diplomacy"], ["щщщ"], ["я"]])
def test_no_shared_sequence_no_coverage(concept_words: Snapshot, words: list[str]) -> None:
    """A question in other letters, or of none, covers nothing."""
    assert not coverage(concept_words, words).any()


@given(WORDS)
def test_only_passages_that_share_a_sequence_are_covered(
    little: Callable[..., Snapshot], words: list[str]
) -> None:
    """Coverage is above 0 exactly where a letter sequence of the question stands."""
    texts = ["Климат туралы келісім", "Мұнай мен газ", "Адам құқықтары"]
    scores = coverage(little(*texts), words)
    asked = sequences(words)
    shared = [bool(asked & sequences(words_of(text))) for text in texts]
    assert (scores > 0).tolist() == shared


def test_more_of_the_question_is_more_coverage(little: Callable[..., Snapshot]) -> None:
    """A passage with both words is covered more than one with one of them."""
    snapshot = little("климат өзгеруі", "климат саясаты", "сауда саясаты")
    both, one, none = coverage(snapshot, ["климат", "өзгеруі"])
    assert both > one > none


def test_an_unknown_word_lowers_coverage(little: Callable[..., Snapshot]) -> None:
    """What the corpus does not know at all counts against every passage."""
    snapshot = little("климат өзгеруі", "сауда саясаты")
    assert coverage(snapshot, ["климат", "zzzzz"])[0] < coverage(snapshot, ["климат"])[0]


def test_endings_do_not_hide_a_stem(little: Callable[..., Snapshot]) -> None:
    """Another form of the question's word covers the passage, another word does not."""
    snapshot = little("ынтымақтастығымыз", "қауіпсіздік")
    form, other = coverage(snapshot, ["ынтымақтастықты"])
    assert form > 2 * other


def test_headings_are_covered(generation: Generate, passage: Make) -> None:
    """A passage is also about what the heading above it says."""
    snapshot = generation([passage("Бірінші.", "Климат"), passage("Екінші.", "Сауда")])
    assert coverage(snapshot, ["климат"])[0] > 0
    assert coverage(snapshot, ["климат"])[1] == 0


def test_the_order_of_the_words_does_not_matter(concept_words: Snapshot) -> None:
    """Words are counted, not their places."""
    words = ["сыртқы", "саясат", "басымдықтар"]
    assert np.allclose(coverage(concept_words, words), coverage(concept_words, words[::-1]))


def test_a_passage_covers_its_own_text_best(
    concept_words: Snapshot, concept_passages: tuple[Passage, ...]
) -> None:
    """Each of the concept's longer passages, asked word for word, is found first."""
    long = [row for row, item in enumerate(concept_passages) if len(item.text) > 150]
    assert long
    for row in long[::5]:
        asked = words_of(concept_passages[row].text)
        assert coverage(concept_words, asked).argmax() == row


def test_other_candidates_do_not_matter(concept_words: Snapshot) -> None:
    """A passage has the same coverage among all passages and among a few."""
    words = ["сыртқы", "саясат", "басымдықтар"]
    rows = np.array([3, 17, 40, 90])
    some = coverage(concept_words, words, rows)
    assert np.allclose(some, coverage(concept_words, words)[rows])
    assert some.any()
