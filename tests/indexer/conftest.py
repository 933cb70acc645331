"""Fixtures of the indexer's tests."""

import gc
import time
from collections.abc import Callable

import pytest


@pytest.fixture
def growth() -> Callable[[Callable[[str], object], str, int], float]:
    """How much longer work takes on a text 16 times as long: about 16, or 256 if quadratic.

    Called with the work, the piece that the text repeats, and the longer text's number of
    pieces. Garbage is not collected meanwhile: its cost grows with what other tests left
    in memory, not with the text.
    """

    def seconds(work: Callable[[str], object], text: str) -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start

    def measure(work: Callable[[str], object], piece: str, count: int) -> float:
        gc.collect()
        gc.disable()
        try:
            short = min(seconds(work, piece * (count // 16)) for _ in range(5))
            long = min(seconds(work, piece * count) for _ in range(2))
        finally:
            gc.enable()
        # A thousandth of a second is a constant that no length explains.
        return long / (short + 0.001)

    return measure
