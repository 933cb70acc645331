"""The engine's network as an ONNX model: its nodes, and beside them the constants of its weights.

The nodes depend on the sizes of the network alone. Those of the engine that Tarmaq brings stand in
``graphs/``, written by ``python -m indexer.embedding.graph``, so only who changes them needs the
package ``onnx``. The constants are made from the weights file. Weights stay in their 4-bit blocks,
as ONNX itself stores such (``DequantizeLinear`` with a block size): how they are multiplied is left
to the runtime that opens the model. The word embeddings, five sixths of the weights, are not in it:
a text needs a few rows of them.

In W8A8 weights and activations are rounded to 8 bits each, so that processors multiply them four
to seven times as fast. Some activations are a hundred times as large as others of the same token:
each is divided, and its row of weights multiplied, by a power of the largest that was seen of it
(:mod:`indexer.embedding.ranges`). What rounding leaves of them is rounded and multiplied once more:
embeddings are then as near to float32's as those of the 4-bit products (cosine .9999, once .998).

Source: G. Xiao et al., "SmoothQuant", ICML 2023, arXiv:2211.10438.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from indexer.embedding.models import Precision
from indexer.embedding.ranges import Ranges
from indexer.embedding.weights import (
    BLOCK,
    ZERO,
    Codes,
    Floats,
    Sizes,
    Weights,
    bundled_weights,
    read_weights,
)

EMBEDDINGS: Final = "embeddings"
"""Input: sums of word, position and type embeddings, shape ``(texts, tokens, width)``."""

MASK: Final = "attention_mask"
"""Input: 1 for a token, 0 for padding, shape ``(texts, tokens)``, int32."""

STATES: Final = "last_hidden_state"
"""Output: the tokens' contextual vectors, shape ``(texts, tokens, width)``."""

_CONTRIB: Final = "com.microsoft"
_OPSET: Final = 21
_IR_VERSION: Final = 10
"""Of opset 21: with that of a newer onnx package, an older runtime would refuse the file."""


CONSTANTS: Final = "constants"
"""The file that the model looks for its constants in."""

_ALIGNED: Final = 64

_SMOOTHING: Final = 0.3
"""Power of an activation's range that is moved into the weights: rounded twice, it needs little."""

_LEVELS: Final = 127
_MIDDLE: Final = 128
_LEAST: Final = 1e-5


@dataclass(frozen=True, slots=True)
class _Constant:
    name: str
    kind: Literal["FLOAT", "UINT4", "UINT8", "INT8"]
    shape: tuple[int, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class _Node:
    operation: str
    inputs: tuple[str, ...]
    results: tuple[str, ...]
    domain: str
    attributes: dict[str, Any]


def graph_file(sizes: Sizes, precision: Precision) -> Path:
    """Returns where the nodes of a network of these sizes stand."""
    name = f"{sizes.layers}-{sizes.width}-{sizes.heads}-{sizes.inner}"
    suffix = "-w8a8" if precision == "w8a8" else ""
    return Path(__file__).with_name("graphs") / f"{name}{suffix}.onnx"


def read_graph(weights: Weights, precision: Precision) -> bytes:
    """Returns the nodes of the network as a serialised ONNX model without its constants.

    Raises:
        ImportError: They are not at hand and the package ``onnx``, which makes them, is missing.
    """
    file = graph_file(weights.sizes, precision)
    return file.read_bytes() if file.is_file() else build_graph(weights, precision)


def build_graph(weights: Weights, precision: Precision) -> bytes:
    """Returns what :func:`read_graph` reads; the nodes depend on no range.

    Raises:
        ImportError: The package ``onnx`` is missing.
    """
    from onnx import TensorProto, helper

    network = _network(weights, precision, None)
    shape: list[str | int | None] = ["texts", "tokens"]
    states: list[str | int | None] = [*shape, weights.sizes.width]
    model = helper.make_model(
        helper.make_graph(
            [
                helper.make_node(
                    node.operation,
                    node.inputs,
                    node.results,
                    domain=node.domain,
                    **node.attributes,
                )
                for node in network.nodes
            ],
            "encoder",
            [
                helper.make_tensor_value_info(EMBEDDINGS, TensorProto.FLOAT, states),
                helper.make_tensor_value_info(MASK, TensorProto.INT32, shape),
            ],
            [helper.make_tensor_value_info(STATES, TensorProto.FLOAT, states)],
            [_placed(constant, start) for constant, start in network.places()],
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)],
    )
    model.ir_version = _IR_VERSION
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def build_constants(weights: Weights, precision: Precision, ranges: Ranges | None = None) -> bytes:
    """Returns the constants of the network, each where its nodes look for it.

    Args:
        weights: The weights.
        precision: All but ``w8a8`` have the same constants.
        ranges: The largest activations, which ``w8a8`` needs.
    """
    content = bytearray()
    for constant, start in _network(weights, precision, ranges).places():
        content.extend(bytes(start - len(content)))
        content.extend(constant.content)
    return bytes(content)


