"""``formats`` takes an act through real programs and reads it again."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.conversions import Conversion, measure, table
from evaluation.figures import fill
from indexer.documents.describing import draft
from indexer.documents.description import read_text

_CONCEPT = Path("seeds/foreign-policy-2020-2030/kk.txt")


def formats(
    text: Annotated[Path, typer.Argument(help="The text of an act.")] = _CONCEPT,
    way: Annotated[str, typer.Option(help="Only ways whose name holds this.")] = "",
    fill_in: Annotated[
        Path | None, typer.Option("--fill", help="Markdown file with a marker for the table.")
    ] = None,
) -> None:
    """Converts an act with LibreOffice, Chromium, Poppler and Tesseract and reads it again."""
    words = read_text(text)
    found: list[Conversion] = []
    for one in measure(words, draft(words).language, way):
        if isinstance(one, str):
            typer.echo(one, err=True)
        else:
            found.append(one)
            typer.echo(f"{one.way}: {one.equal} of {one.passages}", err=True)
    if fill_in is not None:
        fill(fill_in, {"formats": lambda: table(found)}, ("formats",))
    typer.echo(table(found))


COMMANDS = {"formats": formats}
