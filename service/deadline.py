"""When a computation is given up: its time is over, or nobody waits for its result any more.

A thread cannot be stopped from outside: long work asks :func:`checkpoint` between its parts.
"""

import time
from contextvars import ContextVar
from typing import Final

from service.errors import RequestError


class Abandoned(RequestError):
    """Whoever asked is gone; nobody reads this."""

    def __init__(self) -> None:
        """Takes no values."""
        super().__init__("too-slow", status=503)


class Deadline:
    """The time that one request's computation may take."""

    def __init__(self, seconds: float) -> None:
        """Begins now."""
        self._end = time.monotonic() + seconds
        self._is_abandoned = False

    def abandon(self) -> None:
        """Says that nobody waits for the result."""
        self._is_abandoned = True

    def check(self) -> None:
        """Goes on silently while the result is wanted.

        Raises:
            Abandoned: Nobody waits for it.
            RequestError: Its time is over.
        """
        if self._is_abandoned:
            raise Abandoned
        if time.monotonic() > self._end:
            raise RequestError("too-slow", status=503, retry_after=1)


CURRENT: Final[ContextVar[Deadline | None]] = ContextVar("deadline", default=None)
"""The deadline of the computation that runs in this context; None where there is none."""


def checkpoint() -> None:
    """Ends the computation that runs here where its result is no longer wanted.

    Raises:
        RequestError: Its time is over, or nobody waits.
    """
    if (deadline := CURRENT.get()) is not None:
        deadline.check()
