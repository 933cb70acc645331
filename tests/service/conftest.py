"""A real server over the index of the concept."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture(scope="session")
def server(root: Path, concept_folder: Path) -> Iterator[str]:
    """The address of a server started as users start it."""
    with subprocess.Popen(
        [sys.executable, "-m", "service", "serve", "--port", "0"],
        cwd=root,
        env={**os.environ, "TARMAQ_INDEX": str(concept_folder)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if match := re.search(r"running on (http://\S+)", line):
                break
        else:
            pytest.fail("the server did not start")
        yield match[1]
        assert process.poll() is None, "the server died during the tests"
        process.terminate()


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A client of the real server."""
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client
