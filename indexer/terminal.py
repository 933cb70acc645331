"""Runs a command of the terminal."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from dotenv import load_dotenv

from indexer.errors import TarmaqError
from indexer.locations import extra_of


def run(app: typer.Typer, arguments: Sequence[str] | None = None, name: str | None = None) -> None:
    """Runs ``app``; an error that a user can mend is one line and exit status 1.

    Variables of a file ``.env`` in the current folder are taken up where they are not set.

    Args:
        app: The application.
        arguments: Its arguments; those of the process by default.
        name: What the help calls it; the program's own name by default.
    """
    with reported():
        app(args=None if arguments is None else [*arguments], prog_name=name)


@contextmanager
def reported() -> Iterator[None]:
    """Tells an error that a user can mend in one line, and ends the process with status 1."""
    try:
        _read_environment()
        yield
    except TarmaqError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
    except MemoryError:
        typer.echo(
            "error: the memory of this machine does not suffice, or a limit is set on it "
            "(ulimit -v); nothing that was published is lost. Give it more, or hand over fewer "
            "documents at once.",
            err=True,
        )
        sys.exit(1)
    except ModuleNotFoundError as error:
        if error.name is None or (extra := extra_of(error.name)) is None:
            raise
        typer.echo(
            f"error: {error.name} is not installed; pip install 'tarmaq[{extra}]'.", err=True
        )
        sys.exit(1)


def _read_environment() -> None:
    try:
        load_dotenv(Path(".env"))
    except (OSError, UnicodeDecodeError) as error:
        raise TarmaqError(f".env: cannot be read ({error}); write it in UTF-8.") from error
