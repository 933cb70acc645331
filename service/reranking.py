"""Scores any texts by how well they answer a question."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.embedding import Encoder
from indexer.errors import InvalidTextError
from indexer.normalisation import sanitise
from service.questions import Question

_WINDOW = 1_200
_STRIDE = 900


def relevance(encoder: Encoder, question: Question, texts: Sequence[str]) -> NDArray[np.float32]:
    """Returns the score of each text, from 0 to 1, shape ``(len(texts),)``.

    The score has the scale of the engine's own: the cosine of question and text. A text longer
    than a model reads is scored by its best window; an empty one scores 0.
    """
    windows = [(row, part) for row, text in enumerate(texts) for part in _windows(text)]
    scores = np.zeros(len(texts), dtype=np.float32)
    if not windows:
        return scores
    query = encoder.encode_queries([question.interpreted])[0]
    cosines = encoder.encode_passages([part for _, part in windows]) @ query
    np.maximum.at(scores, [row for row, _ in windows], np.clip(cosines, 0.0, 1.0))
    return scores


def _windows(text: str) -> list[str]:
    try:
        clean = sanitise(text, limit=max(1, len(text)))
    except InvalidTextError:
        return []
    starts = range(0, max(1, len(clean) - _WINDOW + _STRIDE), _STRIDE)
    return [part for start in starts if (part := clean[start : start + _WINDOW].strip())]
