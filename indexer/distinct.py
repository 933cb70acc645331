"""Distinct numbers, ascending: at every turn of a question.

``numpy.unique`` takes longer for the few hundred there are, and first imports the arrays with
masks, which nothing here has: 30 ms of a start.
"""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_Numbers = TypeVar("_Numbers", bound=NDArray[Any])


def distinct(*parts: _Numbers) -> _Numbers:
    """Returns the numbers of all ``parts``, at least one, each once and ascending."""
    numbers = np.concatenate(parts)
    numbers.sort()
    is_new = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return numbers[is_new]  # type: ignore[return-value]


def common(first: _Numbers, second: _Numbers) -> _Numbers:
    """Returns the numbers that are in both lists, in each of which every number is once."""
    return np.intersect1d(first, second, assume_unique=True)  # type: ignore[return-value]


def is_among(numbers: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Returns which of ``numbers`` are in a list however long, in the time of looking each up."""
    if not len(ascending):
        return np.zeros(len(numbers), dtype=np.bool_)
    places = np.minimum(np.searchsorted(ascending, numbers), len(ascending) - 1)
    return np.asarray(ascending[places] == numbers)
