import os
from pathlib import Path

import pytest

from evaluation.beir import Dataset
from evaluation.contest import PEERS, convert_model, install_missing, run_peer, setup_lines
from evaluation.errors import MeasurementError
from evaluation.metrics import NAMES


@pytest.fixture(scope="session")
def environments(root: Path) -> Path:
    """Folder with the peers' environments: ``python -m evaluation peers DATASET --install``."""
    return Path(os.environ.get("TARMAQ_PEERS", root / "build" / "peers"))


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine's weights as a sentence-transformers model."""
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    return convert_model(tmp_path_factory.mktemp("model"))


@pytest.mark.parametrize("peer", [peer for peer in PEERS if peer != "ours"])
def test_a_peer_answers_in_its_own_environment(
    peer: str, dataset: Dataset, environments: Path, request: pytest.FixtureRequest
) -> None:
    """A real peer indexes the passages, answers every question, and is measured."""
    if not (environments / peer / "bin" / "python").exists():
        pytest.skip(f"no environment for {peer}; make it: python -m evaluation peers --install")
    folder = Path() if peer == "lexical" else request.getfixturevalue("model")
    result = run_peer(peer, dataset, dataset.corpus, folder, environments)

    assert set(result.exchange.found) == {query.id for query in dataset.queries}
    assert result.measures["kk"]["RR@10"].mean >= 0.4
    assert set(result.measures["ru"]) == set(NAMES)
    assert result.latency.p50 > 0
    assert 10 < result.peak_mib < 4096


def test_ours_is_run_as_the_peers_are(
    dataset: Dataset, concept_folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tarmaq indexes its corpus anew in a process of its own."""
    from dataclasses import replace

    from evaluation.systems import every_passage
    from indexer.stores.embedded import EmbeddedStore

    monkeypatch.chdir(root)
    passages = every_passage(EmbeddedStore(concept_folder).snapshot())
    asked = replace(dataset, queries=dataset.queries[:1])
    result = run_peer("ours", asked, passages, concept_folder, Path("nowhere"))

    assert len(result.exchange.found["water-kk"]) == 10
    assert result.setup_seconds > 0


def test_a_missing_environment_says_how_to_make_it(dataset: Dataset, tmp_path: Path) -> None:
    """The error names the command."""
    with pytest.raises(MeasurementError, match="--install --only txtai"):
        run_peer("txtai", dataset, dataset.corpus, tmp_path, tmp_path)


def test_an_environment_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    """Nothing is installed for Tarmaq itself or where an environment stands."""
    python = tmp_path / "txtai" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()

    install_missing(["ours", "txtai"], tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["txtai"]
    assert python.stat().st_size == 0


def test_lines_of_set_up_leave_out_words() -> None:
    """Docstrings, comments and our own exchange are not counted."""
    assert setup_lines("lexical") == 9
    assert all(5 < setup_lines(peer) < 30 for peer in PEERS)
