"""The command ``tarmaq``."""

import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, Final

import typer

from indexer.errors import TarmaqError
from indexer.locations import version
from indexer.terminal import reported, run

operating = typer.Typer()

COMMANDS: Final = "tarmaq.commands"
"""Group of entry points, each of which returns the application of a command."""

# Importing the engine takes a second: only what a command needs is imported, in the command.


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    given = sys.argv[1:] if arguments is None else [*arguments]
    first = next(iter(given), "")
    if first == "--version":
        typer.echo(f"tarmaq {version()}")
    elif first in _added():
        with reported():
            run(_added()[first].load()(), given[1:], f"tarmaq {first}")
    elif first in ("backup", "doctor", "restore"):
        run(operating, given, "tarmaq")
    else:
        with reported():
            run(_application(), given, "tarmaq")


def _application() -> typer.Typer:
    from indexer.__main__ import app as indexing
    from service.__main__ import app as serving

    app = typer.Typer(
        help="Finds the exact numbered item of a document that answers a question.",
        no_args_is_help=True,
    )
    for part in (serving, indexing, operating):
        app.add_typer(part)
    for name in _added():
        app.command(name, help=f"See: tarmaq {name} --help.")(_never)
    app.callback()(_options)
    return app


def _added() -> dict[str, EntryPoint]:
    """Returns the commands that other packages add, by name: they depend on this one."""
    return {found.name: found for found in entry_points(group=COMMANDS)}


def _options(
    version: Annotated[bool, typer.Option("--version", help="Prints the version.")] = False,
) -> None:
    """Finds the exact numbered item of a document that answers a question."""


def _never() -> None:
    """Stands in the help; main() runs it."""


@operating.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Copies the documents into one file, while they are served."""
    from indexer.stores.opening import open_store
    from service.operations.copies import write_backup
    from service.settings import read_settings

    if file.exists() and not force:
        raise TarmaqError(f"{file}: is there already; name another file, or say --force.")
    settings = read_settings()
    copied = write_backup(open_store(settings.store, settings.index), file)
    typer.echo(f"{file}: {copied}, {file.stat().st_size / 1e6:.1f} MB")


@operating.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that tarmaq backup wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the index.")] = False,
) -> None:
    """Makes the documents of a backup those of the index; the rest is derived from them."""
    from indexer.stores.opening import open_store
    from service.operations.copies import read_backup
    from service.settings import read_settings

    settings = read_settings()
    store = open_store(settings.store, settings.index)
    if store.exists() and not force:
        raise TarmaqError(
            f"{store.name}: holds an index; back it up and say --force to replace it."
        )
    held = read_backup(file, store)
    typer.echo(f"{store.name}: {held}; a service that runs on it takes it up")


@operating.command()
def doctor() -> None:
    """Checks what Tarmaq needs to run, a line each, and says what to do."""
    from service.operations.doctor import examine

    sound = True
    for finding in examine():
        sound &= finding.is_sound
        typer.secho("ok   " if finding.is_sound else "no   ", nl=False, bold=not finding.is_sound)
        typer.echo(f"{finding.subject}: {finding.text}")
    if not sound:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
