"""The command ``python -m service``."""

import os
import socket
import sys
import tempfile
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from indexer.documents.passages import Language
from indexer.errors import TarmaqError
from indexer.languages.codes import LANGUAGES
from indexer.stores.opening import open_store
from indexer.terminal import run
from service.catalogue import message
from service.engine.engine import load_engine
from service.engine.filters import Filters
from service.engine.first import ensure_index
from service.engine.live import LiveEngine
from service.engine.memory import defer
from service.engine.parts import Whole
from service.errors import RequestError
from service.http.keys import (
    ASKING,
    SCOPES,
    KeysError,
    add_key,
    make_key,
    read_keys,
    revoke_key,
)
from service.normalisation.recognition import recognise
from service.settings import Settings, read_settings

app = typer.Typer(help="Answers questions about documents.", no_args_is_help=True)
keys = typer.Typer(help="Makes and revokes API keys.", no_args_is_help=True)
app.add_typer(keys, name="keys")

KeysFile = Annotated[
    Path | None, typer.Option("--file", help="The keys file; TARMAQ_KEYS_FILE by default.")
]


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that serve.")] = None,
) -> None:
    """Serves the HTTP interface; its description is at /docs."""
    defer()
    # Slow to import, and the other commands do without them.
    from service.http import listening
    from service.observation.logs import configure

    settings = read_settings(host=host, port=port, workers=workers)
    configure(settings, anew=True)
    with listening.listen(settings.host, settings.port) as listener:
        address = listening.address_of(listener) + settings.prefix
        if settings.workers > 1:
            _serve_workers(settings, listener, address)
        else:
            _serve(settings, listener, address)


def _serve(settings: Settings, listener: socket.socket, address: str) -> None:
    """Serves in this process: it answers from the start, and answers questions once it can."""
    from service.http.app import create_app
    from service.http.serving import server_of

    failed: list[TarmaqError] = []

    def opened(error: TarmaqError | None) -> None:
        if error is None:
            _tell(f"Tarmaq is running on {address} (Ctrl+C ends it)")
        else:
            failed.append(error)
            server.should_exit = True

    engine = LiveEngine(
        open_store(settings.store, settings.index),
        prepare=lambda: ensure_index(settings, _tell),
        opened=opened,
    )
    server = server_of(create_app(settings, engine), settings)
    server.run(sockets=[listener])
    if failed:
        raise failed[0]


def _serve_workers(settings: Settings, listener: socket.socket, address: str) -> None:
    """Serves in several processes, which read the settings themselves."""
    from service.http.serving import serve_workers

    ensure_index(settings, _tell)
    os.environ["TARMAQ_HOST"] = settings.host
    os.environ["TARMAQ_WORKERS"] = str(settings.workers)
    _tell(f"Tarmaq starts {settings.workers} processes on {address} (Ctrl+C ends them)")
    with tempfile.TemporaryDirectory(prefix="tarmaq-metrics-") as folder:
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", folder)
        serve_workers(settings, listener)


@app.command()
def mcp() -> None:
    """Serves the Model Context Protocol over standard input and output."""
    from service.contracts.mcp.server import serve_stdio

    settings = read_settings()
    ensure_index(settings, _tell)
    serve_stdio(load_engine(settings), settings)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in Kazakh, Russian or English.")],
    top_k: Annotated[int, typer.Option(min=1, max=50, help="Number of passages.")] = 3,
    language: Annotated[Language | None, typer.Option(help="Language of references.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="Id of a document to search.")] = None,
    section: Annotated[list[str] | None, typer.Option(help="eId of a part to search.")] = None,
    edition: Annotated[list[str] | None, typer.Option(help="Language of texts to search.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Kind of acts to search.")] = None,
    date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day whose texts are searched; today by default."),
    ] = None,
) -> None:
    """Answers one question in the terminal."""
    settings = read_settings()
    ensure_index(settings, _tell)
    try:
        engine = load_engine(settings)
        filters = Filters(
            tuple(document or ()),
            tuple(section or ()),
            tuple(code for code in LANGUAGES if code in (edition or ())),
            tuple(kind or ()),
            date.date() if date else None,
        )
        answer = engine.ask(question, k=top_k, filters=filters, language=language)
    except RequestError as error:
        typer.echo(error.message[language or recognise(question)], err=True)
        sys.exit(1)
    if answer.question.interpreted != answer.question.text:
        understood = message("web-understood")[answer.language]
        typer.secho(f"{understood} {answer.question.interpreted}", dim=True)
    if not answer.answerable:
        typer.secho(message("web-unanswered")[answer.language], fg="yellow")
    for notice in answer.notices:
        typer.secho(notice[answer.language], fg="yellow")
    if answer.about:
        typer.secho(answer.about.text[answer.language], bold=True)
    if answer.whole:
        _tell_whole(answer.whole, answer.language)
    for rank, result in enumerate(answer.results, start=1):
        passage = result.passage
        reference = engine.library.reference(passage.document_id, passage.eid, answer.language)
        typer.secho(f"{rank}. {reference}", bold=True, nl=False)
        typer.secho(f"  {result.score:.3f}  {result.passage.id}", dim=True)
        typer.echo(
            textwrap.fill(result.passage.text, 96, initial_indent="   ", subsequent_indent="   ")
        )


