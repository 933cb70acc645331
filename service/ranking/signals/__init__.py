"""Signals: the kinds of evidence that a passage answers a question, each in a file of its own.

:data:`SIGNALS` is the one list of them. Fusion adds them up, confidence reads their features, the
ablation leaves each out, and a report shows what each said. A new signal is a file and a line.
"""

from typing import Final

from service.ranking.signals.asked import Asked
from service.ranking.signals.base import Measured, Query, Signal
from service.ranking.signals.coverage import Coverage
from service.ranking.signals.dense import Dense
from service.ranking.signals.expectation import Expectation
from service.ranking.signals.words import Words

SIGNALS: Final[tuple[type[Signal], ...]] = (Dense, Words, Coverage, Asked, Expectation)
"""Every signal, in the order in which features are listed."""

__all__ = ["SIGNALS", "Measured", "Query", "Signal"]
