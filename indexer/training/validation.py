"""How well a model in training finds the passages of acts that it does not see."""

import random
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.evaluation import SentenceEvaluator

from indexer.normalisation import sanitise
from indexer.training.acts import Acts
from indexer.training.pairs import Pair

METRIC: Final = "validation_rr"
"""Name of the metric: mean reciprocal rank of the right passage, to rank 10."""

_DISTRACTORS: Final = 30
_DEPTH: Final = 10


class Validation(SentenceEvaluator):  # type: ignore[misc]
    """Ranks passages of the validation acts for their questions.

    The passages of a language are the right ones and, of every edition, thirty drawn ones: enough
    to see a model improve, few enough to embed again and again.
    """

    def __init__(self, pairs: Iterable[Pair], acts: Acts, *, seed: int = 0) -> None:
        """Draws the passages.

        Args:
            pairs: The validation questions and their passages.
            acts: All acts; those of ``pairs`` are used.
            seed: Of the draw.
        """
        super().__init__()
        self.primary_metric = METRIC
        self.greater_is_better = True
        chooser = random.Random(seed)
        self._queries: dict[str, int] = {}
        self._passages: dict[str, int] = {}
        self._languages: list[str] = []
        self._right: list[tuple[int, int]] = []
        used = set()
        for pair in pairs:
            query = self._queries.setdefault(sanitise(pair.query), len(self._queries))
            passage = self._add(pair.passage, pair.languages[1])
            self._right.append((query, passage))
            used.add((pair.act, pair.languages[1]))
        for key in sorted(used):
            texts = [passage.text for passage in acts[key].passages.values()]
            for text in chooser.sample(texts, min(_DISTRACTORS, len(texts))):
                self._add(text, key[1])

    def __call__(self, model: SentenceTransformer, *_: Any, **__: Any) -> dict[str, float]:
        """Returns the metric of a model."""
        queries = model.encode(list(self._queries), prompt_name="query", show_progress_bar=False)
        passages = model.encode(
            list(self._passages), prompt_name="passage", show_progress_bar=False
        )
        scores = queries @ passages.T
        languages = np.array(self._languages)
        values = []
        for query, right in self._right:
            rivals = scores[query][languages == languages[right]]
            rank = 1 + int((rivals > scores[query, right]).sum())
            values.append(1 / rank if rank <= _DEPTH else 0.0)
        return {METRIC: float(np.mean(values))}

    def _add(self, text: str, language: str) -> int:
        row = self._passages.setdefault(sanitise(text), len(self._passages))
        if row == len(self._languages):
            self._languages.append(language)
        return row
