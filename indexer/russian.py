"""Russian morphology, loaded once: its dictionaries take a third of a second."""

from functools import cache

from pymorphy3 import MorphAnalyzer


@cache
def morphology() -> MorphAnalyzer:
    """Returns the analyser that knows the dictionary forms of Russian words."""
    return MorphAnalyzer(lang="ru")
