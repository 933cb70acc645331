"""The engine's network in ONNX Runtime."""

import hashlib
import math
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, get_args

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from indexer.embedding.derived import keep_derived, read_derived
from indexer.embedding.graph import (
    CONSTANTS,
    EMBEDDINGS,
    MASK,
    STATES,
    build_constants,
    read_graph,
)
from indexer.embedding.models import Precision
from indexer.embedding.ranges import Ranges
from indexer.embedding.weights import Floats, Weights
from indexer.errors import ModelError

_PROCESSORS: Final = Path("/proc/cpuinfo")
_CONSTANTS: Final = ".constants"
_CHOICE: Final = ".precision"
_GAIN: Final = 0.9
"""Another precision is worth it where it needs at most this share of int8's time."""

_LEAST_COSINE: Final = 0.998
"""Of embeddings in W8A8: some processors lose more, whose instructions for 8 bits overflow."""


class Network:
    """The network, opened: sums of embeddings in, contextual vectors out."""

    def __init__(self, graph: bytes, constants: bytes, precision: Precision) -> None:
        """Opens what :func:`read_graph` and :func:`build_constants` returned.

        Source: :mod:`indexer.embedding.graph`.
        """
        options = onnxruntime.SessionOptions()
        # Several threads for one text gain nothing: texts are embedded side by side.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Every text has another length: the plans of memory kept for each would only grow.
        options.enable_mem_pattern = False
        # The arena would keep what the longest text took; without it a question costs the same.
        options.enable_cpu_mem_arena = False
        # Threads that spin stall everything else on the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if precision == "int8":
            options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "4")
        elif precision == "float32":
            # The weights are expanded once, when the network is opened.
            options.add_session_config_entry("session.disable_quant_qdq", "1")
        options.add_external_initializers_from_files_in_memory(
            [CONSTANTS], [constants], [len(constants)]
        )
        self.precision = precision
        self._session = onnxruntime.InferenceSession(
            graph,
            options,
            providers=["CPUExecutionProvider"],
            # On CPUs the fused operation takes longer than its parts.
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    def run(self, embeddings: Floats, mask: NDArray[np.int32]) -> Floats:
        """Returns the tokens' contextual vectors, shape ``(texts, tokens, width)``.

        Args:
            embeddings: Sums of word, position and type embeddings, of that shape.
            mask: 1 for a token, 0 for padding, shape ``(texts, tokens)``.

        Raises:
            MemoryError: There is none left.
        """
        try:
            states: Floats = self._session.run([STATES], {EMBEDDINGS: embeddings, MASK: mask})[0]
        except RuntimeError as error:
            if "alloc" in str(error):
                raise MemoryError(str(error)) from error
            raise
        return states


def open_network(
    weights: Weights,
    folder: Path,
    stem: str,
    probe: Floats,
    precision: Precision | None = None,
    ranges: Ranges | None = None,
) -> Network:
    """Returns the network of weights; makes its constants where none are kept.

    Which precision is fastest, and which is right, differs between processors. Where none is asked
    for all are tried once on each kind of processor, and the fastest that is right is kept.

    Args:
        weights: The weights.
        folder: Where constants and choice are kept.
        stem: What their names begin with.
        probe: Embeddings of the tokens of a text, shape ``(1, tokens, width)``.
        precision: Of the products; None for the fastest.
        ranges: The largest activations, without which there is no W8A8.

    Raises:
        ImportError: The weights have unusual sizes, and the package ``onnx`` is missing.
        ModelError: The precision asked for needs ranges that are not there.
    """
    if precision == "w8a8" and ranges is None:
        raise ModelError("precision=w8a8: these weights have no ranges; leave the precision out.")
    chosen = precision or _kept_choice(folder, stem, ranges)
    if chosen is not None:
        constants = read_derived(folder, f"{stem}-{_kind(chosen)}", _CONSTANTS)
        if constants is None:
            constants = build_constants(weights, chosen, ranges)
            keep_derived(folder, f"{stem}-{_kind(chosen)}", _CONSTANTS, constants)
        return Network(read_graph(weights, chosen), constants, chosen)
    offered = _offered(ranges)
    made = {
        kind: build_constants(weights, one, ranges)
        for kind, one in {_kind(one): one for one in offered}.items()
    }
    networks = {one: Network(read_graph(weights, one), made[_kind(one)], one) for one in offered}
    chosen = fastest(networks, probe)
    keep_derived(folder, f"{stem}-{_kind(chosen)}", _CONSTANTS, made[_kind(chosen)])
    keep_derived(folder, stem, _CHOICE, _choice(chosen).encode())
    return networks[chosen]


def _offered(ranges: Ranges | None) -> list[Precision]:
    return [one for one in get_args(Precision) if one != "w8a8" or ranges is not None]


def _kind(precision: Precision) -> str:
    """Returns which constants a precision has: int8 and float32 share the 4-bit weights."""
    return "w8a8" if precision == "w8a8" else "w4"


def _kept_choice(folder: Path, stem: str, ranges: Ranges | None) -> Precision | None:
    """Returns what was found fastest on this kind of processor; None where it was not tried."""
    kept = (read_derived(folder, stem, _CHOICE) or b"").decode()
    return next((one for one in _offered(ranges) if _choice(one) == kept), None)


def _choice(precision: Precision) -> str:
    return f"{precision} {processor()}"


def fastest(networks: Mapping[Precision, Network], probe: Floats) -> Precision:
    """Returns what is fastest for a question of ordinary length; int8 unless by much."""
    mask = np.ones(probe.shape[:2], dtype=np.int32)
    seconds = dict.fromkeys(networks, math.inf)
    means = {key: network.run(probe, mask)[0].mean(axis=0) for key, network in networks.items()}
    # In turn: whatever else runs on the machine slows all.
    for _ in range(7):
        for precision, network in networks.items():
            start = time.process_time()
            network.run(probe, mask)
            seconds[precision] = min(seconds[precision], time.process_time() - start)
    right = [key for key, mean in means.items() if _cosine(mean, means["int8"]) >= _LEAST_COSINE]
    fastest = min(right, key=seconds.__getitem__)
    return fastest if seconds[fastest] < _GAIN * seconds["int8"] else "int8"


def processor() -> str:
    """Returns what tells kinds of processors apart: a hash of the instructions that they know."""
    try:
        with _PROCESSORS.open(encoding="utf-8") as lines:
            known = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    except OSError:
        known = ""
    return hashlib.sha256(known.encode()).hexdigest()[:16]


def _cosine(first: Floats, second: Floats) -> float:
    return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))
