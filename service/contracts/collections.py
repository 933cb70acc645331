"""What a contract may search: one document by its id, or ``tarmaq`` for all of them."""

from service.engine.library import Library
from service.errors import RequestError

ALL = "tarmaq"
"""Name of the collection of all documents."""

_SHOWN = 20


def find_collection(library: Library, name: str, *, code: str, status: int) -> tuple[str, ...]:
    """Returns the document ids of the collection ``name``; empty for all documents.

    Args:
        library: The documents.
        name: A document's id, or :data:`ALL`.
        code: Message of the error.
        status: HTTP status of the error.

    Raises:
        RequestError: There is no such collection.
    """
    if name == ALL:
        return ()
    known = [document.id for document in library.documents]
    if name not in known:
        raise RequestError(code, status=status, name=name, known=", ".join((ALL, *known[:_SHOWN])))
    return (name,)
