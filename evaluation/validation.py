"""Finds what is wrong with a dataset before it is measured with."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evaluation.beir import Dataset, read_dataset, read_queries
from evaluation.errors import DatasetError
from evaluation.measurement import Measurement
from evaluation.trec import is_writable

_WORD = re.compile(r"\w+")
_COPIED_RUN = 5
"""A question that shares this many words in a row with its passage copies it."""

_COPIED_SHARE = 0.8
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a dataset.

    Attributes:
        severity: ``error`` makes figures wrong, ``warning`` makes them doubtful.
        kind: ``unknown-passage``, ``blank-passage``, ``unjudged-question``, ``duplicate``,
            ``leak``, ``copied``, ``spaced-id`` or ``unjudged-result``.
        query: Id of the question.
        text: What is wrong with it.
    """

    severity: Literal["error", "warning"]
    kind: str
    query: str
    text: str


def validate(
    folder: Path, passages: Mapping[str, str], measurement: Measurement | None = None
) -> tuple[Finding, ...]:
    """Returns what is wrong with every split of the dataset in ``folder``.

    Args:
        folder: The dataset.
        passages: Texts of the corpus by passage id.
        measurement: A run over it, to list first results that nobody has judged.

    Raises:
        DatasetError: It cannot be read at all.
    """
    splits = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    if not splits:
        raise DatasetError(f"{folder / 'qrels'}: no qrels; write one file a split, SPLIT.tsv.")
    datasets = {split: read_dataset(folder, split) for split in splits}
    findings = [
        *_unjudged_questions(folder, datasets),
        *_duplicates(datasets),
        *_spaced(datasets),
        *(f for dataset in datasets.values() for f in _passages(dataset, passages)),
        *(_unjudged_results(measurement) if measurement else ()),
    ]
    return tuple(sorted(findings, key=lambda f: (f.severity, f.kind, f.query)))


def normalise(text: str) -> str:
    """Returns the words of ``text``, in lower case and without punctuation."""
    return " ".join(_WORD.findall(text.lower()))


def _unjudged_questions(folder: Path, datasets: Mapping[str, Dataset]) -> list[Finding]:
    judged = {query.id for dataset in datasets.values() for query in dataset.queries}
    return [
        Finding("error", "unjudged-question", query.id, "no split has an answer to it")
        for query in read_queries(folder / "queries.jsonl")
        if query.id not in judged
    ]


def _duplicates(datasets: Mapping[str, Dataset]) -> list[Finding]:
    """Finds questions that are asked twice, and items that stand in two splits."""
    seen: dict[str, tuple[str, str]] = {}
    items: dict[str, set[str]] = defaultdict(set)
    findings: list[Finding] = []
    for split, dataset in datasets.items():
        for query in (*dataset.queries, *dataset.unanswerable):
            items[query.item].add(split)
            text = normalise(query.text)
            if text not in seen:
                seen[text] = (query.id, split)
                continue
            other, where = seen[text]
            kind = "duplicate" if where == split else "leak"
            findings.append(
                Finding("error", kind, query.id, f"the same words as {other} of the split {where}")
            )
    findings += [
        Finding("error", "leak", item, f"asked in the splits {', '.join(sorted(splits))}")
        for item, splits in items.items()
        if len(splits) > 1
    ]
    return findings


def _spaced(datasets: Mapping[str, Dataset]) -> list[Finding]:
    """Finds ids that cannot stand in TREC files."""
    names = {
        name: query_id
        for dataset in datasets.values()
        for query_id, grades in dataset.qrels.items()
        for name in (query_id, *grades)
    }
    return [
        Finding("error", "spaced-id", query_id, f"the id {name!r} holds white space")
        for name, query_id in names.items()
        if not is_writable(name)
    ]


def _passages(dataset: Dataset, passages: Mapping[str, str]) -> list[Finding]:
    findings: list[Finding] = []
    for query in dataset.queries:
        for passage_id in dataset.qrels[query.id]:
            if passage_id in dataset.blank:
                findings.append(
                    Finding("warning", "blank-passage", query.id, f"{passage_id} has no word")
                )
            elif passage_id not in passages:
                findings.append(
                    Finding("error", "unknown-passage", query.id, f"{passage_id} is not there")
                )
            elif copied := _copied(query.text, passages[passage_id]):
                findings.append(Finding("warning", "copied", query.id, f"{copied}: {passage_id}"))
    return findings


def _copied(question: str, passage: str) -> str:
    """Returns what a question copies from its passage; empty where it is worded anew."""
    asked, written = normalise(question).split(), normalise(passage)
    padded = f" {written} "
    for start in range(len(asked) - _COPIED_RUN + 1):
        run = " ".join(asked[start : start + _COPIED_RUN])
        if f" {run} " in padded:
            return f"«{run}»"
    words = set(asked)
    share = len(words & set(written.split())) / max(1, len(words))
    if len(words) >= _SHORTEST and share >= _COPIED_SHARE:
        return f"{share:.0%} of its words"
    return ""


def _unjudged_results(measurement: Measurement) -> list[Finding]:
    return [
        Finding("warning", "unjudged-result", outcome.id, f"{outcome.found[0][0]} came first")
        for outcome in measurement.answered
        if outcome.found
        and outcome.found[0][0] not in outcome.expected
        and outcome.found[0][0] not in outcome.helps
    ]
