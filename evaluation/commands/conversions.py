"""``formats`` takes acts through real programs and reads them again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from evaluation.conversions import Conversion, measure, table
from evaluation.figures import fill
from evaluation.register import register_page
from indexer.documents.describing import draft
from indexer.documents.description import read_text
from indexer.languages.codes import LANGUAGES

_CONCEPT = Path("seeds/foreign-policy-2020-2030/kk.txt")


def formats(
    text: Annotated[
        Path,
        typer.Argument(help="The text of an act, or a folder of dumps, each ACT/LANGUAGE.txt."),
    ] = _CONCEPT,
    way: Annotated[str, typer.Option(help="Only ways whose name holds this.")] = "",
    fill_in: Annotated[
        Path | None, typer.Option("--fill", help="Markdown file with a marker for the table.")
    ] = None,
) -> None:
    """Converts acts with LibreOffice, Chromium, Poppler and Tesseract and reads them again."""
    totals: dict[str, Conversion] = {}
    for one in _dumps(text, way) if text.is_dir() else _act(text, way):
        totals[one.way] = totals[one.way] + one if one.way in totals else one
    found = list(totals.values())
    if fill_in is not None:
        marker = "formats-acts" if text.is_dir() else "formats"
        fill(fill_in, {marker: lambda: table(found)}, (marker,))
    typer.echo(table(found))


def _act(path: Path, way: str) -> Iterator[Conversion]:
    words = read_text(path)
    yield from _told(measure(words, draft(words).language, way), "")


def _dumps(folder: Path, way: str) -> Iterator[Conversion]:
    """The smallest act first."""
    dumps = [(path, code) for code in LANGUAGES for path in folder.glob(f"*/{code}.txt")]
    for path, code in sorted(dumps, key=lambda dump: dump[0].stat().st_size):
        found = measure(read_text(path), code, way, register_page)
        yield from _told(found, f"{path.parent.name}, {code}: ")


def _told(found: Iterator[Conversion | str], name: str) -> Iterator[Conversion]:
    for one in found:
        if isinstance(one, str):
            typer.echo(one, err=True)
        else:
            counts = f"{one.addresses} and {one.equal} of {one.passages}, {one.extra} besides"
            typer.echo(f"{name}{one.way}: {counts}", err=True)
            yield one


COMMANDS = {"formats": formats}
