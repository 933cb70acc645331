"""Runs a command of the terminal."""

import sys

import typer

from indexer.errors import TarmaqError


def run(app: typer.Typer) -> None:
    """Runs ``app``; an error that a user can mend is one line and exit status 1."""
    try:
        app()
    except TarmaqError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
