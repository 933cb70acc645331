"""Fixtures of the embedding's tests."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.embedding.adapter import load_adapter
from indexer.embedding.encoders import Encoder, load_encoder
from indexer.embedding.models import Loader, Precision, find_model
from indexer.embedding.ranges import Ranges, read_ranges
from indexer.embedding.weights import Floats, Weights, bundled_weights, read_weights


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The engine's weights."""
    return read_weights(bundled_weights())


@pytest.fixture(scope="session")
def packaged() -> Path:
    """The folder of the packaged adapter."""
    return load_adapter("tarmaq-e5-small").path.parent


@pytest.fixture(scope="session")
def ranges(packaged: Path) -> Ranges:
    """The ranges of the adapted weights, which are near enough to the engine's own."""
    found = read_ranges(packaged, load_adapter("tarmaq-e5-small").result[:16])
    assert found is not None
    return found


@pytest.fixture(scope="session")
def probe(weights: Weights) -> Floats:
    """Embeddings of a dozen tokens."""
    return weights.rows("emb.word", np.arange(1_000, 1_012))[None]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the default model's files are kept."""
    return tmp_path_factory.mktemp("weights")


@pytest.fixture(scope="session")
def run_by(root: Path, kept: Path) -> Callable[..., Encoder]:
    """Loads the default model with another loader or precision."""
    from dataclasses import replace

    def load(loader: Loader, precision: Precision | None = None, threads: int = 1) -> Encoder:
        model = replace(find_model(root / "models.txt"), loader=loader, precision=precision)
        return load_encoder(model, kept, threads)

    return load
