"""Shows what the lists of words know of a word: ``python -m indexer.languages ақша``."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated

import typer

from indexer.languages.codes import LANGUAGES
from indexer.languages.words import folder


def main(
    word: Annotated[str, typer.Argument(help="A word or a phrase, as a list has it.")],
) -> None:
    """Prints the entries that hold a word, each with its list and its line."""
    found = False
    for path, list_ in _lists():
        for number, line in enumerate(list_.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.startswith("#") and word.lower() in _parts(line):
                typer.secho(f"{path}:{number}  ", dim=True, nl=False)
                typer.echo(line)
                found = True
    if not found:
        typer.echo(f"No list has an entry {word!r}: docs/words.md tells how to add one.", err=True)
        raise typer.Exit(1)


def _lists() -> Iterator[tuple[str, Traversable]]:
    places = [(f"{code}/words", folder(code)) for code in LANGUAGES]
    places.append(("pairs", files("indexer.languages") / "pairs"))
    for place, lists in places:
        for file in sorted(lists.iterdir(), key=lambda file: file.name):
            if file.name.endswith((".txt", ".tsv")):
                yield f"indexer/languages/{place}/{file.name}", file


def _parts(line: str) -> set[str]:
    cells = line.partition("#")[0].lower().removeprefix("-").split("\t")
    return {part.strip() for cell in cells for part in cell.split("|")}


if __name__ == "__main__":
    typer.run(main)
