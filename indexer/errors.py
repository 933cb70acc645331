"""The exception tree of Tarmaq.

::

    TarmaqError
    ├── DocumentError          a source document or its description cannot be read
    ├── InvalidReferenceError  an eId or a written reference is malformed
    ├── InvalidTextError       a text cannot be embedded or searched
    ├── ModelError             models.txt, or a model that it names, cannot be used
    └── CorruptIndexError      a built index is missing, damaged or of another format

Every message says what happened, where, and what to do about it.
"""


class TarmaqError(Exception):
    """Base of every error that Tarmaq raises on purpose."""


class DocumentError(TarmaqError):
    """A source document or its ``document.toml`` cannot be read."""


class InvalidReferenceError(TarmaqError, ValueError):
    """An eId or a written reference is malformed."""


class InvalidTextError(TarmaqError, ValueError):
    """A text is empty, too long or holds nothing that can be embedded."""


class ModelError(TarmaqError):
    """``models.txt``, or a model that it names, cannot be used."""


class CorruptIndexError(TarmaqError):
    """A built index is missing, damaged or of another format version."""
