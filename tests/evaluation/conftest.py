"""Datasets and measurements that the tests of measuring share."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.beir import Dataset, Query, write_dataset
from evaluation.measurement import Identity, Measurement, Outcome
from evaluation.systems import BM25
from indexer.documents.passages import Passage

TEXTS = {
    "water": "Каспий теңізінің суы мен балығын бірлесіп қорғау",
    "trade": "шетелдік тауарларға кедендік бажды азайту",
    "school": "мектептерде ағылшын тілін оқыту",
    "arms": "ядролық қаруды таратпау туралы шарт",
    "border": "мемлекеттік шекараны делимитациялау мен демаркациялау",
}
ASKED = {
    "water": ("Каспийдің балығын кім қорғайды?", "Кто бережёт рыбу Каспия?"),
    "trade": ("Кедендік баж қалай азаяды?", "Снизят ли пошлины на товары?"),
    "school": ("Мектепте ағылшын тілі бола ма?", "Учат ли в школе английскому?"),
    "arms": ("Ядролық қару туралы шарт бар ма?", "Есть ли договор о ядерном оружии?"),
}


def question(name: str, language: str, text: str, **metadata: str) -> Query:
    """Returns a question with its metadata."""
    known = {"language": language, "item": name, "kind": "plain", **metadata}
    return Query(f"{name}-{language}", text, language, known)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """Eight questions about five passages, two questions without an answer."""
    queries = tuple(
        question(name, language, text)
        for name, texts in ASKED.items()
        for language, text in zip(("kk", "ru"), texts, strict=True)
    )
    return Dataset(
        name="little",
        split="test",
        queries=queries,
        qrels={query.id: {query.item: 1} for query in queries},
        corpus=tuple(Passage(name, "", "kk", None, (), text) for name, text in TEXTS.items()),
        unanswerable=(
            question("soup", "kk", "Сорпаны қанша уақыт қайнатады?", kind="unrelated"),
            question("soup", "ru", "Сколько варить суп?", kind="unrelated"),
        ),
    )


@pytest.fixture
def folder(dataset: Dataset, tmp_path: Path) -> Path:
    """The dataset on disk."""
    write_dataset(tmp_path / "little", dataset)
    return tmp_path / "little"


@pytest.fixture(scope="session")
def bm25(dataset: Dataset) -> BM25:
    """A system that answers at once."""
    return BM25(dataset.corpus)


@pytest.fixture(scope="session")
def measured() -> Callable[..., Measurement]:
    """Makes a measurement from the rank of each question's answer; 0 where it was not found."""

    def make(ranks: list[int], *, items: int | None = None, language: str = "kk") -> Measurement:
        outcomes = tuple(
            Outcome(
                id=f"q{i}",
                text=f"сұрақ {i}",
                language=language,
                kind="plain",
                item=f"item {i % (items or len(ranks))}",
                expected={"right": 1},
                helps=(),
                found=tuple(
                    ("right" if place == rank else f"wrong {place}", 1 / place)
                    for place in range(1, 11)
                ),
                milliseconds=10.0 + i,
            )
            for i, rank in enumerate(ranks)
        )
        return Measurement(Identity("system", "little", "test", "hash"), outcomes)

    return make


@pytest.fixture(scope="session")
def confident(measured: Callable[..., Measurement]) -> Callable[..., Measurement]:
    """Makes a measurement from confidences, ranks and refusals."""

    def make(rows: list[tuple[float, int | None, bool]]) -> Measurement:
        plain = measured([rank or 0 for _, rank, _ in rows])
        outcomes = tuple(
            replace(
                outcome,
                confidence=confidence,
                answerable=answerable,
                expected={} if rank is None else outcome.expected,
                kind="unrelated" if rank is None else "plain",
            )
            for outcome, (confidence, rank, answerable) in zip(plain.outcomes, rows, strict=True)
        )
        return replace(plain, outcomes=outcomes)

    return make
