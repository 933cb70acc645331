"""Tests of indexer.analysis.corpus."""

import numpy as np
import pytest

from indexer.analysis.corpus import CorpusWords, merge
from indexer.analysis.texts import analyse
from indexer.documents.passages import Passage

TEXTS = ("бір екі үш", "екі екі төрт", "", "бес")


@pytest.fixture(scope="module")
def words() -> CorpusWords:
    """The words of four passages."""
    passages = [Passage("d", f"al_{n}", "kk", None, (), text) for n, text in enumerate(TEXTS)]
    return CorpusWords(merge([analyse(passages)]))


def test_the_words_of_rows_are_numbered_among_themselves(words: CorpusWords) -> None:
    """Each word once, and where it is held by its number."""
    held = words.held(np.array([1, 2, 0]))
    named = [words.spellings[number] for number in held.words.tolist()]
    assert sorted(named[:2]) == ["екі", "төрт"]
    assert sorted(named[2:]) == ["бір", "екі", "үш"]
    assert held.owners.tolist() == [0, 0, 2, 2, 2]
    assert sorted(held.distinct.tolist()) == sorted(set(held.words.tolist()))
    assert held.distinct[held.numbers - 1].tolist() == held.words.tolist()


def test_numbers_are_forgotten_even_after_a_failure(words: CorpusWords) -> None:
    """Other rows' words begin from nothing."""

    def fails() -> None:
        with words.numbering(np.array([0, 2], np.int32)) as numbers:
            assert numbers.tolist() == [1, 0, 2, 0, 0]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with words.numbering(np.array([1], np.int32)) as numbers:
        assert numbers.tolist() == [0, 1, 0, 0, 0]


def test_small_numbers_take_a_byte(words: CorpusWords) -> None:
    """Tables are mapped by every process: what is counted in words is hardly ever more."""
    for name in ("row_counts", "sequence_times", "spelling_sizes"):
        assert words.arrays[name].dtype == np.uint8


def test_a_word_of_very_many_letters_is_counted_right() -> None:
    """A byte does not hold what it has."""
    passage = Passage("d", "al_0", "kk", None, (), "а" * 700)
    found = CorpusWords(merge([analyse([passage])]))
    assert found.sequence_times.max() == 698
    assert found.spelling_sizes.tolist() == [9]
