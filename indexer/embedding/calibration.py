"""Measures the ranges of activations: ``python -m indexer.embedding.calibration ADAPTER TEXT...``.

Needs the package ``onnx``. Texts should be as varied as those that are going to be embedded; they
are only looked at for their largest activations.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from numpy.typing import NDArray
from safetensors.numpy import save_file

from indexer.embedding.adapter import adapted_file, load_adapter
from indexer.embedding.graph import EMBEDDINGS, MASK, STATES, build_constants, build_graph
from indexer.embedding.network import Network
from indexer.embedding.ranges import FILE, REVISION, Ranges
from indexer.embedding.runtime import OnnxEncoder
from indexer.embedding.weights import Floats, Weights, bundled_weights, read_weights
from indexer.terminal import run

_HEADROOM: Final = 1.15
"""What is larger than any that was seen is cut off, which costs more than a coarser step."""

_BATCH: Final = 8


class _Observed(Network):
    """The network in float32; keeps the largest inputs of its products."""

    def __init__(self, weights: Weights) -> None:
        import onnx

        model = onnx.load_from_string(build_graph(weights, "float32"))
        self._inputs = {
            node.output[0].removesuffix(".product"): node.input[0]
            for node in model.graph.node
            if node.op_type == "MatMul"
        }
        shown = {output.name for output in model.graph.output}
        for name in dict.fromkeys(self._inputs.values()):
            if name not in shown:
                model.graph.output.append(onnx.ValueInfoProto(name=name))
        self.found: dict[str, Floats] = {}
        constants = build_constants(weights, "float32")
        super().__init__(model.SerializeToString(), constants, "float32")

    def run(self, embeddings: Floats, mask: NDArray[np.int32]) -> Floats:
        names = [output.name for output in self._session.get_outputs()]
        feeds = {EMBEDDINGS: embeddings, MASK: mask}
        values = dict(zip(names, self._session.run(names, feeds), strict=True))
        for result, name in self._inputs.items():
            largest = np.abs(values[name][mask.astype(bool)]).max(axis=0)
            self.found[result] = np.maximum(self.found.get(result, 0), largest)
        states: Floats = values[STATES]
        return states


def measure_ranges(path: Path, texts: Sequence[str], folder: Path) -> Ranges:
    """Returns the ranges of a weights file, over texts as questions and as passages.

    Raises:
        ImportError: The package ``onnx`` is missing.
    """
    network = _Observed(read_weights(path))
    encoder = OnnxEncoder("observed", path, path.stem, folder, network=network)
    for start in range(0, len(texts), _BATCH):
        encoder.encode_queries(texts[start : start + _BATCH])
        encoder.encode_passages(texts[start : start + _BATCH])
    return {name: _HEADROOM * largest for name, largest in network.found.items()}


def main(
    adapter: Annotated[Path, typer.Argument(help="Folder of the adapter; the ranges go there.")],
    texts: Annotated[
        list[Path], typer.Argument(help="Files of a text a line, or of questions (.jsonl).")
    ],
    weights: Annotated[Path, typer.Option(help="Adapted weights are kept there.")] = Path(
        "build/weights"
    ),
) -> None:
    """Measures the ranges of an adapter's weights."""
    found = load_adapter(str(adapter))
    path = adapted_file(found, bundled_weights(), weights)
    lines = [line for file in texts for line in _lines(file) if line.strip()]
    ranges = measure_ranges(path, lines, weights)
    halves = {name: largest.astype(np.float16) for name, largest in ranges.items()}
    save_file(halves, adapter / FILE, {REVISION: found.result[:16]})
    typer.echo(f"{adapter / FILE}: {len(halves)} products")


def _lines(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return [json.loads(line)["text"] for line in lines] if file.suffix == ".jsonl" else lines


if __name__ == "__main__":
    application = typer.Typer()
    application.command()(main)
    run(application)
