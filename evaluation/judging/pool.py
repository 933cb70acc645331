"""Pools what systems found, so that people can grade it without knowing who found it.

Source: K. Spärck Jones, C. J. van Rijsbergen, "Report on the need for and provision of an 'ideal'
information retrieval test collection", 1975: the depth-k pool.
"""

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.beir import Query
from evaluation.errors import DatasetError
from evaluation.metrics import Run
from evaluation.trec import is_writable
from indexer.documents.passages import Passage


@dataclass(frozen=True, slots=True)
class Pooled:
    """A question, and the passages to grade for it.

    Attributes:
        query: The question.
        passages: Each passage in every language that it has, in the order in which it is graded.
    """

    query: Query
    passages: tuple[tuple[Passage, ...], ...]


def pool(
    queries: Sequence[Query],
    runs: Iterable[Run],
    passages: Iterable[Passage],
    depth: int,
    seed: int = 0,
) -> tuple[Pooled, ...]:
    """Returns the first ``depth`` passages of every run for each question, each once.

    The order of questions and of passages comes from ``seed`` and their ids alone: it says nothing
    of ranks, nor of who found what. Questions for which no run found anything are left out.

    Raises:
        DatasetError: A run found a passage that is not among ``passages``, or an id holds white
            space, which the files of grades cannot.
    """
    editions = _editions(passages)
    found: dict[str, set[str]] = {}
    for run in runs:
        for query_id, ranked in run.items():
            found.setdefault(query_id, set()).update(name for name, _ in ranked[:depth])
    pooled = []
    for query in queries:
        names = sorted(found.get(query.id, ()))
        for name in (query.id, *names):
            if not is_writable(name):
                raise DatasetError(f"the id {name!r} holds white space; rename it in the dataset.")
        if unknown := [name for name in names if name not in editions]:
            raise DatasetError(
                f"question {query.id!r}: a run found {unknown[0]!r}, which is neither in the "
                "dataset's corpus nor in the index; name the index that was searched with --index."
            )
        random.Random(f"{seed} {query.id}").shuffle(names)
        if names:
            pooled.append(Pooled(query, tuple(editions[name] for name in names)))
    pooled.sort(key=lambda each: each.query.id)
    random.Random(f"{seed}").shuffle(pooled)
    return tuple(pooled)


def fingerprint(query: Query, editions: Sequence[Passage]) -> str:
    """Returns a hash of a question and a passage: a grade holds as long as both are the same."""
    content = hashlib.sha256()
    for text in (query.id, query.text, editions[0].id, *(edition.text for edition in editions)):
        content.update(text.encode() + b"\0")
    return content.hexdigest()[:16]


def _editions(passages: Iterable[Passage]) -> Mapping[str, tuple[Passage, ...]]:
    """Returns each passage in all its languages; of several texts in one the first counts."""
    found: dict[str, dict[str, Passage]] = {}
    for passage in passages:
        found.setdefault(passage.id, {}).setdefault(passage.language, passage)
    return {name: tuple(editions.values()) for name, editions in found.items()}
