"""BM25 as the documentation of bm25s sets it up."""

import bm25s

from evaluation.peers.exchange import Search, serve


def build(texts: list[str], model: str) -> Search:
    """Indexes the texts' words."""
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)

    def search(text: str, k: int) -> list[tuple[int, float]]:
        tokens = bm25s.tokenize(text, stopwords=None, show_progress=False)
        rows, scores = retriever.retrieve(tokens, k=min(k, len(texts)), show_progress=False)
        return [(int(row), float(s)) for row, s in zip(rows[0], scores[0], strict=True)]

    return search


if __name__ == "__main__":
    serve(build)
