"""Errors that a caller of the service can mend, each with its trilingual message."""

from indexer.documents.description import Trilingual
from indexer.errors import TarmaqError
from indexer.languages import LANGUAGES
from service.catalogue import message

_LONGEST = 300


class RequestError(TarmaqError):
    """A request that cannot be served as it is.

    Attributes:
        code: Key of its message, and the last part of the problem's type.
        status: HTTP status.
        message: What is wrong and what to do, in three languages.
        retry_after: Seconds after which to try again; None where that is of no use.
        field: The field of the request that is the reason, where the message names one.
    """

    def __init__(
        self, code: str, *, status: int = 422, retry_after: int | None = None, **values: object
    ) -> None:
        """Takes the message ``code`` with its values; long ones are cut, unreadable ones mended."""
        self.code = code
        self.status = status
        self.retry_after = retry_after
        quoted = {name: shown(value) for name, value in values.items()}
        self.message: Trilingual = message(code, **quoted)
        self.field: str | None = str(values["field"]) if "field" in values else None
        super().__init__(self.message.en)


def shown(value: object) -> object:
    """Returns a value as an error may quote it: cut and readable, for it came from outside."""
    if isinstance(value, Trilingual):
        return Trilingual(*(str(shown(value[language])) for language in LANGUAGES))
    if not isinstance(value, str):
        return value
    text = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    return text.encode("utf-8", "replace").decode("utf-8")
