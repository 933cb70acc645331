"""Tests of starting the service."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.engine.engine import Engine
from service.http.app import create_app
from service.settings import Settings

pytestmark = pytest.mark.processes


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
        while (ready := client.get("/health/ready").json())["state"] == "loading":
            assert ready["status"] == 503
        assert ready["state"] == "broken"
        assert "store.sqlite: no index here" in ready["reason"]
        assert str(tmp_path) not in ready["reason"]
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


def run(
    root: Path, index: Path, *arguments: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs ``python -m service``."""
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=root,
        env={**os.environ, "TARMAQ_INDEX": str(index), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
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


def test_question_without_an_index_builds_one_first(root: Path, tmp_path: Path) -> None:
    """Whoever has only installed Tarmaq gets an answer from the documents that it brings."""
    folder = tmp_path / "seeds" / "libraries"
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text(
        'uri = "/akn/kz/act/law/2021-02-03/5"\n[title]\nru = "О библиотеках"\n'
        '[[editions]]\nlanguage = "ru"\n',
        encoding="utf-8",
    )
    (folder / "ru.txt").write_text("1. Библиотеки выдают книги бесплатно.\n", encoding="utf-8")
    settings = {"TARMAQ_SEEDS": str(tmp_path / "seeds")}
    done = run(root, tmp_path / "index", "ask", "как выдают книги?", **settings)
    assert done.returncode == 0, done.stderr
    assert "Библиотеки выдают книги бесплатно." in done.stdout
    assert "1 passages of 1 documents" in done.stderr
    again = run(root, tmp_path / "index", "ask", "как выдают книги?", **settings)
    assert "passages of" not in again.stderr


def test_serve_without_documents_says_so(root: Path, tmp_path: Path) -> None:
    """Where there is nothing to index the start ends with one line."""
    missing = tmp_path / "nothing"
    done = run(root, tmp_path / "index", "serve", "--port", "0", TARMAQ_SEEDS=str(missing))
    assert done.returncode == 1
    assert f"error: {missing}: no such folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_taken_port_is_said_before_anything_is_loaded(root: Path, tmp_path: Path) -> None:
    """The sentence names the port; no index is built for nothing."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(root, tmp_path / "index", "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: 127.0.0.1:{port}: cannot listen there (")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "index").exists()


def test_damaged_index_is_named_at_start(root: Path, concept_folder: Path, tmp_path: Path) -> None:
    """A truncated file stops the start with the file's name."""
    path = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(concept_folder / path.name)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    done = run(root, tmp_path, "serve", "--port", "0")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "store.sqlite" in done.stderr
    assert "build it anew" in done.stderr


def test_what_a_start_does_not_need_is_not_imported() -> None:
    """Pages, readers, the parser, MCP, limits and the like wait until somebody wants them."""
    slow = {
        "httpx",
        "indexer.parsing",
        "indexer.readers.reading",
        "jinja2",
        "limits",
        "mcp",
        "packaging.requirements",
        "torch",
    }
    program = f"import sys, service.http.app; print(*({slow} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
