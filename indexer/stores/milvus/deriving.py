"""The tables of a generation, derived once a machine and mapped by every process there."""

import fcntl
import json
import logging
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from indexer.errors import CorruptIndexError, StoreError
from indexer.sealing import seal, verify
from indexer.stores.milvus.manifest import edition_content, read_citations
from indexer.stores.milvus.snapshot import Kept
from indexer.stores.search import remove_other
from indexer.stores.tables import VERSION, EditionContent, Numbers, Tables, derive_tables
from indexer.stores.vectors import spread_of

KEPT_SECONDS: Final = 3_600.0
"""How long tables of generations before the newest stay on a machine."""

_CITING: Final = "citing.json"
_TOGETHER = 32
_LOG = logging.getLogger(__name__)

Asked = Sequence[tuple[str, str, int]]
"""Document, address and number of the vector of each written question."""


def open_tables(
    source: Kept, asked: Asked, folder: Path
) -> tuple[Tables, Mapping[str, Sequence[int]]]:
    """Returns the tables of a generation and the numbers of the editions that cite each act.

    Whoever comes first on a machine derives them.

    Args:
        source: The generation.
        asked: Its written questions.
        folder: Where this machine keeps the tables of its store.

    Raises:
        StoreError: The folder cannot be written.
    """
    own = source.generation
    target = folder / f"search-{own.number}-{own.root[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                verify(target, VERSION)
                return _load(target)
            except CorruptIndexError as error:
                if target.exists():
                    _LOG.warning("%s Derived again.", error)
                shutil.rmtree(target, ignore_errors=True)
            _derive(source, asked, target)
            remove_other(folder, {target.name}, time.time() - KEPT_SECONDS)
            return _load(target)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written ({error}); name another folder with TARMAQ_INDEX."
        ) from error


def _derive(source: Kept, asked: Asked, target: Path) -> None:
    new = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    since = source.generation.timestamp

    def spread(numbers: Numbers) -> float:
        return spread_of(len(numbers), lambda at: source.vectors.at(numbers[at], since))

    new.mkdir()
    try:
        derive_tables(_contents(source), asked, new, spread)
        (new / _CITING).write_text(json.dumps(_citing(source)), encoding="utf-8")
        seal(new, VERSION)
        new.rename(target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _contents(source: Kept) -> Iterator[EditionContent]:
    for start in range(0, len(source.editions), _TOGETHER):
        part = source.editions[start : start + _TOGETHER]
        names = [n for _, one in part for n in (one.outline, one.analysis, one.windows)]
        found: Mapping[str, bytes] = source.contents.get(names, source.generation.timestamp)
        for rows, one in part:
            try:
                yield edition_content(rows, one, found)
            except KeyError:
                # An analysis of another version is made of the passages again.
                every = source.contents.get(one.names, source.generation.timestamp)
                yield edition_content(rows, one, every)


def _load(folder: Path) -> tuple[Tables, Mapping[str, Sequence[int]]]:
    return Tables.load(folder), json.loads((folder / _CITING).read_bytes())


def _citing(source: Kept) -> dict[str, list[int]]:
    """Returns the numbers of the editions that cite each act, by the key of its name."""
    found: dict[str, list[int]] = {}
    for start in range(0, len(source.editions), _TOGETHER):
        part = [one.citations for _, one in source.editions[start : start + _TOGETHER]]
        read = source.contents.get(part, source.generation.timestamp)
        for number, name in enumerate(part, start=start):
            for act in {one.act for _, one in read_citations(read[name]) if one.act}:
                found.setdefault(act, []).append(number)
    return found
