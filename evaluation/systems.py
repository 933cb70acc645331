"""Systems that can be measured: each answers a question with ranked passages.

- ``tarmaq``: the engine that ships, in this process, with any model of ``models.txt``;
- ``dense``: the nearest embeddings of the passages' texts, nothing else;
- ``bm25``: BM25 over lower-case words (``bm25s``), ``bm25-prefix``: over their first five letters;
- an address such as ``http://127.0.0.1:8000``: a running service, over ``POST /v1/search``.
"""

import hashlib
import re
import weakref
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import numpy as np

from evaluation.errors import MeasurementError, optional
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.base import Snapshot
from service.engine.engine import Engine
from service.engine.filters import Filters

_WORD = re.compile(r"\w+")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a system answers; what it does not tell is None.

    Attributes:
        passages: Passage ids with scores, best first.
        answer: The words that answer.
        answerable: Whether the corpus answers.
        confidence: Probability that the first passage answers.
        interpreted: The question as the system understood it.
    """

    passages: tuple[tuple[str, float], ...]
    answer: str | None = None
    answerable: bool | None = None
    confidence: float | None = None
    interpreted: str | None = None


class System(Protocol):
    """Something that answers questions over one corpus."""

    @property
    def name(self) -> str:
        """What tables call it."""

    @property
    def stamp(self) -> dict[str, str]:
        """What it consists of: any of ``corpus``, ``model``, ``revision``, ``code``."""

    def ask(self, text: str, k: int) -> Found:
        """Answers a question with at most ``k`` passages."""

    def explain(self, text: str, passages: Collection[str]) -> dict[str, dict[str, float]]:
        """Returns the parts of the scores of ``passages`` for a question, by passage id."""

    def texts(self) -> Mapping[str, str]:
        """Returns the texts of its passages by id; empty where it does not give them."""


@dataclass(frozen=True)
class Tarmaq:
    """The engine that ships."""

    engine: Engine
    name: str = "tarmaq"
    literal: bool = False
    filters: Filters | None = None

    @property
    def stamp(self) -> dict[str, str]:
        """Hashes of the index, of the model's weights and of the source code."""
        snapshot = self.engine.snapshot
        return {
            "corpus": passages_digest(every_passage(snapshot)),
            "model": snapshot.model.name,
            "revision": snapshot.model.revision,
            "code": code_digest("indexer", "service"),
        }

    def ask(self, text: str, k: int) -> Found:
        """Answers a question with at most ``k`` passages."""
        answer = self.engine.ask(text, k=k, literal=self.literal, filters=self.filters)
        return Found(
            passages=tuple((result.passage.id, result.score) for result in answer.results),
            answer=answer.answer.text if answer.answer else None,
            answerable=answer.answerable,
            confidence=answer.confidence,
            interpreted=answer.question.interpreted,
        )

    def explain(self, text: str, passages: Collection[str]) -> dict[str, dict[str, float]]:
        """Returns the evidence of each kind for ``passages``."""
        rows = np.array([row for name in passages for row in self._rows.get(name, ())], np.int64)
        if not len(rows):
            return {}
        question = self.engine.read(text, literal=self.literal)
        evidence = self.engine.retriever.explain(question, rows)
        names = [passage.id for passage in self.engine.snapshot.passages(evidence.rows)]
        explained: dict[str, dict[str, float]] = {}
        # The best edition of an item speaks for it.
        for place in np.argsort(evidence.total, kind="stable").tolist():
            explained[names[place]] = {
                **{name: float(one.scores[place]) for name, one in evidence.measured.items()},
                "total": float(evidence.total[place]),
            }
        return explained

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(every_passage(self.engine.snapshot)):
            rows.setdefault(passage.id, []).append(row)
        return rows

    def texts(self) -> Mapping[str, str]:
        """Returns the texts of the index's passages by id."""
        passages = reversed(every_passage(self.engine.snapshot))
        return {passage.id: passage.text for passage in passages}


class _Opaque:
    """A system whose scores have no parts."""

    def explain(self, text: str, passages: Collection[str]) -> dict[str, dict[str, float]]:
        """Returns nothing."""
        return {}


class Dense(_Opaque):
    """Cosine of the question's and the passages' embeddings."""

    def __init__(self, passages: Sequence[Passage], encoder: Encoder, name: str = "dense") -> None:
        """Embeds the passages."""
        self.name = name
        self._passages = tuple(passages)
        self._encoder = encoder
        places = {text: place for place, text in enumerate(dict.fromkeys(p.text for p in passages))}
        # Each text once: rounding would order equal ones by their places in the matrix.
        self._vectors = encoder.encode_passages(list(places))
        self._places = np.array([places[p.text] for p in passages], dtype=np.int64)

    @property
    def stamp(self) -> dict[str, str]:
        """The model and the passages."""
        return {
            "corpus": passages_digest(self._passages),
            "model": self._encoder.name,
            "revision": self._encoder.revision,
        }

    def ask(self, text: str, k: int) -> Found:
        """Answers a question with at most ``k`` passages."""
        scores = (self._vectors @ self._encoder.encode_queries([text])[0])[self._places]
        order = np.argsort(-scores, kind="stable")[:k]
        return Found(tuple((self._passages[row].id, float(scores[row])) for row in order))

    def texts(self) -> Mapping[str, str]:
        """Returns the texts of the passages by id."""
        return {passage.id: passage.text for passage in self._passages}


