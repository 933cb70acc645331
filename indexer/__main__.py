"""The command ``python -m indexer``."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from indexer.building import build_index
from indexer.corpus import read_corpus
from indexer.documents import read_text
from indexer.embedding import load_encoder
from indexer.errors import ModelError
from indexer.models import find_model
from indexer.parsing import parse, passages
from indexer.terminal import run

app = typer.Typer(help="Reads documents and builds the search index.", no_args_is_help=True)


@app.command("parse")
def parse_command(
    file: Annotated[Path, typer.Argument(help="Plain text of an act, UTF-8.")],
    language: Annotated[Literal["kk", "ru"], typer.Option(help="Language of the text.")] = "kk",
) -> None:
    """Prints the passages of one text, a JSON object a line."""
    root = parse(read_text(file))
    for passage in passages(root, document_id=file.parent.name or file.stem, language=language):
        typer.echo(json.dumps(asdict(passage), ensure_ascii=False))


@app.command()
def build(
    seeds: Annotated[Path, typer.Option(help="Folder of source documents.")] = Path("seeds"),
    out: Annotated[Path, typer.Option(help="Folder of the index.")] = Path("build/index"),
    model: Annotated[
        str | None, typer.Option(help="Name in the list of models, or a folder.")
    ] = None,
    models: Annotated[Path, typer.Option(help="List of models.")] = Path("models.txt"),
) -> None:
    """Builds the index; unchanged passages are not embedded again."""
    corpus = read_corpus(seeds)
    encoder = load_encoder(find_model(models, model), out.parent / "weights")
    manifest = build_index(corpus, out, encoder, progress=True)
    typer.echo(
        f"{out}: {manifest.passages} passages of {manifest.documents} documents, "
        f"{manifest.model.name} ({manifest.model.dimension} dimensions)"
    )


@app.command()
def train(
    acts: Annotated[Path, typer.Option(help="Folder of acts: <act>/kk.txt, <act>/ru.txt.")],
    out: Annotated[Path, typer.Option(help="Folder of the adapter.")],
    questions: Annotated[Path, typer.Option(help="Questions about the acts.")] = Path(
        "evaluation/datasets/acts-questions"
    ),
    work: Annotated[Path, typer.Option(help="Checkpoints; go on from there.")] = Path(
        "build/training"
    ),
    seeds: Annotated[str, typer.Option(help="Trainings to average, by seed.")] = "0,1,2",
    rounds: Annotated[int, typer.Option(min=1, help="How often a question is shown.")] = 1,
    size: Annotated[int, typer.Option(min=2, help="Pairs a batch.")] = 32,
    rate: Annotated[float, typer.Option(help="Learning rate.")] = 4e-4,
    rank: Annotated[int, typer.Option(min=1, help="Rank of a training's change.")] = 8,
    first: Annotated[int, typer.Option(min=0, max=11, help="First layer that is changed.")] = 6,
    share: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the trained change to make.")
    ] = 0.8,
) -> None:
    """Trains an adapter of the embedded model; an interrupted training goes on."""
    try:
        from indexer.training.running import train as run
        from indexer.training.tuning import Recipe
    except ImportError as error:
        raise ModelError(f"Training needs {error.name}: pip install 'tarmaq[train]'.") from error
    numbers = [int(seed) for seed in seeds.split(",") if seed.strip().isdecimal()]
    if not numbers:
        raise typer.BadParameter("name one seed or more: 0,1,2", param_hint="--seeds")
    recipe = Recipe(rank=rank, first=first, size=size, rounds=rounds, rate=rate, share=share)
    written = run(acts, questions, out, work, recipe=recipe, seeds=numbers, report=typer.echo)
    typer.echo(f"{written}: {written.stat().st_size / 1e6:.1f} MB; name its folder in models.txt")


if __name__ == "__main__":
    run(app)
