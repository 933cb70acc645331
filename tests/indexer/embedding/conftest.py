"""Fixtures of the embedding's tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.embedding.encoders import Encoder, load_encoder
from indexer.embedding.models import Loader, Precision, find_model
from indexer.embedding.weights import Weights, bundled_weights, read_weights


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The engine's weights."""
    return read_weights(bundled_weights())


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the default model's files are kept."""
    return tmp_path_factory.mktemp("weights")


@pytest.fixture(scope="session")
def run_by(root: Path, kept: Path) -> Callable[..., Encoder]:
    """Loads the default model with another loader or precision."""
    from dataclasses import replace

    def load(loader: Loader, precision: Precision | None = None) -> Encoder:
        model = replace(find_model(root / "models.txt"), loader=loader, precision=precision)
        return load_encoder(model, kept)

    return load
