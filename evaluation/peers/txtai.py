"""txtai's hybrid index: sparse and dense, its own default weights."""

from txtai import Embeddings

from evaluation.peers.exchange import Search, serve


def build(texts: list[str], model: str) -> Search:
    """Indexes the texts in both ways."""
    embeddings = Embeddings(
        path=model,
        hybrid=True,
        instructions={"query": "query: ", "data": "passage: "},
    )
    embeddings.index(texts)

    def search(text: str, k: int) -> list[tuple[int, float]]:
        return [(int(row), float(score)) for row, score in embeddings.search(text, k)]

    return search


if __name__ == "__main__":
    serve(build)
