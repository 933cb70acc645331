"""Builds an index from a corpus, embedding only what an earlier index does not hold."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from indexer.corpus import Corpus
from indexer.embedding import Embeddings, Encoder
from indexer.errors import CorruptIndexError, DocumentError
from indexer.index import Manifest, ModelStamp, load_index, save_index
from indexer.passages import Passage
from indexer.vectors import VectorIndex

_BATCH = 16


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
    texts = [embedded_text(passage) for passage in corpus.passages]
    vectors = _embed(texts, _earlier(folder, model), encoder, progress=progress)
    return save_index(folder, corpus, VectorIndex.build(vectors), model)


def embedded_text(passage: Passage) -> str:
    """Returns the text of a passage that is embedded."""
    return passage.text


def _embed(
    texts: Sequence[str], known: dict[str, Embeddings], encoder: Encoder, *, progress: bool
) -> Embeddings:
    new = list(dict.fromkeys(text for text in texts if text not in known))
    with tqdm(total=len(new), desc="embedding", unit="passage", disable=not progress) as bar:
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            known.update(zip(batch, encoder.encode_passages(batch), strict=True))
            bar.update(len(batch))
    return np.stack([known[text] for text in texts])


def _earlier(folder: Path, model: ModelStamp) -> dict[str, Embeddings]:
    """Returns the embeddings, by text, of an index that the same model made."""
    try:
        index = load_index(folder)
    except CorruptIndexError:
        return {}
    if index.manifest.model != model:
        return {}
    texts = map(embedded_text, index.corpus.passages)
    return dict(zip(texts, index.vectors.vectors(), strict=True))
