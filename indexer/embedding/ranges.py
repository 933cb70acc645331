"""The largest activations before each matrix of the network: what rounding them to 8 bits needs.

They belong to one weights file and are kept beside its adapter;
:mod:`indexer.embedding.calibration` measures them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import SafetensorError, safe_open

from indexer.embedding.weights import Floats

FILE: Final = "ranges.safetensors"

REVISION: Final = "weights"
"""In the file's metadata: hash of the weights."""

Ranges = Mapping[str, Floats]
"""By the result of each product of the graph, the largest size of each of its inputs."""


def read_ranges(folder: Path, revision: str) -> Ranges | None:
    """Returns the ranges that belong to weights; None where there are none of these."""
    try:
        with safe_open(folder / FILE, framework="np") as file:
            if (file.metadata() or {}).get(REVISION) != revision:
                return None
            return {key: file.get_tensor(key).astype(np.float32) for key in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError, ValueError):
        return None
