"""Connections whose other end is slow or silent: each step has a time by which it must be done."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final, Literal

from uvicorn.protocols.http.h11_impl import H11Protocol

Step = Literal["head", "body"]

_TIMED_OUT: Final = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client is waited for, in seconds.

    Attributes:
        head: From connecting, or from the first byte of a further request, to the end of its head.
        body: From there to the end of its body.
        reading: How long an answer may wait for a client that reads nothing.
    """

    head: float
    body: float
    reading: float


class GuardedProtocol(H11Protocol):
    """A connection that is closed when its client does not go on.

    Nothing of it holds a thread: a request is handed on when all of it has come, and an answer is
    computed before its first byte leaves. What a client holds is memory, for as long as this says.

    Source: RFC 9110, section 15.5.9.
    """

    def __init__(self, *arguments: Any, patience: Patience, **options: Any) -> None:
        """Takes what uvicorn gives, and the patience."""
        super().__init__(*arguments, **options)
        self._patience = patience
        self._step: tuple[Step, object] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins to wait for a head."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait("head")

    def data_received(self, data: bytes) -> None:
        """Takes bytes; the time of a step goes on until the step is done."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait("head")
        else:
            self._wait("body" if self.cycle.more_body else None)

    def on_response_complete(self) -> None:
        """Leaves an idle connection to uvicorn's own keep-alive time."""
        self._wait(None)
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the timers."""
        self._wait(None)
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begins to wait for a client that does not read."""
        super().pause_writing()
        if self._reading is None:
            self._reading = self.loop.call_later(self._patience.reading, self.transport.abort)

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _wait(self, step: Step | None) -> None:
        wanted = (step, self.cycle) if step is not None else None
        if wanted == self._step:
            return
        self._step = wanted
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if step is not None and not self.transport.is_closing():
            seconds = self._patience.head if step == "head" else self._patience.body
            self._timer = self.loop.call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write(_TIMED_OUT)
        self.transport.close()
