"""Builds an index from a corpus, embedding only what an earlier index does not hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from indexer.corpus import Corpus
from indexer.embedding import Embeddings, Encoder
from indexer.errors import CorruptIndexError, DocumentError
from indexer.index import Manifest, ModelStamp, load_index, save_index
from indexer.passages import Passage
from indexer.vectors import VectorIndex

_BATCH = 16

Vector = NDArray[np.float32]
_Texts = tuple[str, str]


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
    texts = [embedded_texts(passage) for passage in corpus.passages]
    vectors = _embed(texts, _earlier(folder, model), encoder, progress=progress)
    return save_index(folder, corpus, VectorIndex.build(vectors), model)


def embedded_texts(passage: Passage) -> tuple[str, str]:
    """Returns the two texts of a passage that are embedded: alone, and under its headings.

    The inner product of a question with the mean of their embeddings is the mean of its two
    cosines: the headings tell what an item is about without drowning what it says.
    """
    return passage.text, ". ".join((*passage.heading_path, passage.text))


def _embed(
    pairs: Sequence[_Texts], known: Mapping[_Texts, Vector], encoder: Encoder, *, progress: bool
) -> Embeddings:
    """Returns the vectors of passages by their texts, computing those that are not known."""
    new = list(dict.fromkeys(pair for pair in pairs if pair not in known))
    vectors = dict(known)
    done = len(set(pairs)) - len(new)
    with tqdm(
        total=done + len(new),
        initial=done,
        desc="embedding",
        unit="passage",
        disable=not progress,
    ) as bar:
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            distinct = list(dict.fromkeys(text for pair in batch for text in pair))
            embeddings = dict(zip(distinct, encoder.encode_passages(distinct), strict=True))
            for plain, context in batch:
                vectors[plain, context] = (embeddings[plain] + embeddings[context]) / 2
            bar.update(len(batch))
    return np.stack([vectors[pair] for pair in pairs])


def _earlier(folder: Path, model: ModelStamp) -> Mapping[_Texts, Vector]:
    """Returns the vectors, by texts, of an index that the same model made."""
    try:
        index = load_index(folder)
    except CorruptIndexError:
        return {}
    if index.manifest.model != model:
        return {}
    texts = map(embedded_texts, index.corpus.passages)
    return dict(zip(texts, index.vectors.vectors(), strict=True))
