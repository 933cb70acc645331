from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from evaluation.beir import Dataset
from evaluation.errors import DatasetError, MeasurementError
from evaluation.measurement import Measurement, read_measurement
from evaluation.running import identify, measure
from evaluation.systems import BM25, Found


@dataclass
class Failing:
    """A system that stops answering after some questions, as an interrupted run does."""

    system: BM25
    answers: int
    asked: list[str] = field(default_factory=list)
    name: str = "bm25"

    @property
    def stamp(self) -> dict[str, str]:
        """What it consists of."""
        return self.system.stamp

    def texts(self) -> Mapping[str, str]:
        """The texts of its passages."""
        return self.system.texts()

    def explain(self, text: str, passages: Collection[str]) -> dict[str, dict[str, float]]:
        """Gives each passage one part."""
        return {passage: {"words": float(len(passage))} for passage in passages}

    def ask(self, text: str, k: int) -> Found:
        """Answers until it fails."""
        self.asked.append(text)
        if len(self.asked) > self.answers:
            raise MeasurementError("no answer")
        return self.system.ask(text, k)


def test_a_failure_keeps_the_parts_of_its_scores(dataset: Dataset, bm25: BM25) -> None:
    """Where another passage came first, both passages' parts are kept; elsewhere nothing is."""
    found = measure(Failing(bm25, 100), dataset, identify(bm25, dataset, "hash"))

    failures = [o for o in found.answered if o.rank != 1]
    assert failures
    for outcome in found.answered:
        named = {*outcome.expected, *(p for p, _ in outcome.found[:1])} if outcome.rank != 1 else {}
        assert set(outcome.parts) == set(named)


def timeless(measurement: Measurement) -> Measurement:
    """Returns a measurement without its times."""
    return replace(
        measurement, outcomes=tuple(replace(o, milliseconds=0.0) for o in measurement.outcomes)
    )


def test_a_measurement_is_read_as_it_was_made(dataset: Dataset, bm25: BM25, tmp_path: Path) -> None:
    """The folder holds everything: outcomes, times, texts, figures."""
    made = measure(bm25, dataset, identify(bm25, dataset, "hash"), tmp_path)
    again = read_measurement(tmp_path)

    assert again == made
    assert again.values == made.values
    assert again.passages["water"] == dataset.corpus[0].text


@pytest.mark.parametrize("answers", [1, 4, 9])
def test_resuming_gives_the_same_figures(
    dataset: Dataset, bm25: BM25, tmp_path: Path, answers: int
) -> None:
    """A run interrupted anywhere, even inside a line, ends with the figures of one run through."""
    identity = identify(bm25, dataset, "hash")
    whole = measure(Failing(bm25, 100), dataset, identity)
    with pytest.raises(MeasurementError):
        measure(Failing(bm25, answers), dataset, identity, tmp_path)
    with (tmp_path / "results.jsonl").open("a") as file:
        file.write('{"id": "water-kk", "te')

    rest = Failing(bm25, 100)
    resumed = measure(rest, dataset, identity, tmp_path)

    assert timeless(resumed) == timeless(whole)
    assert resumed.estimates() == whole.estimates()
    # The warm-up question is asked anew; nothing that was answered is.
    assert len(rest.asked) == 1 + len(whole.outcomes) - (answers - 1)


def test_a_finished_run_asks_nothing_again(dataset: Dataset, bm25: BM25, tmp_path: Path) -> None:
    """Running the same command again only reads."""
    identity = identify(bm25, dataset, "hash")
    made = measure(bm25, dataset, identity, tmp_path)

    assert measure(Failing(bm25, 0), dataset, identity, tmp_path) == made


def test_a_run_of_something_else_is_not_mixed_in(
    dataset: Dataset, bm25: BM25, tmp_path: Path
) -> None:
    """Another dataset in the same folder is refused, and the message says what differs."""
    measure(bm25, dataset, identify(bm25, dataset, "hash"), tmp_path)

    with pytest.raises(DatasetError, match=r"something else \(other questions\)"):
        measure(bm25, dataset, identify(bm25, dataset, "another"), tmp_path)


def test_an_interrupted_run_cannot_be_scored(dataset: Dataset, bm25: BM25, tmp_path: Path) -> None:
    """Half a run gives no figures, but says how to go on."""
    with pytest.raises(MeasurementError):
        measure(Failing(bm25, 3), dataset, identify(bm25, dataset, "hash"), tmp_path)

    with pytest.raises(DatasetError, match="interrupted after 2 questions; resume"):
        read_measurement(tmp_path)


def test_a_damaged_result_is_named(dataset: Dataset, bm25: BM25, tmp_path: Path) -> None:
    """The error names file, line and field."""
    measure(bm25, dataset, identify(bm25, dataset, "hash"), tmp_path)
    path = tmp_path / "results.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace('"found"', '"lost"')]))

    with pytest.raises(DatasetError, match=r"results\.jsonl:2: found: Field required"):
        read_measurement(tmp_path)


def test_a_folder_without_measurement_says_how_to_make_one(tmp_path: Path) -> None:
    """The error names the command."""
    with pytest.raises(DatasetError, match="python -m evaluation run"):
        read_measurement(tmp_path)


def test_unanswerable_questions_do_not_count_in_the_measures(dataset: Dataset, bm25: BM25) -> None:
    """They are asked, but only refusals look at them."""
    found = measure(bm25, dataset, identify(bm25, dataset, "hash"))

    assert [o.id for o in found.unanswerable] == ["soup-kk", "soup-ru"]
    assert set(found.values["RR@10"]) == {query.id for query in dataset.queries}
    assert {name: len(ids) for name, ids in found.languages().items()} == {
        "kk": 4,
        "ru": 4,
        "all": 8,
    }
