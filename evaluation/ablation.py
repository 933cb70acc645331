"""What each part of the ranking is worth: the whole, each part removed, each part alone."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from evaluation.beir import Dataset
from evaluation.opening import open_system
from evaluation.systems import System
from service.settings import Settings

Configuration = TypeVar("Configuration")
"""A frozen dataclass whose boolean fields switch the parts of the ranking."""


def switches(configuration: Any) -> tuple[str, ...]:
    """Returns the names of the parts that a configuration switches on."""
    return tuple(
        field.name for field in fields(configuration) if getattr(configuration, field.name) is True
    )


def variants(configuration: Configuration) -> Iterator[tuple[str, Configuration]]:
    """Yields the whole configuration, then each part removed, then each part alone, named."""
    parts = switches(configuration)
    values: Any = configuration
    yield "all parts", configuration
    for part in parts:
        yield f"without {part}", replace(values, **{part: False})
    if len(parts) > 1:
        for part in parts:
            alone = {other: other == part for other in parts}
            yield f"only {part}", replace(values, **alone)


def open_variants(
    dataset: Dataset, settings: Settings, cache: Path
) -> Iterator[tuple[str, System]]:
    """Yields every variant of the ranking, and the plain baselines, ready to be measured."""
    for name in ("bm25", "dense", "tarmaq"):
        label = "all parts" if name == "tarmaq" else name
        yield label, open_system(name, dataset, settings, cache)
