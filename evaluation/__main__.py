"""The command ``python -m evaluation``."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation import trec
from evaluation.beir import Dataset, read_dataset
from evaluation.metrics import Estimate, Run, estimate, per_query
from evaluation.running import open_retriever
from evaluation.running import run as run_dataset
from indexer.errors import TarmaqError
from indexer.models import find_model
from service.settings import Settings

app = typer.Typer(help="Measures retrieval accuracy.", no_args_is_help=True)


@app.callback()
def _commands() -> None:
    """Measures retrieval accuracy in Kazakh and Russian."""


@app.command("run")
def run_command(
    folder: Annotated[Path, typer.Argument(metavar="DATASET", help="Folder in BEIR layout.")],
    split: Annotated[str, typer.Option(help="Which qrels: qrels/SPLIT.tsv.")] = "test",
    index: Annotated[Path | None, typer.Option(help="Index for datasets without corpus.")] = None,
    model: Annotated[str | None, typer.Option(help="Embedding model; the default one.")] = None,
    run: Annotated[Path | None, typer.Option(help="Write the run here, in TREC format.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Asks every question of a dataset and prints the metrics for each language."""
    settings = Settings()
    dataset = read_dataset(folder, split)
    retriever = open_retriever(dataset, index or settings.index, find_model(settings.models, model))
    found = run_dataset(dataset, retriever)
    if run is not None:
        trec.write_run(run, found, retriever.encoder.name)
    table = by_language(dataset, found)
    if as_json:
        typer.echo(json.dumps(_record(dataset, retriever.encoder.name, table), ensure_ascii=False))
        return
    for language, (count, measures) in table.items():
        cells = "  ".join(
            f"{name} {value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"
            for name, value in measures.items()
        )
        typer.echo(f"{dataset.name}/{split}  {language:>3}  n={count}  {cells}")


def by_language(dataset: Dataset, run: Run) -> dict[str, tuple[int, dict[str, Estimate]]]:
    """Returns the number of questions and the metrics of each language, and of all together."""
    values = per_query(dataset.qrels, run)
    groups: dict[str, list[str]] = {}
    for query in dataset.queries:
        groups.setdefault(query.language, []).append(query.id)
    if len(groups) > 1:
        groups["all"] = [query.id for query in dataset.queries]
    return {
        language: (
            len(ids),
            {
                name: estimate(scores[query_id] for query_id in ids)
                for name, scores in values.items()
            },
        )
        for language, ids in groups.items()
    }


def _record(
    dataset: Dataset, model: str, table: dict[str, tuple[int, dict[str, Estimate]]]
) -> dict[str, object]:
    return {
        "dataset": dataset.name,
        "split": dataset.split,
        "model": model,
        "languages": {
            language: {
                "questions": count,
                "metrics": {name: asdict(value) for name, value in measures.items()},
            }
            for language, (count, measures) in table.items()
        },
    }


def main() -> None:
    """Runs the command; an error that a user can mend is one line and exit status 1."""
    try:
        app()
    except TarmaqError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
