"""Tests of embedding on a Ray cluster: the local one, with real workers."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from indexer.embedding.caching import FILE, EmbeddingCache, embedding_key
from indexer.embedding.encoders import Encoder

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed here.")
TEXTS = tuple(f"{n}) Қазақстан Республикасының {n}-бағыты туралы ереже." for n in range(1, 41))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document of forty items."""
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "kk.txt").write_text("1. Жалпы ережелер\n" + "\n".join(TEXTS), encoding="utf-8")
    (folder / "document.toml").write_text(
        'uri = "/akn/kz/act/law/2024-01-01/law"\nkind = "law"\n\n'
        '[title]\nkk = "Заң"\nru = "Закон"\n'
        'en = "Law"\n\n[[editions]]\nlanguage = "kk"\nfile = "kk.txt"\n',
        encoding="utf-8",
    )
    return folder


def embed(root: Path, index: Path, *folders: Path) -> str:
    """Runs the command; returns what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "embed", "--out", str(index), *map(str, folders)],
        cwd=root, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": str(root), "RAY_USAGE_STATS_ENABLED": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@needs_ray
def test_a_cluster_embeds_what_one_machine_would_and_goes_on(
    document: Path, tmp_path: Path, root: Path, encoder: Encoder
) -> None:
    """Embeddings are kept by text, equal to those made here; what is kept is not made again."""
    index = tmp_path / "index"
    with EmbeddingCache(tmp_path / "weights" / FILE) as kept:
        # As a run leaves it that was ended: one text is there, and not as the model makes it.
        mark = np.eye(1, encoder.dimension, dtype=np.float32)
        first = TEXTS[0].partition(") ")[2]
        kept.keep([embedding_key(encoder.revision, first)], mark)
    said = embed(root, index, document)
    assert " 1 were there" in said
    with EmbeddingCache(tmp_path / "weights" / FILE) as kept:
        texts = [text.partition(") ")[2] for text in TEXTS]
        keys = [embedding_key(encoder.revision, text) for text in texts]
        found = kept.find(keys, encoder.dimension)
    assert len(found) == len(TEXTS)
    assert found[keys[0]].tolist() == mark[0].tolist()
    wanted = encoder.encode_passages(texts[1:])
    assert np.stack([found[key] for key in keys[1:]]) == pytest.approx(wanted, abs=2e-3)
    assert ": 0 texts embedded" in embed(root, index, document)
