"""Errors that a caller of the service can mend, each with its trilingual message."""

from indexer.documents import Trilingual
from indexer.errors import TarmaqError
from service.catalogue import message


class RequestError(TarmaqError):
    """A request that cannot be served as it is.

    Attributes:
        code: Key of its message, and the last part of the problem's type.
        status: HTTP status.
        message: What is wrong and what to do, in three languages.
    """

    def __init__(self, code: str, *, status: int = 422, **values: object) -> None:
        """Takes the message ``code`` with its values."""
        self.code = code
        self.status = status
        self.message: Trilingual = message(code, **values)
        super().__init__(self.message.en)
