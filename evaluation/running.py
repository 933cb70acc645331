"""Asks a system every question of a dataset; what is answered is kept, so it can be resumed."""

import time
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from evaluation.beir import Dataset, Query
from evaluation.errors import DatasetError
from evaluation.measurement import (
    RESULTS,
    Identity,
    Measurement,
    Outcome,
    outcome_line,
    read_identity,
    read_outcomes,
    write_identity,
    write_passages,
)
from evaluation.systems import Found, System

DEPTH = 10
"""Passages asked for with each question: as many as the deepest measure looks at."""


def identify(system: System, dataset: Dataset, questions: str, depth: int = DEPTH) -> Identity:
    """Returns what a run of ``system`` over ``dataset`` measures.

    Args:
        system: What is measured.
        dataset: The questions.
        questions: Hash of the dataset's files (:func:`evaluation.beir.digest`).
        depth: Number of passages asked for.
    """
    stamp = system.stamp
    return Identity(
        system=system.name,
        dataset=dataset.name,
        split=dataset.split,
        questions=questions,
        corpus=stamp.get("corpus", ""),
        model=stamp.get("model", ""),
        revision=stamp.get("revision", ""),
        code=stamp.get("code", ""),
        depth=depth,
    )


def measure(
    system: System, dataset: Dataset, identity: Identity, folder: Path | None = None
) -> Measurement:
    """Asks ``system`` every question of ``dataset``.

    Args:
        system: What is measured.
        dataset: The questions.
        identity: What this run measures.
        folder: Where the answers are kept; a run of the same identity that is there is resumed.

    Raises:
        DatasetError: ``folder`` holds a run of something else.
        MeasurementError: The system does not answer.
    """
    done = {} if folder is None else _resume(folder, identity)
    outcomes: list[Outcome] = []
    questions = (*dataset.queries, *dataset.unanswerable)
    bar = tqdm(
        questions, desc=f"{system.name} {dataset.name}", unit="question", disable=None, leave=False
    )
    file = None if folder is None else (folder / RESULTS).open("ab")
    try:
        if len(done) < len(questions):
            # The first question pays for what is loaded on first use: not a user's time.
            system.ask(questions[0].text, identity.depth)
        for query in bar:
            outcome = done.get(query.id)
            if outcome is None:
                outcome = _ask(system, query, dataset, identity.depth)
                if file is not None:
                    file.write(outcome_line(outcome))
                    file.flush()
            outcomes.append(outcome)
    finally:
        if file is not None:
            file.close()
    texts = system.texts()
    quoted = {name: texts[name] for name in _quoted(outcomes) if name in texts}
    if folder is not None:
        write_passages(folder, quoted)
    return Measurement(identity, tuple(outcomes), quoted)


def _ask(system: System, query: Query, dataset: Dataset, depth: int) -> Outcome:
    start = time.perf_counter()
    found = system.ask(query.text, depth)
    milliseconds = (time.perf_counter() - start) * 1000
    expected = dataset.qrels.get(query.id, {})
    marked = query.metadata.get("answer")
    return Outcome(
        id=query.id,
        text=query.text,
        language=query.language,
        kind=query.kind,
        item=query.item,
        expected=expected,
        helps=tuple(query.metadata.get("helps", ())),
        found=found.passages,
        milliseconds=milliseconds,
        habit=str(query.metadata.get("suite", "")),
        words=str(marked["text"]) if isinstance(marked, dict) and "text" in marked else "",
        answer=found.answer,
        answerable=found.answerable,
        confidence=found.confidence,
        interpreted=found.interpreted,
        parts=_why(system, query, expected, found),
    )


def _why(
    system: System, query: Query, expected: dict[str, int], found: Found
) -> dict[str, dict[str, float]]:
    """Returns the parts of the scores where another passage than the expected came first."""
    first = [passage_id for passage_id, _ in found.passages[:1]]
    if not expected or any(expected.get(passage_id, 0) > 0 for passage_id in first):
        return {}
    return system.explain(query.text, {*first, *expected})


def _resume(folder: Path, identity: Identity) -> dict[str, Outcome]:
    """Returns what an earlier run of the same thing brought; a torn last line is dropped."""
    if not (folder / "manifest.json").exists():
        write_identity(folder, identity)
        return {}
    earlier = read_identity(folder)
    if earlier != identity:
        differing = [
            name
            for name in Identity.__dataclass_fields__
            if getattr(earlier, name) != getattr(identity, name)
        ]
        raise DatasetError(
            f"{folder}: holds a run of something else (other {', '.join(differing)}); "
            "name another folder, or remove this one."
        )
    results = folder / RESULTS
    if results.exists():
        content = results.read_bytes()
        results.write_bytes(content[: content.rfind(b"\n") + 1])
    return {outcome.id: outcome for outcome in read_outcomes(folder)}


def _quoted(outcomes: list[Outcome]) -> Iterator[str]:
    names = dict.fromkeys(
        name
        for outcome in outcomes
        for name in (*outcome.expected, *(passage for passage, _ in outcome.found[:1]))
    )
    yield from names
