"""What embeddings alone are worth: nearest neighbours, nothing else.

``python -m evaluation.embedding BASE OTHER... --data FOLDER`` asks every model the same questions
and prints each model's difference from the first, with a paired bootstrap interval. Tasks: the
concept's test questions (as written, without Kazakh letters, in Latin letters), KazQAD's, titles of
Russian articles against Kazakh articles of the validation acts, and NTREX's sentences against their
translations. Nothing of it is trained on.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer
from tqdm import tqdm

from evaluation.beir import Dataset, read_dataset
from evaluation.metrics import Estimate, Run, estimate, per_query
from indexer.documents.corpus import read_corpus
from indexer.embedding.encoders import Embeddings, Encoder, load_encoder
from indexer.embedding.models import find_model
from indexer.training.acts import read_acts
from indexer.training.keyboards import Keyboard, retype
from indexer.training.questions import read_questions

DATASETS: Final = Path("evaluation/datasets")
DEPTH: Final = 10
_BATCH: Final = 64
_MEASURES: Final = {"kazqad": "nDCG@10", "titles": "Success@1", "ntrex": "Success@1"}


@dataclass(frozen=True, slots=True)
class Task:
    """Questions and the passages to find.

    Attributes:
        name: Of the task; its first word names the data.
        queries: Texts by query id.
        passages: Texts by passage id.
        qrels: Relevance by query id and passage id.
    """

    name: str
    queries: dict[str, str]
    passages: dict[str, str]
    qrels: dict[str, dict[str, int]]

    @property
    def measure(self) -> str:
        """The measure that is compared."""
        return _MEASURES.get(self.name.split()[0], "RR@10")


def tasks(data: Path, wanted: Callable[[str], bool], sentences: int) -> Iterator[Task]:
    """Yields the tasks whose data ``wanted`` names; of NTREX, the first ``sentences``."""
    for name in ("concept", "concept-everyday"):
        if wanted(name) and (DATASETS / name).is_dir():
            yield from _concept(read_dataset(DATASETS / name))
    if wanted("kazqad"):
        dataset = read_dataset(data / "kazqad-dev")
        passages = {passage.id: passage.text for passage in dataset.corpus}
        yield Task("kazqad kk", _texts(dataset), passages, dataset.qrels)
    if wanted("titles"):
        yield _titles(data / "acts")
    if wanted("ntrex"):
        kazakh, russian = (_lines(data / f"ntrex/{name}.txt", sentences) for name in ("kaz", "rus"))
        same = {number: {number: 1} for number in kazakh}
        yield Task("ntrex ru→kk", russian, kazakh, same)
        yield Task("ntrex kk→ru", kazakh, russian, same)


def values(task: Task, encoder: Encoder, cache: Path) -> dict[str, float]:
    """Returns the task's measure of every question; kept in ``cache`` by the model's revision."""
    name = re.sub(r"[^\w-]+", "-", task.name.replace("→", "-to-"))
    path = cache / f"{encoder.revision}-{name}.json"
    if path.exists():
        kept: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
        if kept.keys() == task.queries.keys():
            return kept
    passages = _embed(list(task.passages.values()), encoder.encode_passages, task.name)
    queries = _embed(list(task.queries.values()), encoder.encode_queries, task.name)
    ids = list(task.passages)
    run: Run = {
        query: [(ids[row], float(scores[row])) for row in np.argsort(-scores)[:DEPTH]]
        for query, scores in zip(task.queries, queries @ passages.T, strict=True)
    }
    found = per_query(task.qrels, run)[task.measure]
    cache.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found), encoding="utf-8")
    return found


def difference(first: dict[str, float], second: dict[str, float]) -> Estimate:
    """Returns the mean of ``second`` minus ``first`` with its paired bootstrap interval."""
    return estimate({query: second[query] - value for query, value in first.items()})


def main(
    names: Annotated[list[str], typer.Argument(metavar="MODEL...", help="The first is the base.")],
    data: Annotated[Path, typer.Option(help="Folder with acts, kazqad-dev and ntrex.")],
    only: Annotated[list[str] | None, typer.Option(help="Only these data.")] = None,
    sentences: Annotated[int, typer.Option(help="The first so many of NTREX.")] = 1997,
    models: Annotated[Path, typer.Option(help="List of models.")] = Path("models.txt"),
    cache: Annotated[Path, typer.Option(help="Keeps measurements.")] = Path("build/embedding"),
) -> None:
    """Compares models by nearest neighbours alone."""
    encoders = [load_encoder(find_model(models, name)) for name in names]
    for task in tasks(data, lambda name: not only or name in only, sentences):
        base, *others = (values(task, encoder, cache) for encoder in encoders)
        line = f"{task.name:<32} n={len(base):<4} {task.measure:<9} {names[0]} {estimate(base)}"
        for name, other in zip(names[1:], others, strict=True):
            line += f"  {name} {estimate(other)} difference {difference(base, other)}"
        typer.echo(line)


def _concept(dataset: Dataset) -> Iterator[Task]:
    documents = {
        passage.partition("#")[0] for grades in dataset.qrels.values() for passage in grades
    }
    passages = {
        passage.id: passage.text
        for source in read_corpus(Path("seeds"))
        if source.document.id in documents
        for passage in source.expressions[0].passages
    }
    for language in ("kk", "ru"):
        asked = {q.id: q.text for q in dataset.queries if q.language == language}
        qrels = {query: dataset.qrels[query] for query in asked}
        yield Task(f"{dataset.name} {language}", asked, passages, qrels)
        for keyboard in _keyboards(language):
            chooser = random.Random(0)
            typed = {query: retype(text, keyboard, chooser) for query, text in asked.items()}
            yield Task(f"{dataset.name} {language} {keyboard}", typed, passages, qrels)


def _keyboards(language: str) -> tuple[Keyboard, ...]:
    return ("letterless", "latin") if language == "kk" else ()


def _titles(folder: Path) -> Task:
    names = {question.act for question in read_questions(DATASETS / "acts-questions", "validation")}
    acts = {key: edition for key, edition in read_acts(folder).items() if key[0] in names}
    bilingual = sorted(act for act, language in acts if language == "kk" and (act, "ru") in acts)
    bodies = {
        f"{act}#{eid}": article.body
        for act in bilingual
        for eid, article in acts[act, "kk"].articles.items()
    }
    titles = {
        f"{act}#{eid}": article.title
        for act in bilingual
        for eid, article in acts[act, "ru"].articles.items()
        if f"{act}#{eid}" in bodies
    }
    return Task("titles ru→kk", titles, bodies, {key: {key: 1} for key in titles})


def _texts(dataset: Dataset) -> dict[str, str]:
    return {query.id: query.text for query in dataset.queries}


def _lines(path: Path, count: int) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {str(number): line for number, line in enumerate(lines[:count])}


def _embed(texts: list[str], encode: Callable[[list[str]], Embeddings], name: str) -> Embeddings:
    starts = tqdm(range(0, len(texts), _BATCH), desc=name, disable=None, leave=False)
    return np.concatenate([encode(texts[start : start + _BATCH]) for start in starts])


if __name__ == "__main__":
    typer.run(main)
