"""Suites: the questions of a dataset as people really type them.

Each suite changes every question in one way and keeps its id, so that a run over a suite can be
compared with a run over the clean questions one by one. Suites are made from a seed, the suite's
name and the question's id: the same every time, whatever other questions there are.
"""

import random
from collections.abc import Callable
from dataclasses import replace

from evaluation.beir import Dataset, Query
from evaluation.errors import DatasetError
from evaluation.perturbation.alphabets import informal_ascii, latin_2021, without_letters
from evaluation.perturbation.keyboard import mistype, other_layout
from evaluation.perturbation.switching import mix

Change = Callable[[str, str, random.Random], str]
"""Takes a question, its language and a source of chance; returns it as it might be typed."""

SUITES: dict[str, Change] = {
    "letterless": lambda text, language, chance: without_letters(text),
    "latin": lambda text, language, chance: latin_2021(text) if language == "kk" else text,
    "ascii": lambda text, language, chance: (
        informal_ascii(text, chance) if language == "kk" else text
    ),
    "typos": lambda text, language, chance: mistype(text, chance),
    "layout": lambda text, language, chance: other_layout(text),
    "caps": lambda text, language, chance: text.upper(),
    "lower": lambda text, language, chance: text.lower(),
    "no-question-mark": lambda text, language, chance: text.replace("?", "").rstrip(),
    "mixed": lambda text, language, chance: mix(text, language, chance),
}


def perturb(dataset: Dataset, suite: str, seed: int = 0) -> Dataset:
    """Returns ``dataset`` with its questions changed as ``suite`` says.

    Questions that the suite leaves as they are (a Russian one in the Kazakh Latin alphabet) are
    left out; ``metadata`` keeps the clean text as ``clean`` and names the ``suite``.

    Args:
        dataset: The clean questions.
        suite: One of :data:`SUITES`.
        seed: Another seed, other typos and variants.

    Raises:
        DatasetError: There is no such suite, or it changes no question.
    """
    if suite not in SUITES:
        raise DatasetError(f"no suite {suite!r}; known: {', '.join(SUITES)}.")
    queries = _changed(dataset.queries, suite, seed)
    if not queries:
        raise DatasetError(f"{dataset.name}: the suite {suite!r} changes no question of it.")
    return replace(
        dataset,
        name=f"{dataset.name}-{suite}",
        queries=queries,
        qrels={query.id: dataset.qrels[query.id] for query in queries},
        unanswerable=_changed(dataset.unanswerable, suite, seed),
    )


def _changed(queries: tuple[Query, ...], suite: str, seed: int) -> tuple[Query, ...]:
    changed = (
        (
            query,
            SUITES[suite](query.text, query.language, random.Random(f"{seed} {suite} {query.id}")),
        )
        for query in queries
    )
    return tuple(
        replace(query, text=text, metadata={**query.metadata, "suite": suite, "clean": query.text})
        for query, text in changed
        if text != query.text and text.strip()
    )
