"""The exception tree of Tarmaq.

::

    TarmaqError
    ├── DocumentError          a source document or its description cannot be read
    ├── InvalidKeyError        what should name a work, an edition or a passage does not
    ├── InvalidReferenceError  an eId or a written reference is malformed
    ├── InvalidTextError       a text cannot be embedded or searched
    ├── ModelError             models.txt, or a model that it names, cannot be used
    └── StoreError             the store cannot be written, or is in use
        ├── ConflictError      it has changed since it was looked at
        └── CorruptIndexError  it is missing, damaged or of another format

Every message says what happened, where, and what to do about it.
"""


class TarmaqError(Exception):
    """Base of every error that Tarmaq raises on purpose."""


class DocumentError(TarmaqError):
    """A source document or its ``document.toml`` cannot be read.

    Attributes:
        said: What is wrong: a sentence, or an :class:`indexer.faults.Fault`, which has one in
            every language.
        where: The file, perhaps with a line; empty where nothing more is known.
    """

    def __init__(self, said: object, where: object = "") -> None:
        """Takes what is wrong, and where."""
        self.said, self.where = said, str(where)
        super().__init__(f"{where}: {said}" if self.where else str(said))

    def within(self, where: object) -> "DocumentError":
        """Returns the same error as of a file."""
        places = filter(None, (str(where), self.where))
        return DocumentError(self.said, ": ".join(places))


class InvalidKeyError(TarmaqError, ValueError):
    """What should name a work, an edition or a passage does not."""


class InvalidReferenceError(TarmaqError, ValueError):
    """An eId or a written reference is malformed."""


class InvalidTextError(TarmaqError, ValueError):
    """A text is empty, too long or holds nothing that can be embedded."""


class ModelError(TarmaqError):
    """``models.txt``, or a model that it names, cannot be used."""


class StoreError(TarmaqError):
    """The store cannot be written, or another process writes it."""


class ConflictError(StoreError):
    """The store has changed since the caller looked at it."""


class CorruptIndexError(StoreError):
    """The store is missing, damaged or of another format version."""
