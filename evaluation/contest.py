"""Tarmaq and other systems on the same questions and the same machine, one after another.

Each peer runs in a process and an environment of its own: a folder with a virtual environment
for each, made by ``python -m evaluation peers --install``.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter

from evaluation.beir import Dataset
from evaluation.errors import MeasurementError
from evaluation.latency import Latency, latency
from evaluation.metrics import Estimate, estimate, per_query
from evaluation.running import DEPTH
from indexer.documents.passages import Passage

PEERS: Mapping[str, str] = {
    "ours": "Tarmaq",
    "lexical": "BM25 (bm25s)",
    "tutorial": "FAISS + sentence-transformers",
    "langchain": "LangChain, BM25 + FAISS",
    "txtai": "txtai, hybrid",
}
"""Names for tables, by module of :mod:`evaluation.peers`."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a peer wrote to its standard output (:mod:`evaluation.peers.exchange`)."""

    found: dict[str, tuple[tuple[str, float], ...]]
    milliseconds: dict[str, float]
    setup_seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class PeerResult:
    """What one peer brings.

    Attributes:
        name: Name for tables.
        measures: By language, and in it by measure.
        latency: Times of its answers.
        setup_seconds: Time to load everything and index the passages.
        peak_mib: Peak memory of its process, in MiB.
        lines: Lines of code that set it up.
        exchange: Everything that it found.
    """

    name: str
    measures: dict[str, dict[str, Estimate]]
    latency: Latency
    setup_seconds: float
    peak_mib: float
    lines: int
    exchange: Exchange


_EXCHANGE = TypeAdapter(Exchange)


def run_peer(
    peer: str, dataset: Dataset, passages: Sequence[Passage], model: Path, environments: Path
) -> PeerResult:
    """Runs one peer over ``dataset``.

    Args:
        peer: One of :data:`PEERS`.
        dataset: The questions.
        passages: What is searched.
        model: Folder of the embedding model; for ``ours`` of the index.
        environments: Folder with a virtual environment for each peer.

    Raises:
        MeasurementError: Its environment is missing, or it failed.
    """
    task = {
        "passages": [{"id": p.id, "text": p.text} for p in passages],
        "queries": [{"id": q.id, "text": q.text} for q in dataset.queries],
        "model": str(model),
        "k": DEPTH,
    }
    python = _python(peer, environments)
    process = subprocess.run(
        [str(python), "-m", f"evaluation.peers.{peer}"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_root()), "HF_HUB_OFFLINE": "1"},
        check=False,
    )
    if process.returncode != 0:
        raise MeasurementError(f"{peer} failed: {process.stderr.strip()[-800:]}")
    exchange = _EXCHANGE.validate_json(process.stdout)
    values = per_query(dataset.qrels, exchange.found)
    units = {query.id: query.item for query in dataset.queries}
    languages: dict[str, list[str]] = {}
    for query in dataset.queries:
        languages.setdefault(query.language, []).append(query.id)
    return PeerResult(
        name=PEERS[peer],
        measures={
            language: {
                name: estimate({i: scores[i] for i in ids}, units)
                for name, scores in values.items()
            }
            for language, ids in languages.items()
        },
        latency=latency(list(exchange.milliseconds.values())),
        setup_seconds=exchange.setup_seconds,
        peak_mib=exchange.peak_mib,
        lines=setup_lines(peer),
        exchange=exchange,
    )


def install_missing(peers: Iterable[str], environments: Path) -> None:
    """Makes the virtual environments of ``peers`` that are not there.

    Raises:
        MeasurementError: pip failed.
    """
    for peer in peers:
        python = environments / peer / "bin" / "python"
        if peer == "ours" or python.exists():
            continue
        requirements = str(files("evaluation.peers") / "requirements" / f"{peer}.txt")
        venv.create(python.parent.parent, with_pip=True)
        command = [str(python), "-m", "pip", "install", "-q", "-r", requirements]
        if subprocess.run(command, check=False).returncode != 0:
            # Half an environment would be taken for a whole one.
            shutil.rmtree(python.parent.parent)
            raise MeasurementError(f"pip could not install {requirements}.")


def setup_lines(peer: str) -> int:
    """Returns the lines of code of a peer, without comments, docstrings and our own exchange."""
    source = (files("evaluation.peers") / f"{peer}.py").read_text(encoding="utf-8")
    lines: set[int] = set()
    for node in ast.parse(source).body:
        is_ours = isinstance(node, ast.If) or (
            isinstance(node, ast.ImportFrom) and node.module == "evaluation.peers.exchange"
        )
        if is_ours or isinstance(node, ast.Expr):
            continue
        lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            text = node.body[0]
            lines.difference_update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    written = source.splitlines()
    return sum(
        bool(code := written[line - 1].strip()) and not code.startswith("#") for line in lines
    )


def convert_model(folder: Path) -> Path:
    """Writes the embedding engine's weights as a sentence-transformers model, for the peers.

    Returns:
        The folder of the model, ``folder`` itself; what is there is used again.
    """
    if (folder / "modules.json").exists():
        return folder
    # torch: only here, where the weights are converted.
    from indexer.embedding.weights import bundled_weights, read_weights
    from indexer.training.bert import sentence_transformer

    sentence_transformer(read_weights(bundled_weights())).save(str(folder))
    return folder


def _python(peer: str, environments: Path) -> Path:
    if peer == "ours":
        return Path(sys.executable)
    python = environments / peer / "bin" / "python"
    if not python.exists():
        raise MeasurementError(
            f"{peer}: no environment {environments / peer}; make it: "
            f"python -m evaluation peers DATASET --install --only {peer}."
        )
    return python


def _root() -> Path:
    return Path(str(files("evaluation"))).parent
