"""Readers: files of many formats become texts of one paragraph a line.

Each format has a module with one reader; :mod:`indexer.readers.reading` chooses it by the content
of the file. What they share lies beside them: pages and columns, running heads, languages, wrapped
lines, numbers, letters.
"""

from typing import TYPE_CHECKING, Any

from indexer.readers.base import Line, Paragraph, Progress, Report, Source, Text

if TYPE_CHECKING:
    from indexer.readers.reading import read

__all__ = ["Line", "Paragraph", "Progress", "Report", "Source", "Text", "read"]


def __getattr__(name: str) -> Any:
    """Imports the formats when a file is to be read: a service that only answers reads none."""
    if name == "read":
        from indexer.readers.reading import read

        return read
    raise AttributeError(name)
