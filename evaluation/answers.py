"""How well the service finds the words that answer, given the right passage; fits its weights.

The weights are those of a log-linear model over the stretches of a passage, fitted to marked
questions. A stretch is as much wanted as its words meet the marked ones (a power of F1);
folds for cross-validation hold all questions about a passage together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evaluation.beir import Dataset
from evaluation.spans import token_f1
from indexer.passages import Passage
from service.answering import answer_spans, best_stretch
from service.clauses import FEATURES, Clauses, read_clauses
from service.questions import read_question
from service.ranking.dictionary import Unit
from service.ranking.fusion import Ranker

_SHARPNESS = 4
_PENALTY = 10.0
_FOLDS = 5

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Marked:
    """A question, the passage that answers it, and the words marked there.

    Attributes:
        units: What the question is about.
        passage: The passage.
        words: The words that were marked.
        language: Language of the question.
    """

    units: tuple[Unit, ...]
    passage: Passage
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Mean token F1 with the marked words.

    Attributes:
        questions: Number of questions.
        given: Of the words that the service gives.
        whole: Of the whole passage.
        reachable: Of the best stretch among those that the service chooses from.
    """

    questions: int
    given: float
    whole: float
    reachable: float


def marked_questions(dataset: Dataset, passages: Sequence[Passage]) -> list[Marked]:
    """Returns the questions of ``dataset`` that have words marked in one of ``passages``."""
    ranker = Ranker(passages)
    known: Mapping[str, Passage] = {passage.id: passage for passage in passages}
    found = []
    for query in dataset.queries:
        mark = query.metadata.get("answer")
        if isinstance(mark, dict) and mark.get("id") in known:
            question = read_question(query.text)
            units = ranker.units(question.interpreted, question.language)
            found.append(Marked(units, known[mark["id"]], str(mark["text"]), query.language))
    return found


def quality(questions: Sequence[Marked]) -> Quality:
    """Returns how well the service's words, the whole and the best stretch meet the marks."""
    given, whole, reachable = [], [], []
    for one in questions:
        spans = answer_spans(one.units, one.passage)
        given.append(token_f1(spans[0].text if spans else "", one.words))
        whole.append(token_f1(one.passage.text, one.words))
        reachable.append(float(_worth(one, read_clauses(one.units, one.passage)).max(initial=0)))
    return Quality(len(questions), mean(given), mean(whole), mean(reachable))


def fit_weights(questions: Sequence[Marked]) -> Weights:
    """Returns one weight for each of :data:`service.clauses.FEATURES`."""
    return _fit(_examples(questions))


def cross_validated(questions: Sequence[Marked]) -> float:
    """Returns the mean token F1 when each passage's questions are answered by the others'."""
    examples = _examples(questions)
    eids = sorted({one.passage.id for one in questions})
    order = np.random.default_rng(0).permutation(len(eids))
    folds = {eids[number]: place % _FOLDS for place, number in enumerate(order)}
    of = [folds[one.passage.id] for one in questions]
    scores: list[float] = []
    for fold in range(_FOLDS):
        weights = _fit([example for example, at in zip(examples, of, strict=True) if at != fold])
        scores += [
            float(worth[best_stretch(clauses, weights)])
            for (clauses, worth), at in zip(examples, of, strict=True)
            if at == fold
        ]
    return mean(scores)


def _examples(questions: Sequence[Marked]) -> list[tuple[Clauses, Weights]]:
    read = [(one, read_clauses(one.units, one.passage)) for one in questions]
    return [(clauses, _worth(one, clauses)) for one, clauses in read]


def _worth(one: Marked, clauses: Clauses) -> Weights:
    """Returns the token F1 of each stretch with the marked words."""
    places, text = clauses.words, one.passage.text
    return np.array(
        [
            token_f1(text[places[first][0] : places[last][1]], one.words)
            for first, last in zip(clauses.first, clauses.last, strict=True)
        ]
    )


def _fit(examples: Sequence[tuple[Clauses, Weights]]) -> Weights:
    wanted = [worth**_SHARPNESS for _, worth in examples]
    kept = [number for number, worth in enumerate(wanted) if worth.sum() > 0]
    features = np.vstack([examples[number][0].features for number in kept])
    target = np.concatenate([wanted[number] / wanted[number].sum() for number in kept])
    scale = features.std(axis=0)
    scale[scale == 0] = np.inf
    features = features / scale
    ends = np.cumsum([0, *(len(wanted[number]) for number in kept)])
    aimed = target @ features

    def loss(weights: Weights) -> tuple[float, Weights]:
        scores = features @ weights
        chances = np.empty_like(scores)
        total = 0.0
        for start, end in pairwise(ends):
            highest = scores[start:end].max()
            likely = np.exp(scores[start:end] - highest)
            total += float(highest + np.log(likely.sum()))
            chances[start:end] = likely / likely.sum()
        value = total - float(aimed @ weights) + _PENALTY * float(weights @ weights)
        return value, chances @ features - aimed + 2 * _PENALTY * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    weights: Weights = found.x / scale
    return weights
