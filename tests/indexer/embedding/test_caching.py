"""Tests of indexer.embedding.caching."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.embedding.caching import BATCH, EmbeddingCache, embed_texts, embedding_key
from indexer.embedding.encoders import Embeddings, TokenEmbeddings

DIMENSION = 384

KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from test_caching import BATCH, EmbeddingCache, Hashing, embed_texts, texts

class Killed(Hashing):
    def encode_passages(self, some):
        if len(self.asked) == 2 * BATCH:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode_passages(some)

with EmbeddingCache(Path({path!r})) as cache:
    list(embed_texts(Killed(), texts(5 * BATCH), cache))
"""


class Hashing:
    """A model whose embeddings are made of hashes; remembers what it was asked for."""

    name = "hashing"
    engine = "none"
    dimension = DIMENSION

    def __init__(self, revision: str = "1") -> None:
        self.revision = revision
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeds as passages."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeds by hash."""
        self.asked += texts
        seeds = [int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) for text in texts]
        rows = np.stack([np.random.default_rng(seed).normal(size=DIMENSION) for seed in seeds])
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows.astype(np.float32)

    def encode_tokens(self, texts: Sequence[str], *, is_query: bool) -> list[TokenEmbeddings]:
        """Has none."""
        raise NotImplementedError


def texts(number: int) -> list[str]:
    """Returns different texts of many lengths."""
    return [f"{index} " + "сөз " * (index * 7 % 50) for index in range(number)]


def _embed(model: Hashing, some: Sequence[str], path: Path, limit: int = 2**30) -> Embeddings:
    rows = np.zeros((len(some), DIMENSION), dtype=np.float32)
    seen = np.zeros(len(some), dtype=int)
    with EmbeddingCache(path, limit=limit) as cache:
        for numbers, embeddings in embed_texts(model, some, cache):
            rows[numbers] = embeddings
            seen[numbers] += 1
    assert (seen == 1).all()
    return rows


def test_every_text_has_its_embedding(tmp_path: Path) -> None:
    """Numbers and embeddings belong together, new or kept, and equal texts are embedded once."""
    some = [*texts(3 * BATCH), *texts(10)]
    expected = Hashing().encode_passages(some)
    for asked in (3 * BATCH, 0):
        model = Hashing()
        np.testing.assert_array_equal(_embed(model, some, tmp_path / "cache"), expected)
        assert len(model.asked) == asked


def test_batches_hold_texts_of_like_length(tmp_path: Path) -> None:
    """Short ones come first: little is padded."""
    model = Hashing()
    _embed(model, texts(3 * BATCH), tmp_path / "cache")
    lengths = [len(text) for text in model.asked]
    assert lengths == sorted(lengths)


def test_other_model_finds_nothing(tmp_path: Path) -> None:
    """The key holds the revision."""
    _embed(Hashing("1"), texts(5), tmp_path / "cache")
    other = Hashing("2")
    _embed(other, texts(5), tmp_path / "cache")
    assert len(other.asked) == 5


def test_progress_counts_texts(tmp_path: Path) -> None:
    """Equal texts count as often as they are there."""
    counts: list[int] = []
    with EmbeddingCache(tmp_path / "cache") as cache:
        list(embed_texts(Hashing(), texts(100) * 2, cache, counts.append))
        list(embed_texts(Hashing(), texts(100), cache, counts.append))
    assert counts == [2 * BATCH, 200 - 2 * BATCH, 100]


def test_killed_build_loses_one_batch(tmp_path: Path) -> None:
    """After SIGKILL in the third batch, two are there and the rest is embedded."""
    path = tmp_path / "cache"
    code = KILLED.format(tests=str(Path(__file__).parent), path=str(path))
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env={**os.environ, "PYTHONPATH": os.getcwd()}
    )
    assert done.returncode == -signal.SIGKILL
    model = Hashing()
    rows = _embed(model, texts(5 * BATCH), path)
    assert len(model.asked) == 3 * BATCH
    np.testing.assert_array_equal(rows, Hashing().encode_passages(texts(5 * BATCH)))


def test_file_does_not_grow_beyond_its_limit(tmp_path: Path) -> None:
    """The longest unused go, the newest stay."""
    path, limit = tmp_path / "cache", 500_000
    some = texts(20 * BATCH)
    _embed(Hashing(), some, path, limit)
    assert path.stat().st_size <= limit + 2 * BATCH * 4 * DIMENSION
    last = sorted(some, key=len)[-BATCH:]
    model = Hashing()
    _embed(model, last, path, limit)
    assert model.asked == []


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"SQLite format 3\0" + b"\1" * 9000])
def test_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    """The build goes on, and the next finds what it kept."""
    path = tmp_path / "cache"
    path.write_bytes(content)
    _embed(Hashing(), texts(5), path)
    model = Hashing()
    _embed(model, texts(5), path)
    assert model.asked == []


def test_damaged_embedding_is_made_again(tmp_path: Path) -> None:
    """A kept vector that is not of unit length, or of another length, is not used."""
    path = tmp_path / "cache"
    _embed(Hashing(), texts(3), path)
    with sqlite3.connect(path) as connection:
        for text, content in zip(texts(3), (b"", bytes(4 * DIMENSION)), strict=False):
            connection.execute(
                "UPDATE embeddings SET vector = ? WHERE key = ?",
                (content, embedding_key("1", text)),
            )
    connection.close()
    model = Hashing()
    rows = _embed(model, texts(3), path)
    assert len(model.asked) == 2
    np.testing.assert_array_equal(rows, Hashing().encode_passages(texts(3)))


def test_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It only spares time."""
    (tmp_path / "file").write_bytes(b"")
    rows = _embed(Hashing(), texts(5), tmp_path / "file" / "cache")
    np.testing.assert_array_equal(rows, Hashing().encode_passages(texts(5)))
    assert "not kept" in caplog.text
