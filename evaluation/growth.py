"""Growth: what a store costs, and what it still finds, as passages become many.

The first passages are those of a built index, with its questions; where there are no more of them
come synthetic ones (:mod:`evaluation.continuation`).
"""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.beir import Dataset
from evaluation.continuation import Continuation
from evaluation.errors import optional
from evaluation.figures import table as markdown
from indexer.embedding.encoders import Embeddings, Encoder
from indexer.stores.base import Indexed, ModelStamp, Snapshot
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.opening import open_store
from service.engine.engine import Engine

RECALL: Final = 100
"""How many of the nearest rows are compared with the exact ones."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What was measured of one store at one size.

    Attributes:
        store: Its kind.
        passages: Number of passages.
        add: Seconds to put all of them, without what it takes to make them up.
        work: The same in seconds of a processor, the server's included.
        open: Seconds until a process on a machine where none has read it yet can answer.
        megabytes: On disk, of the store, its server and what is derived.
        memory: Megabytes of memory of a process that answers.
        server: Megabytes of memory of the server; 0 where there is none.
        p50: Milliseconds of a question without its embedding: the median.
        p99: The same: of one in a hundred.
        processor: Milliseconds of a processor that the process takes for a question: the median.
        nearest: Milliseconds of its nearest vectors alone: the median.
        recall: Share of the 100 exactly nearest rows that are found.
        first: Share of the real questions whose right item is first.
    """

    store: str
    passages: int
    add: float
    work: float
    open: float
    megabytes: float
    memory: float
    server: float
    p50: float
    p99: float
    processor: float
    nearest: float
    recall: float
    first: float


@dataclass(frozen=True, slots=True)
class Material:
    """What a measurement is made of.

    Attributes:
        index: Folder of the real index.
        texts: Real questions.
        vectors: Their embeddings.
        answers: The ids of the passages that answer each.
    """

    index: Path
    texts: tuple[str, ...]
    vectors: Embeddings
    answers: tuple[frozenset[str], ...]


class Known:
    """Stands for the model: knows the embeddings of the questions that are asked."""

    engine = ""

    def __init__(self, stamp: ModelStamp, material: Material) -> None:
        """Takes the embeddings."""
        self.name, self.revision, self.dimension = stamp.name, stamp.revision, stamp.dimension
        self._known = dict(zip(material.texts, material.vectors, strict=True))

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Returns what is known; of a question as it was understood that of the one asked."""
        return np.stack([self._known.get(text, self._asked) for text in texts])

    def asking(self, text: str) -> None:
        """Says which question comes next."""
        self._asked = self._known[text]


def material_of(index: Path, dataset: Dataset, encoder: Encoder) -> Material:
    """Returns what a measurement over an index is made of."""
    texts = tuple(query.text for query in dataset.queries)
    answers = tuple(
        frozenset(name for name, grade in dataset.qrels[query.id].items() if grade > 0)
        for query in dataset.queries
    )
    return Material(index, texts, encoder.encode_queries(texts), answers)


def measure(address: str, size: int, material: Material, folder: Path) -> Growth:
    """Measures one store at one size: it is filled by one process and read by another.

    Args:
        address: As :func:`indexer.stores.opening.open_store` takes it, or ``standalone`` for a
            Milvus server that is started for it.
        size: Number of passages; at least those of the real index.
        material: What it is made of.
        folder: Where the store, or what is derived of it, is kept; empty.
    """
    if address != "standalone":
        return _measured(address, address.partition(":")[0], size, material, folder)
    from evaluation.standalone import Server

    server = Server(folder / "server")
    server.start()
    try:
        address = f"milvus://{server.address}/growth"
        return _measured(address, "milvus", size, material, folder, server.pid)
    finally:
        server.stop()


def table(found: Sequence[Growth]) -> str:
    """Returns measurements as a table of Markdown."""
    head = (
        "store, passages", "add, s", "of a processor, s", "open, s", "disk, MB",
        "memory of a process, MB", "of the server, MB", "question p50, ms", "p99, ms",
        "of a processor p50, ms", "nearest p50, ms", "recall@100", "right first",
    )  # fmt: skip
    return markdown(
        head,
        (
            (
                f"{one.store}, {one.passages:,}", f"{one.add:.1f}", f"{one.work:.1f}",
                f"{one.open:.1f}", f"{one.megabytes:.0f}", f"{one.memory:.0f}",
                f"{one.server:.0f}" if one.server else "–", f"{one.p50:.1f}", f"{one.p99:.1f}",
                f"{one.processor:.1f}", f"{one.nearest:.1f}", f"{one.recall:.3f}",
                f"{one.first:.3f}",
            )
            for one in found
        ),
    )  # fmt: skip


def _measured(
    address: str, name: str, size: int, material: Material, folder: Path, server: int = 0
) -> Growth:
    spawned = get_context("spawn")
    before = _processor(server)
    with ProcessPoolExecutor(1, mp_context=spawned) as pool:
        add, work = pool.submit(_fill, address, folder / "index", size, material).result()
    work += _processor(server) - before
    # A server indexes what it was given after it took it.
    time.sleep(10 if server else 0)
    with ProcessPoolExecutor(1, mp_context=spawned) as pool:
        told = pool.submit(_ask, address, folder / "index", size, material).result()
    megabytes = sum(
        file.stat().st_size
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    ) / 1e6  # fmt: skip
    held = _memory(server) if server else 0.0
    return Growth(name or "embedded", size, add, work, megabytes=megabytes, server=held, **told)


def _fill(address: str, folder: Path, size: int, material: Material) -> tuple[float, float]:
    """Fills a store; returns the seconds that it took, of the clock and of a processor."""
    real, continued = _real(material, size)
    store = open_store(address, folder)
    making = np.zeros(2)

    def now() -> NDArray[np.float64]:
        return np.array([time.perf_counter(), time.process_time()])

    def made() -> Iterator[Indexed]:
        """Yields the documents; what it takes to make them up is not the store's."""
        start = now()
        for indexed in chain(real, continued.documents(size - _passages(real))):
            making[:] += now() - start
            yield indexed
            start = now()

    start = now()
    store.put(made(), EmbeddedStore(material.index).model())
    clock, processor = (now() - start - making).tolist()
    return clock, processor


