import subprocess
import sys
from pathlib import Path

import ir_measures
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from evaluation import trec
from evaluation.errors import DatasetError
from evaluation.metrics import NAMES, per_query

QRELS = {"q1": {"a": 1}, "q2": {"b": 1, "c": 1}, "q3": {"d": 1}}
# q1 has equal scores, which tools break in their own ways; q2 scores that do not fall.
RUN = {
    "q1": (("b", 0.5), ("a", 0.5), ("c", 0.5)),
    "q2": (("a", 0.1), ("b", 0.7), ("c", 0.65)),
    "q3": (("x", 0.90000001), ("d", 0.9)),
}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A run and its qrels, as we write them."""
    trec.write_run(tmp_path / "run", RUN, "a tag")
    trec.write_qrels(tmp_path / "qrels", QRELS)
    return tmp_path / "run", tmp_path / "qrels"


def test_the_command_of_ir_measures_gives_the_same_figures(files: tuple[Path, Path]) -> None:
    """The run and qrels that we write, scored by ir_measures' own command, give our means."""
    run, qrels = files
    command = [Path(sys.executable).with_name("ir_measures"), qrels, run, " ".join(NAMES)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    theirs = dict(line.split("\t") for line in output.splitlines())
    ours = {k: sum(v.values()) / len(v) for k, v in per_query(QRELS, RUN).items()}

    assert theirs == {name: f"{value:.4f}" for name, value in ours.items()}


def test_trec_eval_gives_the_same_figures(files: tuple[Path, Path]) -> None:
    """trec_eval's own code, fed with our files, gives our value for every question."""
    run, qrels = ({}, {})
    for line in files[0].read_text().splitlines():
        query, _, passage, _, score, _ = line.split()
        run.setdefault(query, {})[passage] = float(score)
    for line in files[1].read_text().splitlines():
        query, _, passage, grade = line.split()
        qrels.setdefault(query, {})[passage] = int(grade)
    evaluator = pytrec_eval.RelevanceEvaluator(
        qrels, {"success.1", "recall.5", "recip_rank", "ndcg_cut.10"}
    )
    theirs = evaluator.evaluate(run)

    ours = per_query(QRELS, RUN)

    keys = ("success_1", "recall_5", "recip_rank", "ndcg_cut_10")
    for query in QRELS:
        expected = [theirs[query][key] for key in keys]
        assert [ours[name][query] for name in NAMES] == pytest.approx(expected, abs=1e-6)


def test_a_run_that_was_written_is_read_in_the_same_order(files: tuple[Path, Path]) -> None:
    """Reading restores every question's passages in rank order, ties or not."""
    again = trec.read_run(files[0])

    assert {q: [p for p, _ in hits] for q, hits in again.items()} == {
        q: [p for p, _ in hits] for q, hits in RUN.items()
    }
    assert trec.read_qrels(files[1]) == QRELS


@given(
    st.lists(
        st.floats(allow_nan=False, allow_infinity=False, width=32, min_value=-1e6, max_value=1e6),
        min_size=1,
        max_size=20,
    )
)
def test_any_scores_keep_the_order(scores: list[float]) -> None:
    """Whatever the scores are, another tool sees our order."""
    import tempfile

    run = {"q": tuple((f"p{i}", score) for i, score in enumerate(scores))}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run"
        trec.write_run(path, run, "x")
        theirs = sorted(ir_measures.read_trec_run(str(path)), key=lambda d: -d.score)

    assert [d.doc_id for d in theirs] == [passage for passage, _ in run["q"]]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("q1 Q0 z 9 0.1", "run:9: expected query-id, Q0"),
        ("q1 Q0 z nine 0.1 tag", "run:9: expected query-id, Q0"),
        ("q1 Q0 z 9 high tag", "run:9: expected query-id, Q0"),
        ("q1 Q0 z 9 NaN tag", "run:9: the score 'NaN' is no finite number"),
        ("q1 Q0 z 9 inf tag", "run:9: the score 'inf' is no finite number"),
        ("q1 Q0 a 9 0.1 tag", "run:9: 'q1' has 'a' twice"),
    ],
)
def test_a_bad_line_of_a_run_is_named(files: tuple[Path, Path], line: str, words: str) -> None:
    """The error says which line, and what is wrong with it."""
    with files[0].open("a") as file:
        file.write(line + "\n")

    with pytest.raises(DatasetError) as caught:
        trec.read_run(files[0])

    assert words in str(caught.value)


def test_ranks_order_only_what_scores_do_not(tmp_path: Path) -> None:
    """BEIR writes rank 0 on every line; trec_eval looks at scores alone."""
    lines = "q Q0 c 0 2.0 r", "q Q0 b 0 3.0 r", "q Q0 a 0 2.0 r", "q Q0 d -1 2.0 r"
    (tmp_path / "run").write_text("\n".join(lines))

    (hits,) = trec.read_run(tmp_path / "run").values()
    assert [passage for passage, _ in hits] == ["b", "d", "c", "a"]


def test_a_grade_written_with_a_point_is_the_same(tmp_path: Path) -> None:
    """Some tools write 1 as 1.0; half a grade is none."""
    (tmp_path / "qrels").write_text("q 0 a 1.0\nq 0 b 0\n")

    assert trec.read_qrels(tmp_path / "qrels") == {"q": {"a": 1, "b": 0}}


def test_an_empty_run_found_nothing(tmp_path: Path) -> None:
    """A file without a line is the run of a system that found nothing."""
    (tmp_path / "run").write_text("\n")

    assert trec.read_run(tmp_path / "run") == {}


@pytest.mark.parametrize("name", ["a b", "a\tb", "a\u00a0b", " a", ""])
def test_an_id_with_white_space_is_not_written(tmp_path: Path, name: str) -> None:
    """The error names it, and no file is left that cannot be read."""
    for write in (
        lambda: trec.write_run(tmp_path / "file", {name: (("p", 1.0),)}, "tag"),
        lambda: trec.write_run(tmp_path / "file", {"q": ((name, 1.0),)}, "tag"),
        lambda: trec.write_qrels(tmp_path / "file", {name: {"p": 1}}),
        lambda: trec.write_qrels(tmp_path / "file", {"q": {name: 1}}),
    ):
        with pytest.raises(DatasetError, match="white space"):
            write()
    assert not (tmp_path / "file").exists()


@pytest.mark.parametrize("line", ["q1 0 a", "q1 0 z 0.5", "q1 0 a high", "q1 0 a 1"])
def test_a_bad_line_of_qrels_is_named(files: tuple[Path, Path], line: str) -> None:
    """The error names the line, a second judgement included."""
    with files[1].open("a") as file:
        file.write(line + "\n")

    with pytest.raises(DatasetError, match="qrels:5: "):
        trec.read_qrels(files[1])
