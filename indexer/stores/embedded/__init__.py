"""The embedded store: one SQLite file, and search files derived from it, in one folder."""

from indexer.stores.embedded.snapshot import EmbeddedSnapshot
from indexer.stores.embedded.store import FILE, EmbeddedStore

__all__ = ["FILE", "EmbeddedSnapshot", "EmbeddedStore"]
