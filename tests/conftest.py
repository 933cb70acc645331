"""Fixtures that several packages' tests share."""

import os
from pathlib import Path

import pytest

from indexer.building import build_index
from indexer.corpus import read_corpus
from indexer.embedding import Encoder, load_encoder
from indexer.index import Index, load_index
from indexer.models import find_model

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("TARMAQ_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("development data is not here; name its folder in TARMAQ_SHARED")
    return folder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model."""
    return load_encoder(find_model(ROOT / "models.txt"))


@pytest.fixture(scope="session")
def concept_folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A built index of the concept, shared by the whole test run."""
    # Each xdist worker has its own base folder under one common parent.
    shared_folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared_folder = shared_folder.parent
    folder = shared_folder / "concept-index"
    build_index(read_corpus(ROOT / "seeds"), folder, encoder)
    return folder


@pytest.fixture(scope="session")
def concept(concept_folder: Path) -> Index:
    """The index of the concept."""
    return load_index(concept_folder)
