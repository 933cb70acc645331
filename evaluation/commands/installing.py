"""``installation`` measures what an installation takes."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.figures import fill
from evaluation.installation import installation_table, measure_installation

_SEPARATOR = ";"


def installation(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Markdown file with a marker for the table."),
    ] = None,
    extras: Annotated[
        str, typer.Option(help="Sets of extras, a row each: ';documents;documents,models'.")
    ] = ";documents;test",
    project: Annotated[Path, typer.Option(help="A checkout of Tarmaq.")] = Path(),
) -> None:
    """Installs Tarmaq into new environments, with an empty home; tells download, time and size."""
    found = []
    for names in extras.split(_SEPARATOR):
        chosen = tuple(filter(None, names.split(",")))
        label = f"`tarmaq[{names}]`" if chosen else "`tarmaq`"
        found.append((label, measure_installation(project.resolve(), chosen)))
        typer.echo(installation_table(found[-1:]), err=True)
    if file:
        fill(file, {"installation": lambda: installation_table(found)})
    typer.echo(installation_table(found))


COMMANDS = {"installation": installation}
