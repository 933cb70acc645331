"""What a signal is."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from indexer.languages.codes import Language
from indexer.stores.base import Rankable, Rows, Scores
from service.ranking.dictionary import Unit


@dataclass(frozen=True, slots=True)
class Query:
    """A question as signals see it.

    Attributes:
        text: The question as it is searched.
        language: Its language.
        units: What it is about.
        vector: Its embedding, shape ``(dimension,)``.
    """

    text: str
    language: Language
    units: tuple[Unit, ...]
    vector: Scores


@dataclass(frozen=True, slots=True)
class Measured:
    """What one signal says of the candidates of a question.

    Attributes:
        scores: One number a candidate: the higher, the better; its scale is the signal's own.
        details: Further numbers a candidate that its features need, by name.
        facts: Numbers about the question as a whole that its features need, by name.
    """

    scores: Scores
    details: Mapping[str, Scores | Rows] = field(default_factory=dict)
    facts: Mapping[str, float] = field(default_factory=dict)


class Signal(ABC):
    """One kind of evidence, over one generation of a store.

    Attributes:
        name: What tables and ``without`` call it.
        tables: What it uses of what is prepared when a document is added, for the reader: names of
            :class:`indexer.analysis.corpus.CorpusWords` or of the snapshot.
        features: Names of what confidence may judge by, in the order of :meth:`describe`.
        ranks: Whether it changes the order; where not it only has features.
    """

    name: ClassVar[str]
    tables: ClassVar[tuple[str, ...]] = ()
    features: ClassVar[tuple[str, ...]] = ()
    ranks: ClassVar[bool] = True

    def __init__(self, snapshot: Rankable) -> None:
        """Takes the generation; whatever costs time was prepared when its documents were added."""
        self.snapshot = snapshot

    @property
    def weight(self) -> float:
        """What its score is multiplied by when all are added up."""
        return 1.0

    def propose(self, query: Query, k: int, allowed: Rows | None) -> Rows:
        """Returns about ``k`` rows worth looking at, of ``allowed`` ones; none by default."""
        return np.empty(0, dtype=np.int64)

    @abstractmethod
    def measure(self, query: Query, rows: Rows) -> Measured:
        """Scores candidates; the cost grows with them and not with the corpus."""

    def describe(
        self, query: Query, measured: Mapping[str, Measured], place: int
    ) -> tuple[float, ...]:
        """Returns the values of :attr:`features` for the candidate at ``place``.

        Args:
            query: The question.
            measured: What every signal says of the candidates, by the signal's name.
            place: Of the candidate among them.
        """
        return ()
