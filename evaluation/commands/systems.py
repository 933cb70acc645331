"""``models``, ``peers``, ``ablation``, ``bench`` and ``figures`` measure several systems."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation import bench as benching
from evaluation import profiling, tables
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
from evaluation.hardware import measure_hardware
from evaluation.models import compare_models
from evaluation.processes import served
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from service.engine.engine import load_engine

ENVIRONMENTS = Path("build/peers")
_BARE = "intfloat/multilingual-e5-small"
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
    beside: Annotated[
        list[str] | None,
        typer.Option(help="NAME=ADDRESS of another service asked in turn; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Times the service against the bare engine's embedding of the same questions."""
    settings = settings_for(index)
    texts = [query.text for query in read_dataset(folder, split).queries][:limit]
    engine = load_engine(settings)
    encoder = load_encoder(find_model(settings.models, engine.snapshot.model.name))
    floor = load_encoder(find_model(settings.models, _BARE))
    others = {name: address for name, _, address in (one.partition("=") for one in beside or ())}
    with (
        served(settings.index) as server,
        benching.askers(floor, encoder, engine, server.address, **others) as asked,
    ):
        found = benching.bench(texts, asked, rounds)
        memory = server.memory()
    hardware = measure_hardware()
    files = (path for path in settings.index.rglob("*") if path.is_file())
    size = sum(path.stat().st_size for path in files) / 1e6
    if as_json:
        told = {"start": asdict(server.start), "memory": asdict(memory), "index_mb": size}
        ratios = {name: found.ratio(name) for name in found.times}
        typer.echo(
            json.dumps({**asdict(found), "ratios": ratios, "hardware": asdict(hardware), **told})
        )
        return
    typer.echo(
        f"{found.questions} questions, {found.rounds} rounds, {len(engine.snapshot):,} passages; "
        f"milliseconds"
    )
    for name, times in found.times.items():
        typer.echo(
            f"{name:>9}  p50 {times.p50:7.2f}  p95 {times.p95:7.2f}  p99 {times.p99:7.2f}  "
            f"{found.ratio(name):5.2f} times {benching.FLOOR}"
        )
    typer.echo(f"a question of 2,000 characters: {found.long:.1f} times a normal one")
    typer.echo(
        f"start to the first answer: {server.start.cpu:.2f} CPU s, {server.start.wall:.2f} s\n"
        f"memory: {memory.resident:.0f} MB, of which {memory.private:.0f} MB its own; "
        f"index on disk {size:.0f} MB\n"
        f"this machine: {hardware.gflops:.0f} GFLOP/s, {hardware.bandwidth:.1f} GB/s"
    )


def profile(
    folder: Annotated[Path, typer.Argument(metavar="[DATASET]", help="Questions.")] = CONCEPT,
    split: Split = "test",
    index: IndexFolder = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many questions.")] = None,
) -> None:
    """Says what a question costs, stage by stage, in processor time."""
    settings = settings_for(index)
    texts = [query.text for query in read_dataset(folder, split).queries][:limit]
    floor = load_encoder(find_model(settings.models, _BARE))
    found = profiling.profile(texts, load_engine(settings), floor)
    typer.echo(f"{len(texts)} questions, CPU milliseconds; {benching.FLOOR} {found.floor:.2f}")
    for name, cost in found.stages.items():
        typer.echo(f"{name:>9}  {cost:6.2f}  {cost / found.floor:5.2f} times {benching.FLOOR}")
    typer.echo(f"    whole  {found.whole:6.2f}  {found.whole / found.floor:5.2f}")


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
        "editions": lambda: tables.editions(OURS, split, settings, cache),
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
    "profile": profile,
    "figures": figures,
}
