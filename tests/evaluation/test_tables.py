from pathlib import Path

import pytest

from evaluation import tables
from evaluation.ablation import variants
from evaluation.perturbation import SUITES
from service.ranking.fusion import Ranking
from service.settings import Settings


@pytest.fixture
def settings(root: Path) -> Settings:
    """Settings with the models of the checkout."""
    return Settings(models=root / "models.txt")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Indexes and measurements that the tables share."""
    return tmp_path_factory.mktemp("cache")


def test_accuracy_sets_the_pipeline_beside_baselines(
    folder: Path, settings: Settings, cache: Path
) -> None:
    """Each language has dense, BM25 and the full pipeline, with intervals; again it is the same."""
    made = tables.accuracy([folder], "test", settings, cache)

    assert made.count("| little, kk (4) |") == made.count("| little, ru (4) |") == 6
    assert "| full pipeline, base model |" in made
    assert "[" in made
    assert tables.accuracy([folder], "test", settings, cache) == made


def test_ablation_measures_every_part(folder: Path, settings: Settings, cache: Path) -> None:
    """Every variant of the ranking and both baselines have a row for each language."""
    made = tables.ablation([folder], "test", settings, cache)

    labels = {line.split(" | ")[1] for line in made.splitlines()[2:]}
    assert labels == {*dict(variants()), "bm25", "dense", "without interpretation"}
    assert len(made.splitlines()) == 2 + 2 * len(labels)


def test_every_switch_is_a_variant() -> None:
    """No part of the ranking is forgotten: each is removed once."""
    removed = {name.removeprefix("without ") for name, _ in variants() if "without" in name}

    assert (
        removed
        == set(Ranking.parts())
        == {
            *("dense", "words", "coverage", "asked", "dictionary"),
        }
    )
    assert "dense" in dict(variants())["only words"].without


def test_typing_sets_every_suite_beside_the_clean_questions(
    folder: Path, settings: Settings, cache: Path
) -> None:
    """Each suite has a row for each language that it changes."""
    made = tables.typing([folder], "test", settings, cache)

    assert all(f"| little, kk (4) | {suite} |" in made for suite in SUITES if suite != "lower")
    assert "| little, ru (4) | latin |" not in made


def test_refusals_are_told_by_kind(folder: Path, settings: Settings, cache: Path) -> None:
    """AUROC by language and kind, calibration and refusals are given."""
    made = tables.refusals([folder], "test", settings, cache)

    assert "| AUROC against | unrelated | all |" in made
    assert "little: ECE ." in made


def test_a_peer_that_is_absent_is_named(folder: Path, settings: Settings, cache: Path) -> None:
    """The table is made of those that are there; the others are named with the reason."""
    made = tables.peers([folder], "test", settings, cache, cache / "nowhere", ("lexical",))

    assert "lexical: no environment" in made
