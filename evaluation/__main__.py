"""The command ``python -m evaluation``."""

import typer

from indexer.terminal import reported, run


def application() -> typer.Typer:
    """Returns the commands; importing them takes the extra ``evaluation``."""
    from evaluation.commands import (
        answers,
        cases,
        compare,
        conversions,
        datasets,
        fitting,
        growth,
        installing,
        judging,
        links,
        measure,
        soak,
        systems,
    )

    app = typer.Typer(
        help="Measures retrieval accuracy in Kazakh and Russian.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    for commands in (
        measure,
        compare,
        judging,
        datasets,
        systems,
        fitting,
        answers,
        cases,
        growth,
        links,
        installing,
        soak,
        conversions,
    ):
        for name, command in commands.COMMANDS.items():
            app.command(name)(command)
    return app


if __name__ == "__main__":
    with reported():
        run(application())
