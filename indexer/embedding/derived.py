"""Files made from the weights: made once, kept beside them, verified whenever they are read.

A file carries the first half of its content's SHA-256 in its name, so that one that is damaged or
cut short is known and made again.
"""

import hashlib
import logging
import os
import tempfile
from pathlib import Path

_LOG = logging.getLogger(__name__)


def read_derived(folder: Path, stem: str, suffix: str) -> bytes | None:
    """Returns the content of a kept file; None where there is none, or only a damaged one.

    Args:
        folder: Where files are kept.
        stem: What the file was made from, and how.
        suffix: Of its name, with the dot.
    """
    for path in sorted(folder.glob(f"{stem}.*{suffix}")):
        try:
            content = path.read_bytes()
        except OSError as error:
            _LOG.warning("%s: cannot be read (%s), made again.", path, error)
            continue
        if path.name == _name(content, stem, suffix):
            return content
        _LOG.warning("%s: damaged, made again.", path)
    return None


def keep_derived(folder: Path, stem: str, suffix: str, content: bytes) -> None:
    """Keeps a file for :func:`read_derived`; warns where the folder cannot be written."""
    path = folder / _name(content, stem, suffix)
    try:
        for stale in folder.glob(f"{stem}.*{suffix}"):
            stale.unlink(missing_ok=True)
        write_atomically(path, content)
    except OSError as error:
        _LOG.warning("%s: cannot be kept (%s), made again at every start.", path, error)


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file that is there whole or not at all; makes its folder.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:8]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            # mkstemp() lets nobody else read it, but the service may run as another user.
            os.fchmod(handle, 0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _name(content: bytes, stem: str, suffix: str) -> str:
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:32]}{suffix}"
