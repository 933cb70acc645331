"""``judge`` pools what systems found and writes the page on which people grade it."""

from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from evaluation import trec
from evaluation.beir import Dataset, read_dataset, read_unjudged
from evaluation.commands.options import CACHE, Cache, DatasetFolder, IndexFolder, settings_for
from evaluation.errors import DatasetError
from evaluation.judging import write_judging
from evaluation.judging.pool import pool
from evaluation.measurement import read_measurement
from evaluation.metrics import Run
from evaluation.opening import open_system
from evaluation.running import DEPTH
from evaluation.systems import every_passage
from indexer.stores.embedded import EmbeddedStore
from service.settings import Settings


def judge(
    folder: DatasetFolder,
    runs: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN...",
            help="What to pool: TREC run files, folders that run --out wrote, or systems to ask "
            "(tarmaq, dense, bm25, bm25-prefix, a service's address).",
        ),
    ],
    out: Annotated[Path, typer.Option(help="The HTML file to write.")] = Path("judging.html"),
    split: Annotated[
        str | None, typer.Option(help="Only questions of qrels/SPLIT.tsv; all by default.")
    ] = None,
    index: IndexFolder = None,
    depth: Annotated[int, typer.Option(min=1, help="Passages taken of each run.")] = DEPTH,
    most: Annotated[
        int | None, typer.Option("--questions", min=1, help="Only so many, drawn by the seed.")
    ] = None,
    judge_name: Annotated[
        str, typer.Option("--judge", help="Who grades; grades of each name are kept apart.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Another seed, another order.")] = 0,
    cache: Cache = CACHE,
) -> None:
    """Writes one HTML file in which people grade what was found, not knowing who found it."""
    settings = settings_for(index)
    dataset = read_unjudged(folder) if split is None else read_dataset(folder, split)
    found = [_run(name, dataset, settings, cache, depth) for name in runs]
    passages = dataset.corpus or every_passage(EmbeddedStore(settings.index).snapshot())
    pooled = pool(dataset.queries, found, passages, depth, seed)[:most]
    if not pooled:
        raise DatasetError(f"{folder}: no run found anything for its questions; nothing to grade.")
    write_judging(out, dataset.name, pooled, judge_name)
    pairs = sum(len(each.passages) for each in pooled)
    typer.echo(f"{out}: {len(pooled)} questions, {pairs} passages to grade; open it in a browser.")


def _run(name: str, dataset: Dataset, settings: Settings, cache: Path, depth: int) -> Run:
    path = Path(name)
    if path.is_file():
        return trec.read_run(path)
    if path.is_dir():
        return {outcome.id: outcome.found for outcome in read_measurement(path).outcomes}
    system = open_system(name, dataset, settings, cache)
    bar = tqdm(dataset.queries, desc=system.name, unit="question", disable=None, leave=False)
    return {query.id: system.ask(query.text, depth).passages for query in bar}


COMMANDS = {"judge": judge}
