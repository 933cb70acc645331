"""What each part of the ranking is worth: the whole, each part removed, some parts alone."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from evaluation.beir import Dataset
from evaluation.opening import open_index, open_system
from evaluation.systems import System, Tarmaq
from indexer.embedding import load_encoder
from indexer.models import find_model
from service.engine import Engine
from service.library import Library
from service.ranking.fusion import Ranking
from service.retrieval import Retriever
from service.settings import Settings

_ALONE = ("dense", "words", "coverage")
"""Parts that rank by themselves; the others change how these see the question."""


def variants() -> Iterator[tuple[str, Ranking]]:
    """Yields the whole ranking, then it without each part, then some parts alone, named."""
    whole = Ranking()
    parts = tuple(field.name for field in fields(Ranking))
    yield "all parts", whole
    for part in parts:
        yield f"without {part}", replace(whole, **{part: False})
    for part in _ALONE:
        yield f"only {part}", Ranking(**{other: other == part for other in parts})


def open_variants(
    dataset: Dataset, settings: Settings, cache: Path
) -> Iterator[tuple[str, System]]:
    """Yields plain baselines and every variant of the ranking, ready to be measured."""
    for name in ("bm25", "dense"):
        yield name, open_system(name, dataset, settings, cache)
    encoder = load_encoder(find_model(settings.models))
    index = open_index(dataset, settings.index, encoder, cache)
    library = Library(index)
    for label, ranking in variants():
        engine = Engine(index, Retriever(index, encoder, ranking), library)
        yield label, Tarmaq(engine, "tarmaq" if ranking == Ranking() else f"tarmaq {label}")
    engine = Engine(index, Retriever(index, encoder), library)
    yield "without interpretation", Tarmaq(engine, "tarmaq without interpretation", literal=True)
