"""FAISS and sentence-transformers as a tutorial joins them."""

import faiss
from sentence_transformers import SentenceTransformer

from evaluation.peers.exchange import Search, serve


def build(texts: list[str], model: str) -> Search:
    """Embeds the texts and indexes the embeddings."""
    encoder = SentenceTransformer(model)
    embeddings = encoder.encode(
        [f"passage: {text}" for text in texts], normalize_embeddings=True, show_progress_bar=False
    )
    index = faiss.IndexFlatIP(embeddings.shape[1])
    index.add(embeddings)

    def search(text: str, k: int) -> list[tuple[int, float]]:
        query = encoder.encode(
            [f"query: {text}"], normalize_embeddings=True, show_progress_bar=False
        )
        scores, rows = index.search(query, min(k, len(texts)))
        return [(int(row), float(s)) for row, s in zip(rows[0], scores[0], strict=True)]

    return search


if __name__ == "__main__":
    serve(build)
