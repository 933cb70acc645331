"""The command that fits what the service ships."""

import json
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir import read_dataset
from evaluation.commands.options import CACHE, Cache, IndexFolder, ModelName, settings_for
from evaluation.fitting import Observation, fit, observe, record
from evaluation.opening import open_engine
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from service.ranking.confidence import UNASKED

_FILE = Path("service/ranking/data/confidence.json")


def fit_confidence(
    folders: Annotated[list[Path], typer.Argument(metavar="DATASET...", help="BEIR folders.")],
    split: Annotated[str, typer.Option(help="Which qrels; never those reported.")] = "tune",
    index: IndexFolder = None,
    among: Annotated[
        list[Path] | None,
        typer.Option(help="A larger index with the same documents: all is asked there, too."),
    ] = None,
    model: ModelName = None,
    questions: Annotated[
        bool, typer.Option(help="Fit for passages that questions were written for, or for others.")
    ] = True,
    out: Annotated[Path, typer.Option(help="The service's data file.")] = _FILE,
    cache: Cache = CACHE,
) -> None:
    """Fits the confidence of the service for one embedding model."""
    settings = settings_for(index)
    encoder = load_encoder(find_model(settings.models, model))
    observations: list[Observation] = []
    for folder, place in product(folders, (settings.index, *(among or ()))):
        dataset = read_dataset(folder, split)
        engine = open_engine(dataset, place, encoder, cache)
        observations += observe(dataset, engine, with_questions=questions)
    known = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    name = encoder.name if questions else f"{encoder.name}{UNASKED}"
    known[name] = record(fit(observations))
    out.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{out}: {name}, {len(observations)} questions")


COMMANDS = {"fit-confidence": fit_confidence}
