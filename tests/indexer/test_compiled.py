"""Tests of tables that are compiled once and kept."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import compiled as module
from indexer.compiled import compiled


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A list that tables are made from."""
    path = tmp_path / "list.txt"
    path.write_text("қала\n", encoding="utf-8")
    return path


@pytest.fixture
def make(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Asks for the tables; ``make.calls`` counts how often they were made."""
    monkeypatch.setattr(module, "data_folder", lambda: tmp_path / "data")

    def write(folder: Path) -> None:
        ask.calls += 1  # type: ignore[attr-defined]
        (folder / "table").write_text(source.read_text(encoding="utf-8") * 2, encoding="utf-8")

    def ask() -> Path:
        return compiled("words", [source], write)

    ask.calls = 0  # type: ignore[attr-defined]
    return ask


def test_tables_are_made_once(make: Callable[[], Path]) -> None:
    """The second process takes those of the first."""
    assert make() == make()
    assert (make() / "table").read_text(encoding="utf-8") == "қала\nқала\n"
    assert make.calls == 1  # type: ignore[attr-defined]


def test_a_mended_list_is_compiled_again(make: Callable[[], Path], source: Path) -> None:
    """Tables of an older list go."""
    before = make()
    source.write_text("қалалар\n", encoding="utf-8")
    after = make()
    assert (after / "table").read_text(encoding="utf-8") == "қалалар\nқалалар\n"
    assert not before.exists()


@pytest.mark.parametrize("damage", ["", "қала\nқалб\n", None])
def test_damaged_tables_are_made_again(
    make: Callable[[], Path], damage: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that is cut short, altered or gone is noticed."""
    path = make() / "table"
    if damage is None:
        path.unlink()
    else:
        path.write_text(damage, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert (make() / "table").read_text(encoding="utf-8") == "қала\nқала\n"
    assert "Made again" in caplog.text


def test_tables_are_made_where_nothing_can_be_kept(
    make: Callable[[], Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a place to keep them they are in a temporary folder, and the log says so."""
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert (make() / "table").is_file()
    assert "made again at every start" in caplog.text


def test_others_may_read_the_tables(make: Callable[[], Path]) -> None:
    """The service may run as another user than who compiled them."""
    assert os.stat(make()).st_mode & 0o055 == 0o055
