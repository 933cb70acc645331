"""The contract of a store: what holds documents, passages and vectors, and finds them again.

A store is written one document at a time, each change whole or not at all, and read through a
:class:`Snapshot`, which goes on showing the generation it was opened at. Passages of a generation
are numbered from 0 in a fixed order, editions one after another: their *rows*.
``tests/conformance`` holds what every store must do.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.acts.citations import Citation
from indexer.analysis.corpus import CorpusWords
from indexer.documents.corpus import Expression
from indexer.documents.description import Document, Edition
from indexer.documents.keys import Key
from indexer.documents.outline import Outline
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.languages.tables import WordTables

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelStamp:
    """The model that made a store's embeddings."""

    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """An edition with its vectors.

    Attributes:
        expression: The edition.
        vectors: Embeddings of its passages, shape ``(n, dimension)``; a long passage has several.
        owners: The passage that each vector belongs to, by its place, shape ``(n,)``, ascending.
        texts: What each vector is known by: the hash of the text that it embeds.
    """

    expression: Expression
    vectors: Embeddings
    owners: NDArray[np.int64]
    texts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that an item answers.

    Attributes:
        eid: Address of the item.
        text: What its vector is known by: the hash of the question.
        vector: Its embedding as a question, shape ``(dimension,)``.
    """

    eid: str
    text: bytes
    vector: Scores


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document ready to be stored, with the questions that were written for its items."""

    document: Document
    editions: tuple[Embedded, ...]
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionRows:
    """An edition and the rows of its passages, which stand together.

    Attributes:
        document: Its document.
        edition: The edition.
        start: Row of its first passage.
        stop: Row after its last one.
    """

    document: Document
    edition: Edition
    start: int
    stop: int

    @property
    def key(self) -> Key:
        """Its key."""
        return self.document.key(self.edition)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What ranking needs to know of the corpus as a whole.

    Attributes:
        spread: How far inner products of its vectors differ: their standard deviation.
        asked_spread: The same of its written questions; 0 where there are none.
        words: Its words, with those weights and spellings that questions are read by.
        definitions: Short names that documents define, with the full ones.
    """

    spread: float
    asked_spread: float
    words: WordTables
    definitions: tuple[tuple[str, str], ...]


class Rankable(Protocol):
    """Rows of passages as ranking reads them; safe to read from several threads."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, sorted."""

    @property
    def editions(self) -> Sequence[EditionRows]:
        """The editions with their rows, ascending."""

    @property
    def items(self) -> Rows:
        """For each row the first row of the same item: equal ones are editions of one item."""

    @property
    def words(self) -> CorpusWords:
        """The words of the rows."""

    @property
    def statistics(self) -> Statistics:
        """What is known of the corpus as a whole."""

    def __len__(self) -> int:
        """Returns the number of rows."""

    def passages(self, rows: Iterable[int]) -> tuple[Passage, ...]:
        """Returns the passages in ``rows``."""

    def nearest(self, query: Scores, k: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """Returns the ``k`` rows whose vectors are nearest to ``query``, best first.

        Args:
            query: An embedding, shape ``(dimension,)``.
            k: Number of rows wanted.
            rows: Rows to search among, ascending; None for all.

        Returns:
            Rows and inner products. Equal ones come in ascending order of rows.
        """

    def asked(self, query: Scores, k: int) -> tuple[Rows, Scores]:
        """Returns the items whose written questions are nearest to a question, best first.

        Args:
            query: The embedding of the question, shape ``(dimension,)``.
            k: Number of written questions compared at most.

        Returns:
            Items (as in :attr:`items`), each once, and the inner product of its nearest question.
        """

    def similarities(self, query: Scores, rows: Rows) -> Scores:
        """Returns the greatest inner product of ``query`` with the vectors of each of ``rows``."""


class Snapshot(Rankable, Protocol):
    """One generation of a store; safe to read from several threads."""

    @property
    def generation(self) -> int:
        """Its number; it grows with every change."""

    @property
    def model(self) -> ModelStamp:
        """The model that made the vectors."""

    def siblings(self, rows: Rows) -> Rows:
        """Returns ``rows`` with all rows of the same items, ascending."""

    def outline(self, edition: EditionRows) -> Outline:
        """Returns the outline of an edition."""

    def notes(self, edition: EditionRows) -> Mapping[str, tuple[str, ...]]:
        """Returns the editor's notes about the elements of an edition, by address.

        Those of the empty address are about the act.
        """

    def citations(self, edition: EditionRows) -> Sequence[tuple[int, Citation]]:
        """Returns what the passages of an edition cite, each with its passage's row."""

    def citing(self, acts: Iterable[str]) -> Sequence[tuple[int, Citation]]:
        """Returns what cites acts by the keys of their names, each with its passage's row."""


class Store(Protocol):
    """Where documents are kept."""

    @property
    def name(self) -> str:
        """What messages call it: where it is, without a password."""

    @property
    def folder(self) -> Path:
        """Where this machine keeps what is derived; embeddings by text are kept beside it."""

    def exists(self) -> bool:
        """Whether anything is there, damaged or not: then nothing may be made in its place."""

    def put(
        self, documents: Iterable[Indexed], model: ModelStamp, expected: int | None = None
    ) -> int:
        """Adds documents, or replaces those of the same id, in one step.

        Args:
            documents: The documents.
            model: The model that made their vectors.
            expected: The generation that must still be the newest one; None for any.

        Returns:
            The generation that holds them.

        Raises:
            ConflictError: There is a newer generation than the one expected.
            StoreError: They cannot be written, or another model made the vectors of the rest.
        """

    def replace_all(self, documents: Iterable[Indexed], model: ModelStamp, kept: set[str]) -> int:
        """Puts documents, and removes those that are neither put nor ``kept``, in one step."""

    def remove(self, ids: Iterable[str], expected: int | None = None) -> int:
        """Removes documents in one step and returns the new generation.

        Args:
            ids: Ids of documents.
            expected: The generation that must still be the newest one; None for any.

        Raises:
            ConflictError: There is a newer generation than the one expected.
            StoreError: There is no such document, or it cannot be written.
        """

    def generation(self) -> int:
        """Returns the number of the newest generation; 0 for a store without any."""

    def generations(self) -> tuple[int, ...]:
        """Returns the numbers of the generations that can still be opened, the newest first."""

    def model(self) -> ModelStamp:
        """Returns the model of the vectors.

        Raises:
            CorruptIndexError: There is no generation, or it is damaged.
        """

    def snapshot(self, generation: int | None = None) -> Snapshot:
        """Opens a generation, by default the newest.

        Raises:
            CorruptIndexError: There is none, or it is damaged; says what to do.
        """

    def known_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, Embeddings]:
        """Returns the vectors of texts that the store holds, by the texts' hashes.

        A vector that may be damaged is not among them.
        """

    def sources(self) -> dict[str, tuple[Document, tuple[tuple[str, str], ...]]]:
        """Returns each document with source and reading of its editions, by id.

        One that is damaged is left out where putting it again mends it.
        """

    def contents(self) -> Iterator[Indexed]:
        """Yields the documents of the newest generation as they were put, in order.

        Whatever store they are put into then answers alike.

        Raises:
            CorruptIndexError: There is no generation, or something of it is damaged.
        """

    def check(self) -> tuple[str, ...]:
        """Returns what is damaged, a sentence each; nothing where everything is whole."""

    def check_writable(self, size: int) -> None:
        """Makes sure that about so many bytes can be written, before the work for them is done.

        Raises:
            StoreError: They cannot; says what to do.
        """

    def set_aside_unreadable(self) -> Path | None:
        """Renames a store that is damaged or of another format, so that one may be built anew.

        Returns:
            The new name; None where nothing was renamed.
        """


def text_hash(*texts: str) -> bytes:
    """Returns what the vector of texts is known by."""
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=16).digest()
