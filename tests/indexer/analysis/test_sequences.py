"""Tests of letter sequences."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.sequences import COVERED, SPELLING, distinct_pairs, letter_sequences
from indexer.languages.kk.letters import CYRILLIC

WORD = st.text(CYRILLIC, min_size=1, max_size=15)


def cut(word: str, lengths: tuple[int, ...]) -> list[str]:
    """Returns the sequences of a word, one by one."""
    marked = f"#{word}#"
    return [
        marked[start : start + length]
        for length in lengths
        for start in range(len(marked) - length + 1)
    ]


@pytest.mark.parametrize("lengths", [COVERED, SPELLING])
@given(word=WORD)
def test_a_word_is_cut_into_all_its_sequences(lengths: tuple[int, ...], word: str) -> None:
    """With a mark at both ends, each stretch of so many letters is there once a place."""
    _, hashes = letter_sequences([word], lengths)
    times = Counter(cut(word, lengths)).values()
    assert sorted(Counter(hashes.tolist()).values()) == sorted(times)


@given(WORD, WORD)
def test_words_share_what_their_letters_share(one: str, other: str) -> None:
    """A sequence is the same number in every word, and another one another number."""
    hashes = (set(letter_sequences([word], COVERED)[1].tolist()) for word in (one, other))
    written = (set(cut(word, COVERED)) for word in (one, other))
    assert len(set.intersection(*hashes)) == len(set.intersection(*written))


def test_no_sequence_spans_two_words() -> None:
    """Each word is cut by itself."""
    owners, hashes = letter_sequences(["ел", "жер"], COVERED)
    for number, word in enumerate(["ел", "жер"]):
        alone = letter_sequences([word], COVERED)[1]
        assert sorted(hashes[owners == number]) == sorted(alone)


def test_repeats_are_kept_until_asked_otherwise() -> None:
    """A sequence that stands twice in a word is there twice, and once where each counts once."""
    owners, hashes = letter_sequences(["ааааа"], (3,))
    assert len(hashes) == 5
    assert len(distinct_pairs(owners, hashes)[1]) == 3


def test_no_words_have_no_sequences() -> None:
    """Nothing to cut is no error."""
    owners, hashes = letter_sequences([], COVERED)
    assert len(owners) == len(hashes) == 0
