"""Tests of indexer.embedding.derived."""

import logging
from pathlib import Path

import pytest

from indexer.embedding.derived import keep_derived, read_derived


def test_kept_file_is_read(tmp_path: Path) -> None:
    """What was kept comes back, from a folder that was made for it."""
    keep_derived(tmp_path / "new", "a-1", ".x", b"content")
    assert read_derived(tmp_path / "new", "a-1", ".x") == b"content"
    assert read_derived(tmp_path / "new", "a-2", ".x") is None
    assert read_derived(tmp_path / "new", "a-1", ".y") is None


@pytest.mark.parametrize("damaged", [b"", b"conten", b"Content"])
def test_damaged_file_is_not_read(
    tmp_path: Path, damaged: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that is cut short or changed is as none; kept again, it is whole."""
    keep_derived(tmp_path, "a-1", ".x", b"content")
    (path,) = tmp_path.iterdir()
    path.write_bytes(damaged)
    assert read_derived(tmp_path, "a-1", ".x") is None
    assert "damaged" in caplog.text
    keep_derived(tmp_path, "a-1", ".x", b"content")
    assert read_derived(tmp_path, "a-1", ".x") == b"content"


def test_other_content_replaces_the_file(tmp_path: Path) -> None:
    """Of one stem there is one file."""
    keep_derived(tmp_path, "a-1", ".x", b"old")
    keep_derived(tmp_path, "a-1", ".x", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A kept file only spares time: without it the log says so."""
    (tmp_path / "file").write_bytes(b"")
    with caplog.at_level(logging.WARNING):
        keep_derived(tmp_path / "file" / "folder", "a-1", ".x", b"content")
    assert "cannot be kept" in caplog.text
    assert read_derived(tmp_path / "file" / "folder", "a-1", ".x") is None
