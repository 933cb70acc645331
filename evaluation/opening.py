"""Opens the systems that a command names, over a dataset's own corpus or over the built index."""

from pathlib import Path

from evaluation.beir import Dataset
from evaluation.errors import DatasetError
from evaluation.systems import BM25, Dense, Service, System, Tarmaq
from indexer.building import build_index
from indexer.corpus import Corpus
from indexer.embedding import Encoder, load_encoder
from indexer.index import Index, load_index
from indexer.models import find_model
from indexer.passages import Passage
from service.engine import Engine
from service.library import Library
from service.retrieval import Retriever
from service.settings import Settings

SYSTEMS = ("tarmaq", "dense", "bm25", "bm25-prefix")


def open_system(
    name: str, dataset: Dataset, settings: Settings, cache: Path, model: str | None = None
) -> System:
    """Returns the system called ``name``, ready to answer the questions of ``dataset``.

    Args:
        name: One of :data:`SYSTEMS`, or an address that begins with ``http``.
        dataset: The questions, and the corpus if they bring their own.
        settings: Where the built index and the list of models are.
        cache: Folder for the indexes of datasets with a corpus of their own.
        model: Embedding model; the default one of the list.

    Raises:
        DatasetError: There is no such system, or the index lacks passages of the qrels.
        ModelError: The model cannot be loaded.
    """
    if name.startswith(("http://", "https://")):
        return Service(name)
    if name not in SYSTEMS:
        raise DatasetError(f"no system {name!r}; known: {', '.join(SYSTEMS)}, or http://...")
    if name.startswith("bm25"):
        return BM25(open_passages(dataset, settings.index), 5 if name == "bm25-prefix" else None)
    chosen = find_model(settings.models, model)
    encoder = load_encoder(chosen)
    if name == "dense":
        return Dense(open_passages(dataset, settings.index), encoder)
    return Tarmaq(open_engine(dataset, settings.index, encoder, cache))


def open_engine(dataset: Dataset, folder: Path, encoder: Encoder, cache: Path) -> Engine:
    """Returns the engine that answers ``dataset``.

    Args:
        dataset: The questions.
        folder: The built index, for datasets without a corpus.
        encoder: The embedding model; the index is rebuilt in ``cache`` if another made it.
        cache: Folder for indexes that measuring builds.
    """
    index = open_index(dataset, folder, encoder, cache)
    return Engine(index, Retriever(index, encoder), Library(index))


def open_index(dataset: Dataset, folder: Path, encoder: Encoder, cache: Path) -> Index:
    """Returns the index to search: of the dataset's own corpus, or the built one in ``folder``."""
    return load_index(index_folder(dataset, folder, encoder, cache))


def index_folder(dataset: Dataset, folder: Path, encoder: Encoder, cache: Path) -> Path:
    """Returns the folder of the index to search, after building it in ``cache`` where needed."""
    own = cache / f"{dataset.name}-{encoder.revision}"
    if dataset.corpus:
        build_index(Corpus((), dataset.corpus, {}), own, encoder, progress=True)
        return own
    index = load_index(folder)
    _require(dataset, index.corpus.passages, folder)
    if index.manifest.model.revision == encoder.revision:
        return folder
    build_index(index.corpus, own, encoder, progress=True)
    return own


def open_passages(dataset: Dataset, folder: Path) -> tuple[Passage, ...]:
    """Returns the passages to search: the dataset's own, or those of the index in ``folder``."""
    if dataset.corpus:
        return dataset.corpus
    passages = load_index(folder).corpus.passages
    _require(dataset, passages, folder)
    return passages


def _require(dataset: Dataset, passages: tuple[Passage, ...], folder: Path) -> None:
    known = {passage.id for passage in passages}
    for query_id, grades in dataset.qrels.items():
        if unknown := sorted(set(grades) - known):
            raise DatasetError(
                f"{dataset.name}: question {query_id!r} is answered by {unknown[0]!r}, which is "
                f"not in the index {folder}; build the index of the dataset's documents."
            )
