"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from service.settings import Settings

CONCEPT = Path("evaluation/datasets/concept")
OURS = (Path("evaluation/datasets/concept-everyday"), CONCEPT)
"""The datasets that the README reports on."""
CACHE = Path("build/evaluation")

DatasetFolder = Annotated[Path, typer.Argument(metavar="DATASET", help="Folder in BEIR layout.")]
Split = Annotated[str, typer.Option(help="Which qrels: qrels/SPLIT.tsv.")]
IndexFolder = Annotated[
    Path | None, typer.Option("--index", help="Index for datasets without corpus.")
]
ModelName = Annotated[str | None, typer.Option("--model", help="Embedding model; the default one.")]
Cache = Annotated[
    Path, typer.Option(help="Folder for indexes and measurements that commands keep.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_for(index: Path | None) -> Settings:
    """Returns the settings, with another index where one is named."""
    settings = Settings()
    return settings if index is None else settings.model_copy(update={"index": index})
