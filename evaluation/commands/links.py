"""The command that measures the links between acts."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.links import Linked, agreement, read_marks
from indexer.documents.corpus import read_source
from indexer.documents.description import find_documents

_MARKS = Path("evaluation/datasets/acts-links/marks.jsonl")


def measure_links(
    acts: Annotated[Path, typer.Argument(help="Folder of the acts, described: a folder each.")],
    marks: Annotated[Path, typer.Option(help="References that were marked.")] = _MARKS,
    each: Annotated[bool, typer.Option("--each", help="Name what was missed or is wrong.")] = False,
) -> None:
    """Measures what the texts of acts cite: precision of the links, recall of the references."""
    every = read_marks(marks)
    linked = Linked(map(read_source, find_documents(acts)))
    for split in sorted({one.split for one in every}):
        for language in sorted({one.language for one in every}):
            own = [one for one in every if (one.split, one.language) == (split, language)]
            found = agreement(own, linked)
            typer.echo(
                f"{split} {language}: {len(own)} passages, {found.marked} references, "
                f"precision {found.right / max(found.linked, 1):.3f}, "
                f"recall {found.found / max(found.marked, 1):.3f}"
            )
            for line in (*found.missed, *(f"wrong: {one}" for one in found.wrong)) if each else ():
                typer.echo(f"  {line}")


COMMANDS = {"measure-links": measure_links}
