"""The command ``python -m evaluation``."""

import sys

import typer

from evaluation.commands import answers, compare, datasets, fitting, measure, systems
from indexer.errors import TarmaqError

app = typer.Typer(
    help="Measures retrieval accuracy in Kazakh and Russian.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for _commands in (measure, compare, datasets, systems, fitting, answers):
    for _name, _command in _commands.COMMANDS.items():
        app.command(_name)(_command)


def main() -> None:
    """Runs the command; an error that a user can mend is one line and exit status 1."""
    try:
        app()
    except TarmaqError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
