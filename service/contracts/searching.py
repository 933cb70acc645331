"""One question through the engine for a contract: a collection, a condition, a threshold."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.contracts.attributes import passage_attributes
from service.contracts.conditions import Combination, Comparison, Condition
from service.engine.engine import Answer, Engine
from service.engine.filters import Filters
from service.engine.retrieval import Result
from service.errors import RequestError

IN_FORCE_ON: Final = "in_force_on"
"""What a condition names to search the texts in force on a day: no attribute of a passage."""

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
    """Returns the engine's filters for a collection and a condition on attributes.

    Raises:
        RequestError: The condition names a day where it cannot, or what is no day.
    """
    day, rest = _parted(condition)
    filters = Filters(tuple(documents), date=day)
    if rest is None:
        return filters
    return replace(
        filters, where=lambda passage: rest.holds(passage_attributes(passage, engine.library))
    )


def _parted(condition: Condition | None) -> tuple[datetime.date | None, Condition | None]:
    """Returns the day on which the texts must be in force, and the rest of a condition."""
    if condition is None:
        return None, None
    whole = condition if isinstance(condition, Combination) else Combination((condition,))
    named = [one for one in whole.conditions if _names_day(one)]
    if not named:
        return None, condition
    (only, *others) = named
    alone = not whole.any_of or len(whole.conditions) == 1
    if others or not alone or not isinstance(only, Comparison) or only.operator != "is":
        raise RequestError("filter-day", status=400, name=IN_FORCE_ON)
    if len(only.names) > 1 or not isinstance(only.value, str):
        raise RequestError("filter-day", status=400, name=IN_FORCE_ON)
    try:
        day = datetime.date.fromisoformat(only.value)
    except ValueError as error:
        raise RequestError("filter-day", status=400, name=IN_FORCE_ON) from error
    rest = tuple(one for one in whole.conditions if one is not only)
    return day, replace(whole, conditions=rest) if rest else None


def _names_day(condition: Condition) -> bool:
    if isinstance(condition, Combination):
        return any(map(_names_day, condition.conditions))
    return IN_FORCE_ON in condition.names


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
