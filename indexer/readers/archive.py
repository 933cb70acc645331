"""Zip archives of word processors, opened with care."""

import io
import zipfile

from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.readers.base import MAX_UNPACKED

_MOST_MEMBERS = 10_000
_MOST_RATIO = 500
_SMALL = 20 * 2**20
_DECLARATION = 4096


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Opens an archive whose contents may be unpacked.

    Raises:
        DocumentError: It is damaged or encrypted, or would fill the memory.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError(Fault.of("damaged", reason=error)) from error
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > _MOST_MEMBERS
        or size > MAX_UNPACKED
        or (size > _SMALL and size > _MOST_RATIO * max(packed, 1))
    ):
        raise DocumentError(Fault.of("unpacks", size=size >> 20, count=len(members)))
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError(Fault.of("encrypted"))
    return archive


def has_member(data: bytes, name: str) -> bool:
    """Whether the bytes are an archive with a file of this name."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return name.encode() in data


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The XML of one file of an archive.

    Raises:
        DocumentError: It is missing, damaged, or declares entities.
    """
    try:
        data = archive.read(name)
    except KeyError as error:
        raise DocumentError(Fault.of("part-missing", name=name)) from error
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError) as error:
        raise DocumentError(Fault.of("damaged", reason=f"{name}: {error}")) from error
    except Exception as error:  # zlib.error is no OSError
        raise DocumentError(Fault.of("damaged", reason=f"{name}: {error}")) from error
    if b"<!DOCTYPE" in data[:_DECLARATION] or b"<!ENTITY" in data:
        raise DocumentError(Fault.of("entities"))
    return data