class BM25(_Opaque):
    """BM25 with the usual parameters, k1 = 1.5 and b = .75.

    Source: X. H. Lù, "BM25S", 2024, arXiv:2407.03618.
    """

    def __init__(self, passages: Sequence[Passage], stem: int | None = None) -> None:
        """Indexes the passages' words, or only their first ``stem`` letters."""
        self.name = "bm25" if stem is None else "bm25-prefix"
        self._passages = tuple(passages)
        self._stem = stem
        self._ranking = optional("bm25s").BM25()
        self._ranking.index([self._tokens(p.text) for p in passages], show_progress=False)

    @property
    def stamp(self) -> dict[str, str]:
        """The passages."""
        return {"corpus": passages_digest(self._passages)}

    def ask(self, text: str, k: int) -> Found:
        """Answers a question with at most ``k`` passages; those with no word of it are left out."""
        rows, scores = self._ranking.retrieve(
            [self._tokens(text)], k=min(k, len(self._passages)), show_progress=False
        )
        return Found(
            tuple(
                (self._passages[row].id, float(score))
                for row, score in zip(rows[0], scores[0], strict=True)
                if score > 0
            )
        )

    def texts(self) -> Mapping[str, str]:
        """Returns the texts of the passages by id."""
        return {passage.id: passage.text for passage in self._passages}

    def _tokens(self, text: str) -> list[str]:
        return [word[: self._stem] for word in _WORD.findall(text.lower())]


class Service(_Opaque):
    """A running service with the interface of ``POST /v1/search``."""

    def __init__(self, address: str, timeout: float = 60.0) -> None:
        """Connects to ``address``, for example ``http://127.0.0.1:8000``."""
        self.name = address.rstrip("/")
        self._texts: dict[str, str] = {}
        self._client = optional("httpx").Client(base_url=self.name, timeout=timeout)
        weakref.finalize(self, self._client.close)

    @property
    def stamp(self) -> dict[str, str]:
        """What ``/health/ready`` says of it."""
        try:
            ready = self._client.get("/health/ready").json()
        except Exception as error:
            raise MeasurementError(f"{self.name}: no answer ({error}); is it running?") from error
        return {"model": str(ready["model"])} if "model" in ready else {}

    def ask(self, text: str, k: int) -> Found:
        """Answers a question with at most ``k`` passages, 50 at the most."""
        try:
            response = self._client.post("/v1/search", json={"query": text, "top_k": min(k, 50)})
            response.raise_for_status()
            body: dict[str, Any] = response.json()
            results = [(str(hit["id"]), float(hit["score"])) for hit in body["results"]]
        except Exception as error:
            raise MeasurementError(
                f"{self.name}: POST /v1/search failed for {text[:80]!r} ({error})."
            ) from error
        self._texts.update((hit["id"], hit.get("text", "")) for hit in body["results"])
        answer = body.get("answer") or {}
        return Found(
            tuple(results),
            answer.get("text"),
            body.get("answerable"),
            body.get("confidence"),
            body.get("interpreted_query"),
        )

    def texts(self) -> Mapping[str, str]:
        """Returns the texts that the service has sent so far."""
        return self._texts


def every_passage(snapshot: Snapshot) -> tuple[Passage, ...]:
    """Returns the passages of an index, in the order of its rows."""
    return snapshot.passages(range(len(snapshot)))


def passages_digest(passages: Sequence[Passage]) -> str:
    """Returns a hash of the passages' ids and texts."""
    content = hashlib.sha256()
    for passage in passages:
        content.update(f"{passage.id}\0{passage.text}\0".encode())
    return content.hexdigest()[:16]


def code_digest(*packages: str) -> str:
    """Returns a hash of the source files of ``packages``, lists of words and weights among them."""
    content = hashlib.sha256()
    for package in packages:
        for name, data in sorted(_sources(files(package), package)):
            content.update(hashlib.sha256(name.encode() + b"\0" + data).digest())
    return content.hexdigest()[:16]


def _sources(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir() and entry.name not in ("__pycache__", "web"):
            found += _sources(entry, path)
        elif entry.name.endswith((".py", ".toml", ".txt", ".tsv", ".json")):
            found.append((path, entry.read_bytes()))
    return found
