"""Jobs: work that takes longer than a request, done one after another, and asked after.

A job is done by the process that took it; every process of the service knows how it stands.
"""

import logging
import queue
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Generic, Literal, TypeAlias, TypeVar

from pydantic import TypeAdapter

from indexer.documents.description import Trilingual
from indexer.errors import ConflictError, DocumentError, StoreError, TarmaqError
from indexer.faults import Fault
from indexer.languages import LANGUAGES
from indexer.progress import Progress
from service.administration.ledger import Ledger
from service.errors import RequestError

State: TypeAlias = Literal["waiting", "running", "done", "failed"]
Result = TypeVar("Result")

_MOST_WAITING: Final = 8
_MOST_KEPT: Final = 64
_LOOK_SECONDS: Final = 0.05
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed.

    Attributes:
        code: The last part of the problem's type.
        status: HTTP status.
        message: What is wrong and what to do.
    """

    code: str
    status: int
    message: Trilingual


@dataclass(slots=True)
class Job(Generic[Result]):
    """One piece of work.

    Attributes:
        id: What it is asked after by; not to be guessed.
        state: How it stands.
        step: What is being done.
        done: How many pieces of the step are done.
        total: How many there are; 0 where that is not known.
        result: What came of it; of a failed one what there was until then.
        error: Why it failed.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: State = "waiting"
    step: str = ""
    done: int = 0
    total: int = 0
    result: Result | None = None
    error: Failure | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "failed")


Work: TypeAlias = Callable[[Job[Result], Progress], None]

_FAILURE: Final = TypeAdapter(Failure)


class Jobs(Generic[Result]):
    """Does jobs in a thread of its own: readers and the store take one writer at a time."""

    def __init__(self, ledger: Ledger, results: TypeAdapter[Result]) -> None:
        """Takes where jobs are written down, and how results are; starts nothing yet."""
        self._ledger = ledger
        self._results = results
        self._queue: queue.Queue[tuple[Job[Result], Work[Result]] | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, work: Work[Result]) -> Job[Result]:
        """Takes a job, which begins when those before it have ended.

        Raises:
            RequestError: Too many are waiting, or it cannot be written down.
        """
        job: Job[Result] = Job()
        with self._lock:
            self._ledger.live()
            with self._ledger.open() as connection:
                self._forget(connection)
                (waiting,) = connection.execute(
                    "SELECT count(*) FROM job WHERE state = 'waiting'"
                ).fetchone()
                if waiting >= _MOST_WAITING:
                    raise RequestError("too-many-jobs", status=503)
                self._write(connection, job)
            self._queue.put((job, work))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()
        return job

    def find(self, name: str, wait: float = 0.0) -> Job[Result]:
        """Returns how a job stands, once it has ended or after ``wait`` seconds.

        Raises:
            RequestError: There is none of that id, or no longer, or it cannot be looked up.
        """
        deadline = time.monotonic() + wait
        while not (job := self._read(name)).has_ended and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)
        return job

    def close(self, seconds: float = 2.0) -> None:
        """Ends after the job that runs, if that takes no longer than ``seconds``."""
        if self._thread is None:
            return
        self._drain()
        self._queue.put(None)
        self._thread.join(seconds)
        with suppress(RequestError), self._ledger.open() as connection:
            connection.execute("DELETE FROM job WHERE owner = ?", (self._ledger.owner,))
        self._ledger.close()

    def _drain(self) -> None:
        while True:
            try:
                self._queue.get_nowait()
            except queue.Empty:
                return

    def _run(self) -> None:
        while (taken := self._queue.get()) is not None:
            self._do(*taken)

    def _do(self, job: Job[Result], work: Work[Result]) -> None:
        start = time.perf_counter()
        try:
            with self._ledger.turn():
                job.state = "running"
                self._tell(job, "", 0, 0)
                work(job, lambda step, done, total: self._mention(job, step, done, total))
        except RequestError as error:
            job.error = _failure(error)
        except TarmaqError as error:
            job.error = _failure(_told(error))
        except Exception:
            _LOG.exception("a job failed")
            job.error = _failure(RequestError("internal-error", status=500))
        job.state = "failed" if job.error else "done"
        try:
            with self._ledger.open() as connection:
                self._write(connection, job)
        except RequestError:
            _LOG.error("the end of a job is lost")
        _LOG.info("job %s in %.1f s", job.state, time.perf_counter() - start)

    def _mention(self, job: Job[Result], step: str, done: int, total: int) -> None:
        # What was published is not to be called failed because nobody could be told how far it is.
        with suppress(RequestError):
            self._tell(job, step, done, total)

    def _tell(self, job: Job[Result], step: str, done: int, total: int) -> None:
        job.step, job.done, job.total = step, done, total
        with self._ledger.open() as connection:
            connection.execute(
                "UPDATE job SET state = ?, step = ?, done = ?, total = ? WHERE id = ?",
                (job.state, step, done, total, job.id),
            )

    def _write(self, connection: sqlite3.Connection, job: Job[Result]) -> None:
        result = None if job.result is None else self._results.dump_json(job.result)
        error = None if job.error is None else _FAILURE.dump_json(job.error)
        connection.execute(
            "INSERT OR REPLACE INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (job.id, self._ledger.owner, job.state, job.step, job.done, job.total, result, error),
        )

    def _read(self, name: str) -> Job[Result]:
        if not self._ledger.exists:
            raise RequestError("unknown-job", status=404, name=name)
        with self._ledger.open() as connection:
            row = connection.execute(
                "SELECT owner, state, step, done, total, result, error FROM job WHERE id = ?",
                (name,),
            ).fetchone()
        if row is None or not self._ledger.lives(row[0]):
            raise RequestError("unknown-job", status=404, name=name)
        _, state, step, done, total, result, error = row
        return Job(
            name,
            state,
            step,
            done,
            total,
            None if result is None else self._results.validate_json(result),
            None if error is None else _FAILURE.validate_json(error),
        )

    def _forget(self, connection: sqlite3.Connection) -> None:
        """Forgets the jobs of processes that are gone, and the oldest of those that have ended."""
        owners = connection.execute("SELECT DISTINCT owner FROM job").fetchall()
        gone = [(owner,) for (owner,) in owners if not self._ledger.lives(owner)]
        connection.executemany("DELETE FROM job WHERE owner = ?", gone)
        connection.execute(
            "DELETE FROM job WHERE state IN ('done', 'failed') AND rowid NOT IN "
            "(SELECT rowid FROM job ORDER BY rowid DESC LIMIT ?)",
            (_MOST_KEPT,),
        )


def _failure(error: RequestError) -> Failure:
    return Failure(error.code, error.status, error.message)


def _told(error: TarmaqError) -> RequestError:
    if isinstance(error, ConflictError):
        return RequestError("changed-meanwhile", status=412)
    if isinstance(error, StoreError):
        return RequestError("store-not-written", status=503, reason=str(error))
    if isinstance(error, DocumentError):
        return RequestError("unreadable-document", status=422, reason=_reason(error))
    return RequestError("unusable-document", status=422, reason=str(error))


def _reason(error: DocumentError) -> Trilingual | str:
    """Returns what is wrong with a document, in every language where it is known by a code."""
    if not isinstance(error.said, Fault):
        return str(error)
    where = f"{error.where}: " if error.where else ""
    return Trilingual(*(f"{where}{error.said.sentence(language)}" for language in LANGUAGES))
