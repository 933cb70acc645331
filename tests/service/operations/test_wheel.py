"""Tests of what a wheel needs outside a checkout."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

PRINTED = """
from indexer import locations
for place in (locations.models_file(), locations.seeds_folder(), locations.index_folder()):
    print(place)
"""


def installed(root: Path, folder: Path) -> Path:
    """Lays the packages out as the wheel does; returns the folder of packages."""
    target = folder / "site-packages"
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    for package in wheel["packages"]:
        hidden = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / package, target / package, ignore=hidden)
    for source, place in wheel["force-include"].items():
        copy = shutil.copytree if (root / source).is_dir() else shutil.copy
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        copy(root / source, target / place)
    return target


def test_installed_packages_find_their_data(root: Path, tmp_path: Path) -> None:
    """Models and documents are inside the package, the index in the user's data folder."""
    packages = installed(root, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PRINTED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(packages), "XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    models, seeds, index = map(Path, done.stdout.splitlines())
    assert models == packages / "indexer" / "data" / "models.txt"
    assert models.read_bytes() == (root / "models.txt").read_bytes()
    assert (seeds / "foreign-policy-2020-2030" / "document.toml").is_file()
    assert index == tmp_path / "data" / "tarmaq" / "index"


def test_every_package_says_that_it_is_typed(root: Path) -> None:
    """Type checkers of others read the annotations (PEP 561)."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    packages = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert [name for name in packages if not (root / name / "py.typed").exists()] == []
