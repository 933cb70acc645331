"""Tests of the command ``tarmaq``."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

COMMANDS = (
    "serve", "ask", "mcp", "keys", "add", "list", "describe", "build", "check", "remove",
    "evaluate", "backup", "restore", "doctor",
)  # fmt: skip
HEAVY = (
    "torch", "sentence_transformers", "transformers", "sklearn", "scipy", "ir_measures", "bm25s",
    "mcp", "matplotlib", "datasets", "peft", "pypdfium2", "docx",
)  # fmt: skip

COMMAND = ("-m", "service.operations.command")


def run(
    root: Path,
    *arguments: str,
    command: tuple[str, ...] = ("-m", "service.operations.command"),
    **settings: str,
) -> subprocess.CompletedProcess[str]:
    """Runs ``tarmaq``, or another command of this Python."""
    return subprocess.run(
        [sys.executable, *command, *arguments],
        cwd=root,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_version_is_that_of_the_project(root: Path) -> None:
    """It is stated once, and said without loading the engine."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    done = run(root, "--version", command=("-X", "importtime", "-m", "service.operations.command"))
    assert done.stdout == f"tarmaq {project['version']}\n"
    assert "service.engine" not in done.stderr
    assert "numpy" not in done.stderr


def test_help_names_every_command(root: Path) -> None:
    """The commands of the three packages stand together."""
    shown = run(root, "--help").stdout
    assert [name for name in COMMANDS if f" {name} " not in shown] == []


def test_evaluation_is_mounted(root: Path) -> None:
    """``tarmaq evaluate`` is ``python -m evaluation``."""
    done = run(root, "evaluate", "--help")
    assert done.returncode == 0, done.stderr
    assert "tarmaq evaluate" in done.stdout
    assert "Asks every question of a dataset" in done.stdout


@pytest.mark.parametrize(
    ("blocked", "extra", "command"),
    [
        ("ir_measures", "evaluation", ("-m", "service.operations.command", "evaluate", "--help")),
        ("ir_measures", "evaluation", ("-m", "evaluation", "--help")),
        ("sentence_transformers", "models", ("-m", "indexer", "build", "--model", "FOLDER")),
    ],
)
def test_missing_extra_is_named(
    root: Path, tmp_path: Path, blocked: str, extra: str, command: tuple[str, ...]
) -> None:
    """One line says which extra brings what is missing."""
    hook = f"import sys; sys.modules[{blocked!r}] = None"
    (tmp_path / "sitecustomize.py").write_text(hook, encoding="utf-8")
    given = [part.replace("FOLDER", str(tmp_path)) for part in command]
    done = run(
        root,
        command=tuple(given),
        PYTHONPATH=os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", ""))),
    )
    assert done.returncode == 1
    assert f"'tarmaq[{extra}]'" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_service_loads_only_what_serving_needs(root: Path, concept_folder: Path) -> None:
    """A question is answered over HTTP without any library of the extras."""
    code = f"""
import sys
from fastapi.testclient import TestClient
from service.http.app import create_app
with TestClient(create_app()) as client:
    while client.get("/health/ready").status_code == 503: pass
    assert client.get("/v1/search", params={{"q": "Каспий"}}).json()["results"]
    assert client.get("/?q=Каспий").status_code == 200
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = run(root, code, command=("-c",), TARMAQ_INDEX=str(concept_folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"


def test_doctor_tells_each_thing_in_a_line(root: Path, concept_folder: Path) -> None:
    """A sound installation ends with status 0."""
    done = run(root, "doctor", TARMAQ_INDEX=str(concept_folder), TARMAQ_PORT="0")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    subjects = ["Python", "packages", "settings", "model", "index", "port"]
    assert [line[5:].partition(":")[0] for line in lines] == subjects
    assert all(line.startswith("ok ") for line in lines)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"TARMAQ_PORT": "eighty"}, "no   settings: TARMAQ_PORT"),
        ({"TARMAQ_HOST": "192.0.2.1"}, "no   port: 192.0.2.1:8000: cannot listen there"),
        ({"TARMAQ_MODELS": "nowhere.txt"}, "no   model: nowhere.txt: the list of models"),
    ],
)
def test_doctor_says_what_is_wrong(
    root: Path, tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    """What is wrong has its line, and the status is 1."""
    done = run(root, "doctor", **{"TARMAQ_INDEX": str(tmp_path / "index"), **settings})
    assert done.returncode == 1
    assert sentence in done.stdout
    assert "Traceback" not in done.stderr
