"""A question that repeats the title of an article: it names the article as its number does."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from indexer.stores.base import Rows, Snapshot
from indexer.vocabulary import words_of
from service.engine.questions import Question

LOOKED_AT: Final = 10
"""How many of the best items are looked at, whatever number is wanted."""

_LEAST_WORDS = 2


def titled(snapshot: Snapshot, question: Question, rows: Rows) -> Rows:
    """Returns which items are of an article whose title, in any language, the question repeats.

    Args:
        snapshot: The generation.
        question: The question.
        rows: A row of each item, the best first; only the first of them are looked at.

    Returns:
        Places among ``rows``, ascending.
    """
    texts = {question.text, question.interpreted}
    asked = [words for words in map(words_of, texts) if len(words) >= _LEAST_WORDS]
    if not asked:
        return np.empty(0, dtype=np.int64)
    near = _holding(snapshot, snapshot.siblings(rows[:LOOKED_AT]), asked)
    items = [
        snapshot.items[row]
        for row, passage in zip(near.tolist(), snapshot.passages(near), strict=True)
        if words_of(passage.title) in asked
    ]
    return np.flatnonzero(np.isin(snapshot.items[rows[:LOOKED_AT]], items))


def _holding(snapshot: Snapshot, rows: Rows, asked: Sequence[Sequence[str]]) -> Rows:
    """Returns those of ``rows`` that hold all words of one of ``asked``; no other is read."""
    words, owners, _ = snapshot.words.words.gather(rows)
    holds = np.zeros(len(rows), dtype=np.bool_)
    for one in asked:
        each = set(one)
        numbers = [snapshot.words.spellings.find(word) for word in each]
        known = [number for number in numbers if number is not None]
        if len(known) == len(each):
            met = np.isin(words, known)
            holds |= np.bincount(owners[met], minlength=len(rows)) == len(each)
    return rows[holds]
