"""Tests of where things are kept by default."""

import pwd
from pathlib import Path

import pytest

from indexer import locations


def test_account_without_a_home_keeps_things_where_it_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A container may run as a number of which the system knows nothing."""

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(locations, "in_checkout", lambda: False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    assert locations.data_folder() == tmp_path / "tarmaq"
