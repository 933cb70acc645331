"""Runs the programs of real clients, each in an environment of its own.

A program names its packages as PEP 723 says. ``TARMAQ_CLIENTS`` names a folder with an environment
for each, called as the program is; without one, a program runs here if its packages are here.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"
_DEPENDENCIES = re.compile(r"dependencies = \[(.*?)\]\n", re.DOTALL)


@dataclass(frozen=True)
class Program:
    """The program of one client."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, and that of its environment."""
        return self.path.stem

    @property
    def dependencies(self) -> list[str]:
        """What it needs."""
        found = _DEPENDENCIES.search(self.path.read_text(encoding="utf-8"))
        return re.findall(r'"([^"]+)"', found[1]) if found else []

    @property
    def is_javascript(self) -> bool:
        """Whether Node.js runs it."""
        return self.path.suffix == ".mjs"

    @property
    def environment(self) -> Path:
        """The folder of its packages."""
        return Path(os.environ.get("TARMAQ_CLIENTS", "/nonexistent")) / self.name

    def command(self) -> list[str] | None:
        """Returns what runs it; None where its packages are not installed."""
        if self.is_javascript:
            if not (self.environment / "node_modules").is_dir() or not shutil.which("node"):
                return None
            # Packages are looked for beside the program.
            there = self.environment / self.path.name
            shutil.copyfile(self.path, there)
            # A client may bring a Node.js of its own, newer than the one here.
            own = self.environment / "node_modules" / ".bin" / "node"
            return [str(own) if own.exists() else "node", str(there)]
        python = self.environment / "bin" / "python"
        if python.exists():
            return [str(python), str(self.path)]
        if self.versions() and "?" not in " ".join(self.versions()):
            return [sys.executable, str(self.path)]
        return None

    def versions(self) -> list[str]:
        """Returns its packages with the versions that are installed; ``?`` where one is not."""
        found = []
        for each in self.dependencies:
            name = re.split(r"[\[=<>]|(?<=.)@", each)[0]
            found.append(f"{name} {self._version(name)}")
        return found

    def _version(self, name: str) -> str:
        if self.is_javascript:
            file = self.environment / "node_modules" / name / "package.json"
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            match = re.search(r'"version": "([^"]+)"', text)
            return match[1] if match else "?"
        library = next(self.environment.glob("lib/python*/site-packages"), None)
        if library is None:
            try:
                return version(name)
            except PackageNotFoundError:
                return "?"
        stem = re.sub(r"[-_.]+", "_", name).lower()
        for folder in library.glob("*.dist-info"):
            known, _, number = folder.name.removesuffix(".dist-info").rpartition("-")
            if re.sub(r"[-_.]+", "_", known).lower() == stem:
                return number
        return "?"


def programs() -> list[Program]:
    """Returns the programs."""
    return [Program(path) for path in sorted(PROGRAMS.iterdir()) if path.suffix in (".py", ".mjs")]


def run(program: Program, address: str) -> subprocess.CompletedProcess[str]:
    """Runs a program against a service."""
    command = program.command()
    assert command is not None
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [*command, address],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1"},
    )
