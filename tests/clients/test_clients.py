"""Tests with real clients, each run as its users run it."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _module() -> ModuleType:
    path = Path(__file__).with_name("running.py")
    spec = importlib.util.spec_from_file_location("tests_clients_running", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


running = _module()


@pytest.mark.parametrize("program", running.programs(), ids=lambda program: program.name)
def test_client_works(program: Any, address: str) -> None:
    """The client's own package asks, and reads answers and errors."""
    if program.command() is None:
        pytest.skip(f"{', '.join(program.versions())}: TARMAQ_CLIENTS names no environment of it")
    done = running.run(program, address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
