"""Builds an index from a corpus, embedding only what an earlier index does not hold."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from indexer.corpus import Corpus
from indexer.embedding import Embeddings, Encoder
from indexer.errors import CorruptIndexError, DocumentError
from indexer.index import Manifest, ModelStamp, load_index, save_index
from indexer.passages import Passage
from indexer.vectors import VectorIndex
from indexer.vocabulary import Vocabulary, vocabulary_of

_BATCH = 16

_Key = TypeVar("_Key", bound=Hashable)
_Known = Mapping[_Key, NDArray[np.float32]]


def build_index(
    corpus: Corpus, folder: Path, encoder: Encoder, *, progress: bool = False
) -> Manifest:
    """Embeds the corpus and writes its index into ``folder``.

    Args:
        corpus: What to index; at least one passage.
        folder: Where the index lives; unchanged passages of an index that is there, made by the
            same model, are not embedded again.
        encoder: The embedding model.
        progress: Whether to draw a progress bar on standard error.

    Returns:
        The new index's manifest.

    Raises:
        DocumentError: The corpus holds no passage.
    """
    if not corpus.passages:
        raise DocumentError("The documents hold no passage: nothing to index.")
    model = ModelStamp(encoder.name, encoder.revision, encoder.dimension)
    known, known_words = _earlier(folder, model)
    texts = [embedded_texts(passage) for passage in corpus.passages]
    vectors = _embed(
        texts, known, lambda pairs: _mean(pairs, encoder), "passages", progress=progress
    )
    words = vocabulary_of(corpus.passages)
    embeddings = _embed(words, known_words, encoder.encode_queries, "words", progress=progress)
    vocabulary = Vocabulary(words, embeddings)
    return save_index(folder, corpus, VectorIndex.build(vectors), vocabulary, model)


def embedded_texts(passage: Passage) -> tuple[str, str]:
    """Returns the two texts of a passage that are embedded: alone, and under its headings.

    The inner product of a question with the mean of their embeddings is the mean of its two
    cosines: the headings tell what an item is about without drowning what it says.
    """
    return passage.text, ". ".join((*passage.heading_path, passage.text))


def _mean(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> Embeddings:
    distinct = list(dict.fromkeys(text for pair in pairs for text in pair))
    embeddings = dict(zip(distinct, encoder.encode_passages(distinct), strict=True))
    return np.stack([(embeddings[plain] + embeddings[context]) / 2 for plain, context in pairs])


def _embed(
    keys: Sequence[_Key],
    known: _Known[_Key],
    encode: Callable[[Sequence[_Key]], Embeddings],
    what: str,
    *,
    progress: bool,
) -> Embeddings:
    """Returns the vectors of ``keys``, computing those that are not known."""
    new = list(dict.fromkeys(key for key in keys if key not in known))
    vectors = dict(known)
    done = len(set(keys)) - len(new)
    with tqdm(
        total=done + len(new), initial=done, desc=f"embedding {what}", disable=not progress
    ) as bar:
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors.update(zip(batch, encode(batch), strict=True))
            bar.update(len(batch))
    return np.stack([vectors[key] for key in keys])


def _earlier(folder: Path, model: ModelStamp) -> tuple[_Known[tuple[str, str]], _Known[str]]:
    """Returns the vectors of passages, by their texts, and of words in an earlier index.

    Nothing where there is no index, or another model made it.
    """
    try:
        index = load_index(folder)
    except CorruptIndexError:
        return {}, {}
    if index.manifest.model != model:
        return {}, {}
    texts = map(embedded_texts, index.corpus.passages)
    return (
        dict(zip(texts, index.vectors.vectors(), strict=True)),
        dict(zip(index.vocabulary.words, index.vocabulary.vectors, strict=True)),
    )
