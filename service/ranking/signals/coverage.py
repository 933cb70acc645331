"""Coverage: the share of a question's letter sequences that a passage holds.

BM25 over letter sequences of three to five, divided by the most that the question could score. It
shrinks by itself where little matches, as for a Russian question about a Kazakh text. Sequences
do for Kazakh what stemmers do elsewhere: a stem's letters stay when endings change.

Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework", 2009,
doi:10.1561/1500000019, with the inverse document frequency of Lucene.
"""

import math

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.corpus import Table
from indexer.analysis.sequences import COVERED, letter_sequences
from indexer.stores.base import Rows
from service.ranking.signals.base import Measured, Query, Signal

_K1 = 1.2
_B = 0.75


class Coverage(Signal):
    """Shared letter sequences."""

    name = "coverage"
    tables = ("sequences", "sequence_frequency", "lengths")

    @property
    def weight(self) -> float:
        """How many spreads of the cosine a perfect match is worth."""
        return 5.0

    def measure(self, query: Query, rows: Rows) -> Measured:
        """Returns the coverage of the question by each candidate, from 0 to 1."""
        words = self.snapshot.words
        asked = [word for unit in query.units for word in unit.words]
        _, hashes = letter_sequences(asked, COVERED)
        if not len(hashes) or not len(words.sequence_hashes):
            return Measured(np.zeros(len(rows), dtype=np.float32))
        distinct, times = np.unique(hashes, return_counts=True)
        places = np.minimum(
            np.searchsorted(words.sequence_hashes, distinct), len(words.sequence_hashes) - 1
        )
        known = words.sequence_hashes[places] == distinct
        places, times = places[known], times[known]
        if not len(places):
            return Measured(np.zeros(len(rows), dtype=np.float32))
        count = len(words)
        frequency = words.sequence_frequency[places]
        rarity = np.log1p((count - frequency + 0.5) / (frequency + 0.5)) * times
        held = self._held(rows, places)
        share = words.lengths[rows] / words.mean_length
        damped = held / (held + (_K1 * (1 - _B + _B * share))[:, None])
        highest = math.log(1 + (count + 0.5) / 0.5)
        scores = damped @ rarity / (len(hashes) * highest)
        return Measured(scores.astype(np.float32))

    def _held(self, rows: Rows, places: Rows) -> NDArray[np.float64]:
        """Returns how often each candidate holds each sequence, shape ``(rows, places)``."""
        words = self.snapshot.words
        holders, sequence, stands = words.sequences.gather(places)
        held = words.held(rows)
        with words.numbering(held.distinct) as numbers:
            number = numbers[holders]
        # The words of candidates that hold a sequence, each with its sequences.
        met = np.flatnonzero(number)
        met = met[np.argsort(number[met], kind="stable")]
        starts = np.searchsorted(number[met], np.arange(1, len(held.distinct) + 2))
        found, at, _ = Table(starts, met).gather(held.numbers - 1)
        cells = held.owners[at] * len(places) + sequence[found]
        times = words.sequence_times[stands[found]].astype(np.float64)
        weights = times * words.counts[held.places[at]]
        counted = np.bincount(cells, weights=weights, minlength=len(rows) * len(places))
        return counted.astype(np.float64).reshape(len(rows), len(places))
