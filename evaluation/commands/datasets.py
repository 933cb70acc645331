"""``validate`` looks for faults in a dataset, ``perturb`` makes suites from one."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir import digest, read_dataset, write_dataset
from evaluation.commands.options import (
    CACHE,
    AsJson,
    Cache,
    DatasetFolder,
    IndexFolder,
    Split,
    settings_for,
)
from evaluation.opening import open_passages, open_system
from evaluation.perturbation import SUITES
from evaluation.perturbation import perturb as perturb_dataset
from evaluation.running import identify, measure
from evaluation.validation import validate as validate_dataset


def validate(
    folder: DatasetFolder,
    split: Annotated[str, typer.Option(help="Split whose first results are looked at.")] = "test",
    index: IndexFolder = None,
    results: Annotated[
        bool, typer.Option("--results", help="Also ask the questions; list unjudged first results.")
    ] = False,
    cache: Cache = CACHE,
    as_json: AsJson = False,
) -> None:
    """Lists missing ids, duplicates, leaks between splits, questions that copy their passage."""
    settings = settings_for(index)
    dataset = read_dataset(folder, split)
    passages = open_passages(dataset, settings.index)
    measured = None
    if results:
        system = open_system("tarmaq", dataset, settings, cache)
        measured = measure(system, dataset, identify(system, dataset, digest(folder, split)))
    found = validate_dataset(folder, {p.id: p.text for p in passages}, measured)
    if as_json:
        typer.echo(json.dumps([asdict(f) for f in found], ensure_ascii=False))
    else:
        for finding in found:
            typer.echo(f"{finding.severity}: {finding.kind}: {finding.query}: {finding.text}")
        counts = Counter(f.severity for f in found)
        typer.echo(f"{counts['error']} errors, {counts['warning']} warnings")
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)


def perturb(
    folder: DatasetFolder,
    out: Annotated[Path, typer.Option(help="Folder for the suites, one folder each.")],
    suites: Annotated[
        list[str] | None,
        typer.Option("--suite", help=f"One of {', '.join(SUITES)}; may be repeated; all."),
    ] = None,
    split: Split = "test",
    seed: Annotated[int, typer.Option(help="Another seed, other typos.")] = 0,
) -> None:
    """Writes the questions as people type them, one dataset for each way."""
    dataset = read_dataset(folder, split)
    for suite in suites or SUITES:
        changed = perturb_dataset(dataset, suite, seed)
        write_dataset(out / changed.name, changed)
        typer.echo(f"{out / changed.name}: {len(changed.queries)} questions")


COMMANDS = {"validate": validate, "perturb": perturb}
