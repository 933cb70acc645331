"""The command ``python -m service``."""

import sys
import textwrap
from typing import Annotated

import typer
import uvicorn

from indexer.errors import TarmaqError
from indexer.passages import Language
from indexer.reference import Reference
from service.app import create_app
from service.engine import load_engine
from service.errors import RequestError
from service.language import recognise
from service.settings import Settings

app = typer.Typer(help="Answers questions about documents.", no_args_is_help=True)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
) -> None:
    """Serves the HTTP interface; its description is at /docs."""
    settings = Settings()
    engine = load_engine(settings)
    uvicorn.run(
        create_app(settings, engine),
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )


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
    for rank, result in enumerate(answer.results, start=1):
        reference = Reference.parse(result.passage.eid).format(answer.language)
        typer.secho(f"{rank}. {reference}", bold=True, nl=False)
        typer.secho(f"  {result.score:.3f}  {result.passage.id}", dim=True)
        typer.echo(
            textwrap.fill(result.passage.text, 96, initial_indent="   ", subsequent_indent="   ")
        )


def main() -> None:
    """Runs the command; an error that a user can mend is one line and exit status 1."""
    try:
        app()
    except TarmaqError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
