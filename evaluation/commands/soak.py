"""``soak`` tries what docs/promises.md promises, for as long as it is given."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from evaluation.beir import read_dataset
from evaluation.commands.options import IndexFolder, settings_for
from evaluation.figures import fill
from evaluation.report.plots import in_language
from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from indexer.stores.embedded import EmbeddedStore


def soak(
    out: Annotated[Path, typer.Argument(help="The page whose tables are written.")] = Path(
        "docs/promises.md"
    ),
    index: IndexFolder = None,
    minutes: Annotated[float, typer.Option(min=1, help="Of load.")] = 30,
    trials: Annotated[int, typer.Option(min=1, help="Of each kind of fault.")] = 200,
    fuzzing: Annotated[float, typer.Option(min=1, help="Seconds for each target.")] = 120,
    workers: Annotated[int, typer.Option(min=1, help="Processes that serve.")] = 2,
    questions: Annotated[Path, typer.Option(help="Dataset whose questions are asked.")] = Path(
        "evaluation/datasets/concept"
    ),
) -> None:
    """Kills, damages, fuzzes and loads; writes the tables and the picture of a page."""
    from evaluation.soak import load, report
    from evaluation.soak.fuzzing import TARGETS, fuzz
    from evaluation.soak.trials import Trials, damages, kills

    settings = settings_for(index)
    asked = [query.text for query in read_dataset(questions, "test").queries]
    with tempfile.TemporaryDirectory(prefix="tarmaq-soak-") as name:
        folder = Path(name)
        whole = _store(folder / "whole", settings.models, settings.index.parent / "weights")
        done: dict[str, Trials] = {}
        kinds: dict[str, Callable[[], Trials]] = {
            "kill -9 at any moment of adding, replacing, removing, publishing: the store is whole, "
            "what was acknowledged is there": lambda: kills(folder / "killed", trials),
            "a wrong bit in any file: named, or without effect": lambda: damages(
                whole, folder, trials, "bit"
            ),
            "a file that ends early: named, or without effect": lambda: damages(
                whole, folder, trials, "end"
            ),
            **{
                f"fuzzed {name}: read, or refused with a sentence": partial(
                    fuzz, name, settings.index, settings.seeds, fuzzing
                )
                for name in TARGETS
            },
        }
        for told, run in kinds.items():
            typer.echo(told, err=True)
            done[told] = run()
    typer.echo("load", err=True)
    found = load.measure(
        settings.index, settings.models, asked, 60 * minutes, workers, settings.cached_answers
    )
    out.with_name("memory.svg").write_text(
        in_language(report.memory_picture(found), "en"), encoding="utf-8"
    )
    fill(
        out,
        {
            "trials": lambda: report.trials_table(done),
            "load": lambda: report.load_table(found),
        },
    )


def _store(folder: Path, models: Path, weights: Path) -> Path:
    """Makes a small store of two generations to be damaged."""
    encoder, store = load_encoder(find_model(models), weights), EmbeddedStore(folder)
    random = np.random.default_rng(0)
    for count in (30, 40):
        words = [f"сөз{number} мәтін" for number in random.integers(0, 10**6, count)]
        build(
            sources_of(
                Passage("d", f"al_{n}", "kk", None, ("Бөлім",), word)
                for n, word in enumerate(words)
            ),
            store,
            encoder,
        )
    return folder


COMMANDS = {"soak": soak}
