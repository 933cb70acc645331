"""Finds the words of a passage that answer a question, and those that meet it.

A log-linear model gives every stretch of a passage its probability of being what a person would
mark; the stretch of the highest expected F1 with what would be marked answers. The weights are
data, made from marked questions by ``python -m evaluation fit-answers``.

Source: P. Rajpurkar et al., "SQuAD", EMNLP 2016, section 5, doi:10.18653/v1/D16-1264, for the
model; S. Kumar, W. Byrne, "Minimum Bayes-Risk Decoding", HLT-NAACL 2004, for the choice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from indexer.documents.passages import Passage
from indexer.languages.listing import listed
from service.answering.candidates import FEATURES, Clauses, Matches, read_clauses, read_matches
from service.ranking.dictionary import Unit
from service.ranking.signals.expectation import shown

_LIKELIEST = 100
_LEAST_MATCH = 0.5
_MOST_HIGHLIGHTS = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage's text: ``passage.text[start:end]``.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        text: The characters themselves.
    """

    start: int
    end: int
    text: str


def highlight_spans(units: Sequence[Unit], passage: Passage) -> tuple[Span, ...]:
    """Returns the spans of ``passage`` that meet the words of a question about ``units``.

    They come in reading order, at most a few; words that match side by side are one span.
    """
    return tuple(_highlights(read_matches(units, passage), passage))


def answer_spans(units: Sequence[Unit], passage: Passage, question: str = "") -> tuple[Span, ...]:
    """Returns the spans of ``passage`` that answer a question about ``units``, the best first.

    Args:
        units: What the question is about.
        passage: The passage.
        question: The question: what is asked how many is answered by words with a number.
    """
    places = shown(question, passage.text)
    return tuple(_answers(read_clauses(units, passage), passage, places))


def best_stretch(
    clauses: Clauses, weights: NDArray[np.float64], among: NDArray[np.bool_] | None = None
) -> int:
    """Returns the number of the stretch of the highest expected F1; the first of equals.

    Args:
        clauses: The stretches.
        weights: Of their features.
        among: Those to choose from; all by default.
    """
    scores = clauses.features @ weights
    likely = np.exp(scores - scores.max())
    top = np.argsort(-likely, kind="stable")[:_LIKELIEST]
    first, last = clauses.first, clauses.last
    shared = np.minimum(last[:, None], last[top]) - np.maximum(first[:, None], first[top]) + 1
    length = last - first + 1
    f1 = 2 * np.maximum(shared, 0) / (length[:, None] + length[top])
    expected = f1 @ likely[top]
    return int((expected if among is None else np.where(among, expected, -1)).argmax())


def _answers(clauses: Clauses, passage: Passage, places: Sequence[int]) -> Iterator[Span]:
    if not len(clauses.first):
        return
    best = best_stretch(clauses, _weights(), _holding(clauses, places) if places else None)
    first, last = int(clauses.first[best]), int(clauses.last[best])
    if (first, last) == (0, len(clauses.words) - 1):
        yield Span(0, len(passage.text), passage.text)
    else:
        yield _span(clauses, passage, first, last)


def _holding(clauses: Clauses, places: Sequence[int]) -> NDArray[np.bool_]:
    """Returns which stretches hold any of some places of the text."""
    bounds = np.array(clauses.words)
    first, last = bounds[clauses.first, 0], bounds[clauses.last, 1]
    holding: NDArray[np.bool_] = np.zeros(len(first), dtype=np.bool_)
    for place in places:
        holding |= (first <= place) & (place < last)
    return holding


def _highlights(clauses: Matches, passage: Passage) -> Iterator[Span]:
    matches = clauses.matches.tolist()
    runs: list[range] = []
    for place, match in enumerate(matches):
        if match >= _LEAST_MATCH:
            start = runs.pop().start if runs and runs[-1].stop == place else place
            runs.append(range(start, place + 1))
    strongest = sorted(runs, key=lambda run: -sum(matches[run.start : run.stop]))
    for run in sorted(strongest[:_MOST_HIGHLIGHTS], key=lambda run: run.start):
        yield _span(clauses, passage, run.start, run.stop - 1)


def _span(clauses: Matches, passage: Passage, first: int, last: int) -> Span:
    start, end = clauses.words[first][0], clauses.words[last][1]
    return Span(start, end, passage.text[start:end])


@cache
def _weights() -> NDArray[np.float64]:
    file = files("service.ranking") / "data" / "answer-weights.tsv"
    rows = (line.split("\t") for line in listed(file))
    weights = {name: float(weight) for name, weight in rows}
    return np.array([weights[name] for name in FEATURES])
