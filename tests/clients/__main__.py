"""Makes the environments of the clients and the table of ``docs/clients.md``.

python tests/clients install FOLDER [CLIENT...]
TARMAQ_CLIENTS=FOLDER python tests/clients table http://127.0.0.1:8000
"""

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from running import Program, programs, run

PAGE = Path(__file__).parents[2] / "docs" / "clients.md"
_TABLE = "| client | tried | |\n|---|---|---|\n"


def install(folder: Path, names: Sequence[str]) -> None:
    """Installs the packages of clients, all by default, each into an environment of its own."""
    for program in programs():
        if names and program.name not in names:
            continue
        place = folder / program.name
        if program.is_javascript:
            place.mkdir(parents=True, exist_ok=True)
            subprocess.run(["npm", "install", *program.dependencies], cwd=place, check=True)
        else:
            venv.create(place, with_pip=True)
            pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, *program.dependencies], check=True)


def table(address: str) -> None:
    """Runs every client that is installed, and writes what was tried with it."""
    head = PAGE.read_text(encoding="utf-8").partition(_TABLE)[0]
    rows = "".join(f"| {', '.join(p.versions())} | {_tried(p, address)} |\n" for p in programs())
    PAGE.write_text(head + _TABLE + rows, encoding="utf-8")


def _tried(program: Program, address: str) -> str:
    if program.command() is None:
        return "– | not installed"
    done = run(program, address)
    tried = "<br>".join(f"{line}" for line in done.stdout.splitlines())
    if done.returncode:
        sys.stderr.write(f"{program.name}\n{done.stderr}\n")
        return f"{tried} | failed"
    return f"{tried} | works"


if __name__ == "__main__":
    task, argument, *names = sys.argv[1:]
    if task == "install":
        install(Path(argument), names)
    else:
        table(argument)
