"""The words of a corpus, with an embedding each, for matching questions word by word."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from indexer.embedding import Embeddings
from indexer.errors import CorruptIndexError
from indexer.kazakh.alphabets import fold_homoglyphs, lower
from indexer.passages import Passage

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct words and their embeddings.

    Attributes:
        words: The words, sorted.
        vectors: Their embeddings as questions, shape ``(len(words), dimension)``.
    """

    words: tuple[str, ...]
    vectors: Embeddings

    def dump(self) -> bytes:
        """Returns the vocabulary as bytes, vectors in half precision."""
        buffer = io.BytesIO()
        np.savez(
            buffer,
            words=np.frombuffer("\n".join(self.words).encode(), dtype=np.uint8),
            vectors=self.vectors.astype(np.float16),
        )
        return buffer.getvalue()

    @classmethod
    def load(cls, content: bytes) -> "Vocabulary":
        """Reads what :meth:`dump` returned.

        Raises:
            CorruptIndexError: The bytes are something else.
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                words = tuple(arrays["words"].tobytes().decode().split("\n"))
                vectors = arrays["vectors"].astype(np.float32)
        except (OSError, ValueError, KeyError) as error:
            raise CorruptIndexError(f"The vocabulary is malformed ({error}).") from error
        if len(words) != len(vectors):
            raise CorruptIndexError("The vocabulary has not one vector a word.")
        return cls(words, vectors)


def words_of(text: str) -> list[str]:
    """Returns the words of ``text`` in reading order, lower case, look-alike letters folded."""
    return [fold_homoglyphs(word) for word in _WORD.findall(lower(text))]


def passage_words(passage: Passage) -> list[str]:
    """Returns the distinct words of a passage and of the headings above it."""
    texts = (passage.text, *passage.heading_path)
    return list(dict.fromkeys(word for text in texts for word in words_of(text)))


def vocabulary_of(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Returns the distinct words of ``passages``, sorted."""
    return tuple(sorted({word for passage in passages for word in passage_words(passage)}))
