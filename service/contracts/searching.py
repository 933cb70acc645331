"""One question through the engine for a contract: a collection, a condition, a threshold."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.contracts.attributes import passage_attributes
from service.contracts.conditions import Condition
from service.engine import Answer, Engine
from service.retrieval import Filters, Result

MAX_RESULTS = 50
"""Most passages that one request returns, as in the service's own interface."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the answer that it belongs to."""

    result: Result
    answer: Answer


def collection_filters(
    engine: Engine, documents: Sequence[str], condition: Condition | None
) -> Filters:
    """Returns the engine's filters for a collection and a condition on attributes."""
    if condition is None:
        return Filters(tuple(documents))
    return Filters(
        tuple(documents),
        where=lambda passage: condition.holds(passage_attributes(passage, engine.library)),
    )


def search_collection(
    engine: Engine, queries: Sequence[str], k: int, filters: Filters, threshold: float
) -> tuple[Found, ...]:
    """Returns at most ``k`` passages that score ``threshold`` or more for any of ``queries``.

    One query keeps the engine's order; of several, the best ranks come first.

    Raises:
        RequestError: A query cannot be used.
    """
    best: dict[tuple[str, str], tuple[int, float, Found]] = {}
    for query in queries:
        answer = engine.ask(query, k=min(max(k, 1), MAX_RESULTS), filters=filters)
        for rank, result in enumerate(answer.results):
            key = (result.passage.id, result.passage.language)
            candidate = (rank, -result.score, Found(result, answer))
            if result.score >= threshold and (key not in best or candidate[:2] < best[key][:2]):
                best[key] = candidate
    ordered = sorted(best.values(), key=lambda candidate: candidate[:2])
    return tuple(found for _, _, found in ordered)[:k]
