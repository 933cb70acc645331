"""A dataset as a retrieval task of MTEB, and a running service behind its search protocol.

``python -m evaluation.benchmark DATASET ADDRESS`` prints the task's main score as JSON. It runs in
an environment with ``mteb`` (``evaluation/peers/requirements/mteb.txt``); nothing else imports it.
Source: K. Enevoldsen et al., "MMTEB", ICLR 2025, arXiv:2502.13595.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
import mteb
from datasets import Dataset as Table
from mteb.abstasks.retrieval import AbsTaskRetrieval
from mteb.abstasks.task_metadata import TaskMetadata
from mteb.models.model_meta import ModelMeta

from evaluation.beir import Dataset, read_dataset

_LANGUAGES = {"kk": "kaz-Cyrl", "ru": "rus-Cyrl", "en": "eng-Latn"}
_MOST = 50
"""Passages that the service returns at most."""


def retrieval_task(dataset: Dataset) -> AbsTaskRetrieval:
    """Returns ``dataset``, which brings its corpus, as a task of MTEB."""
    spoken = dict.fromkeys(_LANGUAGES.get(query.language, "kaz-Cyrl") for query in dataset.queries)

    class Task(AbsTaskRetrieval):
        metadata = TaskMetadata(
            name=f"Tarmaq-{dataset.name}",
            description="Questions about official documents of Kazakhstan.",
            dataset={"path": "local", "revision": "1"},
            type="Retrieval",
            category="t2t",
            modalities=["text"],
            eval_splits=[dataset.split],
            eval_langs=list(spoken),
            main_score="ndcg_at_10",
            is_public=False,
        )

        def load_data(self, *args: Any, **kwargs: Any) -> None:
            self.dataset = {
                "default": {
                    dataset.split: {
                        "corpus": Table.from_list(
                            [
                                {"id": p.id, "title": " ".join(p.heading_path), "text": p.text}
                                for p in dataset.corpus
                            ]
                        ),
                        "queries": Table.from_list(
                            [{"id": query.id, "text": query.text} for query in dataset.queries]
                        ),
                        "relevant_docs": dataset.qrels,
                        "top_ranked": None,
                    }
                }
            }
            self.data_loaded = True

    return Task()


class ServiceModel:
    """A running service as a model of MTEB: it searches the documents that it already holds."""

    def __init__(self, address: str) -> None:
        """Connects to ``address``, for example ``http://127.0.0.1:8000``."""
        self._client = httpx.Client(base_url=address, timeout=60)
        self._corpus: frozenset[str] = frozenset()

    @property
    def mteb_model_meta(self) -> ModelMeta:
        """Who is measured."""
        return ModelMeta.create_empty({"name": "tarmaq/service", "revision": "1"})

    def index(self, corpus: Iterable[dict[str, Any]], **_: Any) -> None:
        """Remembers the corpus, whose passages the service must hold.

        Raises:
            LookupError: The service lacks a passage of it.
        """
        self._corpus = frozenset(str(passage["id"]) for passage in corpus)
        for passage_id in sorted(self._corpus):
            address = f"/v1/passages/{passage_id.replace('#', '%23')}"
            if self._client.get(address).status_code == httpx.codes.NOT_FOUND:
                raise LookupError(f"the service has no passage {passage_id!r}.")

    def search(
        self, queries: Iterable[dict[str, Any]], *, top_k: int, **_: Any
    ) -> dict[str, dict[str, float]]:
        """Asks the service every question."""
        found: dict[str, dict[str, float]] = {}
        for query in queries:
            body = {"query": query["text"], "top_k": min(top_k, _MOST)}
            response = self._client.post("/v1/search", json=body).raise_for_status()
            results = response.json()["results"]
            # Ranks as scores: equal scores would be ordered by id.
            found[str(query["id"])] = {
                hit["id"]: float(len(results) - rank)
                for rank, hit in enumerate(results)
                if hit["id"] in self._corpus
            }
        return found


def main(folder: str, address: str, split: str = "test") -> None:
    """Prints the measures of a running service on a dataset, by MTEB."""
    task = retrieval_task(read_dataset(Path(folder), split))
    result = mteb.evaluate(
        ServiceModel(address), task, cache=None, show_progress_bar=False, co2_tracker=False
    )
    (scores,) = result.task_results[0].scores[split]
    chosen = ("ndcg_at_10", "mrr_at_10", "recall_at_5", "hit_rate_at_1", "main_score")
    print(json.dumps({name: scores.get(name) for name in chosen}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
