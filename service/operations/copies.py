"""Copies of a store: one file of the embedded store, whatever store was copied.

So a copy of one store is restored into another kind as well.

Source: SQLite, "Using the SQLite Online Backup API": a copy of one moment, taken while others read
and write.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from indexer.errors import CorruptIndexError, StoreError
from indexer.stores.base import Store
from indexer.stores.catalogue import Catalogue, contents, transaction
from indexer.stores.embedded import FILE, EmbeddedStore


def write_backup(store: Store, file: Path) -> str:
    """Copies a store into one file, and checks the copy.

    Returns:
        What the copy holds.

    Raises:
        StoreError: There is no store, it is damaged, or the file cannot be written.
    """
    new = file.with_name(f".{file.name}.new")
    store.model()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        if isinstance(store, EmbeddedStore):
            _copy(store.folder / FILE, new)
        else:
            _write(store, new)
        held = _checked(new)
        new.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{file}: not written ({error}).") from error
    finally:
        new.unlink(missing_ok=True)
    return held


def read_backup(file: Path, store: Store) -> str:
    """Makes the documents of a backup those of a store.

    Returns:
        What the store holds.

    Raises:
        StoreError: The file is no backup, is damaged, or the store cannot be written; the store
            is as it was.
    """
    generation = _checked_generation(file)
    if isinstance(store, EmbeddedStore):
        store = _restored(file, store.folder)
    else:
        catalogue = Catalogue(file)
        store.replace_all(contents(catalogue, generation), catalogue.model(), set())
    snapshot = store.snapshot()
    return f"{len(snapshot.documents)} documents, {len(snapshot)} passages"


def _write(store: Store, target: Path) -> None:
    """Writes the documents of any store, one by one, as those of an embedded one."""
    folder = Path(tempfile.mkdtemp(prefix=f"{target.name}-", dir=target.parent))
    try:
        with transaction(folder / FILE, store.model()) as writer:
            for indexed in store.contents():
                writer.put([indexed])
            writer.publish("", "")
        _copy(folder / FILE, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _restored(file: Path, index: Path) -> EmbeddedStore:
    """Makes a backup the embedded store of an index, and derives the search files."""
    before = _newest(index)
    try:
        index.mkdir(parents=True, exist_ok=True)
        try:
            _copy(file, index / FILE)
        except sqlite3.OperationalError:
            # A disk that is full, or another who writes: what is there stays.
            raise
        except sqlite3.DatabaseError:
            # SQLite does not write over what is no database any more.
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                (index / name).unlink(missing_ok=True)
            _copy(file, index / FILE)
        _number_after(index / FILE, before)
        # Those of what was there before say what is no longer meant to be there.
        for folder in index.glob("search-*"):
            shutil.rmtree(folder, ignore_errors=True)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{index}: not restored ({error}).") from error
    store = EmbeddedStore(index)
    # Publishing a generation derives its search files; those of the backup were not copied.
    store.replace_all((), store.model(), set(store.sources()))
    return store


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        if not target.with_name(f"{target.name}-wal").exists():
            # One file, without a log beside it, can be carried anywhere.
            new.execute("PRAGMA journal_mode = DELETE")


def _newest(index: Path) -> int:
    """Returns the newest generation of an index; 0 where there is none, or it cannot be read."""
    try:
        return EmbeddedStore(index).generation()
    except CorruptIndexError:
        return 0


def _number_after(file: Path, number: int) -> None:
    """Makes the newest generation of a store no older than ``number``, and the only one.

    A service that runs on it takes up what has a higher number than what it serves.
    """
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "DELETE FROM generations WHERE number < (SELECT max(number) FROM generations)"
        )
        connection.execute("UPDATE generations SET number = max(number, ?)", (number,))


def _checked_generation(file: Path) -> int:
    """Returns the generation in a backup of which everything is whole."""
    catalogue = Catalogue(file)
    catalogue.model()
    published = catalogue.published()
    if published is None:
        raise CorruptIndexError(f"{file}: holds no generation of an index.")
    problems = [*catalogue.check(published.number)]
    if problems:
        raise CorruptIndexError(f"{problems[0]}; use another copy.")
    return published.number


def _checked(file: Path) -> str:
    editions = Catalogue(file).editions(_checked_generation(file))
    documents = {rows.document.id for rows, _, _ in editions}
    passages = sum(rows.stop - rows.start for rows, _, _ in editions)
    return f"{len(documents)} documents, {passages} passages"
