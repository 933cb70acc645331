"""A client of the real server."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A client of the real server."""
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client
