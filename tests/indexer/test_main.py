"""Tests of the command ``python -m indexer``."""

import json
import subprocess
import sys
from pathlib import Path


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs ``python -m indexer``."""
    return subprocess.run(
        [sys.executable, "-m", "indexer", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_parse_prints_the_golden_passages(root: Path) -> None:
    """The concept's 128 passages come out exactly, a JSON object a line."""
    done = run(root, "parse", "seeds/foreign-policy-2020-2030/kk.txt", "--language", "kk")
    assert done.returncode == 0, done.stderr
    golden = (root / "tests/data/concept.passages.jsonl").read_text(encoding="utf-8").splitlines()
    fields = ("eid", "num", "heading_path", "text")
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    assert [{key: line[key] for key in fields} for line in printed] == [*map(json.loads, golden)]


def test_missing_file_is_one_line(root: Path) -> None:
    """An error that a user can mend is no traceback."""
    done = run(root, "parse", "nowhere.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("error: nowhere.txt: cannot be read")
    assert len(done.stderr.splitlines()) == 1


def test_build_shows_progress_and_its_result(root: Path, tmp_path: Path) -> None:
    """Building draws a bar and ends with what was built."""
    first = run(root, "build", "--out", str(tmp_path / "index"))
    assert first.returncode == 0, first.stderr
    assert "128/128" in first.stderr
    assert "128 passages of 1 documents" in first.stdout


def test_unknown_model_lists_the_known_ones(root: Path, tmp_path: Path) -> None:
    """A wrong model name is answered with the right ones."""
    done = run(root, "build", "--out", str(tmp_path), "--model", "nobody/nothing")
    assert done.returncode == 1
    assert "intfloat/multilingual-e5-small" in done.stderr
