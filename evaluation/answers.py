"""How well the service finds the words that answer, given the right passage; fits its weights.

The weights are those of a log-linear model over the stretches of a passage, fitted to marked
questions so that the expected token F1 with what was marked is highest. Folds for cross-validation
hold all questions about a passage together.

Source: D. Smith, J. Eisner, "Minimum Risk Annealing for Training Log-Linear Models", ACL 2006.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evaluation.beir import Dataset
from evaluation.spans import token_f1
from indexer.documents.passages import Passage
from indexer.stores.base import Snapshot
from service.answering.candidates import Clauses, read_clauses
from service.answering.spans import answer_spans, best_stretch
from service.engine.questions import read_question
from service.ranking.dictionary import Unit
from service.ranking.fusion import Ranker

_PENALTY = 0.05
"""On the squares of weights, of features in units of their spread, for all questions together."""

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
        question: The question as it was understood.
    """

    units: tuple[Unit, ...]
    passage: Passage
    words: str
    language: str
    question: str


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


def marked_questions(dataset: Dataset, snapshot: Snapshot) -> list[Marked]:
    """Returns the questions of ``dataset`` that have words marked in a passage of an index."""
    ranker = Ranker(snapshot)
    passages = reversed(snapshot.passages(range(len(snapshot))))
    known: Mapping[str, Passage] = {passage.id: passage for passage in passages}
    found = []
    for query in dataset.queries:
        mark = query.metadata.get("answer")
        if isinstance(mark, dict) and mark.get("id") in known:
            question = read_question(query.text)
            units = ranker.units(question.interpreted, question.language)
            found.append(
                Marked(
                    units,
                    known[mark["id"]],
                    str(mark["text"]),
                    query.language,
                    question.interpreted,
                )
            )
    return found


def quality(questions: Sequence[Marked]) -> Quality:
    """Returns how well the service's words, the whole and the best stretch meet the marks."""
    given, whole, reachable = [], [], []
    for one in questions:
        spans = answer_spans(one.units, one.passage, one.question)
        given.append(token_f1(spans[0].text if spans else "", one.words))
        whole.append(token_f1(one.passage.text, one.words))
        reachable.append(float(_worth(one, read_clauses(one.units, one.passage)).max(initial=0)))
    return Quality(len(questions), mean(given), mean(whole), mean(reachable))


def fit_weights(questions: Sequence[Marked]) -> Weights:
    """Returns one weight for each of :data:`service.answering.candidates.FEATURES`."""
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
    kept = [(clauses, worth) for clauses, worth in examples if worth.max(initial=0) > 0]
    features = np.vstack([clauses.features for clauses, _ in kept])
    worths = np.concatenate([worth for _, worth in kept])
    scale = features.std(axis=0)
    scale[scale == 0] = np.inf
    features = features / scale
    sizes = np.array([len(worth) for _, worth in kept], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    of = np.repeat(np.arange(len(sizes)), sizes)

    def risk(weights: Weights) -> tuple[float, Weights]:
        scores = features @ weights
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        likely /= np.add.reduceat(likely, starts)[of]
        expected = np.add.reduceat(likely * worths, starts)
        rising = (likely * (worths - expected[of])) @ features
        penalty = _PENALTY * float(weights @ weights)
        return penalty - float(expected.sum()), 2 * _PENALTY * weights - rising

    found = minimize(risk, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    weights: Weights = found.x / scale
    return weights
