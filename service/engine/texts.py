"""Texts of a request, looked at as a generation of passages: what ranking reads of one."""

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from indexer.analysis.corpus import CorpusWords, merge
from indexer.analysis.texts import analyse
from indexer.documents.description import Document, Edition, Trilingual
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.languages import LANGUAGES
from indexer.stores.base import EditionRows, Rows, Scores, Statistics
from service.normalisation.recognition import recognise

_NAME: Final = "texts"


class Texts:
    """Texts that no store holds, as ranking reads passages; each is one item of one passage."""

    def __init__(
        self,
        texts: Sequence[str],
        vectors: Embeddings,
        owners: Sequence[int],
        statistics: Statistics,
    ) -> None:
        """Takes the texts.

        Args:
            texts: The texts.
            vectors: Embeddings of their parts, shape ``(n, dimension)``.
            owners: The text that each part is of; every text has one.
            statistics: Those of the corpus that scores are to be compared with.
        """
        self.statistics = statistics
        self.documents = MappingProxyType[str, Document]({})
        self._vectors = vectors
        self._owners = np.asarray(owners, dtype=np.int64)
        # Passages stand by language, as editions do.
        spoken = [recognise(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: LANGUAGES.index(spoken[place]))
        self.places: Rows = np.array(order, dtype=np.int64)
        self._rows = np.empty(len(texts), dtype=np.int64)
        self._rows[order] = np.arange(len(texts))
        self._passages = tuple(
            Passage(_NAME, f"al_{row + 1}", spoken[place], None, (), texts[place])
            for row, place in enumerate(order)
        )
        self.editions = tuple(self._editions([spoken[place] for place in order]))
        self.items: Rows = np.arange(len(texts), dtype=np.int64)
        self.words = CorpusWords(
            merge([analyse(self._passages[one.start : one.stop]) for one in self.editions])
        )

    def __len__(self) -> int:
        return len(self._passages)

    def passages(self, rows: Iterable[int]) -> tuple[Passage, ...]:
        """Returns the texts in ``rows`` as passages."""
        return tuple(self._passages[row] for row in rows)

    def nearest(self, query: Scores, k: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """Returns the ``k`` texts nearest to ``query``, best first."""
        wanted = self.items if rows is None else rows
        cosines = self.similarities(query, wanted)
        order = np.argsort(-cosines, kind="stable")[:k]
        return wanted[order], cosines[order]

    def asked(self, query: Scores, k: int) -> tuple[Rows, Scores]:
        """Nobody wrote questions for them."""
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)

    def similarities(self, query: Scores, rows: Rows) -> Scores:
        """Returns the cosine of the nearest part of each text."""
        best: Scores = np.full(len(self), -1, dtype=np.float32)
        np.maximum.at(best, self._rows[self._owners], self._vectors @ query)
        return best[rows]

    def _editions(self, spoken: Sequence[str]) -> Iterable[EditionRows]:
        name = Trilingual(_NAME, _NAME, _NAME)
        for code in LANGUAGES:
            if code in spoken:
                start = spoken.index(code)
                edition = Edition(code)
                document = Document(_NAME, "", name, (edition,))
                yield EditionRows(document, edition, start, start + spoken.count(code))
