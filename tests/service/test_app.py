"""Tests of starting the service."""

import os
import subprocess
import sys
from pathlib import Path

from fastapi.testclient import TestClient

from service.app import create_app
from service.engine import Engine
from service.settings import Settings


def test_application_loads_behind_a_live_process(concept_folder: Path, root: Path) -> None:
    """Without an engine the application loads one and becomes ready."""
    settings = Settings(index=concept_folder, models=root / "models.txt")
    with TestClient(create_app(settings)) as client:
        assert client.get("/health/live").status_code == 200
        while client.get("/health/ready").status_code == 503:
            pass
        assert client.get("/v1/search", params={"q": "Каспий"}).status_code == 200


def test_application_without_index_says_so(tmp_path: Path, root: Path) -> None:
    """The process stays alive, is not ready, and tells people why it does not answer."""
    app = create_app(Settings(index=tmp_path, models=root / "models.txt"))
    with TestClient(app) as client:
        while not app.state.failed:
            client.get("/health/live")
        assert client.get("/health/live").status_code == 200
        response = client.get("/v1/search", params={"q": "Каспий"})
    assert response.status_code == 503
    assert response.json()["type"] == "urn:tarmaq:problem:index-unavailable"


def test_links_begin_with_the_public_address(engine: Engine) -> None:
    """Behind a proxy, links carry the address that people know."""
    settings = Settings(public_url="https://tarmaq.example/app")
    with TestClient(create_app(settings, engine)) as client:
        results = client.get("/v1/search", params={"q": "Каспий"}).json()["results"]
    assert results[0]["url"].startswith("https://tarmaq.example/app/")


def run(root: Path, index: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs ``python -m service``."""
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=root,
        env={**os.environ, "TARMAQ_INDEX": str(index)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_terminal_answers_with_references(root: Path, concept_folder: Path) -> None:
    """A question in the terminal gets items with their references, in its language."""
    done = run(root, concept_folder, "ask", "что сказано в п. 3.17?")
    assert done.returncode == 0, done.stderr
    assert "глава 5, раздел 3, пункт 3.17" in done.stdout


def test_terminal_explains_an_empty_question(root: Path, concept_folder: Path) -> None:
    """A person in the terminal gets a sentence, no traceback."""
    done = run(root, concept_folder, "ask", " ")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_serve_without_index_says_how_to_build(root: Path, tmp_path: Path) -> None:
    """Starting without an index is one line that holds the command."""
    done = run(root, tmp_path, "serve", "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "python -m indexer build" in done.stderr


def test_damaged_index_is_named_at_start(root: Path, concept_folder: Path, tmp_path: Path) -> None:
    """A truncated file stops the start with the file's name."""
    for path in concept_folder.iterdir():
        content = path.read_bytes()
        cut = len(content) // 2 if path.name.startswith("vectors") else len(content)
        (tmp_path / path.name).write_bytes(content[:cut])
    done = run(root, tmp_path, "serve", "--port", "0")
    assert done.returncode == 1
    assert "vectors-" in done.stderr
    assert "rebuild it" in done.stderr
