"""Tests of indexer.embedding.weights, on the engine's own file."""

import gc
from pathlib import Path

import numpy as np
import psutil
import pytest

from indexer.embedding.weights import BLOCK, ZERO, Weights, read_weights
from indexer.errors import ModelError


def test_sizes_are_those_of_the_model(weights: Weights) -> None:
    """The header is read: twelve layers of 384."""
    assert (weights.sizes.width, weights.sizes.layers, weights.sizes.heads) == (384, 12, 12)
    assert weights.sizes.epsilon == pytest.approx(1e-12)
    assert weights.tensors["l11.fo.w"].count == 384 * 1536


def test_vocabulary_is_the_models(weights: Weights) -> None:
    """The special pieces stand where the header says."""
    vocabulary = weights.vocabulary()
    assert len(vocabulary.pieces) == len(vocabulary.scores) == 250_002
    assert vocabulary.pieces[vocabulary.begin] == "<s>"
    assert vocabulary.pieces[vocabulary.padding] == "<pad>"
    assert "▁Қазақстан" in vocabulary.pieces


def test_weights_are_codes_times_scales(weights: Weights) -> None:
    """A weight is (code - 8) times its block's scale."""
    scales, codes = weights.blocks("l0.q.w")
    values = weights.values("l0.q.w").reshape(-1, BLOCK)
    row = 1234
    np.testing.assert_array_equal(values[row], (codes[row].astype(np.float32) - ZERO) * scales[row])
    assert codes.min() == 0
    assert codes.max() == 15


def test_same_codes_give_the_same_file(weights: Weights) -> None:
    """Packing undoes unpacking, bit for bit."""
    names = ("l0.q.w", "l5.fi.w", "l11.fo.w")
    same = {name: weights.blocks(name)[1] for name in names}
    assert weights.with_codes(same) == weights.content[:]


def test_changed_code_changes_one_weight(weights: Weights, tmp_path: Path) -> None:
    """The first sixteen weights of a block are the low halves of its bytes."""
    codes = weights.blocks("l3.v.w")[1]
    codes[7, 20] = 15 - codes[7, 20]
    path = tmp_path / "changed.bin"
    path.write_bytes(weights.with_codes({"l3.v.w": codes}))
    changed = read_weights(path)
    before, after = weights.values("l3.v.w"), changed.values("l3.v.w")
    assert np.flatnonzero(before != after).tolist() == [7 * BLOCK + 20]
    np.testing.assert_array_equal(weights.values("l3.k.w"), changed.values("l3.k.w"))


@pytest.mark.parametrize("length", [0, 3, 100, 3_000_000, 60_000_000])
def test_cut_file_is_refused(weights: Weights, tmp_path: Path, length: int) -> None:
    """Wherever the file ends too early, the error names it."""
    path = tmp_path / "cut.bin"
    path.write_bytes(weights.content[:length])
    with pytest.raises(ModelError, match=r"cut\.bin"):
        read_weights(path)


def test_other_file_is_refused(tmp_path: Path) -> None:
    """A file of another kind is not read as weights."""
    path = tmp_path / "other.bin"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(ModelError, match="not weights of the engine"):
        read_weights(path)


def test_refused_file_is_closed(tmp_path: Path) -> None:
    """Who tries again and again runs out of no descriptors."""
    path = tmp_path / "other.bin"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(ModelError):
        read_weights(path)
    gc.collect()
    assert str(path) not in [one.path for one in psutil.Process().open_files()]
