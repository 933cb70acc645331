from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluation.beir import Dataset
from evaluation.errors import DatasetError, MeasurementError
from evaluation.opening import open_passages, open_system
from evaluation.systems import BM25, Dense, Service, Tarmaq, code_digest
from indexer.embedding.encoders import Encoder
from service.engine.engine import Engine
from service.settings import Settings

QUESTION = "Қазақстан БҰҰ-ға мүше ме?"


@pytest.fixture(scope="module")
def tarmaq(engine: Engine) -> Tarmaq:
    """The engine over the concept, as it is measured."""
    return Tarmaq(engine)


def test_the_engine_is_measured_as_it_ships(tarmaq: Tarmaq, engine: Engine) -> None:
    """What is measured is what the engine answers, confidence and words included."""
    found, answer = tarmaq.ask(QUESTION, 7), engine.ask(QUESTION, k=7)

    assert found.passages == tuple((r.passage.id, r.score) for r in answer.results)
    assert len(found.passages) == 7
    assert (found.confidence, found.answerable) == (answer.confidence, answer.answerable)
    assert found.answer == (answer.answer.text if answer.answer else None)


def test_a_service_over_http_answers_as_the_engine(tarmaq: Tarmaq, address: str) -> None:
    """Measured over HTTP the same engine gives the same ranking and confidence."""
    service = Service(address)
    over_http, inside = service.ask(QUESTION, 5), tarmaq.ask(QUESTION, 5)

    assert [p for p, _ in over_http.passages] == [p for p, _ in inside.passages]
    assert over_http.confidence == pytest.approx(inside.confidence)
    assert over_http.interpreted == inside.interpreted
    assert service.stamp["model"] == tarmaq.stamp["model"]
    first = over_http.passages[0][0]
    assert service.texts()[first] == tarmaq.texts()[first]


def test_a_service_that_is_not_there_is_an_error() -> None:
    """The message names the address."""
    service = Service("http://127.0.0.1:9", timeout=2)

    with pytest.raises(MeasurementError, match=r"127\.0\.0\.1:9: no answer"):
        _ = service.stamp
    with pytest.raises(MeasurementError, match="POST /v1/search failed"):
        service.ask(QUESTION, 3)


def test_dense_retrieval_ranks_by_cosine(dataset: Dataset, encoder: Encoder) -> None:
    """The score is the cosine of question and passage, best first."""
    dense = Dense(dataset.corpus, encoder)
    found = dense.ask("ядролық қару", 5).passages
    query = encoder.encode_queries(["ядролық қару"])[0]
    cosines = encoder.encode_passages([p.text for p in dataset.corpus]) @ query

    assert found[0][0] == "arms"
    assert [score for _, score in found] == pytest.approx(sorted(cosines, reverse=True), abs=1e-5)


def test_bm25_leaves_out_what_shares_no_word(bm25: BM25) -> None:
    """A passage without a word of the question is not found, a Latin question finds nothing."""
    assert [passage for passage, _ in bm25.ask("ағылшын тілін", 5).passages] == ["school"]
    assert bm25.ask("unrelated words", 5).passages == ()


def test_prefixes_meet_other_endings(dataset: Dataset) -> None:
    """Five letters of a word find it with another ending."""
    question = "ядролықты таратпауға"

    assert BM25(dataset.corpus).ask(question, 5).passages == ()
    assert BM25(dataset.corpus, 5).ask(question, 1).passages[0][0] == "arms"


def test_an_unknown_system_is_an_error(dataset: Dataset, tmp_path: Path) -> None:
    """The error lists the systems."""
    with pytest.raises(DatasetError, match="tarmaq, dense, bm25"):
        open_system("google", dataset, Settings(), tmp_path)


def test_questions_about_another_index_are_refused(dataset: Dataset, concept_folder: Path) -> None:
    """A dataset whose answers the index does not hold is not measured as zero."""
    from dataclasses import replace

    with pytest.raises(DatasetError, match="'water-kk' is answered by 'water', which is not in"):
        open_passages(replace(dataset, corpus=()), concept_folder)


def test_the_pipeline_answers_a_corpus_of_its_own(
    dataset: Dataset, root: Path, tmp_path: Path
) -> None:
    """A dataset with a corpus is indexed and answered by the whole pipeline."""
    system = open_system("tarmaq", dataset, Settings(models=root / "models.txt"), tmp_path)

    assert system.ask("Ядролық қару туралы шарт бар ма?", 5).passages[0][0] == "arms"
    assert set(system.texts()) == {passage.id for passage in dataset.corpus}


def test_the_code_hash_is_of_the_sources() -> None:
    """The same sources, the same hash; other packages, another."""
    assert code_digest("indexer") == code_digest("indexer") != code_digest("indexer", "service")


@pytest.fixture
def odd_service() -> Iterator[str]:
    """A server that answers with something else."""
    import http.server
    import threading

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"hits": []}')

        def log_message(self, *_: object) -> None:
            """Prints nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_another_interface_is_an_error(odd_service: str) -> None:
    """A server without our interface is named, not scored."""
    assert httpx.post(f"{odd_service}/v1/search").status_code == 200

    with pytest.raises(MeasurementError, match="POST /v1/search failed"):
        Service(odd_service).ask(QUESTION, 3)


@pytest.mark.parametrize("name", ["code.py", "pairs.tsv", "confidence.json", "forms.toml"])
def test_code_digest_changes_with_whatever_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A measurement made with other lists of words or weights is not taken up again."""
    package = tmp_path / f"answering_{name.partition('.')[0]}"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / name).write_text("one", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    before = code_digest(package.name)
    (package / name).write_text("two", encoding="utf-8")
    assert code_digest(package.name) != before
