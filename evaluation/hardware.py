"""What the machine can do: the floor under every time that is measured on it."""

import time
from dataclasses import dataclass

import numpy as np

_SIDE = 1024
_BYTES = 2**28
_TRIALS = 5


@dataclass(frozen=True, slots=True)
class Hardware:
    """Rates of this machine as numpy reaches them, with the threads that it is given.

    Attributes:
        gflops: Products of float32 matrices of 1,024 × 1,024, in 10⁹ operations a second.
        bandwidth: Copies of 256 MB, in 10⁹ bytes read and written a second.
    """

    gflops: float
    bandwidth: float


def measure_hardware() -> Hardware:
    """Returns the best of five trials of each."""
    left = np.random.default_rng(0).random((_SIDE, _SIDE), dtype=np.float32)
    block = np.zeros(_BYTES, dtype=np.uint8)
    target = np.empty_like(block)
    products, copies = [], []
    for _ in range(_TRIALS):
        start = time.perf_counter()
        left @ left
        products.append(time.perf_counter() - start)
        start = time.perf_counter()
        np.copyto(target, block)
        copies.append(time.perf_counter() - start)
    return Hardware(2 * _SIDE**3 / min(products) / 1e9, 2 * _BYTES / min(copies) / 1e9)
