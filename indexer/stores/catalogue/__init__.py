"""The catalogue: documents, editions, passages and vectors in one SQLite file.

It is the single source of truth. Nothing of a generation is ever changed: a change adds rows that
begin with the new generation and ends those that it replaces, so whoever reads an older generation
goes on seeing it whole. Ended rows go when they have been ended for a while.

Source: SQLite, "Write-Ahead Logging", for readers beside a writer.
"""

from indexer.stores.catalogue.contents import contents
from indexer.stores.catalogue.reading import Catalogue
from indexer.stores.catalogue.tables import Published
from indexer.stores.catalogue.writing import KEPT_SECONDS, Writer, transaction

__all__ = ["KEPT_SECONDS", "Catalogue", "Published", "Writer", "contents", "transaction"]
