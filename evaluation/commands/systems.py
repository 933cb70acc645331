"""``models``, ``peers``, ``ablation``, ``bench`` and ``figures`` measure several systems."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation import bench as benching
from evaluation import tables
from evaluation.beir import read_dataset
from evaluation.commands.options import (
    CACHE,
    CONCEPT,
    OURS,
    AsJson,
    Cache,
    DatasetFolder,
    IndexFolder,
    Split,
    settings_for,
)
from evaluation.contest import PEERS, install_missing
from evaluation.figures import fill
from evaluation.models import compare_models
from indexer.embedding import load_encoder
from indexer.models import find_model
from service.engine import load_engine

ENVIRONMENTS = Path("build/peers")
Environments = Annotated[
    Path, typer.Option(help="Folder with a virtual environment for each peer.")
]

Install = Annotated[
    bool, typer.Option("--install", help="First make the peers' environments where missing.")
]


def models(
    folder: DatasetFolder, split: Split = "test", index: IndexFolder = None, cache: Cache = CACHE
) -> None:
    """Compares every model of models.txt; says which could not be loaded, and why."""
    typer.echo(tables.models(compare_models(folder, split, settings_for(index), cache)))


def peers(
    folder: DatasetFolder,
    split: Split = "test",
    index: IndexFolder = None,
    only: Annotated[
        list[str] | None, typer.Option(help=f"One of {', '.join(PEERS)}; may be repeated.")
    ] = None,
    environments: Environments = ENVIRONMENTS,
    installs: Install = False,
    cache: Cache = CACHE,
) -> None:
    """Compares Tarmaq with other systems on the same questions and machine, in turn."""
    chosen = tuple(only or PEERS)
    if unknown := [name for name in chosen if name not in PEERS]:
        raise typer.BadParameter(f"no peer {unknown[0]!r}; known: {', '.join(PEERS)}")
    if installs:
        install_missing(chosen if only else (*chosen, "mteb"), environments)
    typer.echo(tables.peers([folder], split, settings_for(index), cache, environments, chosen))


def ablation(
    folder: DatasetFolder, split: Split = "test", index: IndexFolder = None, cache: Cache = CACHE
) -> None:
    """Measures the ranking whole, without each part, with each part alone, and plain baselines."""
    typer.echo(tables.ablation([folder], split, settings_for(index), cache))


def bench(
    folder: Annotated[Path, typer.Argument(metavar="[DATASET]", help="Questions.")] = CONCEPT,
    split: Split = "test",
    index: IndexFolder = None,
    rounds: Annotated[int, typer.Option(min=1, help="How often each question is asked.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many questions.")] = None,
    as_json: AsJson = False,
) -> None:
    """Times the service against the bare engine's embedding of the same questions."""
    settings = settings_for(index)
    texts = [query.text for query in read_dataset(folder, split).queries][:limit]
    engine = load_engine(settings)
    encoder = load_encoder(find_model(settings.models, engine.index.manifest.model.name))
    with benching.served(settings.index) as address:
        found = benching.bench(texts, engine, encoder, address, rounds)
    if as_json:
        extra = {"engine_difference": found.engine_difference, "http_ratio": found.http_ratio}
        typer.echo(json.dumps({**asdict(found), **extra}))
        return
    typer.echo(f"{found.questions} questions, {found.rounds} rounds, milliseconds")
    for name, times in (("embedding", found.bare), ("engine", found.engine), ("HTTP", found.http)):
        typer.echo(
            f"{name:>9}  p50 {times.p50:7.2f}  p95 {times.p95:7.2f}  p99 {times.p99:7.2f}  "
            f"{times.per_second:.1f} questions a second"
        )
    for name, times, extra_ms in (
        ("engine", found.engine, found.engine_extra),
        ("HTTP", found.http, found.http_extra),
    ):
        typer.echo(
            f"{name}: p50 {times.p50 / found.bare.p50:.2f} times the embedding, "
            f"{times.p50 - found.bare.p50:+.2f} ms (median of paired differences {extra_ms:+.2f})"
        )


def figures(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Markdown file with markers.")],
    only: Annotated[
        list[str] | None, typer.Option(help="Only this table; may be repeated.")
    ] = None,
    datasets: Annotated[
        list[Path] | None,
        typer.Option("--dataset", help="More datasets for the table of accuracy."),
    ] = None,
    split: Split = "test",
    index: IndexFolder = None,
    environments: Environments = ENVIRONMENTS,
    installs: Install = False,
    cache: Cache = CACHE,
) -> None:
    """Measures and rewrites the tables of a Markdown file between their markers."""
    settings = settings_for(index)
    if installs:
        install_missing(PEERS, environments)
    makers = {
        "accuracy": lambda: tables.accuracy((*OURS, *(datasets or ())), split, settings, cache),
        "ablation": lambda: tables.ablation(OURS, split, settings, cache),
        "peers": lambda: tables.peers(OURS, split, settings, cache, environments, tuple(PEERS)),
        "typing": lambda: tables.typing(OURS[:1], split, settings, cache),
        "models": lambda: tables.models(compare_models(OURS[0], split, settings, cache)),
        "refusal": lambda: tables.refusals(OURS, split, settings, cache),
    }
    fill(file, makers, only or ())
    typer.echo(f"{file}: tables written.")


COMMANDS = {
    "models": models,
    "peers": peers,
    "ablation": ablation,
    "bench": bench,
    "figures": figures,
}
