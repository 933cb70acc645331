"""The lists that the ranking knows: package data, an entry a line."""

from collections.abc import Iterator
from importlib.resources import files


def listed(name: str) -> Iterator[str]:
    """Yields the lines of the file ``name`` in ``data/`` that are neither empty nor comments."""
    text = (files("service.ranking") / "data" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
