"""Every model of ``models.txt`` on one dataset, each in a process of its own."""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from evaluation.beir import digest, read_dataset
from evaluation.latency import Latency, latency
from evaluation.metrics import Estimate
from evaluation.opening import open_engine, open_passages
from evaluation.peers.exchange import peak_mib
from evaluation.running import identify, measure
from evaluation.systems import Dense, Tarmaq
from indexer.embedding.encoders import load_encoder
from indexer.embedding.models import Model, find_model, read_models
from indexer.embedding.weights import bundled_weights
from indexer.errors import TarmaqError
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class ModelResult:
    """What one model brings.

    Attributes:
        name: The model.
        dimension: Length of its embeddings.
        dense: Measures of plain dense retrieval, by measure.
        full: Measures of the whole ranking with this model.
        index_seconds: Time to embed the passages.
        latency: Times of plain dense answers.
        peak_mib: Peak memory of the process, in MiB.
        weights_mib: Size of the model's files, in MiB; None where it is not known.
    """

    name: str
    dimension: int
    dense: dict[str, Estimate]
    full: dict[str, Estimate]
    index_seconds: float
    latency: Latency
    peak_mib: float
    weights_mib: float | None


def compare_models(
    folder: Path, split: str, settings: Settings, cache: Path
) -> Iterator[tuple[Model, ModelResult | str]]:
    """Yields every model of the list with what it brings, or with why it cannot be loaded.

    Args:
        folder: The dataset.
        split: Which questions of it.
        settings: Where the index and the list of models are.
        cache: Folder for indexes and measurements; a model that is done is not measured again.
    """
    for model in read_models(settings.models):
        # A process of its own: its peak is the model's, and what it loads leaves with it.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            yield model, pool.submit(_measure, folder, split, settings, cache, model.name).result()


def _measure(
    folder: Path, split: str, settings: Settings, cache: Path, name: str
) -> ModelResult | str:
    dataset = read_dataset(folder, split)
    questions = digest(folder, split)
    try:
        model = find_model(settings.models, name)
        encoder = load_encoder(model)
        passages = open_passages(dataset, settings.index)
        start = time.perf_counter()
        dense = Dense(passages, encoder)
        index_seconds = time.perf_counter() - start
        plain = measure(dense, dataset, identify(dense, dataset, questions))
        ours = Tarmaq(open_engine(dataset, settings.index, encoder, cache))
        full = measure(ours, dataset, identify(ours, dataset, questions))
    except TarmaqError as error:
        return str(error)
    size = weights_bytes(model)
    return ModelResult(
        name=name,
        dimension=encoder.dimension,
        dense=plain.estimates(),
        full=full.estimates(),
        index_seconds=index_seconds,
        latency=latency([outcome.milliseconds for outcome in plain.outcomes]),
        peak_mib=peak_mib(),
        weights_mib=None if size is None else size / 2**20,
    )


def weights_bytes(model: Model) -> int | None:
    """Returns the size of a model's files, in bytes; None where they are not in one folder."""
    if model.loader != "sentence-transformers":
        return bundled_weights().stat().st_size
    if model.adapter is not None:
        return None
    if not (folder := Path(model.name)).is_dir():
        from huggingface_hub import snapshot_download

        folder = Path(snapshot_download(model.name, local_files_only=True))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