def _tell_whole(whole: Whole, language: Language) -> None:
    """Prints a whole answer: what holds its parts, how many there are where that is asked, them."""
    typer.secho(whole.head.text, bold=True)
    if whole.is_counted:
        typer.echo(message("web-whole-count", count=whole.count)[language])
    for part in whole.parts:
        indent = "   " * (1 + part.depth)
        text = f"{part.num} {part.text}" if part.num else part.text
        typer.echo(textwrap.fill(text, 96, initial_indent=indent, subsequent_indent=f"{indent}  "))
        typer.secho(f"{indent}  {part.key}", dim=True)
    if whole.more:
        typer.echo(f"   {message('web-whole-more', count=whole.more)[language]}")


@app.command()
def report(
    days: Annotated[int | None, typer.Option(min=1, help="Of so many days; of all else.")] = None,
    export: Annotated[
        Path | None, typer.Option(help="Folder of a data set to write, for tarmaq evaluate.")
    ] = None,
) -> None:
    """Says what people asked in vain and which answers they called wrong."""
    from service.administration.feedback import Feedback, summarise
    from service.administration.judgements import export as write

    feedback = Feedback(read_settings())
    if export is not None:
        asked, refused, judged = write(feedback.read(days), export)
        typer.echo(f"{export}: {asked} questions, {judged} judgements, {refused} without an answer")
        return
    summary = summarise(feedback.read(days))
    for question, count in summary.unanswered:
        typer.echo(f"unanswered\t{count}\t{question}")
    for question, count in summary.missed:
        typer.echo(f"nothing\t{count}\t{question}")
    for question, passage, count in summary.disliked:
        typer.echo(f"wrong\t{count}\t{question}\t{passage}")
    counts = ", ".join(f"{count} {name}" for name, count in summary.verdicts.items()) or "nothing"
    _tell(f"{feedback.path}: {counts}; kept: {feedback.mode}")


@keys.command("make")
def make(
    name: Annotated[str, typer.Argument(help="Who will use the key.")],
    scopes: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help=f"A door it opens: {', '.join(SCOPES)}; by default: {', '.join(ASKING)}.",
        ),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, help="Days that it works; no end else.")
    ] = None,
    file: KeysFile = None,
) -> None:
    """Makes a key, prints it this once and keeps its hash."""
    path = _keys_file(file)
    last = datetime.now(UTC).date() + timedelta(days=days) if days else None
    secret, key = make_key(name, scopes or ASKING, last)
    add_key(path, key)
    typer.echo(secret)
    typer.echo(f"Kept in {path}: {key}", err=True)


@keys.command("list")
def list_keys(file: KeysFile = None) -> None:
    """Lists the keys' names, scopes and last days."""
    for key in read_keys(_keys_file(file)):
        typer.echo(f"{key.name}\t{','.join(key.scopes)}\t{key.expires or 'never'}")


@keys.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(help="Name of the key.")], file: KeysFile = None
) -> None:
    """Takes a key back; a running service notices at once."""
    revoke_key(_keys_file(file), name)


def _tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _keys_file(given: Path | None) -> Path:
    if (path := given or read_settings().keys_file) is None:
        raise KeysError("Which keys file? Name it with --file or TARMAQ_KEYS_FILE.")
    return path


if __name__ == "__main__":
    run(app)
