"""Tarmaq itself: indexes the corpus anew and answers with the engine that ships."""

from pathlib import Path
from tempfile import mkdtemp

from evaluation.opening import sources_in
from evaluation.peers.exchange import Search, serve
from evaluation.systems import every_passage
from indexer.building import build as index
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import load_engine
from service.settings import Settings


def build(texts: list[str], model: str) -> Search:
    """Indexes the corpus of the index in the folder ``model`` again, into a new folder."""
    settings = Settings(index=Path(mkdtemp()))
    known = EmbeddedStore(Path(model)).snapshot()
    encoder = load_encoder(find_model(settings.models, known.model.name))
    index(sources_in(known), EmbeddedStore(settings.index), encoder)
    engine = load_engine(settings)
    rows: dict[str, int] = {}
    for passage in every_passage(known):
        rows.setdefault(passage.id, len(rows))

    def search(text: str, k: int) -> list[tuple[int, float]]:
        results = engine.ask(text, k=k).results
        return [(rows[result.passage.id], result.score) for result in results]

    return search


if __name__ == "__main__":
    serve(build)
