"""Tests of service.engine.memory."""

import gc
import weakref

from service.engine.memory import defer, settle


def test_the_garbage_collector_looks_seldom_until_a_start_is_over() -> None:
    """A start makes what stays; afterwards garbage is collected as ever."""
    usual = gc.get_threshold()
    defer()
    assert gc.get_threshold()[0] > 100 * usual[0]
    settle()
    assert gc.get_threshold() == usual


class Generation:
    """Refers to itself, as what remembers what its own methods found does."""

    def __init__(self) -> None:
        self.find = self.look

    def look(self) -> None:
        """Finds nothing."""


def test_the_generation_before_is_let_go() -> None:
    """What was spared the garbage collector is given up once it serves no more."""
    serving = Generation()
    settle()
    known = weakref.ref(serving)
    del serving
    settle()
    assert known() is None