def _network(weights: Weights, precision: Precision, ranges: Ranges | None) -> "_Network":
    return _RoundedNetwork(weights, ranges) if precision == "w8a8" else _Network(weights)


def _placed(constant: _Constant, start: int) -> Any:
    """Returns a tensor whose content lies in the file of constants."""
    from onnx import TensorProto

    tensor = TensorProto(
        name=constant.name,
        data_type=getattr(TensorProto, constant.kind),
        dims=constant.shape,
        data_location=TensorProto.EXTERNAL,
    )
    where = {"location": CONSTANTS, "offset": start, "length": len(constant.content)}
    for key, value in where.items():
        entry = tensor.external_data.add()
        entry.key, entry.value = key, str(value)
    return tensor


class _Network:
    """Nodes and constants, as they are added; each method returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self.nodes: list[_Node] = []
        self.constants: list[_Constant] = []
        self._weights = weights
        states = self.normalise("emb.ln", EMBEDDINGS, "embedded")
        for layer in range(weights.sizes.layers):
            states = self.layer(f"l{layer}.", states)
        self.node("Identity", [states], STATES)

    def places(self) -> Iterator[tuple[_Constant, int]]:
        """Yields the constants, each with where it begins in their file."""
        start = 0
        for constant in self.constants:
            yield constant, start
            start += len(constant.content)
            start += -start % _ALIGNED

    def layer(self, name: str, states: str) -> str:
        """Adds a layer: attention and feed-forward, each with its residual."""
        # One product for the three: the input is read once.
        projected = self.linear([name + part for part in "qkv"], states, name + "qkv")
        heads = [name + part for part in ("query", "key", "value")]
        self.node("Split", [projected], *heads, axis=-1, num_outputs=3)
        context = self.node(
            "MultiHeadAttention",
            [*heads, "", MASK],
            name + "context",
            domain=_CONTRIB,
            num_heads=self._weights.sizes.heads,
        )
        attended = self.linear([name + "ao"], context, name + "attended")
        states = self.residual(name + "aln", states, attended)
        inner = self.linear([name + "fi"], states, name + "inner")
        inner = self.node("Gelu", [inner], name + "gelu")
        return self.residual(
            name + "oln", states, self.linear([name + "fo"], inner, name + "outer")
        )

    def residual(self, norm: str, states: str, change: str) -> str:
        """Adds a change to the states and normalises the sum."""
        return self.normalise(norm, self.node("Add", [change, states], norm + ".sum"), norm)

    def normalise(self, norm: str, states: str, result: str) -> str:
        """Adds a layer normalisation."""
        parts = [self.constant(f"{norm}.{part}", self._values(f"{norm}.{part}")) for part in "wb"]
        epsilon = self._weights.sizes.epsilon
        return self.node("LayerNormalization", [states, *parts], result, epsilon=epsilon)

    def linear(self, names: list[str], states: str, result: str) -> str:
        """Adds the product with matrices, side by side, and their biases."""
        bias = np.concatenate([self._values(f"{name}.b") for name in names])
        product = self.node("MatMul", [states, self.matrix(names, result)], result + ".product")
        return self.node("Add", [product, self.constant(result + ".b", bias)], result)

    def matrix(self, names: list[str], result: str) -> str:
        """Adds matrices in 4-bit blocks, side by side: shape ``(inputs, outputs)``."""
        scales, codes = self.blocks(names)
        parts = [
            self.half_bytes(result + ".codes", codes),
            self.constant(result + ".scales", scales),
            self.half_bytes(result + ".zeros", np.full_like(scales, ZERO, dtype=np.uint8)),
        ]
        return self.node("DequantizeLinear", parts, result + ".w", axis=0, block_size=BLOCK)

    def blocks(self, names: list[str]) -> tuple[Floats, Codes]:
        """Returns scales and codes of matrices side by side, inputs down and outputs across."""
        blocks = [self._weights.blocks(f"{name}.w") for name in names]
        outputs = sum(len(self._values(f"{name}.b")) for name in names)
        scales = np.concatenate([scales for scales, _ in blocks]).reshape(outputs, -1).T
        codes = np.concatenate([codes for _, codes in blocks]).reshape(outputs, -1).T
        return scales, codes

    def node(
        self, operation: str, inputs: list[str], *results: str, domain: str = "", **attributes: Any
    ) -> str:
        """Adds an operation."""
        self.nodes.append(_Node(operation, tuple(inputs), results, domain, attributes))
        return results[0]

    def constant(self, name: str, values: Floats) -> str:
        """Adds a float32 tensor."""
        content = np.ascontiguousarray(values, dtype="<f4").tobytes()
        self.constants.append(_Constant(name, "FLOAT", values.shape, content))
        return name

    def half_bytes(self, name: str, codes: Codes) -> str:
        """Adds a tensor of 4-bit numbers: two a byte, the first in the low half."""
        flat = np.ascontiguousarray(codes).reshape(-1)
        packed = flat[0::2] | flat[1::2] << 4
        self.constants.append(_Constant(name, "UINT4", codes.shape, packed.tobytes()))
        return name

    def _values(self, name: str) -> Floats:
        return self._weights.values(name)


class _RoundedNetwork(_Network):
    """The network in W8A8."""

    def __init__(self, weights: Weights, ranges: Ranges | None) -> None:
        self._ranges = ranges
        super().__init__(weights)

    def linear(self, names: list[str], states: str, result: str) -> str:
        """Adds the product of rounded activations and rounded matrices, and the biases."""
        scales, codes = self.blocks(names)
        weights = (codes.astype(np.float32) - ZERO) * np.repeat(scales, BLOCK, axis=0)
        ranges = np.ones(len(weights)) if self._ranges is None else self._ranges[result]
        largest = np.maximum(ranges.astype(np.float64), _LEAST)
        smooth = largest**_SMOOTHING / np.maximum(np.abs(weights).max(axis=1), _LEAST) ** (
            1 - _SMOOTHING
        )
        step = smooth * (largest / smooth).max() / _LEVELS
        weights = weights * step[:, None]
        steps = np.maximum(np.abs(weights).max(axis=0), _LEAST**2) / _LEVELS
        factors = [
            self.bytes(result + ".codes", np.rint(weights / steps).astype(np.int8)),
            self.constant(result + ".steps", steps),
        ]
        bias = self.constant(result + ".b", np.concatenate([self._values(f"{n}.b") for n in names]))
        scaled = self.node(
            "Mul", [states, self.constant(result + ".inverse", 1 / step)], result + ".scaled"
        )
        rounded, product = self.product(scaled, 1, factors, bias, result + ".whole")
        whole = self.node("DequantizeLinear", rounded, result + ".restored")
        rest = self.node("Sub", [scaled, whole], result + ".rest")
        _, fine = self.product(rest, 1 / (2 * _LEVELS), factors, "", result + ".fine")
        return self.node("Add", [product, fine], result)

    def product(
        self, states: str, step: float, factors: list[str], bias: str, result: str
    ) -> tuple[list[str], str]:
        """Adds the rounding of activations by a step, and their product with codes."""
        sizes = [self.single(f"step.{step:.6f}", step), self.middle()]
        rounded = self.node("QuantizeLinear", [states, *sizes], result + ".rounded")
        codes, steps = factors
        inputs = [rounded, codes, sizes[0], steps, sizes[1], "", bias]
        product = self.node(
            "MatMulIntegerToFloat", inputs if bias else inputs[:-2], result, domain=_CONTRIB
        )
        return [rounded, *sizes], product

    def bytes(self, name: str, codes: NDArray[np.int8]) -> str:
        """Adds a tensor of 8-bit numbers."""
        self.constants.append(_Constant(name, "INT8", codes.shape, codes.tobytes()))
        return name

    def single(self, name: str, value: float) -> str:
        """Adds a number, once."""
        if all(constant.name != name for constant in self.constants):
            self.constant(name, np.array(value, dtype=np.float32))
        return name

    def middle(self) -> str:
        """Adds the code of activation 0, once."""
        if all(constant.name != "middle" for constant in self.constants):
            self.constants.append(_Constant("middle", "UINT8", (), bytes([_MIDDLE])))
        return "middle"


def main() -> None:
    """Writes the nodes for the weights that Tarmaq brings."""
    weights = read_weights(bundled_weights())
    for precision in get_args(Precision):
        graph_file(weights.sizes, precision).write_bytes(build_graph(weights, precision))


if __name__ == "__main__":
    main()
