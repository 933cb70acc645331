"""The commands that measure and fit how the service finds the words that answer."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.answers import Marked, cross_validated, fit_weights, marked_questions, quality
from evaluation.beir import read_dataset
from evaluation.commands.options import IndexFolder, settings_for
from indexer.stores.embedded import EmbeddedStore
from service.answering.candidates import FEATURES

_FILE = Path("service/ranking/data/answer-weights.tsv")
_HEADER = (
    "# Weights of service.answering.candidates.FEATURES: python -m evaluation fit-answers {}\n"
)

Folders = Annotated[list[Path], typer.Argument(metavar="DATASET...", help="BEIR folders.")]


def measure_answers(
    folders: Folders,
    split: Annotated[str, typer.Option(help="Which qrels.")] = "test",
    index: IndexFolder = None,
) -> None:
    """Measures the words given from the right passage: mean token F1 with those marked."""
    for folder in folders:
        questions = _read([folder], split, index)
        for language in ("all", *sorted({one.language for one in questions})):
            found = quality([one for one in questions if language in ("all", one.language)])
            typer.echo(
                f"{folder.name} {split} {language}: {found.questions} questions, "
                f"given {found.given:.3f}, whole passage {found.whole:.3f}, "
                f"best stretch {found.reachable:.3f}"
            )


def fit_answers(
    folders: Folders,
    split: Annotated[str, typer.Option(help="Which qrels; never those reported.")] = "tune",
    index: IndexFolder = None,
    out: Annotated[Path, typer.Option(help="The service's data file.")] = _FILE,
) -> None:
    """Fits the weights by which the service chooses the words that answer."""
    questions = _read(folders, split, index)
    weights = zip(FEATURES, fit_weights(questions), strict=True)
    rows = "".join(f"{name}\t{weight:.4f}\n" for name, weight in weights)
    header = _HEADER.format(" ".join(folder.as_posix() for folder in folders))
    out.write_text(header + rows, encoding="utf-8")
    typer.echo(
        f"{out}: {len(questions)} questions, cross-validated token F1 "
        f"{cross_validated(questions):.3f}"
    )


def _read(folders: list[Path], split: str, index: Path | None) -> list[Marked]:
    snapshot = EmbeddedStore(settings_for(index).index).snapshot()
    return [
        one for folder in folders for one in marked_questions(read_dataset(folder, split), snapshot)
    ]


COMMANDS = {"measure-answers": measure_answers, "fit-answers": fit_answers}
