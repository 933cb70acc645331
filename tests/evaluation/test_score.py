"""``score`` and ``run`` count questions by one rule."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation import trec
from evaluation.beir import Dataset, digest, read_dataset
from evaluation.commands.measure import score
from evaluation.errors import DatasetError
from evaluation.running import identify, measure
from evaluation.systems import BM25, Found

QRELS = {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 0}}

Scored = Callable[..., dict[str, Any]]


@pytest.fixture
def scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Scored:
    """Scores a run by qrels; what was warned of is beside the figures."""

    def of(run: dict[str, Any], qrels: Any = QRELS) -> dict[str, Any]:
        trec.write_run(tmp_path / "run", run, "tag")
        if not isinstance(qrels, Path):
            trec.write_qrels(tmp_path / "qrels", qrels)
            qrels = tmp_path / "qrels"
        score(tmp_path / "run", qrels, as_json=True)
        told = capsys.readouterr()
        figures: dict[str, Any] = json.loads(told.out)
        return {**figures, "warned": told.err}

    return of


def test_a_question_judged_only_0_does_not_count(scored: Scored) -> None:
    """Nothing could be found for it."""
    found = scored({"q1": (("a", 1.0),), "q2": (("b", 1.0),), "q3": (("c", 1.0),)})

    assert found["questions"] == 2
    assert found["metrics"]["RR@10"]["mean"] == 1
    assert not found["warned"]


def test_what_is_not_in_the_run_counts_0(scored: Scored) -> None:
    """A question that a system leaves out is one that it did not answer."""
    assert scored({"q1": (("a", 1.0),)})["metrics"]["RR@10"]["mean"] == 0.5


def test_a_system_that_finds_nothing_scores_0(scored: Scored) -> None:
    """An empty file is no error."""
    found = scored({})

    assert found["questions"] == 2
    assert {one["mean"] for one in found["metrics"].values()} == {0}


def test_a_question_that_nobody_judged_is_ignored_with_a_warning(scored: Scored) -> None:
    """The figures are those without it."""
    run = {"q1": (("a", 1.0),)}
    found = scored({**run, "q9": (("a", 1.0),)})

    assert "1 questions" in found["warned"]
    assert "'q9'" in found["warned"]
    assert found["metrics"] == scored(run)["metrics"]


def test_qrels_that_nothing_answers_are_an_error(scored: Scored) -> None:
    """There would be no mean."""
    with pytest.raises(DatasetError, match="nothing to measure"):
        scored({"q3": (("c", 1.0),)}, {"q3": {"c": 0}})


def test_run_and_score_agree(
    folder: Path, bm25: BM25, dataset: Dataset, scored: Scored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question judged only 0, and one for which nothing is found, count alike in both."""
    lines = (folder / "qrels" / "test.tsv").read_text().splitlines()
    lines = [line.replace("\t1", "\t0") if "trade-kk" in line else line for line in lines]
    (folder / "qrels" / "test.tsv").write_text("\n".join(lines))
    read = read_dataset(folder)
    asking = bm25.ask
    monkeypatch.setattr(
        bm25, "ask", lambda text, k: Found(()) if "Каспия" in text else asking(text, k)
    )
    ran = measure(bm25, read, identify(bm25, read, digest(folder, "test")))
    run = {query_id: hits for query_id, hits in ran.run.items() if hits}
    found = scored(run, folder)

    assert found["questions"] == len(ran.qrels) == len(dataset.queries) - 1
    means = {name: one["mean"] for name, one in found["metrics"].items()}
    assert means == {name: one.mean for name, one in ran.estimates().items()}


def test_a_system_that_finds_nothing_is_measured(dataset: Dataset, bm25: BM25) -> None:
    """It scores 0 in ``run``, too."""

    class Silent(BM25):
        def ask(self, text: str, k: int) -> Found:
            return Found(())

    silent = Silent(dataset.corpus)
    ran = measure(silent, replace(dataset), identify(silent, dataset, "hash"))

    assert {one.mean for one in ran.estimates().values()} == {0}
