"""What a question costs, counted in operations: it must not grow with the corpus."""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Encoder
from indexer.stores.catalogue import Catalogue
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.vectors import _SEARCH_CANDIDATES, Vectors
from service.engine.engine import Engine
from service.engine.questions import read_question
from service.ranking.fusion import CANDIDATES
from service.ranking.signals import SIGNALS
from service.ranking.signals import words as words_signal
from service.ranking.signals.words import Words

SIZES = (100, 1_000, 10_000)
POSTINGS = 300
GRAPH = 5_000
DOCUMENT = 50
QUESTIONS = {
    "of rare words": "қырлы дамытқыш қай жерде",
    "of common words": "мемлекеттік бағдарлама туралы",
    "of a word that every passage holds": "бағдарлама",
    "of unknown words": "ыыыұқ щщщмт",
}


@dataclass(frozen=True)
class Cost:
    """What one question cost.

    Attributes:
        looked_up: Rows that were looked up by words.
        candidates: Rows that were measured.
        read: Rows of the catalogue that were read.
        units: Parts of the question that are looked up one by one.
    """

    looked_up: int
    candidates: int
    read: int
    units: int


def synthetic(count: int) -> Iterator[Passage]:
    """Yields passages of words that no language has, with some that many of them share."""
    random = np.random.default_rng(count)
    letters = np.array(list("абвгдежзиклмнопрстуүұшыіқғңөә"))
    for number in range(count):
        words = ["".join(random.choice(letters, size)) for size in random.integers(4, 10, 2)]
        words.append("бағдарлама")
        words += ["мемлекеттік"] * (number % 2) + ["қырлы", "дамытқыш"] * (
            number % (count // 5) == 0
        )
        document, place = divmod(number, DOCUMENT)
        yield Passage(f"d{document:04}", f"al_{place}", "kk", None, (), " ".join(words))


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, hashed: Encoder) -> dict[int, Engine]:
    """An engine over each size of corpus; the largest is searched by a graph."""
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.stores.search.GRAPH_FROM", GRAPH)
        for size in SIZES:
            store = EmbeddedStore(tmp_path_factory.mktemp("grown") / "index")
            build(sources_of(synthetic(size)), store, hashed)
            made[size] = Engine(store.snapshot(), hashed)
    return made


@pytest.fixture
def costs(
    engines: dict[int, Engine], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Sequence[Cost]]:
    """Asks a question of every size of corpus; returns what it cost, the smallest first."""
    read = [0]
    reading = Catalogue.read

    def counting(catalogue: Catalogue, *arguments: Any) -> list[tuple[Any, ...]]:
        rows = reading(catalogue, *arguments)
        read[0] += len(rows)
        return rows

    monkeypatch.setattr(Catalogue, "read", counting)
    monkeypatch.setattr(words_signal, "_MOST_POSTINGS", POSTINGS)

    def ask(question: str) -> Sequence[Cost]:
        found = []
        for engine in engines.values():
            (words,) = (one for one in engine.retriever._ranker.signals if isinstance(one, Words))
            engine.ask(question)  # Outlines are read once and remembered.
            before, read[0] = words.looked_up, 0
            answer = engine.ask(question)
            found.append(
                Cost(
                    words.looked_up - before,
                    len(answer.hits.evidence.rows),
                    read[0],
                    len(answer.hits.units),
                )
            )
        return found

    return ask


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_rows_looked_up_are_bounded(
    costs: Callable[[str], Sequence[Cost]], question: str
) -> None:
    """However many passages hold a word, a part of the question looks at no more than so many."""
    for cost in costs(question):
        assert cost.looked_up <= POSTINGS * cost.units


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_candidates_measured_are_bounded(
    costs: Callable[[str], Sequence[Cost]], question: str
) -> None:
    """Each signal proposes no more than its share."""
    for cost in costs(question):
        assert 0 < cost.candidates <= CANDIDATES * len(SIGNALS)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_rows_read_are_those_shown(
    costs: Callable[[str], Sequence[Cost]], question: str
) -> None:
    """As many are read from the catalogue at a hundred times the size as at the smallest."""
    smallest, *larger = costs(question)
    assert 0 < smallest.read <= 10
    assert [cost.read for cost in larger] == [smallest.read] * len(larger)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_memory_follows_candidates(
    engines: dict[int, Engine], question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ranking makes no list as long as the corpus or its vocabulary: ten times both, no more."""
    monkeypatch.setattr(words_signal, "_MOST_POSTINGS", POSTINGS)
    most = []
    for size in SIZES[1:]:
        retriever = engines[size].retriever
        read = read_question(question)
        for attempt in range(2):
            query = retriever.query(read)
            tracemalloc.start()
            retriever._ranker.rank(query, retriever._ranker.candidates(query))
            most.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            if not attempt:
                most.pop()  # What threads keep is made at the first one.
    assert most[1] <= 1.5 * most[0] + 2**16


def test_a_search_that_fails_fails_the_question(
    engines: dict[int, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else takes the place of the index of vectors unseen."""

    def broken(*_: Any) -> Any:
        raise RuntimeError("no search")

    engine = engines[SIZES[-1]]
    engine.ask("бағдарлама")
    monkeypatch.setattr(Vectors, "search", broken)
    with pytest.raises(RuntimeError, match="no search"):
        engine.ask("бағдарлама")


def test_no_question_takes_vectors_out_of_their_index(
    engines: dict[int, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answering multiplies no matrix of vectors: only the index compares them."""

    def refused(*_: Any) -> Any:
        raise AssertionError("vectors were taken out")

    monkeypatch.setattr(Vectors, "vectors", refused)
    for engine in engines.values():
        for question in QUESTIONS.values():
            assert engine.ask(question).results


def test_only_candidates_are_compared(
    engines: dict[int, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the walk through the graph, and what it finds, no vectors are looked at."""
    compared, search = [0], Vectors.search

    def looking(among: Vectors, *arguments: Any) -> Any:
        if not among.has_graph:
            compared.append(len(among))
        return search(among, *arguments)

    monkeypatch.setattr(Vectors, "search", looking)
    for question in QUESTIONS.values():
        assert engines[SIZES[-1]].ask(question).results
    assert 0 < max(compared) <= max(CANDIDATES * len(SIGNALS), _SEARCH_CANDIDATES)


def test_the_largest_corpus_is_searched_by_a_graph(engines: dict[int, Engine]) -> None:
    """Else the counts above would say nothing of the graph."""
    graphs = [engine.snapshot._files._vectors.has_graph for engine in engines.values()]
    assert graphs == [False, False, True]
