"""What each part of the ranking is worth: the whole, each part removed, some parts alone."""

from collections.abc import Iterator
from pathlib import Path

from evaluation.beir import Dataset
from evaluation.opening import open_index, open_system
from evaluation.systems import System, Tarmaq
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from service.engine.engine import Engine
from service.engine.filters import Filters
from service.ranking.fusion import DICTIONARY, Ranking, only
from service.settings import Settings


def variants() -> Iterator[tuple[str, Ranking]]:
    """Yields the whole ranking, then it without each part, then some parts alone, named."""
    parts = Ranking.parts()
    yield "all parts", Ranking()
    for part in parts:
        yield f"without {part}", Ranking(frozenset((part,)))
    for part in parts:
        if part != DICTIONARY:
            yield f"only {part}", only((part,))


def open_editions(
    dataset: Dataset, settings: Settings, cache: Path
) -> Iterator[tuple[str, System]]:
    """Yields the service with and without the translations and the written questions."""
    encoder = load_encoder(find_model(settings.models))
    index = open_index(dataset, settings.index, encoder, cache)
    whole, unasked = Engine(index, encoder), Engine(index, encoder, Ranking(frozenset(("asked",))))
    kazakh = Filters(languages=("kk",))
    yield "all editions, written questions", Tarmaq(whole)
    yield "all editions", Tarmaq(unasked, "tarmaq without asked")
    yield "Kazakh text, written questions", Tarmaq(whole, "tarmaq kk", filters=kazakh)
    yield "Kazakh text", Tarmaq(unasked, "tarmaq kk without asked", filters=kazakh)


def open_variants(
    dataset: Dataset, settings: Settings, cache: Path
) -> Iterator[tuple[str, System]]:
    """Yields plain baselines and every variant of the ranking, ready to be measured."""
    for name in ("bm25", "dense"):
        yield name, open_system(name, dataset, settings, cache)
    encoder = load_encoder(find_model(settings.models))
    index = open_index(dataset, settings.index, encoder, cache)
    for label, ranking in variants():
        engine = Engine(index, encoder, ranking)
        yield label, Tarmaq(engine, "tarmaq" if ranking == Ranking() else f"tarmaq {label}")
    engine = Engine(index, encoder)
    yield "without interpretation", Tarmaq(engine, "tarmaq without interpretation", literal=True)