def _ask(address: str, folder: Path, size: int, material: Material) -> dict[str, float]:
    start = time.perf_counter()
    snapshot = open_store(address, folder).snapshot()
    known = Known(snapshot.model, material)
    engine = Engine(snapshot, known)  # type: ignore[arg-type]
    opened = time.perf_counter() - start
    asked: list[float] = []
    worked: list[float] = []
    nearest: list[float] = []
    right = 0
    for text, vector, answers in zip(
        material.texts, material.vectors, material.answers, strict=True
    ):
        known.asking(text)
        if not asked:
            engine.ask(text)
        start, before = time.perf_counter(), time.process_time()
        results = engine.ask(text).results
        asked.append(time.perf_counter() - start)
        worked.append(time.process_time() - before)
        right += bool(results) and results[0].passage.id in answers
        start = time.perf_counter()
        snapshot.nearest(vector, 150)
        nearest.append(time.perf_counter() - start)
    memory = _memory(os.getpid())
    return {
        "open": opened,
        "memory": memory,
        "p50": 1000 * float(np.median(asked)),
        "p99": 1000 * float(np.quantile(asked, 0.99)),
        "processor": 1000 * float(np.median(worked)),
        "nearest": 1000 * float(np.median(nearest)),
        "recall": _recall(snapshot, material, size),
        "first": right / len(material.texts),
    }


def _recall(snapshot: Snapshot, material: Material, size: int) -> float:
    """Returns the share of the exactly nearest rows that are found, over a sample of questions."""
    queries = material.vectors[:: max(1, len(material.vectors) // 50)]
    real, continued = _real(material, size)
    best = np.empty((len(queries), 0), dtype=np.float32)
    for vectors, owners in chain(
        ((one.vectors, one.owners) for indexed in real for one in indexed.editions),
        ((one, np.arange(len(one))) for one in continued.vectors(size - _passages(real))),
    ):
        products = queries @ vectors.astype(np.float16).astype(np.float32).T
        rows = np.full((len(queries), owners[-1] + 1), -1, dtype=np.float32)
        np.maximum.at(rows.T, owners, products.T)
        best = -np.sort(-np.concatenate([best, rows], axis=1), axis=1)[:, :RECALL]
    found = 0.0
    for query, exact in zip(queries, best, strict=True):
        _, scores = snapshot.nearest(query, RECALL)
        # By score, for equal rows may stand for one another.
        found += float((scores >= exact[-1] - 1e-5).sum()) / len(exact)
    return found / len(queries)


def _real(material: Material, size: int) -> tuple[list[Indexed], Continuation]:
    """Returns as many real documents as fit, those that answer first, and what continues all."""
    every = [*EmbeddedStore(material.index).contents()]
    wanted = frozenset().union(*material.answers)
    kept, left = [], size
    for indexed in sorted(every, key=lambda one: wanted.isdisjoint(_names(one))):
        count = sum(len(edition.expression.passages) for edition in indexed.editions)
        if count <= left:
            kept.append(indexed)
            left -= count
    return kept, Continuation(every)


def _names(indexed: Indexed) -> Iterator[str]:
    return (passage.id for edition in indexed.editions for passage in edition.expression.passages)


def _passages(documents: Sequence[Indexed]) -> int:
    return sum(1 for indexed in documents for _ in _names(indexed))


def _processor(process: int) -> float:
    """Returns the seconds of a processor that a process has taken; 0 where there is none."""
    if not process:
        return 0.0
    spent = optional("psutil").Process(process).cpu_times()
    return float(spent.user + spent.system)


def _memory(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000
