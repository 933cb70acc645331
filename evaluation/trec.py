"""Run and qrels files of TREC.

A run: ``query-id Q0 passage-id rank score tag``; qrels: ``query-id 0 passage-id grade``; fields are
separated by white space, so no id may hold any; validate finds those that do.
Source: https://trec.nist.gov/data/qrels_eng/ and the manual of trec_eval.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from evaluation.errors import DatasetError
from evaluation.lines import read_lines
from evaluation.metrics import Run


def write_run(path: Path, run: Run, tag: str) -> None:
    """Writes ``run`` to ``path``; white space in ``tag`` becomes ``_``.

    Tools that read runs order them by score and break ties in their own ways: where our order has
    equal scores, or scores that do not fall, the ranks are written as scores.

    Raises:
        DatasetError: An id holds white space.
    """
    _check_ids(path, (*run, *(passage_id for hits in run.values() for passage_id, _ in hits)))
    name = "_".join(tag.split()) or "run"
    with path.open("w", encoding="utf-8") as file:
        for query_id, passages in run.items():
            scores = [score for _, score in passages]
            # trec_eval keeps scores as 32-bit floats.
            written = [np.float32(f"{score:.6f}") for score in scores]
            falls = all(before > after for before, after in pairwise(written))
            for rank, (passage_id, score) in enumerate(passages, start=1):
                value = score if falls else float(len(passages) - rank + 1)
                file.write(f"{query_id} Q0 {passage_id} {rank} {value:.6f} {name}\n")


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Writes ``qrels`` to ``path``.

    Raises:
        DatasetError: An id holds white space.
    """
    _check_ids(path, (*qrels, *(passage_id for grades in qrels.values() for passage_id in grades)))
    with path.open("w", encoding="utf-8") as file:
        for query_id, grades in qrels.items():
            for passage_id, grade in grades.items():
                file.write(f"{query_id} 0 {passage_id} {grade}\n")


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Reads qrels.

    Raises:
        DatasetError: The file cannot be read, holds nothing, or a line is malformed.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in read_lines(path):
        try:
            query_id, _, passage_id, grade = line.split()
            value = read_grade(grade)
        except ValueError as error:
            raise DatasetError(
                f"{path}:{number}: expected query-id, 0, passage-id and an integer grade."
            ) from error
        judge(qrels, query_id, passage_id, value, f"{path}:{number}")
    if not qrels:
        raise DatasetError(f"{path}: no judgement in it.")
    return qrels


def judge(
    qrels: dict[str, dict[str, int]], query_id: str, passage_id: str, grade: int, where: str
) -> None:
    """Adds a judgement to ``qrels``.

    Raises:
        DatasetError: The passage was judged for that question before; says ``where`` again.
    """
    if passage_id in qrels.setdefault(query_id, {}):
        raise DatasetError(f"{where}: {query_id!r} judges {passage_id!r} twice.")
    qrels[query_id][passage_id] = grade


def read_grade(written: str) -> int:
    """Returns a grade; some tools write 1 as 1.0.

    Raises:
        ValueError: It is no integer.
    """
    value = float(written)
    if not value.is_integer():
        raise ValueError(written)
    return int(value)


def is_writable(name: str) -> bool:
    """Returns whether an id can stand in these files: it is not empty and holds no white space."""
    return name.split() == [name]


def read_run(path: Path) -> Run:
    """Reads a run; scores order it, as trec_eval does, then ranks, then the lines of the file.

    Some tools write the same rank on every line. A file without a line is the run of a system
    that found nothing.

    Raises:
        DatasetError: The file cannot be read, or a line is malformed: another number of fields, a
            rank that is no integer, a score that is no finite number, a passage that the question
            already has.
    """
    found: dict[str, list[tuple[float, int, int, str]]] = {}
    passages: dict[str, set[str]] = {}
    for number, line in read_lines(path):
        where = f"{path}:{number}"
        try:
            query_id, _, passage_id, written_rank, written_score, _ = line.split()
            rank, score = int(written_rank), float(written_score)
        except ValueError as error:
            raise DatasetError(
                f"{where}: expected query-id, Q0, passage-id, rank, score and tag."
            ) from error
        if not math.isfinite(score):
            raise DatasetError(f"{where}: the score {written_score!r} is no finite number.")
        if passage_id in passages.setdefault(query_id, set()):
            raise DatasetError(f"{where}: {query_id!r} has {passage_id!r} twice.")
        passages[query_id].add(passage_id)
        found.setdefault(query_id, []).append((-score, rank, number, passage_id))
    return {
        query_id: tuple((passage_id, -score) for score, _, _, passage_id in sorted(rows))
        for query_id, rows in found.items()
    }


def _check_ids(path: Path, names: Iterable[str]) -> None:
    for name in names:
        if not is_writable(name):
            raise DatasetError(
                f"{path}: not written: the id {name!r} holds white space, which separates the "
                "fields of TREC files; rename it in the dataset."
            )
