"""The command that fits what the service ships."""

import json
from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir import read_dataset
from evaluation.commands.options import CACHE, Cache, IndexFolder, ModelName, settings_for
from evaluation.fitting import Observation, fit, observe, record
from evaluation.opening import open_engine
from indexer.embedding import load_encoder
from indexer.models import find_model

_FILE = Path("service/ranking/data/confidence.json")


def fit_confidence(
    folders: Annotated[list[Path], typer.Argument(metavar="DATASET...", help="BEIR folders.")],
    split: Annotated[str, typer.Option(help="Which qrels; never those reported.")] = "tune",
    index: IndexFolder = None,
    model: ModelName = None,
    out: Annotated[Path, typer.Option(help="The service's data file.")] = _FILE,
    cache: Cache = CACHE,
) -> None:
    """Fits the confidence of the service for one embedding model."""
    settings = settings_for(index)
    encoder = load_encoder(find_model(settings.models, model))
    observations: list[Observation] = []
    for folder in folders:
        dataset = read_dataset(folder, split)
        observations += observe(dataset, open_engine(dataset, settings.index, encoder, cache))
    known = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    known[encoder.name] = record(fit(observations))
    out.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"{out}: {encoder.name}, {len(observations)} questions")


COMMANDS = {"fit-confidence": fit_confidence}
