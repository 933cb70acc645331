"""What an installation takes on a machine that has nothing: download, time, disk."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evaluation.errors import MeasurementError
from evaluation.figures import table

_MB = 1e6


@dataclass(frozen=True, slots=True)
class Installation:
    """What pip needed for one requirement, with an empty home and no cache.

    Attributes:
        download: Megabytes of all wheels.
        fetching: Seconds until they are there.
        installing: Seconds from there to an environment that can run.
        environment: Megabytes that the environment holds on the disk, pip included.
    """

    download: float
    fetching: float
    installing: float
    environment: float


def measure_installation(project: Path, extras: Iterable[str] = ()) -> Installation:
    """Installs the project into a new environment in a temporary folder.

    The settings of this machine's pip are not read, but for the address and certificate in the
    environment variables ``PIP_INDEX_URL`` and ``PIP_CERT``: no wheels that lie on its disk are
    taken.

    Args:
        project: A checkout of Tarmaq; its ``constraints.txt`` says the versions.
        extras: Extras of the project.

    Raises:
        MeasurementError: pip failed; its last words are told.
    """
    wanted = f"[{','.join(extras)}]" if extras else ""
    with tempfile.TemporaryDirectory(prefix="tarmaq-installation-") as name:
        folder = Path(name)
        wheels, environment = folder / "wheels", folder / "environment"
        kept = {"PIP_INDEX_URL", "PIP_CERT"}
        settings = {
            key: value
            for key, value in os.environ.items()
            if key in kept or not key.startswith("PIP_")
        }
        settings |= {"HOME": name, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}

        def run(*command: object) -> float:
            start = time.monotonic()
            done = subprocess.run(
                [str(word) for word in command],
                env=settings,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                words = " ".join(done.stderr.split()[-60:])
                raise MeasurementError(f"tarmaq{wanted} could not be installed: {words}")
            return time.monotonic() - start

        making = run(sys.executable, "-m", "venv", environment)
        pip = (environment / "bin" / "python", "-m", "pip")
        limits = ("-c", project / "constraints.txt")
        fetching = run(*pip, "wheel", "-q", "-w", wheels, *limits, f"{project}{wanted}")
        installing = run(
            *pip, "install", "-q", "--no-index", "--find-links", wheels, *limits, f"tarmaq{wanted}"
        )
        return Installation(_size(wheels), fetching, making + installing, _size(environment))


def installation_table(found: Iterable[tuple[str, Installation]]) -> str:
    """Returns a row for each name."""
    head = ("installed", "download, MB", "download, s", "install, s", "environment, MB")
    return table(
        head,
        [
            (
                name,
                f"{one.download:,.0f}",
                f"{one.fetching:.0f}",
                f"{one.installing:.0f}",
                f"{one.environment:,.0f}",
            )
            for name, one in found
        ],
    )


def _size(folder: Path) -> float:
    """Returns the megabytes that the files of ``folder`` take on the disk."""
    files = (path.lstat() for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return sum(512 * file.st_blocks for file in files) / _MB
