"""Scores any texts by how well they answer a question, on the scale of a search."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.errors import InvalidTextError
from indexer.normalisation import sanitise
from indexer.stores.base import Scores
from indexer.vocabulary import words_of
from service.deadline import checkpoint
from service.engine.questions import Question
from service.engine.retrieval import Retriever
from service.engine.texts import Texts
from service.ranking.content import says_something
from service.ranking.fusion import Ranker

_WINDOW: Final = 1_200
_STRIDE: Final = 900
_BATCH: Final = 4


def relevance(
    retriever: Retriever, question: Question, texts: Sequence[str]
) -> NDArray[np.float32]:
    """Returns the score of each text, from 0 to 1, shape ``(len(texts),)``.

    The texts are ranked as passages of an index are, and the score is the probability that the
    text answers. A long text counts by its nearest part; an empty one scores 0.
    """
    clean = [_clean(text) for text in texts]
    scores = np.zeros(len(texts), dtype=np.float32)
    # Equal texts must score alike: both a batch and a product of a matrix round by position.
    distinct = list(dict.fromkeys(text for text in clean if text))
    asked = words_of(question.interpreted)
    if not distinct or not any(says_something(word, question.language) for word in asked):
        return scores
    windows = [(place, part) for place, text in enumerate(distinct) for part in _windows(text)]
    parts = list(dict.fromkeys(part for _, part in windows))
    vectors: dict[str, Scores] = {}
    for start in range(0, len(parts), _BATCH):
        checkpoint()
        batch = parts[start : start + _BATCH]
        vectors.update(zip(batch, retriever.encoder.encode_passages(batch), strict=True))
    snapshot = retriever.snapshot
    ranked = Texts(
        distinct,
        np.stack([vectors[part] for _, part in windows]),
        [place for place, _ in windows],
        snapshot.statistics,
    )
    evidence = Ranker(ranked).rank(retriever.query(question), ranked.items)
    order = np.argsort(-evidence.total, kind="stable")
    found = retriever.likelihoods(evidence, order, evidence.total[order])
    by_text = {
        distinct[place]: score
        for place, score in zip(ranked.places[order].tolist(), found.tolist(), strict=True)
    }
    for place, text in enumerate(clean):
        scores[place] = by_text.get(text, 0.0)
    return scores


def _clean(text: str) -> str:
    try:
        return sanitise(text, limit=max(1, len(text)))
    except InvalidTextError:
        return ""


def _windows(text: str) -> list[str]:
    starts = range(0, max(1, len(text) - _WINDOW + _STRIDE), _STRIDE)
    return [part for start in starts if (part := text[start : start + _WINDOW].strip())]
