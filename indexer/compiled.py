"""Tables compiled out of the lists of words, made at first need and kept for the next process.

They lie in the user's data folder under a digest of what they are made from, so a list that is
mended is compiled again. Where nothing can be written they are made in a temporary folder.
"""

import atexit
import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from indexer.errors import CorruptIndexError
from indexer.locations import data_folder
from indexer.sealing import seal, verify

VERSION: Final = 1
"""Version of the tables; their sources' digest tells the rest."""

_LOG = logging.getLogger(__name__)
_READ = (".py", ".tsv", ".txt", ".toml")


def compiled(name: str, sources: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """Returns a folder of tables, made now unless it was made before of the same sources.

    Args:
        name: What the tables are of.
        sources: Files and folders that they are made from: lists and the code that reads them.
        make: Writes the tables into a folder.
    """
    stem = f"{name}-{_digest(sources)}"
    kept = data_folder() / "compiled"
    if _is_whole(kept / stem):
        return kept / stem
    try:
        kept.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=kept, prefix=f".{name}-"))
    except OSError as error:
        _LOG.warning("%s: cannot be written (%s), made again at every start.", kept, error)
        made = Path(tempfile.mkdtemp(prefix=f"tarmaq-{name}-"))
        atexit.register(shutil.rmtree, made, ignore_errors=True)
        make(made)
        return made
    try:
        made.chmod(0o755)
        make(made)
        seal(made, VERSION)
        return _placed(made, kept / stem, name)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _placed(made: Path, target: Path, name: str) -> Path:
    """Moves a folder to its place, which another process may have filled meanwhile."""
    if target.exists() and not _is_whole(target):
        shutil.rmtree(target, ignore_errors=True)
    try:
        made.rename(target)
    except OSError:
        if not _is_whole(target):
            raise
        return target
    for other in target.parent.glob(f"{name}-*"):
        if other != target:
            shutil.rmtree(other, ignore_errors=True)
    return target


def _is_whole(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    try:
        verify(folder, VERSION)
    except CorruptIndexError as error:
        _LOG.warning("%s Made again.", error)
        return False
    return True


def _digest(sources: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for source in sources:
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for file in files:
            if file.suffix in _READ and file.is_file():
                content = file.read_bytes()
                digest.update(f"{file.name} {len(content)} ".encode())
                digest.update(content)
    return digest.hexdigest()
