"""Fits the confidence of the service: a logistic regression on the evidence of its rankings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_curve
from sklearn.preprocessing import StandardScaler

from evaluation.beir import Dataset
from evaluation.errors import DatasetError
from service.engine.engine import Engine
from service.ranking.confidence import Calibration
from service.ranking.fusion import Ranking, feature_names
from service.ranking.signals.asked import Asked
from service.ranking.signals.dense import Dense


@dataclass(frozen=True, slots=True)
class Observation:
    """One question's evidence.

    Attributes:
        features: The values of the features, see :func:`service.ranking.fusion.feature_names`.
        right: Whether the passage found first answers.
        answerable: Whether any passage does.
    """

    features: tuple[float, ...]
    right: bool
    answerable: bool


def observe(
    dataset: Dataset, engine: Engine, *, with_questions: bool = True
) -> Iterator[Observation]:
    """Yields the evidence for every question of ``dataset``, unanswerable ones included.

    Args:
        dataset: The questions.
        engine: What answers them.
        with_questions: Whether questions written for the passages count as evidence.
    """
    if not with_questions:
        ranking = Ranking(frozenset({Asked.name}))
        engine = Engine(engine.snapshot, engine.retriever.encoder, ranking)
    place = feature_names().index(Asked.name)
    asked = [(query, dataset.qrels[query.id]) for query in dataset.queries]
    asked += [(query, {}) for query in dataset.unanswerable]
    for query, grades in asked:
        hits = engine.retriever.search(engine.read(query.text, literal=True), 1)
        evidence = hits.evidence
        first = int(np.flatnonzero(evidence.rows == hits.order[0])[0])
        right = grades.get(hits.results[0].passage.id, 0) > 0
        features = list(engine.retriever.features(evidence, first))
        if not with_questions:
            # As where nobody wrote any.
            features[place] = float(evidence.measured[Dense.name].scores[first])
        yield Observation(tuple(features), right, bool(grades))


def fit(observations: Iterable[Observation]) -> Calibration:
    """Returns the calibration that the observations support.

    A question that lacks what decides alone teaches nothing of the others. The threshold is where
    hit rate less false alarms is greatest (Youden's index).

    Raises:
        DatasetError: All answers are right, or all wrong: nothing can be learnt.
    """
    lacking = feature_names().index("lacking")
    seen = tuple(one for one in observations if one.features[lacking] <= 1)
    values: NDArray[np.float64] = np.array([one.features for one in seen])
    right = np.array([one.right for one in seen])
    answerable = np.array([one.answerable for one in seen])
    if right.all() or not right.any() or answerable.all():
        raise DatasetError("Fitting needs right and wrong answers, and unanswerable questions.")
    scaler = StandardScaler().fit(values)
    model = LogisticRegression().fit(scaler.transform(values), right)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    calibration = Calibration(tuple(map(float, weights)), intercept, 0.0)
    confidences = [calibration.confidence(tuple(row)) for row in values]
    false_alarms, hits, thresholds = roc_curve(answerable, confidences)
    threshold = float(thresholds[np.argmax(hits - false_alarms)])
    return Calibration(calibration.weights, intercept, threshold)


def record(calibration: Calibration) -> dict[str, object]:
    """Returns a calibration as the service's data file holds it."""
    return {
        "weights": [round(weight, 6) for weight in calibration.weights],
        "intercept": round(calibration.intercept, 6),
        "threshold": round(calibration.threshold, 6),
    }
