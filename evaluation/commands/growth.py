"""``growth`` measures stores as passages become many."""

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evaluation.beir import read_dataset
from evaluation.commands.options import EVERYDAY, IndexFolder, Split, settings_for
from evaluation.figures import fill
from evaluation.growth import Growth, material_of, measure, table
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import find_model
from indexer.stores.embedded import EmbeddedStore

Page = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="Markdown file with a marker for the table.")
]


def growth(
    file: Page = None,
    sizes: Annotated[str, typer.Option(help="Numbers of passages.")] = "1000,10000,100000",
    stores: Annotated[
        str,
        typer.Option(
            help="embedded; standalone, a Milvus server that is started for it; or an address."
        ),
    ] = "embedded",
    dataset: Annotated[Path, typer.Option(help="Questions about the index.")] = EVERYDAY,
    split: Split = "test",
    index: IndexFolder = None,
    kept: Annotated[
        Path | None, typer.Option(help="Keep measurements here; what is there is not made again.")
    ] = None,
) -> None:
    """Fills stores with passages, real ones first, and measures time, size and what they find."""
    settings = settings_for(index)
    stamp = EmbeddedStore(settings.index).model()
    encoder = load_encoder(
        find_model(settings.models, stamp.name), settings.index.parent / "weights"
    )
    material = material_of(settings.index, read_dataset(dataset, split), encoder)
    told = json.loads(kept.read_text(encoding="utf-8")) if kept and kept.exists() else []
    found = [Growth(**one) for one in told]
    for store in stores.split(","):
        name = {"standalone": "milvus"}.get(store, store.partition(":")[0])
        for size in map(int, sizes.split(",")):
            if any((one.store, one.passages) == (name, size) for one in found):
                continue
            with tempfile.TemporaryDirectory(prefix="tarmaq-growth-") as folder:
                address = "" if store == "embedded" else store
                found.append(measure(address, size, material, Path(folder)))
            typer.echo(table(found[-1:]), err=True)
            if kept:
                text = json.dumps([asdict(one) for one in found], indent=1)
                kept.write_text(f"{text}\n", encoding="utf-8")
    if file:
        found.sort(key=lambda one: (one.store, one.passages))
        fill(file, {"growth": lambda: table(found)})
    typer.echo(table(found))


COMMANDS = {"growth": growth}
