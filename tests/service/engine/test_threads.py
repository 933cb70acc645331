"""Threads that an engine lets libraries use."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from service.engine.engine import Engine


def test_products_wake_no_other_thread(engine: Engine) -> None:
    """Requests run side by side; a thread that is woken for one spins on when it is done."""
    with threadpool_limits(2, user_api="blas"):
        if not any(_blas_threads() - {1}):
            pytest.skip("this NumPy has one thread alone")
        Engine(engine.snapshot, engine.retriever.encoder)
        assert _blas_threads() == {1}


def _blas_threads() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}
