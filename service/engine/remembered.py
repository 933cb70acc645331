"""Answers kept for those who ask the same again: one generation's, the most recent ones."""

import datetime
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

_T = TypeVar("_T")


class Remembered(Generic[_T]):
    """At most so many results by what they were asked with; safe to use from several threads.

    Attributes:
        hits: How often a result was there.
        misses: How often it was not.
    """

    def __init__(self, most: int) -> None:
        """Keeps ``most`` results; none where it is 0."""
        self._kept: LRUCache[Hashable, _T] = LRUCache(max(1, most))
        self._is_used = most > 0
        self._lock = threading.Lock()
        self.hits = self.misses = 0

    def get(self, asked: Hashable, find: Callable[[], _T]) -> _T:
        """Returns the result of ``asked``, found now where it is not kept; failures are not kept.

        Editions come into force at midnight: what was found on another day is found again.
        """
        if not self._is_used:
            return find()
        key = (datetime.date.today(), asked)
        with self._lock:
            kept = self._kept.get(key)
            self.hits += kept is not None
            self.misses += kept is None
        if kept is not None:
            return kept
        found = find()
        with self._lock:
            self._kept[key] = found
        return found
