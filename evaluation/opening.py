"""Opens the systems that a command names, over a dataset's own corpus or over the built index."""

from pathlib import Path

from evaluation.beir import Dataset
from evaluation.errors import DatasetError
from evaluation.systems import BM25, Dense, Service, System, Tarmaq, every_passage
from indexer.building import build
from indexer.documents.corpus import Expression, Source, sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder, load_encoder
from indexer.embedding.models import find_model
from indexer.progress import Bars
from indexer.stores.base import Snapshot
from indexer.stores.embedded import EmbeddedStore
from service.engine.engine import Engine
from service.engine.library import Library
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
    return Engine(open_index(dataset, folder, encoder, cache), encoder)


def open_index(dataset: Dataset, folder: Path, encoder: Encoder, cache: Path) -> Snapshot:
    """Returns the index to search: of the dataset's own corpus, or the built one in ``folder``."""
    return EmbeddedStore(index_folder(dataset, folder, encoder, cache)).snapshot()


def index_folder(dataset: Dataset, folder: Path, encoder: Encoder, cache: Path) -> Path:
    """Returns the folder of the index to search, after building it in ``cache`` where needed."""
    own = cache / f"{dataset.name}-{encoder.revision}"
    if dataset.corpus:
        build(sources_of(dataset.corpus), EmbeddedStore(own), encoder, progress=Bars())
        return own
    snapshot = EmbeddedStore(folder).snapshot()
    _require(dataset, every_passage(snapshot), folder)
    if snapshot.model.revision == encoder.revision:
        return folder
    build(sources_in(snapshot), EmbeddedStore(own), encoder, progress=Bars())
    return own


def open_passages(dataset: Dataset, folder: Path) -> tuple[Passage, ...]:
    """Returns the passages to search: the dataset's own, or those of the index in ``folder``.

    An item counts once: its passage of the document's first edition stands for it.
    """
    if dataset.corpus:
        return dataset.corpus
    snapshot = EmbeddedStore(folder).snapshot()
    passages = every_passage(snapshot)
    _require(dataset, passages, folder)
    first = {passage.id: passage for passage in reversed(passages)}
    return tuple(passage for passage in passages if first[passage.id] is passage)


def sources_in(snapshot: Snapshot) -> list[Source]:
    """Returns the documents of an index as they were read from their files."""
    library = Library(snapshot)
    expressions: dict[str, list[Expression]] = {}
    for rows in snapshot.editions:
        expressions.setdefault(rows.document.id, []).append(
            Expression(rows.edition, snapshot.outline(rows), library.texts(rows))
        )
    return [Source(snapshot.documents[name], tuple(found)) for name, found in expressions.items()]


def _require(dataset: Dataset, passages: tuple[Passage, ...], folder: Path) -> None:
    known = {passage.id for passage in passages}
    for query_id, grades in dataset.qrels.items():
        if unknown := sorted(set(grades) - known):
            raise DatasetError(
                f"{dataset.name}: question {query_id!r} is answered by {unknown[0]!r}, which is "
                f"not in the index {folder}; build the index of the dataset's documents."
            )
