"""The engine's network in ONNX Runtime."""

import math
import os
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
from indexer.embedding.weights import Floats, Weights
from indexer.errors import ModelError

THREADS: Final = "TARMAQ_THREADS"
"""Environment variable: threads that one text is embedded with; 1 where it is not set."""

_SUFFIX: Final = ".constants"
_GAIN: Final = 0.9
"""float32 is worth its memory where it needs at most this share of int8's time."""


class Network:
    """The network, opened: sums of embeddings in, contextual vectors out."""

    def __init__(self, graph: bytes, constants: bytes, precision: Precision) -> None:
        """Opens what :func:`read_graph` and :func:`build_constants` returned.

        Source: :mod:`indexer.embedding.graph`.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads()
        options.inter_op_num_threads = 1
        # Every text has another length: the plans of memory kept for each would only grow.
        options.enable_mem_pattern = False
        # The arena would keep what the longest text took; without it a question costs the same.
        options.enable_cpu_mem_arena = False
        # Threads that spin stall everything else on the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if precision == "int8":
            options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "4")
        else:
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


def threads() -> int:
    """Returns how many threads one text is embedded with.

    Raises:
        ModelError: The variable holds something else than a positive number.
    """
    value = os.environ.get(THREADS, "1")
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 1000):
        raise ModelError(f"{THREADS}={value}: not a number of threads; give 1 or more.")
    return int(value)


def open_network(
    weights: Weights, folder: Path, stem: str, precision: Precision | None = None
) -> Network:
    """Returns the network of weights; makes its constants where none are kept.

    Which precision is faster differs between processors, by a third either way. When the file is
    made, both are timed, and the name of the file, whose content serves both, keeps which it was.

    Raises:
        ImportError: The weights have unusual sizes, and the package ``onnx`` is missing.
    """
    graph = read_graph(weights)
    for faster in get_args(Precision):
        constants = read_derived(folder, f"{stem}-{faster}", _SUFFIX)
        if constants is not None:
            return Network(graph, constants, precision or faster)
    constants = build_constants(weights)
    networks: dict[Precision, Network] = {
        key: Network(graph, constants, key) for key in get_args(Precision)
    }
    faster = _faster(networks, weights.sizes.width)
    keep_derived(folder, f"{stem}-{faster}", _SUFFIX, constants)
    return networks[precision or faster]


def _faster(networks: Mapping[Precision, Network], width: int) -> Precision:
    """Returns float32 where it is worth its memory for a question of ordinary length."""
    embeddings = np.ones((1, 17, width), dtype=np.float32)
    mask = np.ones((1, 17), dtype=np.int32)
    seconds = dict.fromkeys(networks, math.inf)
    # In turn: whatever else runs on the machine slows both.
    for _ in range(7):
        for precision, network in networks.items():
            start = time.process_time()
            network.run(embeddings, mask)
            seconds[precision] = min(seconds[precision], time.process_time() - start)
    return "float32" if seconds["float32"] < _GAIN * seconds["int8"] else "int8"
