"""What the processes of one service share of its administration: a folder beside the index.

A process writes its own jobs only. While it lives it holds a lock that the system takes from it
when it ends, however it ends; then its jobs are forgotten.
"""

import fcntl
import logging
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Final

from service.errors import RequestError

_LOG = logging.getLogger(__name__)
_FOLDER: Final = ".administration"
_FILE: Final = "ledger.sqlite"
_TURN: Final = "turn"
_BUSY_SECONDS: Final = 5.0
_SCHEMA: Final = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS job (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, state TEXT NOT NULL, step TEXT NOT NULL,
    done INTEGER NOT NULL, total INTEGER NOT NULL, result BLOB, error BLOB
);
CREATE TABLE IF NOT EXISTS session (
    token TEXT PRIMARY KEY, proof TEXT NOT NULL, key TEXT NOT NULL, ends REAL NOT NULL
);
"""


class Ledger:
    """The folder, as one process has it open."""

    def __init__(self, index: Path) -> None:
        """Takes the index's folder; nothing is made there before it is needed."""
        self.folder = index.parent / _FOLDER
        self.owner = secrets.token_hex(8)
        self._lock: IO[bytes] | None = None

    @property
    def exists(self) -> bool:
        """Whether anything was ever written down."""
        return (self.folder / _FILE).exists()

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Gives a connection; what is done with it is one transaction.

        Raises:
            RequestError: The folder cannot be written.
        """
        path = self.folder / _FILE
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            with closing(
                sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level="IMMEDIATE")
            ) as connection:
                # Readers, some on the event loop, wait for nobody; a lost last word is no harm.
                connection.executescript(f"PRAGMA synchronous = NORMAL; {_SCHEMA}")
                with connection:
                    yield connection
        except (OSError, sqlite3.Error) as error:
            raise _unwritable(path, error) from error

    def live(self) -> None:
        """Shows the other processes that this one lives.

        Raises:
            RequestError: The folder cannot be written.
        """
        if self._lock is None:
            path = self._path(self.owner)
            try:
                self.folder.mkdir(mode=0o700, exist_ok=True)
                self._lock = path.open("ab")
            except OSError as error:
                raise _unwritable(path, error) from error
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def lives(self, owner: str) -> bool:
        """Whether the process of that name lives."""
        if owner == self.owner:
            return self._lock is not None
        try:
            with self._path(owner).open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        self._path(owner).unlink(missing_ok=True)
        return False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until no other process changes documents, and keeps others waiting.

        Raises:
            RequestError: The folder cannot be written.
        """
        path = self._path(_TURN)
        try:
            lock = path.open("ab")
        except OSError as error:
            raise _unwritable(path, error) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def close(self) -> None:
        """Lets the others forget this process."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            self._path(self.owner).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.lock"


def _unwritable(path: Path, error: OSError | sqlite3.Error) -> RequestError:
    """Returns what callers are told; where files lie on this machine is nobody's business."""
    _LOG.error("%s: cannot be written (%s)", path, error)
    why = error.strerror if isinstance(error, OSError) else error
    told = f"{path.parent.name}/{path.name}: cannot be written ({why})."
    return RequestError("store-not-written", status=503, reason=told)
