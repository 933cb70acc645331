"""The command ``python -m service``."""

import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from indexer.passages import Language
from indexer.reference import Reference
from indexer.terminal import run
from service.catalogue import message
from service.engine import load_engine
from service.errors import RequestError
from service.keys import SCOPES, KeysError, make_key, read_keys, write_keys
from service.language import recognise
from service.settings import Settings

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
) -> None:
    """Serves the HTTP interface; its description is at /docs."""
    # Slow to import, and the other commands do without them.
    import uvicorn

    from service.app import create_app

    settings = Settings()
    given = {"host": host, "port": port}
    settings = settings.model_copy(update={k: v for k, v in given.items() if v is not None})
    engine = load_engine(settings)
    # The access log would hold the questions: they stand in the addresses of pages.
    uvicorn.run(
        create_app(settings, engine), host=settings.host, port=settings.port, access_log=False
    )


@app.command()
def mcp() -> None:
    """Serves the Model Context Protocol over standard input and output."""
    from service.contracts.mcp import serve_stdio

    settings = Settings()
    serve_stdio(load_engine(settings), settings)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in Kazakh or Russian.")],
    top_k: Annotated[int, typer.Option(min=1, max=50, help="Number of passages.")] = 3,
    language: Annotated[Language | None, typer.Option(help="Language of references.")] = None,
) -> None:
    """Answers one question in the terminal."""
    try:
        answer = load_engine(Settings()).ask(question, k=top_k, language=language)
    except RequestError as error:
        typer.echo(error.message[language or recognise(question)], err=True)
        sys.exit(1)
    if answer.question.interpreted != answer.question.text:
        understood = message("web-understood")[answer.language]
        typer.secho(f"{understood} {answer.question.interpreted}", dim=True)
    if not answer.answerable:
        typer.secho(message("web-unanswered")[answer.language], fg="yellow")
    for rank, result in enumerate(answer.results, start=1):
        reference = Reference.parse(result.passage.eid).format(answer.language)
        typer.secho(f"{rank}. {reference}", bold=True, nl=False)
        typer.secho(f"  {result.score:.3f}  {result.passage.id}", dim=True)
        typer.echo(
            textwrap.fill(result.passage.text, 96, initial_indent="   ", subsequent_indent="   ")
        )


@keys.command("make")
def make(
    name: Annotated[str, typer.Argument(help="Who will use the key.")],
    scopes: Annotated[
        list[str] | None,
        typer.Option("--scope", help=f"A door it opens: {', '.join(SCOPES)}; all by default."),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, help="Days that it works; no end else.")
    ] = None,
    file: KeysFile = None,
) -> None:
    """Makes a key, prints it this once and keeps its hash."""
    path = _keys_file(file)
    known = read_keys(path)
    if any(key.name == name for key in known):
        raise KeysError(f"{path}: there is a key named {name}; revoke it first.")
    last = datetime.now(UTC).date() + timedelta(days=days) if days else None
    secret, key = make_key(name, scopes or SCOPES, last)
    write_keys(path, (*known, key))
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
    path = _keys_file(file)
    known = read_keys(path)
    kept = tuple(key for key in known if key.name != name)
    if len(kept) == len(known):
        raise KeysError(f"{path}: there is no key named {name}.")
    write_keys(path, kept)


def _keys_file(given: Path | None) -> Path:
    if (path := given or Settings().keys_file) is None:
        raise KeysError("Which keys file? Name it with --file or TARMAQ_KEYS_FILE.")
    return path


if __name__ == "__main__":
    run(app)
