"""Tests of backup and restore."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.errors import StoreError
from indexer.stores.embedded import FILE, EmbeddedStore
from service.operations.command import operating
from service.operations.copies import read_backup, write_backup


def store(folder: Path, encoder: Encoder, *texts: str) -> EmbeddedStore:
    """Returns a store of one document, a passage for each text."""
    made = EmbeddedStore(folder)
    passages = [
        Passage("law", f"para_{number}", "ru", None, (), text)
        for number, text in enumerate(texts, start=1)
    ]
    build(sources_of(passages), made, encoder)
    return made


def texts(folder: Path) -> list[str]:
    """Returns the texts of a store."""
    snapshot = EmbeddedStore(folder).snapshot()
    return [passage.text for passage in snapshot.passages(range(len(snapshot)))]


def test_backup_restores_into_another_folder(tmp_path: Path, hashed: Encoder) -> None:
    """One file is enough: search files are derived from it."""
    store(tmp_path / "old", hashed, "первый", "второй")
    assert (
        write_backup(EmbeddedStore(tmp_path / "old"), tmp_path / "copy.sqlite")
        == "1 documents, 2 passages"
    )
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.sqlite"]
    read_backup(tmp_path / "copy.sqlite", EmbeddedStore(tmp_path / "new"))
    assert texts(tmp_path / "new") == ["первый", "второй"]
    assert EmbeddedStore(tmp_path / "new").check() == ()


def test_backup_is_of_one_moment_while_the_store_is_read(tmp_path: Path, hashed: Encoder) -> None:
    """What is written afterwards, still in the log, is not in the copy; what was, is."""
    old = store(tmp_path / "old", hashed, "первый")
    snapshot = old.snapshot()
    write_backup(EmbeddedStore(tmp_path / "old"), tmp_path / "copy.sqlite")
    store(tmp_path / "old", hashed, "первый", "второй")
    assert len(snapshot) == 1
    read_backup(tmp_path / "copy.sqlite", EmbeddedStore(tmp_path / "new"))
    assert texts(tmp_path / "new") == ["первый"]


def test_restore_replaces_what_an_index_held(tmp_path: Path, hashed: Encoder) -> None:
    """The index is as it was when the backup was made, and can be changed again."""
    store(tmp_path / "index", hashed, "первый")
    write_backup(EmbeddedStore(tmp_path / "index"), tmp_path / "copy.sqlite")
    store(tmp_path / "index", hashed, "другой", "третий")
    read_backup(tmp_path / "copy.sqlite", EmbeddedStore(tmp_path / "index"))
    assert texts(tmp_path / "index") == ["первый"]
    store(tmp_path / "index", hashed, "первый", "четвёртый")
    assert texts(tmp_path / "index") == ["первый", "четвёртый"]


def test_damaged_backup_leaves_the_index_alone(tmp_path: Path, hashed: Encoder) -> None:
    """Every passage is checked against its digest before anything is replaced."""
    store(tmp_path / "index", hashed, "первый")
    write_backup(EmbeddedStore(tmp_path / "index"), tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        connection.execute("UPDATE passages SET text = 'чужой'")
        connection.commit()
    with pytest.raises(StoreError, match="use another copy"):
        read_backup(tmp_path / "copy.sqlite", EmbeddedStore(tmp_path / "index"))
    assert texts(tmp_path / "index") == ["первый"]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 100])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    """An error of the store, whatever the file holds."""
    (tmp_path / "copy.sqlite").write_bytes(content)
    with pytest.raises(StoreError, match="copy"):
        read_backup(tmp_path / "copy.sqlite", EmbeddedStore(tmp_path / "index"))
    assert not (tmp_path / "index" / FILE).exists()


def test_no_index_makes_no_backup(tmp_path: Path) -> None:
    """An empty copy would be worse than none."""
    with pytest.raises(StoreError):
        write_backup(EmbeddedStore(tmp_path / "index"), tmp_path / "copy.sqlite")
    assert not (tmp_path / "copy.sqlite").exists()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_nothing_is_overwritten_unasked(
    tmp_path: Path, hashed: Encoder, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """A file or an index that is there stays, unless --force is said."""
    store(tmp_path / "index", hashed, "первый")
    file = tmp_path / "copy.sqlite"
    write_backup(EmbeddedStore(tmp_path / "index"), file)
    monkeypatch.setenv("TARMAQ_INDEX", str(tmp_path / "index"))
    refused = CliRunner().invoke(operating, [command, str(file)])
    assert "--force" in str(refused.exception)
    assert CliRunner().invoke(operating, [command, str(file), "--force"]).exit_code == 0


@pytest.mark.parametrize("lost", ["removed", "garbage", "wrong bits"])
def test_what_was_lost_comes_back_from_a_backup(
    tmp_path: Path, hashed: Encoder, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """A drill: the commands, as one would use them after an accident."""
    index, file = tmp_path / "index", tmp_path / "copy.sqlite"
    store(index, hashed, "первый", "второй")
    monkeypatch.setenv("TARMAQ_INDEX", str(index))
    assert CliRunner().invoke(operating, ["backup", str(file)]).exit_code == 0
    if lost == "removed":
        shutil.rmtree(index)
    elif lost == "garbage":
        (index / FILE).write_bytes(b"garbage" * 1000)
    else:
        with closing(sqlite3.connect(index / FILE)) as connection, connection:
            connection.execute("UPDATE passages SET text = 'чужой'")
    with pytest.raises(StoreError):
        texts(index)
    done = CliRunner().invoke(operating, ["restore", str(file), "--force"])
    assert done.exit_code == 0, done.exception
    assert "1 documents, 2 passages" in done.stdout
    assert texts(index) == ["первый", "второй"]
    assert EmbeddedStore(index).check() == ()


def test_a_service_takes_up_what_was_restored(tmp_path: Path, hashed: Encoder) -> None:
    """Its number is higher than any that the service may have opened."""
    index, file = tmp_path / "index", tmp_path / "copy.sqlite"
    store(index, hashed, "первый")
    write_backup(EmbeddedStore(index), file)
    for text in ("второй", "третий"):
        store(index, hashed, text)
    served = EmbeddedStore(index).snapshot()
    read_backup(file, EmbeddedStore(index))
    assert EmbeddedStore(index).generation() > served.generation
    assert texts(index) == ["первый"]
