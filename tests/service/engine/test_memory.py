"""Tests of service.engine.memory."""

import gc
import subprocess
import sys
import weakref

from service.engine.memory import defer, settle

MOST = 16_384
"""Entries that one function may remember: some hundred bytes each, so a few megabytes at most."""


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


def test_what_functions_remember_is_bounded() -> None:
    """Memory is flat after some thousand questions, not after some hundred thousand."""
    program = f"""
import functools, sys
import service.http.app
found = {{
    f"{{module.__name__}}.{{name}}": held.cache_info().maxsize
    for module in list(sys.modules.values())
    if module.__name__.split(".")[0] in ("indexer", "service")
    for name, held in vars(module).items()
    if isinstance(held, functools._lru_cache_wrapper) and held.__wrapped__.__code__.co_argcount
}}
assert "indexer.languages.ru.forms.dictionary_forms" in found
print(*(name for name, most in found.items() if most is not None and most > {MOST}))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
