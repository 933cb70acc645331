import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.beir import Dataset, write_dataset
from evaluation.errors import DatasetError
from evaluation.measurement import Measurement
from evaluation.validation import validate


@pytest.fixture
def texts(dataset: Dataset) -> dict[str, str]:
    """The corpus by id."""
    return {passage.id: passage.text for passage in dataset.corpus}


def add(folder: Path, query_id: str, text: str, answer: str | None = "water") -> None:
    """Adds a question, with an answer unless that is None."""
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"_id": query_id, "text": text}, ensure_ascii=False) + "\n")
    if answer is not None:
        with (folder / "qrels" / "test.tsv").open("a") as file:
            file.write(f"{query_id}\t{answer}\t1\n")


def test_a_sound_dataset_has_no_findings(folder: Path, texts: dict[str, str]) -> None:
    """Nothing is found where nothing is wrong."""
    assert validate(folder, texts) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("каспийдің балығын кім қорғайды", "duplicate"),
        ("Теңізінің суы мен балығын бірлесіп қалай қорғаймыз?", "copied"),
        ("ядролық қаруды таратпау", "copied"),
    ],
)
def test_a_bad_question_is_found(folder: Path, texts: dict[str, str], text: str, kind: str) -> None:
    """A question asked twice, or in the passage's own words, is found."""
    add(folder, "new", text, "arms" if "қару" in text else "water")

    (finding,) = validate(folder, texts)

    assert (finding.kind, finding.query) == (kind, "new")


def test_a_question_that_no_split_judges_is_found(folder: Path, texts: dict[str, str]) -> None:
    """A question without an answer anywhere is an error."""
    add(folder, "new", "Жаңа сұрақ не туралы?", None)

    (finding,) = validate(folder, texts)

    assert (finding.severity, finding.kind) == ("error", "unjudged-question")


def test_an_id_with_white_space_is_found(folder: Path, texts: dict[str, str]) -> None:
    """It cannot stand in a TREC file."""
    add(folder, "my question", "Кімнің шекарасы қайда жатыр екен?", "border")

    (finding,) = validate(folder, texts)

    assert (finding.severity, finding.kind, finding.query) == ("error", "spaced-id", "my question")


def test_a_missing_passage_is_found(folder: Path, texts: dict[str, str]) -> None:
    """An answer that the corpus does not hold is an error."""
    del texts["school"]

    assert {f.kind for f in validate(folder, texts)} == {"unknown-passage"}


def test_a_judged_passage_without_a_word_is_found(folder: Path, texts: dict[str, str]) -> None:
    """Nothing can find it: the figures fall for no fault of a system."""
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "blank", "text": ""}\n')
    with (folder / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("water-kk\tblank\t1\n")

    (finding,) = validate(folder, texts)

    assert (finding.severity, finding.kind, finding.query) == (
        "warning",
        "blank-passage",
        "water-kk",
    )


def test_a_leak_between_splits_is_found(
    dataset: Dataset, folder: Path, texts: dict[str, str]
) -> None:
    """One item in tune and test is a leak, whatever the language."""
    tune = replace(dataset, split="tune", qrels={"water-ru": {"water": 1}})
    (folder / "qrels" / "tune.tsv").write_text("water-ru\twater\t1\n")
    rows = (folder / "qrels" / "test.tsv").read_text().splitlines()
    (folder / "qrels" / "test.tsv").write_text(
        "\n".join(row for row in rows if not row.startswith("water-ru"))
    )
    assert tune.split == "tune"
    (folder / "unanswerable.jsonl").unlink()

    (finding,) = validate(folder, texts)

    assert (finding.kind, finding.query) == ("leak", "water")


def test_an_unjudged_first_result_is_found(
    dataset: Dataset, folder: Path, texts: dict[str, str], measured: Callable[..., Measurement]
) -> None:
    """A passage that came first and that nobody judged is listed; one that helps is not."""
    run = measured([2, 2])
    outcomes = (run.outcomes[0], replace(run.outcomes[1], helps=("wrong 1",)))

    findings = validate(folder, texts, replace(run, outcomes=outcomes))

    assert [(f.kind, f.query) for f in findings] == [("unjudged-result", "q0")]


def test_a_folder_without_qrels_is_an_error(dataset: Dataset, tmp_path: Path) -> None:
    """There must be at least one split."""
    write_dataset(tmp_path, dataset)
    (tmp_path / "qrels" / "test.tsv").unlink()

    with pytest.raises(DatasetError, match="no qrels"):
        validate(tmp_path, {})
