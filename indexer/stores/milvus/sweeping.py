"""Removes from Milvus what no generation holds: what was replaced, and what a kill left over."""

import itertools
from typing import Final

from indexer.stores.milvus.client import Client
from indexer.stores.milvus.contents import (
    GRACE,
    Contents,
    VectorRows,
    keys_of,
    number_of,
)
from indexer.stores.milvus.generations import Generations
from indexer.stores.milvus.manifest import read_document, read_list, read_windows

EVERY: Final = 86_400.0
"""Seconds from one sweep to the next."""

KEPT: Final = 3_600.0
"""How long a generation that was replaced stays, for those who still read it."""

MOST: Final = 100
"""How many generations stay at most."""


def drop_replaced(generations: Generations, now: float) -> None:
    """Removes generations that were replaced long enough ago, or by very many others."""
    numbers = generations.numbers()
    for place, (before, after) in enumerate(itertools.pairwise(numbers)):
        # It was read until the next one came, and a while longer.
        if len(numbers) - place <= MOST and generations.read(after).made >= now - KEPT:
            return
        generations.drop(before)


def sweep(client: Client, generations: Generations, now: float) -> int:
    """Removes what no generation holds.

    What was written within the last day stays: a writer may be about to publish it. It writes
    again what is older (:data:`indexer.stores.milvus.contents.YOUNG`), so nothing that is needed
    is old and in no generation.

    Returns:
        How many rows were removed.
    """
    kept = [generations.read(number) for number in generations.numbers()]
    contents = Contents(client)
    keys: set[str] = set()
    numbers: dict[str, set[int]] = {}
    for generation in kept:
        since = generation.timestamp
        documents, listing = read_list(generation.root, contents, since)
        names = {*listing, *documents.values()}
        own = numbers.setdefault(VectorRows(client, generation.model).collection, set())
        for content in contents.get(documents.values(), since).values():
            document = read_document(content)
            own.update(number_of(bytes.fromhex(text)) for _, text in document.asked)
            names.update(name for edition in document.editions for name in edition.names)
            windows = [edition.windows for edition in document.editions]
            for found_windows in contents.get(windows, since).values():
                own.update(map(number_of, read_windows(found_windows)[1]))
        keys.update(key for name in names for key in keys_of(name))
    before = int(now - GRACE)
    removed = _remove(client, contents.collection, "key", keys, before)
    for collection in client.names():
        if collection.startswith(f"{client.address.name}_vectors_"):
            held: set[int] = numbers.get(collection, set())
            removed += _remove(client, collection, "number", held, before)
            if not held and next(client.keys(collection, "number"), None) is None:
                client.drop(collection)
    return removed


def _remove(
    client: Client, collection: str, field: str, held: set[str] | set[int], before: int
) -> int:
    gone = [
        key for key, made in client.keys(collection, field) if key not in held and made < before
    ]
    client.delete(collection, field, gone, before)
    return len(gone)
