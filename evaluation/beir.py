"""Datasets in the layout of BEIR.

A folder with ``queries.jsonl`` (``_id``, ``text``, optional ``metadata.language``),
``qrels/<split>.tsv`` (``query-id``, ``corpus-id``, ``score``; a score above 0 is relevant),
``corpus.jsonl`` (``_id``, ``title``, ``text``, of which a passage may lack either or both, as in
FiQA) where the questions are not about the built index,
and optionally ``unanswerable.jsonl``, laid out as the queries are, with ``metadata.split``.

Source: N. Thakur et al., "BEIR", 2021, arXiv:2104.08663.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evaluation.errors import DatasetError
from evaluation.lines import read_lines, read_objects
from evaluation.trec import judge, read_grade
from indexer.documents.passages import Passage


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

    @property
    def kind(self) -> str:
        """``metadata.kind``: how it is asked, or how far it is from the corpus."""
        return str(self.metadata.get("kind", ""))

    @property
    def item(self) -> str:
        """``metadata.item``: what is asked, the same in every language; its own id by default."""
        return str(self.metadata.get("item", self.id))


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, and the passages that answer them.

    Attributes:
        name: Name of the folder.
        split: Which qrels file was read; empty for none.
        queries: The questions that the qrels judge, in the file's order; without qrels all.
        qrels: Relevance by query id and passage id; each query has at least one above 0.
            Empty where none were read.
        corpus: The passages; empty where the built index is searched.
        unanswerable: Questions that the corpus does not answer.
        blank: Ids of passages without a word, as FiQA has: they may be judged, and nothing finds
            them.
    """

    name: str
    split: str
    queries: tuple[Query, ...]
    qrels: dict[str, dict[str, int]]
    corpus: tuple[Passage, ...] = ()
    unanswerable: tuple[Query, ...] = ()
    blank: tuple[str, ...] = ()


def read_dataset(folder: Path, split: str = "test") -> Dataset:
    """Reads a dataset.

    Raises:
        DatasetError: A file is missing or a line malformed (names both), an id is unknown, or no
            question is left.
    """
    unjudged = read_unjudged(folder)
    asked = {query.id for query in unjudged.queries}
    known = {passage.id for passage in unjudged.corpus}.union(unjudged.blank)
    qrels: dict[str, dict[str, int]] = {}
    path = folder / "qrels" / f"{split}.tsv"
    for number, (query_id, passage_id, score) in _read_qrels(path):
        if query_id not in asked:
            raise DatasetError(f"{path}:{number}: {query_id!r} is not in queries.jsonl.")
        if known and passage_id not in known:
            raise DatasetError(f"{path}:{number}: {passage_id!r} is not in corpus.jsonl.")
        judge(qrels, query_id, passage_id, score, f"{path}:{number}")
    qrels = answerable(qrels)
    queries = tuple(query for query in unjudged.queries if query.id in qrels)
    if not queries:
        raise DatasetError(f"{path}: judges no question that has an answer; nothing to measure.")
    unanswerable = folder / "unanswerable.jsonl"
    return replace(
        unjudged,
        split=split,
        queries=queries,
        qrels=qrels,
        unanswerable=tuple(
            query
            for query in (read_queries(unanswerable) if unanswerable.exists() else ())
            if query.metadata.get("split", split) == split
        ),
    )


def read_unjudged(folder: Path) -> Dataset:
    """Reads the questions and the corpus of a dataset, and no qrels.

    Raises:
        DatasetError: A file is missing or a line malformed (names both).
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder}: no such folder; name a dataset in BEIR layout.")
    queries = tuple(read_queries(folder / "queries.jsonl"))
    corpus = tuple(_read_corpus(folder / "corpus.jsonl"))
    return Dataset(
        folder.name,
        "",
        queries,
        {},
        tuple(passage for passage in corpus if passage.text),
        blank=tuple(passage.id for passage in corpus if not passage.text),
    )


def answerable(qrels: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Returns the questions of ``qrels`` that something answers: only these are measured."""
    return {
        query_id: dict(grades)
        for query_id, grades in qrels.items()
        if max(grades.values(), default=0) > 0
    }


