"""A client of the real server."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A client of the real server."""
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


@pytest.fixture
def admin(changeable: tuple[str, str, Path]) -> Iterator[httpx.Client]:
    """A client with an administrator's key."""
    address, secret, _ = changeable
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=address, headers=headers, timeout=120) as client:
        yield client
        for known in client.get("/v1/documents").json():
            if known["id"] != "foreign-policy-2020-2030":
                client.delete(f"/v1/documents/{known['id']}")
