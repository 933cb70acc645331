"""The threads that compute: so many at once, so many waiting, and nobody waits in vain.

Whatever computes is done here and not on the event loop, which only reads and writes. A request
that finds the queue full is refused at once; one whose client goes away leaves the queue, and gives
up what it has begun (:mod:`service.deadline`).
"""

import asyncio
import inspect
import logging
import math
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Final, ParamSpec, TypeVar

from fastapi import Response
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from service.deadline import CURRENT, Abandoned, Deadline
from service.errors import RequestError

_P = ParamSpec("_P")
_T = TypeVar("_T")
_FIRST_GUESS = 0.05
_SMOOTHING = 0.1
_JSON = "application/json"
_MEMORY_SECONDS = 5
_LOG = logging.getLogger(__name__)


class Workers:
    """A bounded queue in front of a fixed number of threads."""

    def __init__(self, threads: int, queue: int, seconds: float) -> None:
        """Starts no thread yet.

        Args:
            threads: How many computations run at once.
            queue: How many more may wait.
            seconds: How long one may wait and run, together.
        """
        self._threads = threads
        self._most = threads + queue
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="compute")
        self._lock = threading.Lock()
        self._taken = 0
        self._usual = _FIRST_GUESS

    @property
    def taken(self) -> int:
        """How many computations run or wait."""
        return self._taken

    def admit(self) -> None:
        """Says whether another computation is taken, without taking it.

        Raises:
            RequestError: The queue is full; says when to come again.
        """
        if self._taken >= self._most:
            wait = max(1, math.ceil(self._usual * self._most / self._threads))
            raise RequestError("too-busy", status=503, retry_after=wait)

    async def run(
        self,
        gone: "asyncio.Future[None]",
        function: Callable[_P, _T],
        /,
        *args: Any,
        is_further: bool = False,
    ) -> _T:
        """Returns what ``function`` returns, computed in a thread.

        Args:
            gone: Is done when nobody waits for the result.
            function: What computes.
            *args: What it takes.
            is_further: Whether it goes on with an answer that was begun: a full queue does not
                refuse it, for a stream that has begun cannot end in an error.

        Raises:
            RequestError: The queue is full, the time is over, or memory is short.
            Abandoned: Nobody waits for the result.
        """
        with self._lock:
            if not is_further:
                self.admit()
            self._taken += 1
        deadline = Deadline(self._seconds)
        context = copy_context()
        context.run(CURRENT.set, deadline)
        future = self._pool.submit(context.run, self._timed, deadline, partial(function, *args))
        future.add_done_callback(self._leave)
        result = asyncio.wrap_future(future)
        try:
            await asyncio.wait((result, gone), timeout=self._seconds, return_when="FIRST_COMPLETED")
            if result.done():
                return result.result()
        finally:
            # Still waiting, it leaves the queue; begun, it ends at its next checkpoint.
            if not result.done():
                deadline.abandon()
                result.cancel()
        if gone.done():
            raise Abandoned
        raise RequestError("too-slow", status=503, retry_after=1)

    def _timed(self, deadline: Deadline, function: Callable[[], _T]) -> _T:
        deadline.check()
        start = time.perf_counter()
        try:
            return function()
        except MemoryError as error:
            _LOG.error("memory is short: a question was given up")
            raise RequestError("memory-short", status=503, retry_after=_MEMORY_SECONDS) from error
        finally:
            spent = time.perf_counter() - start
            self._usual += _SMOOTHING * (spent - self._usual)

    def _leave(self, future: "Future[Any]") -> None:
        with self._lock:
            self._taken -= 1


@dataclass(slots=True)
class Caller:
    """Who waits for the answer to one request.

    Attributes:
        workers: What computes for it.
        gone: Is done when the connection is closed.
        is_served: Whether something was computed for it already.
    """

    workers: Workers
    gone: "asyncio.Future[None]"
    is_served: bool = False

    async def compute(self, function: Callable[..., _T], /, *args: Any) -> _T:
        """Returns what ``function`` returns of ``args``; see :meth:`Workers.run`."""
        result = await self.workers.run(self.gone, function, *args, is_further=self.is_served)
        self.is_served = True
        return result


CALLER: Final[ContextVar[Caller | None]] = ContextVar("caller", default=None)
"""The caller of the request that is served in this context."""


async def compute(function: Callable[..., _T], /, *args: Any) -> _T:
    """Returns what ``function`` returns of ``args``, computed by the request's workers.

    Raises:
        RequestError: They have too much to do.
    """
    if (caller := CALLER.get()) is None:
        return await asyncio.to_thread(function, *args)
    return await caller.compute(function, *args)


async def while_wanted(awaitable: Awaitable[_T]) -> _T:
    """Returns what ``awaitable`` brings, unless the caller goes away before.

    Raises:
        Abandoned: The caller is gone.
    """
    task = asyncio.ensure_future(awaitable)
    if (caller := CALLER.get()) is None:
        return await task
    try:
        await asyncio.wait((task, caller.gone), return_when="FIRST_COMPLETED")
        if task.done():
            return task.result()
    finally:
        task.cancel()
    raise Abandoned


class WorkerRoute(APIRoute):
    """A route whose function, unless it is ``async``, is computed by the workers."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        """Takes what FastAPI gives."""
        if not inspect.iscoroutinefunction(endpoint):
            skip = bool(settings.get("response_model_exclude_none"))
            endpoint = _by_workers(endpoint, exclude_none=skip)
        super().__init__(path, endpoint, **settings)


def _by_workers(endpoint: Callable[..., Any], *, exclude_none: bool) -> Callable[..., Any]:
    """Returns ``endpoint`` computed by the workers, what it returns turned into JSON there too."""
    returned = inspect.signature(endpoint).return_annotation
    is_response = isinstance(returned, type) and issubclass(returned, Response)
    adapter = None if is_response else TypeAdapter(returned)

    def answer(values: dict[str, Any]) -> Any:
        result = endpoint(**values)
        if adapter is None or isinstance(result, Response):
            return result
        content = adapter.dump_json(result, by_alias=True, exclude_none=exclude_none)
        return Response(content, media_type=_JSON)

    @wraps(endpoint)
    async def serve(**values: Any) -> Any:
        return await compute(answer, values)

    return serve
