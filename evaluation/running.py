"""Asks a retriever every question of a dataset: the code that ships, not a copy of it."""

import tempfile
from pathlib import Path

from tqdm import tqdm

from evaluation.beir import Dataset
from evaluation.errors import DatasetError
from evaluation.metrics import Run
from indexer.building import build_index
from indexer.corpus import Corpus
from indexer.embedding import Encoder, load_encoder
from indexer.index import Index, load_index
from indexer.models import Model
from service.questions import read_question
from service.retrieval import Retriever

DEPTH = 100
"""Passages kept for each question."""


def open_index(dataset: Dataset, folder: Path, encoder: Encoder) -> Index:
    """Returns the index to search: the dataset's own corpus, or the built one in ``folder``.

    Raises:
        CorruptIndexError: The dataset has no corpus and there is no usable index.
        DatasetError: The questions' passages are not in the index.
    """
    if dataset.corpus:
        with tempfile.TemporaryDirectory() as temporary:
            build_index(Corpus((), dataset.corpus, {}), Path(temporary), encoder, progress=True)
            return load_index(Path(temporary))
    index = load_index(folder)
    known = {passage.id for passage in index.corpus.passages}
    for query_id, grades in dataset.qrels.items():
        if unknown := sorted(set(grades) - known):
            raise DatasetError(
                f"{dataset.name}: question {query_id!r} is answered by {unknown[0]!r}, which is "
                f"not in the index {folder}; build the index of the dataset's documents."
            )
    return index


def run(dataset: Dataset, retriever: Retriever, depth: int = DEPTH) -> Run:
    """Returns the passages found for every question of ``dataset``."""
    return {
        query.id: tuple(
            (result.passage.id, result.score)
            for result in retriever.search(read_question(query.text), depth)
        )
        for query in tqdm(dataset.queries, desc=dataset.name, unit="question", disable=None)
    }


def open_retriever(dataset: Dataset, folder: Path, model: Model) -> Retriever:
    """Returns the retriever that answers ``dataset`` with ``model``."""
    encoder = load_encoder(model)
    return Retriever(open_index(dataset, folder, encoder), encoder)
