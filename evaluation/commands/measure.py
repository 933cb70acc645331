"""``run`` asks a system a dataset's questions, ``score`` measures what was found elsewhere."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation import trec
from evaluation.beir import answerable, digest, read_dataset
from evaluation.commands.options import (
    CACHE,
    AsJson,
    Cache,
    DatasetFolder,
    IndexFolder,
    ModelName,
    Split,
    settings_for,
)
from evaluation.errors import DatasetError
from evaluation.measurement import Measurement, read_measurement
from evaluation.metrics import NAMES, decimal, estimate, per_query
from evaluation.opening import open_system
from evaluation.running import DEPTH, identify, measure


def run(
    folder: DatasetFolder,
    split: Split = "test",
    system: Annotated[
        str, typer.Option(help="tarmaq, dense, bm25, bm25-prefix, or a service's address.")
    ] = "tarmaq",
    index: IndexFolder = None,
    model: ModelName = None,
    out: Annotated[
        Path | None, typer.Option(help="Keep the measurement in this folder; resumes one there.")
    ] = None,
    run_file: Annotated[
        Path | None, typer.Option("--run", help="Write the run here, in TREC format.")
    ] = None,
    qrels_file: Annotated[
        Path | None, typer.Option("--qrels", help="Write the qrels here, in TREC format.")
    ] = None,
    per_query_file: Annotated[
        Path | None, typer.Option("--per-query", help="Write every question's measures here, TSV.")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, help="Passages asked for.")] = DEPTH,
    cache: Cache = CACHE,
    as_json: AsJson = False,
) -> None:
    """Asks every question of a dataset and prints the metrics for each language."""
    settings = settings_for(index)
    dataset = read_dataset(folder, split)
    if dataset.blank:
        typer.echo(
            f"warning: {folder}: {len(dataset.blank)} passages without a word are left out, the "
            f"first is {dataset.blank[0]!r}.",
            err=True,
        )
    opened = open_system(system, dataset, settings, cache, model)
    identity = identify(opened, dataset, digest(folder, split), depth)
    measured = measure(opened, dataset, identity, out)
    if run_file is not None:
        trec.write_run(run_file, measured.run, opened.name)
    if qrels_file is not None:
        trec.write_qrels(qrels_file, measured.qrels)
    if per_query_file is not None:
        per_query_file.write_text(per_query_table(measured), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(record(measured), ensure_ascii=False))
    else:
        echo(measured)


def score(
    run_file: Annotated[
        Path, typer.Argument(metavar="RUN", help="A TREC run file, or a folder that run wrote.")
    ],
    qrels: Annotated[
        Path | None,
        typer.Argument(metavar="[QRELS]", help="TREC qrels, or a dataset in BEIR layout."),
    ] = None,
    split: Split = "test",
    as_json: AsJson = False,
) -> None:
    """Scores a run that was made here or elsewhere."""
    if run_file.is_dir():
        measured = read_measurement(run_file)
        typer.echo(json.dumps(record(measured), ensure_ascii=False)) if as_json else echo(measured)
        return
    if qrels is None:
        raise typer.BadParameter("a run file needs qrels: score RUN QRELS")
    judged = read_dataset(qrels, split).qrels if qrels.is_dir() else trec.read_qrels(qrels)
    found = trec.read_run(run_file)
    if unjudged := [query_id for query_id in found if query_id not in judged]:
        typer.echo(
            f"warning: {run_file}: {len(unjudged)} questions that {qrels} does not judge are "
            f"ignored, the first is {unjudged[0]!r}.",
            err=True,
        )
    judged = answerable(judged)
    if not judged:
        raise DatasetError(f"{qrels}: judges no question that has an answer; nothing to measure.")
    values = per_query(judged, found)
    if as_json:
        means = {name: asdict(estimate(scores)) for name, scores in values.items()}
        typer.echo(json.dumps({"questions": len(judged), "metrics": means}))
        return
    cells = "  ".join(f"{name} {estimate(scores)}" for name, scores in values.items())
    typer.echo(f"{run_file.name}  n={len(judged)}  {cells}")


def echo(measured: Measurement) -> None:
    """Prints the metrics of each language, one a line."""
    for language, ids in measured.languages().items():
        cells = "  ".join(f"{name} {value}" for name, value in measured.estimates(ids).items())
        where = f"{measured.identity.dataset}/{measured.identity.split}"
        typer.echo(f"{measured.identity.system}  {where}  {language:>3}  n={len(ids)}  {cells}")


def record(measured: Measurement) -> dict[str, object]:
    """Returns what was measured and the metrics of each language, for JSON."""
    return {
        **asdict(measured.identity),
        "languages": {
            language: {
                "questions": len(ids),
                "metrics": {k: asdict(v) for k, v in measured.estimates(ids).items()},
            }
            for language, ids in measured.languages().items()
        },
    }


def per_query_table(measured: Measurement) -> str:
    """Returns every question's rank and measures, tab-separated."""
    lines = ["\t".join(("query-id", "language", "rank", *NAMES))]
    for outcome in measured.answered:
        values = (decimal(measured.values[name][outcome.id]) for name in NAMES)
        lines.append("\t".join((outcome.id, outcome.language, str(outcome.rank or ""), *values)))
    return "\n".join(lines) + "\n"


COMMANDS = {"run": run, "score": score}
