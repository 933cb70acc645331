"""The command ``python -m evaluation``."""

import typer

from evaluation.commands import answers, compare, datasets, fitting, measure, systems
from indexer.terminal import run

app = typer.Typer(
    help="Measures retrieval accuracy in Kazakh and Russian.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for _commands in (measure, compare, datasets, systems, fitting, answers):
    for _name, _command in _commands.COMMANDS.items():
        app.command(_name)(_command)


if __name__ == "__main__":
    run(app)
