"""Errors of measuring."""

from indexer.errors import TarmaqError


class DatasetError(TarmaqError):
    """A dataset, run or qrels file cannot be used; the message names file and line."""
