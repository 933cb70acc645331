"""Opens the store that a setting names."""

from pathlib import Path

from indexer.stores.base import Store
from indexer.stores.embedded import EmbeddedStore


def open_store(address: str, folder: Path) -> Store:
    """Returns a store; whether there is anything in it is seen when it is read.

    Args:
        address: ``milvus://host:port/name``; empty for the embedded store in the folder.
        folder: Where this machine keeps the embedded store, or what is derived of another.

    Raises:
        StoreError: There is no such kind of store, or the address cannot be read.
    """
    if not address:
        return EmbeddedStore(folder)
    # Whoever has no Milvus needs none of its modules.
    from indexer.stores.milvus.store import MilvusStore

    return MilvusStore(address, folder)
