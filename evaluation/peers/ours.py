"""Tarmaq itself: indexes the corpus anew and answers with the engine that ships."""

from pathlib import Path
from tempfile import mkdtemp

from evaluation.peers.exchange import Search, serve
from indexer.building import build_index
from indexer.embedding import load_encoder
from indexer.index import load_index
from indexer.models import find_model
from service.engine import load_engine
from service.settings import Settings


def build(texts: list[str], model: str) -> Search:
    """Indexes the corpus of the index in the folder ``model`` again, into a new folder."""
    settings = Settings(index=Path(mkdtemp()))
    known = load_index(Path(model))
    encoder = load_encoder(find_model(settings.models, known.manifest.model.name))
    build_index(known.corpus, settings.index, encoder)
    engine = load_engine(settings)
    rows = {passage.id: row for row, passage in enumerate(known.corpus.passages)}

    def search(text: str, k: int) -> list[tuple[int, float]]:
        results = engine.ask(text, k=k).results
        return [(rows[result.passage.id], result.score) for result in results]

    return search


if __name__ == "__main__":
    serve(build)
