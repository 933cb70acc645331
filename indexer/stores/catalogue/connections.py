"""Connections to the file, beside other threads and processes.

Source: SQLite, "Write-Ahead Logging" and "How To Corrupt An SQLite Database File".
"""

import logging
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

_BUSY_SECONDS = 60.0
_SAYING_SECONDS = 1.0
_MAPPED = 2**26
"""Bytes of the file that a connection maps: opening reads all of it, a question a few pages, and
what is mapped counts as the process's memory."""
_LOG = logging.getLogger(__name__)


def patiently(step: Callable[[], object], path: Path) -> None:
    """Takes a step that another process may keep from being taken; says so while it waits."""
    start, told = time.monotonic(), False
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - start
            if not is_busy(error) or waited > _BUSY_SECONDS:
                raise
            if waited > _SAYING_SECONDS and not told:
                told = True
                _LOG.warning(
                    "%s: another process writes it; waiting for up to %.0f s", path, _BUSY_SECONDS
                )
            time.sleep(0.05)


def is_busy(error: Exception) -> bool:
    """Whether an error says that another process holds the file."""
    return "locked" in str(error) or "busy" in str(error)


def open_to_read(path: Path) -> sqlite3.Connection:
    """Opens the file; what is written meanwhile is not waited for.

    Raises:
        sqlite3.OperationalError: It cannot be opened.
    """

    def connect(more: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro{more}", uri=True, timeout=_BUSY_SECONDS,
            isolation_level=None, check_same_thread=False,
        )  # fmt: skip
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return connection

    try:
        return connect("")
    except sqlite3.OperationalError:
        if os.access(path.parent, os.W_OK):
            raise
        # A write-ahead log cannot be shared on a read-only disk: there it is not written either.
        return connect("&immutable=1")
