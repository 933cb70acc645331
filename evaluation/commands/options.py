"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from indexer.locations import data_folder
from service.settings import Settings, read_settings

CONCEPT = Path("evaluation/datasets/concept")
EVERYDAY = Path("evaluation/datasets/concept-everyday")
ENGLISH = Path("evaluation/datasets/concept-english")
OURS = (EVERYDAY, CONCEPT, ENGLISH)
"""The datasets that the README reports on."""
CACHE = data_folder() / "evaluation"

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
    settings = read_settings()
    return settings if index is None else settings.model_copy(update={"index": index})
