from pathlib import Path

import pytest

from evaluation.beir import Dataset
from evaluation.bench import bench, served
from evaluation.errors import MeasurementError
from evaluation.latency import latency
from indexer.embedding import Encoder
from service.engine import Engine


def test_service_and_embedding_are_timed_on_the_same_questions(
    dataset: Dataset, engine: Engine, encoder: Encoder, concept_folder: Path, root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A real server process is started, asked over HTTP and ended."""
    monkeypatch.chdir(root)
    texts = [query.text for query in dataset.queries]
    with served(concept_folder) as address:
        found = bench(texts, engine, encoder, address)

    assert (found.questions, found.rounds) == (8, 1)
    assert 0 < found.bare.p50 < found.http.p50 * 5
    assert found.engine_difference == found.engine.p50 - found.bare.p50


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The server's own message is given."""
    with pytest.raises(MeasurementError, match="no index"), served(tmp_path / "nowhere"):
        pass


def test_times_are_summed_up() -> None:
    """Percentiles and throughput of known times."""
    found = latency([10.0] * 98 + [30.0, 50.0])

    assert (found.p50, round(found.p95), round(found.p99)) == (10.0, 10, 30)
    assert found.per_second == pytest.approx(1000 * 100 / 1060)
