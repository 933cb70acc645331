import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from evaluation.beir import read_dataset, write_dataset
from evaluation.metrics import per_query
from evaluation.opening import open_passages
from evaluation.systems import Service


@pytest.fixture(scope="session")
def python(root: Path) -> Path:
    """A Python that has mteb: this one, or that of the environment ``mteb`` of the peers."""
    if find_spec("mteb"):
        return Path(sys.executable)
    environments = Path(os.environ.get("TARMAQ_PEERS", root / "build" / "peers"))
    path = environments / "mteb" / "bin" / "python"
    if not path.exists():
        pytest.skip(f"mteb is not installed and {path} is not there")
    return path


@pytest.fixture
def asked(root: Path, concept_folder: Path, tmp_path: Path) -> Path:
    """Some of the concept's questions, with its passages as corpus."""
    dataset = read_dataset(root / "evaluation" / "datasets" / "concept")
    queries = dataset.queries[:60:5]
    some = replace(
        dataset,
        queries=queries,
        qrels={query.id: dataset.qrels[query.id] for query in queries},
        corpus=open_passages(dataset, concept_folder),
        unanswerable=(),
    )
    write_dataset(tmp_path / "asked", some)
    return tmp_path / "asked"


@pytest.fixture
def benchmark(python: Path, root: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs the benchmark in the environment that has mteb."""

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(python), "-m", "evaluation.benchmark", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(root), "HF_HUB_OFFLINE": "1"},
        )

    return run


def test_mteb_measures_the_live_service_as_we_do(
    benchmark: Callable[..., "subprocess.CompletedProcess[str]"], asked: Path, address: str
) -> None:
    """The real mteb, asking the service over its search protocol, finds our figures."""
    done = benchmark(asked, address)
    assert done.returncode == 0, done.stderr

    theirs = json.loads(done.stdout)
    dataset, service = read_dataset(asked), Service(address)
    run = {query.id: service.ask(query.text, 50).passages for query in dataset.queries}
    ours = {k: sum(v.values()) / len(v) for k, v in per_query(dataset.qrels, run).items()}

    assert theirs["ndcg_at_10"] == pytest.approx(ours["nDCG@10"], abs=1e-4)
    assert theirs["mrr_at_10"] == pytest.approx(ours["RR@10"], abs=1e-4)
    assert theirs["recall_at_5"] == pytest.approx(ours["R@5"], abs=1e-4)
    assert theirs["hit_rate_at_1"] == pytest.approx(ours["Success@1"], abs=1e-4)


def test_a_corpus_that_the_service_lacks_is_refused(
    benchmark: Callable[..., "subprocess.CompletedProcess[str]"], folder: Path, address: str
) -> None:
    """A service is not measured on passages that it does not hold."""
    done = benchmark(folder, address)

    assert done.returncode != 0
    assert "the service has no passage 'arms'" in done.stderr
