"""What an embedding model does, whatever runs it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ModelError
from indexer.normalisation import sanitise

Embeddings: TypeAlias = NDArray[np.float32]
"""Embeddings, one a row: shape ``(n, dimension)``, float32, rows of unit length."""


@dataclass(frozen=True, slots=True)
class TokenEmbeddings:
    """The tokens of one text in their context, and the embedding that comes of them.

    Attributes:
        offsets: The characters of the sanitised text that each token stands for, shape ``(n, 2)``,
            int32, begin and end, in ascending order, without the space before a word; a token that
            is only a space is empty.
        vectors: The tokens' contextual vectors, shape ``(n, dimension)``, float32, of any length.
        embedding: The text's embedding, shape ``(dimension,)``, as the other methods give it.
    """

    offsets: NDArray[np.int32]
    vectors: NDArray[np.float32]
    embedding: NDArray[np.float32]


class Encoder(Protocol):
    """Embeds questions and passages with one model."""

    @property
    def name(self) -> str:
        """The model's name in ``models.txt``."""

    @property
    def revision(self) -> str:
        """Hash of the model's weights: other weights, other revision."""

    @property
    def engine(self) -> str:
        """What runs the weights, with its version; the embeddings do not depend on it."""

    @property
    def dimension(self) -> int:
        """Length of an embedding."""

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Returns the embeddings of questions, shape ``(len(texts), dimension)``."""

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Returns the embeddings of passages, shape ``(len(texts), dimension)``."""

    def encode_tokens(self, texts: Sequence[str], *, is_query: bool) -> list[TokenEmbeddings]:
        """Returns the tokens' vectors of each text, and its embedding from the same run.

        Raises:
            ModelError: What runs the model does not give them.
        """

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Returns how many tokens the texts have, without those that the model puts around them."""


class SanitisingEncoder(ABC):
    """Base of the encoders: sanitises, then lets a library embed."""

    name: str
    revision: str
    engine: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Returns the embeddings of questions, shape ``(len(texts), dimension)``."""
        return self._encode(texts, is_query=True)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Returns the embeddings of passages, shape ``(len(texts), dimension)``."""
        return self._encode(texts, is_query=False)

    def encode_tokens(self, texts: Sequence[str], *, is_query: bool) -> list[TokenEmbeddings]:
        """Returns the tokens' vectors of each text, and its embedding from the same run.

        Raises:
            ModelError: What runs the model does not give them.
        """
        return self._embed_tokens([sanitise(text) for text in texts], is_query=is_query)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Returns how many tokens the texts have, without those that the model puts around them."""
        return sum(self._length(sanitise(text)) for text in texts)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Embeddings:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._embed([sanitise(text) for text in texts], is_query=is_query)

    @abstractmethod
    def _embed(self, texts: list[str], *, is_query: bool) -> Embeddings:
        """Embeds sanitised texts."""

    @abstractmethod
    def _length(self, text: str) -> int:
        """Returns how many tokens a sanitised text has."""

    def _embed_tokens(self, texts: list[str], *, is_query: bool) -> list[TokenEmbeddings]:
        raise ModelError(
            f"{self.name}: {self.engine} gives no vectors of tokens; use a model with loader=onnx "
            "in models.txt, and install onnxruntime."
        )
