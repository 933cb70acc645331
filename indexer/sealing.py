"""Sealed folders: files that are derived from something else, with a checksum of each.

A list of the files stands beside them. One that is missing, damaged or of another version is
noticed when the folder is opened; then all of them are derived again, never trusted.
"""

import hashlib
import json
import os
import zlib
from pathlib import Path
from typing import Final

from indexer.errors import CorruptIndexError

LIST: Final = "files.json"
"""Name of the list."""

_CHUNK = 2**20


def seal(folder: Path, version: int) -> str:
    """Writes the list of the files in a folder, all of them safely on the disk.

    Args:
        folder: The folder; all its files are listed.
        version: Version of what they hold.

    Returns:
        The digest of the list.
    """
    files = {}
    for path in sorted(folder.iterdir()):
        files[path.name] = [path.stat().st_size, _checksum(path)]
        _sync(path)
    content = json.dumps({"version": version, "files": files}).encode()
    (folder / LIST).write_bytes(content)
    _sync(folder / LIST)
    _sync(folder)
    return hashlib.sha256(content).hexdigest()


def verify(folder: Path, version: int, digest: str | None = None) -> None:
    """Checks the files of a folder against its list.

    Args:
        folder: The folder.
        version: The version that is wanted.
        digest: Digest of the list, where it is known.

    Raises:
        CorruptIndexError: A file is missing or damaged, or the list is another one; names it.
    """
    path = folder / LIST
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CorruptIndexError(f"{path}: missing or unreadable.") from error
    if digest is not None and hashlib.sha256(content).hexdigest() != digest:
        raise CorruptIndexError(f"{path}: damaged.")
    try:
        listed = json.loads(content)
        stands, files = listed["version"], dict(listed["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptIndexError(f"{path}: damaged.") from error
    if stands != version:
        raise CorruptIndexError(f"{path}: version {stands}, this one reads {version}.")
    for name, (size, checksum) in files.items():
        file = folder / name
        try:
            if file.stat().st_size != size or _checksum(file) != checksum:
                raise CorruptIndexError(f"{file}: damaged.")
        except OSError as error:
            raise CorruptIndexError(f"{file}: missing or unreadable.") from error


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
