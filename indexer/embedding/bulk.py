"""Bulk embedding: the texts of many documents, spread over the machines of a Ray cluster.

The workers run the same model as one machine does. What they return is kept in the cache of
embeddings as it comes, by model and text: a run that is ended goes on where it was, a text is
embedded once, and the build that follows only reads.

Source: Ray documentation, "Transforming data: map_batches", for actors that load a model once.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from indexer.embedding.caching import BATCH, EmbeddingCache, embedding_key
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import Model
from indexer.errors import ModelError

_LOOKUP = 5_000


class Worker:
    """One process of the cluster, with the model."""

    def __init__(self, model: Model, weights: Path, revision: str) -> None:
        """Loads the model.

        Raises:
            ModelError: This machine has other weights.
        """
        self._encoder = load_encoder(model, weights)
        if self._encoder.revision != revision:
            raise ModelError(
                f"{model.name}: a machine of the cluster has other weights "
                f"({self._encoder.revision}, not {revision}); install the same version on all."
            )

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """Embeds a batch of texts."""
        texts = [str(text) for text in batch["text"]]
        return {"text": batch["text"], "vector": self._encoder.encode_passages(texts)}


def embed_ahead(
    texts: Iterable[str],
    model: Model,
    weights: Path,
    cache: Path,
    *,
    address: str = "",
    workers: int = 1,
    gpus: float = 0,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Embeds texts on a Ray cluster and keeps the embeddings.

    Args:
        texts: Passages.
        model: The model; each machine of the cluster has it.
        weights: Where each machine keeps what is derived from its weights.
        cache: The cache of embeddings.
        address: Of the cluster; one on this machine by default.
        workers: Number of processes that embed.
        gpus: Share of a GPU that each of them needs.
        progress: Called with the number of texts of each batch.

    Returns:
        How many were embedded: those that the cache did not have.

    Raises:
        ModelError: Ray is not installed, or the model cannot be used.
    """
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ModelError(
            f"Embedding on a cluster needs {error.name}: pip install 'tarmaq[ray]'."
        ) from error
    encoder = load_encoder(model, weights)
    distinct = sorted(dict.fromkeys(texts), key=len)
    count = 0
    with EmbeddingCache(cache) as kept:
        missing: list[str] = []
        for start in range(0, len(distinct), _LOOKUP):
            part = {
                embedding_key(encoder.revision, t): t for t in distinct[start : start + _LOOKUP]
            }
            known = kept.find([*part], encoder.dimension)
            missing += [text for key, text in part.items() if key not in known]
        if not missing:
            return 0
        if address:
            ray.init(address=address, log_to_driver=False)
        else:
            ray.init(
                num_cpus=workers, include_dashboard=False, log_to_driver=False,
                _node_ip_address="127.0.0.1",
            )  # fmt: skip
        try:
            ray.data.DataContext.get_current().enable_progress_bars = False
            found = ray.data.from_items([{"text": text} for text in missing]).map_batches(
                Worker,
                fn_constructor_args=(model, weights, encoder.revision),
                batch_size=BATCH,
                concurrency=workers,
                num_gpus=gpus,
            )
            for batch in found.iter_batches(batch_size=BATCH, batch_format="numpy"):
                keys = [embedding_key(encoder.revision, str(text)) for text in batch["text"]]
                kept.keep(keys, np.stack([*batch["vector"]]))
                count += len(keys)
                if progress is not None:
                    progress(len(keys))
        finally:
            ray.shutdown()
    return count
