"""The command ``python -m indexer``."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from tqdm import tqdm

from indexer.building import Built, changed, windows
from indexer.documents.comparison import compare
from indexer.documents.corpus import read_file, read_source
from indexer.documents.description import find_documents
from indexer.documents.drafting import describe_folders
from indexer.documents.examination import Examined, examine, recognised
from indexer.documents.intake import DESCRIPTION, File, lay_out
from indexer.embedding.caching import FILE
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from indexer.errors import DocumentError, ModelError
from indexer.languages.codes import Language
from indexer.locations import index_folder, models_file, seeds_folder
from indexer.parsing import parse, passages
from indexer.progress import Bars
from indexer.publishing import (
    arriving,
    documents_folder,
    publish,
    rebuild,
    take_in,
    withdraw,
)
from indexer.stores.opening import open_store
from indexer.terminal import run

app = typer.Typer(help="Reads documents and keeps the search index.", no_args_is_help=True)

Out = Annotated[
    Path, typer.Option("--out", "--index", envvar="TARMAQ_INDEX", help="Folder of the index.")
]
Address = Annotated[
    str,
    typer.Option(
        envvar="TARMAQ_STORE",
        help="A store elsewhere: milvus://host:port/name; by default that of the index's folder.",
    ),
]
ModelName = Annotated[str | None, typer.Option(help="Name in the list of models, or a folder.")]
Models = Annotated[Path, typer.Option(envvar="TARMAQ_MODELS", help="List of models.")]
Threads = Annotated[
    int,
    typer.Option(
        min=1,
        envvar="TARMAQ_THREADS",
        default_factory=lambda: len(os.sched_getaffinity(0)),
        help="Batches of texts embedded at once.",
        show_default="number of cores",
    ),
]
INDEX = index_folder()
MODELS = models_file()
SEEDS = seeds_folder()


@app.command("parse")
def parse_command(
    file: Annotated[Path, typer.Argument(help="A text of an act, in any format that is read.")],
    language: Annotated[
        Language | None, typer.Option(help="Language of the text; by default the one it is in.")
    ] = None,
) -> None:
    """Prints the passages of a file as `add` reads it, a JSON object a line."""
    for text in read_file(file):
        code = language or text.language
        for passage in passages(
            parse(text.text), document_id=file.parent.name or file.stem, language=code
        ):
            typer.echo(json.dumps(asdict(passage), ensure_ascii=False, default=str))


@app.command("describe")
def describe_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Text, Word, PDF, HTML or XML files of one act, or scans; or a folder of acts.",
        ),
    ],
) -> None:
    """Drafts a document.toml from files and says what was recognised; see docs/documents.md.

    Of a folder of acts, a folder each, it writes a document.toml into each that has none.
    """
    if len(files) == 1 and files[0].is_dir():
        for line in describe_folders(files[0]):
            typer.echo(line)
        return
    with TemporaryDirectory() as folder:
        laid = lay_out(_handed_over(files), Path(folder), progress=Bars())
        _tell(examine(laid.folder, laid.texts))
        typer.echo((laid.folder / DESCRIPTION).read_text(encoding="utf-8"), nl=False)


@app.command()
def build(
    seeds: Annotated[
        Path, typer.Option(envvar="TARMAQ_SEEDS", help="Folder of source documents.")
    ] = SEEDS,
    out: Out = INDEX,
    model: ModelName = None,
    models: Models = MODELS,
    store: Address = "",
    *,
    threads: Threads,
) -> None:
    """Makes the documents under a folder those of the index; only what changed is read.

    Documents that were handed over as files, by tarmaq add or over HTTP, are added to them.
    """
    encoder = load_encoder(find_model(models, model), out.parent / "weights", threads)
    opened = open_store(store, out)
    if (aside := opened.set_aside_unreadable()) is not None:
        typer.echo(f"{opened.name}: cannot be read by this version; kept as {aside}", err=True)
    built, replaced = rebuild(seeds, opened, encoder, progress=Bars())
    for name in replaced:
        typer.echo(f"{name}: {documents_folder(out) / name}, not {seeds / name}", err=True)
    _report(opened.name, built, encoder.name)


@app.command("add")
def add_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="Documents, folders of documents, or the files of one act."
        ),
    ],
    out: Out = INDEX,
    model: ModelName = None,
    models: Models = MODELS,
    store: Address = "",
    name: Annotated[str, typer.Option("--id", help="Id of the document made of files.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Add it whatever is doubtful.")] = False,
    *,
    threads: Threads,
) -> None:
    """Adds documents to the index, or replaces them, while it is served.

    Of files a document is made, with a drafted description, and kept beside the index.
    """
    opened = open_store(store, out)
    chosen = model or (opened.model().name if opened.generation() else None)
    encoder = load_encoder(find_model(models, chosen), out.parent / "weights", threads)
    files = [path for path in paths if path.is_file()]
    if files and len(files) < len(paths):
        raise DocumentError("Name the files of one act, or folders of documents, not both.")
    progress = Bars()
    with ExitStack() as stack:
        kept, examined = [], []
        if files:
            into = stack.enter_context(arriving(opened))
            taken = take_in(_handed_over(files), opened, into, name=name, progress=progress)
            kept, examined = [taken.folder], [taken.examined]
        else:
            found = [folder for given in paths for folder in _documents(given)]
            fresh = changed(found, opened, encoder)
            for count, folder in enumerate(fresh, start=1):
                examined.append(examine(folder))
                progress("reading", count, len(fresh))
        for one in examined:
            _tell(one)
        _ask([one.document.id for one in examined if one.is_doubtful], yes=yes)
        built = publish(examined, opened, encoder, kept=kept, progress=progress)
    _report(opened.name, built, encoder.name)


@app.command()
def embed(
    folders: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Documents, or folders of documents.")
    ],
    out: Out = INDEX,
    model: ModelName = None,
    models: Models = MODELS,
    ray: Annotated[
        str, typer.Option(help="Address of a Ray cluster; one on this machine by default.")
    ] = "",
    workers: Annotated[int, typer.Option(min=1, help="Processes that embed.")] = 1,
    gpus: Annotated[float, typer.Option(min=0, help="Share of a GPU that each needs.")] = 0,
) -> None:
    """Embeds documents ahead on many machines; build and add then find the embeddings."""
    from indexer.embedding.bulk import embed_ahead

    texts = [
        text
        for given in folders
        for folder in _documents(given)
        for expression in read_source(folder).expressions
        for _, pair in windows(expression.passages)
        for text in pair
    ]
    weights = out.parent / "weights"
    with tqdm(total=len({*texts}), desc="embedding", unit="text") as bar:
        count = embed_ahead(
            texts, find_model(models, model), weights, weights / FILE,
            address=ray, workers=workers, gpus=gpus, progress=bar.update,
        )  # fmt: skip
    typer.echo(f"{weights / FILE}: {count} texts embedded, {len({*texts}) - count} were there")


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of documents.")],
    out: Out = INDEX,
    store: Address = "",
) -> None:
    """Removes documents from the index, while it is served."""
    opened = open_store(store, out)
    generation = withdraw(ids, opened)
    typer.echo(f"{opened.name}: generation {generation}, without {', '.join(ids)}")


@app.command("list")
def list_command(out: Out = INDEX, store: Address = "") -> None:
    """Lists the documents of the index with their editions."""
    snapshot = open_store(store, out).snapshot()
    for rows in snapshot.editions:
        edition = rows.edition
        count = rows.stop - rows.start
        title = rows.document.title[edition.language]
        typer.echo(f"{rows.key}\t{edition.status}\t{count} passages\t{title}")
    typer.echo(
        f"generation {snapshot.generation}: {len(snapshot.documents)} documents, "
        f"{len(snapshot)} passages, {snapshot.model.name}",
        err=True,
    )


@app.command()
def check(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER...]", help="Documents to check.")
    ] = None,
    out: Out = INDEX,
    store: Address = "",
) -> None:
    """Checks the index, or with folders where the editions of documents differ."""
    if not folders:
        opened = open_store(store, out)
        problems = opened.check()
        for problem in problems:
            typer.echo(problem)
        typer.echo(f"{opened.name}: {'damaged' if problems else 'whole'}", err=True)
        if problems:
            raise typer.Exit(1)
        return
    for folder in (folder for given in folders for folder in _documents(given)):
        for line in compare(read_source(folder)):
            typer.echo(line)


def _handed_over(files: Sequence[Path]) -> list[File]:
    try:
        return [File(file.name, file.read_bytes()) for file in files]
    except OSError as error:
        raise DocumentError(f"{error.filename}: cannot be read ({error.strerror}).") from error


def _tell(examined: Examined) -> None:
    """Says what was recognised in a document, doubts last."""
    typer.echo(f"{examined.document.id}: {examined.document.title['kk']}", err=True)
    for edition in examined.editions:
        for line in recognised(edition):
            typer.echo(f"  {line}", err=True)
    for doubt in examined.doubts:
        typer.echo(f"  look at: {doubt}", err=True)


def _ask(doubtful: Sequence[str], *, yes: bool) -> None:
    """Asks whether doubtful documents are to be added; without a terminal --yes says so."""
    if not doubtful or yes:
        return
    names = ", ".join(doubtful)
    if not sys.stdin.isatty():
        raise DocumentError(
            f"{names}: not added. Look at the lines above; mend the file, or say --yes."
        )
    typer.confirm(f"{names}: add it all the same?", abort=True, err=True)


def _documents(folder: Path) -> Iterator[Path]:
    """Yields a document's folder, or those of the documents in a folder."""
    if (folder / "document.toml").exists():
        yield folder
    elif folder.exists():
        yield from find_documents(folder)
    else:
        raise DocumentError(f"{folder}: no such folder.")


def _report(name: str, built: Built, model: str) -> None:
    typer.echo(
        f"{name}: generation {built.generation}, {built.passages} passages of {built.documents} "
        f"documents, {built.embedded} embedded, {model}"
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
