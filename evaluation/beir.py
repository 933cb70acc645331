"""Datasets in the layout of BEIR.

A folder with ``queries.jsonl`` (``_id``, ``text``, optional ``metadata.language``),
``qrels/<split>.tsv`` (``query-id``, ``corpus-id``, ``score``; a score above 0 is relevant),
``corpus.jsonl`` (``_id``, ``title``, ``text``) where the questions are not about the built index,
and optionally ``unanswerable.jsonl``, laid out as the queries are, with ``metadata.split``.

Source: N. Thakur et al., "BEIR", 2021, arXiv:2104.08663.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation.errors import DatasetError
from indexer.passages import Passage


@dataclass(frozen=True, slots=True)
class Query:
    """A question of a dataset.

    Attributes:
        id: Its id.
        text: What is asked.
        language: ``metadata.language``; ``all`` where the dataset does not say.
        metadata: Everything else that the dataset says of it.
    """

    id: str
    text: str
    language: str = "all"
    metadata: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, and the passages that answer them.

    Attributes:
        name: Name of the folder.
        split: Which qrels file was read.
        queries: The questions that the qrels judge, in the file's order.
        qrels: Relevance by query id and passage id; each query has at least one above 0.
        corpus: The passages; empty where the built index is searched.
        unanswerable: Questions that the corpus does not answer.
    """

    name: str
    split: str
    queries: tuple[Query, ...]
    qrels: dict[str, dict[str, int]]
    corpus: tuple[Passage, ...] = ()
    unanswerable: tuple[Query, ...] = ()


def read_dataset(folder: Path, split: str = "test") -> Dataset:
    """Reads a dataset.

    Raises:
        DatasetError: A file is missing or a line malformed (names both), an id is unknown, or no
            question is left.
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder}: no such folder; name a dataset in BEIR layout.")
    asked = {query.id: query for query in _read_queries(folder / "queries.jsonl")}
    corpus = tuple(_read_corpus(folder / "corpus.jsonl", folder.name))
    known = {passage.id for passage in corpus}
    qrels: dict[str, dict[str, int]] = {}
    path = folder / "qrels" / f"{split}.tsv"
    for number, (query_id, passage_id, score) in _read_qrels(path):
        if query_id not in asked:
            raise DatasetError(f"{path}:{number}: {query_id!r} is not in queries.jsonl.")
        if corpus and passage_id not in known:
            raise DatasetError(f"{path}:{number}: {passage_id!r} is not in corpus.jsonl.")
        qrels.setdefault(query_id, {})[passage_id] = score
    qrels = {query: grades for query, grades in qrels.items() if max(grades.values()) > 0}
    queries = tuple(query for query in asked.values() if query.id in qrels)
    if not queries:
        raise DatasetError(f"{path}: judges no question that has an answer; nothing to measure.")
    unanswerable = folder / "unanswerable.jsonl"
    return Dataset(
        name=folder.name,
        split=split,
        queries=queries,
        qrels=qrels,
        corpus=corpus,
        unanswerable=tuple(
            query
            for query in (_read_queries(unanswerable) if unanswerable.exists() else ())
            if query.metadata.get("split", split) == split
        ),
    )


def _read_queries(path: Path) -> Iterator[Query]:
    seen: set[str] = set()
    for number, record in _json_lines(path):
        query_id, text = _text(record, "_id", path, number), _text(record, "text", path, number)
        if query_id in seen:
            raise DatasetError(f"{path}:{number}: a second question has the id {query_id!r}.")
        seen.add(query_id)
        metadata = record.get("metadata") or {}
        if not isinstance(metadata, dict):
            raise DatasetError(f"{path}:{number}: metadata is not an object.")
        yield Query(query_id, text, str(metadata.get("language", "all")), metadata)


def _read_corpus(path: Path, dataset: str) -> Iterator[Passage]:
    if not path.exists():
        return
    seen: set[str] = set()
    for number, record in _json_lines(path):
        passage_id = _text(record, "_id", path, number)
        if passage_id in seen:
            raise DatasetError(f"{path}:{number}: a second passage has the id {passage_id!r}.")
        seen.add(passage_id)
        title = record.get("title") or ""
        yield Passage(
            document_id=passage_id,
            eid="",
            language="kk",
            num=None,
            heading_path=(title,) if title else (),
            text=_text(record, "text", path, number),
        )


def _read_qrels(path: Path) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for number, line in _lines(path):
        fields = line.split("\t")
        if number == 1 and fields[:1] == ["query-id"]:
            continue
        try:
            query_id, passage_id, score = fields
            yield number, (query_id, passage_id, int(score))
        except ValueError as error:
            raise DatasetError(
                f"{path}:{number}: expected query-id, corpus-id and an integer score, "
                "separated by tabs."
            ) from error


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{path}:{number}: not JSON: {error.msg}.") from error
        if not isinstance(record, dict):
            raise DatasetError(f"{path}:{number}: not a JSON object.")
        yield number, record


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yields the lines that are not blank, with their numbers from 1."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read ({error}).") from error
    # Not splitlines(): U+2028 and its like may stand inside a JSON string.
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def _text(record: dict[str, Any], key: str, path: Path, number: int) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DatasetError(f"{path}:{number}: {key!r} is missing, empty or no string.")
    return value