def read_queries(path: Path) -> Iterator[Query]:
    """Yields the questions of a ``queries.jsonl``.

    Raises:
        DatasetError: The file cannot be read, or a line is malformed.
    """
    seen: set[str] = set()
    for number, record in read_objects(path):
        query_id, text = _text(record, "_id", path, number), _text(record, "text", path, number)
        if query_id in seen:
            raise DatasetError(f"{path}:{number}: a second question has the id {query_id!r}.")
        seen.add(query_id)
        metadata = record.get("metadata") or {}
        if not isinstance(metadata, dict):
            raise DatasetError(f"{path}:{number}: metadata is not an object.")
        yield Query(query_id, text, str(metadata.get("language", "all")), metadata)


def _read_corpus(path: Path) -> Iterator[Passage]:
    """Yields the passages; the text of one that has a title alone is its title."""
    if not path.exists():
        return
    seen: set[str] = set()
    for number, record in read_objects(path):
        passage_id = _text(record, "_id", path, number)
        if passage_id in seen:
            raise DatasetError(f"{path}:{number}: a second passage has the id {passage_id!r}.")
        seen.add(passage_id)
        title, text = (record.get(key) or "" for key in ("title", "text"))
        if not isinstance(title, str) or not isinstance(text, str):
            raise DatasetError(f"{path}:{number}: 'title' or 'text' is no string.")
        title, text = title.strip(), text if text.strip() else ""
        yield Passage(
            document_id=passage_id,
            eid="",
            language="kk",
            num=None,
            heading_path=(title,) if title and text else (),
            text=text or title,
        )


def _read_qrels(path: Path) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for number, line in read_lines(path):
        fields = line.split("\t")
        if number == 1 and fields[:1] == ["query-id"]:
            continue
        try:
            query_id, passage_id, score = fields
            yield number, (query_id, passage_id, read_grade(score))
        except ValueError as error:
            raise DatasetError(
                f"{path}:{number}: expected query-id, corpus-id and an integer score, "
                "separated by tabs."
            ) from error


def _text(record: dict[str, Any], key: str, path: Path, number: int) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DatasetError(f"{path}:{number}: {key!r} is missing, empty or no string.")
    return value


def write_dataset(folder: Path, dataset: Dataset) -> None:
    """Writes ``dataset`` into ``folder``, as :func:`read_dataset` reads it."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_objects(folder / "queries.jsonl", map(_query_record, dataset.queries))
    rows = [
        f"{query_id}\t{passage_id}\t{grade}\n"
        for query_id, grades in dataset.qrels.items()
        for passage_id, grade in grades.items()
    ]
    (folder / "qrels" / f"{dataset.split}.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(rows), encoding="utf-8"
    )
    if dataset.unanswerable:
        _write_objects(folder / "unanswerable.jsonl", map(_query_record, dataset.unanswerable))
    if dataset.corpus:
        texts = [(one.id, " ".join(one.heading_path), one.text) for one in dataset.corpus]
        texts += [(passage_id, "", "") for passage_id in dataset.blank]
        _write_objects(
            folder / "corpus.jsonl",
            ({"_id": name, "title": title, "text": text} for name, title, text in texts),
        )


def digest(folder: Path, split: str) -> str:
    """Returns a hash of the files that :func:`read_dataset` reads."""
    names = ("queries.jsonl", f"qrels/{split}.tsv", "corpus.jsonl", "unanswerable.jsonl")
    content = hashlib.sha256()
    for path in (folder / name for name in names):
        content.update(hashlib.sha256(path.read_bytes() if path.exists() else b"").digest())
    return content.hexdigest()[:16]


def _query_record(query: Query) -> dict[str, Any]:
    return {"_id": query.id, "text": query.text, "metadata": dict(query.metadata)}


def _write_objects(path: Path, records: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
