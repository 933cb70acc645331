"""``cases`` puts reported cases to a service and prints them for somebody who judges."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.cases import ask_cases
from evaluation.figures import table


def cases(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Cases, JSON lines.")],
    address: Annotated[str, typer.Option(help="The service.")] = "http://127.0.0.1:8000",
) -> None:
    """Asks reported cases of a service: a table of what is asked, right, and answered now."""
    rows = [
        tuple(
            " ".join(cell.split()).replace("|", "\\|")
            for cell in (one.use, one.given, one.right, one.now)
        )
        for file in files
        for one in ask_cases(file, address)
    ]
    typer.echo(table(("use", "asked", "right", "now"), rows))


COMMANDS = {"cases": cases}
