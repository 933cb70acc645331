from pathlib import Path

import pytest

from evaluation.beir import Dataset, digest, read_dataset, write_dataset
from evaluation.errors import DatasetError


def test_what_is_written_is_read_again(dataset: Dataset, folder: Path) -> None:
    """A dataset survives writing and reading, metadata and unanswerable questions included."""
    again = read_dataset(folder)

    assert again == dataset
    assert [q.metadata for q in again.queries] == [q.metadata for q in dataset.queries]


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("queries.jsonl", "{", "queries.jsonl:9: not JSON"),
        ("queries.jsonl", "[]", "queries.jsonl:9: not a JSON object"),
        ("queries.jsonl", '{"_id": "x"}', "queries.jsonl:9: 'text' is missing"),
        ("queries.jsonl", '{"_id": "x", "text": " "}', "queries.jsonl:9: 'text' is missing"),
        ("queries.jsonl", '{"_id": "water-kk", "text": "a"}', "queries.jsonl:9: a second question"),
        ("queries.jsonl", '{"_id": "x", "text": "a", "metadata": 1}', "queries.jsonl:9: metadata"),
        ("corpus.jsonl", '{"_id": "water", "text": "a"}', "corpus.jsonl:6: a second passage"),
        ("qrels/test.tsv", "water-kk\twater", "test.tsv:10: expected query-id"),
        ("qrels/test.tsv", "water-kk\twater\tmuch", "test.tsv:10: expected query-id"),
        ("qrels/test.tsv", "water-kk\twater\t.5", "test.tsv:10: expected query-id"),
        ("qrels/test.tsv", "water-kk\twater\t0", "test.tsv:10: 'water-kk' judges 'water' twice"),
        ("corpus.jsonl", '{"_id": "x", "text": 1}', "corpus.jsonl:6: 'title' or 'text' is no"),
        ("qrels/test.tsv", "nobody\twater\t1", "test.tsv:10: 'nobody' is not in queries"),
        ("qrels/test.tsv", "water-kk\tnowhere\t1", "test.tsv:10: 'nowhere' is not in corpus"),
    ],
)
def test_a_malformed_line_is_named(folder: Path, name: str, line: str, words: str) -> None:
    """The error names the file and the line."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")

    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)

    assert words in str(caught.value)


def test_a_passage_may_lack_its_text(folder: Path) -> None:
    """A title alone is the text; one without a word is left out, and may still be judged."""
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "titled", "title": "Порттар", "text": ""}\n{"_id": "blank"}\n')
    with (folder / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("water-kk\tblank\t1\n")

    found = read_dataset(folder)

    assert (found.corpus[-1].text, found.corpus[-1].heading_path) == ("Порттар", ())
    assert found.blank == ("blank",)
    assert found.qrels["water-kk"] == {"water": 1, "blank": 1}
    write_dataset(folder, found)
    assert read_dataset(folder) == found


def test_a_grade_written_with_a_point_is_the_same(dataset: Dataset, folder: Path) -> None:
    """Some tools write 1 as 1.0."""
    file = folder / "qrels" / "test.tsv"
    file.write_text(file.read_text(encoding="utf-8").replace("\t1\n", "\t1.0\n"), encoding="utf-8")

    assert read_dataset(folder) == dataset


def test_a_dataset_without_answers_measures_nothing(folder: Path) -> None:
    """A dataset whose questions are all unanswerable is refused, not scored as zero."""
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nwater-kk\twater\t0\n")

    with pytest.raises(DatasetError, match="no question that has an answer"):
        read_dataset(folder)


@pytest.mark.parametrize("name", ["queries.jsonl", "qrels/test.tsv"])
def test_an_empty_file_is_an_error(folder: Path, name: str) -> None:
    """An empty dataset says so."""
    (folder / name).write_text("")

    with pytest.raises(DatasetError):
        read_dataset(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The error names the folder."""
    with pytest.raises(DatasetError, match="nowhere: no such folder"):
        read_dataset(tmp_path / "nowhere")


def test_bytes_that_are_no_utf8_are_an_error(folder: Path) -> None:
    """A file in another encoding is named."""
    (folder / "queries.jsonl").write_bytes("сұрақ".encode("utf-16"))

    with pytest.raises(DatasetError, match=r"queries\.jsonl: cannot be read"):
        read_dataset(folder)


def test_line_separators_inside_a_question_do_not_split_it(folder: Path) -> None:
    """U+2028 inside a JSON string is text."""
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "x", "text": "бір\u2028екі"}\n')

    assert len(read_dataset(folder).queries) == 8


def test_another_split_takes_its_own_unanswerable_questions(dataset: Dataset, folder: Path) -> None:
    """Unanswerable questions of another split are left out."""
    lines = (folder / "unanswerable.jsonl").read_text(encoding="utf-8").splitlines()
    lines[0] = lines[0].replace('"kind"', '"split": "tune", "kind"')
    (folder / "unanswerable.jsonl").write_text("\n".join(lines), encoding="utf-8")

    assert [q.id for q in read_dataset(folder).unanswerable] == ["soup-ru"]


def test_the_digest_changes_with_any_file(dataset: Dataset, folder: Path) -> None:
    """A changed question or judgement makes another hash."""
    before = digest(folder, "test")
    write_dataset(folder, dataset)
    assert digest(folder, "test") == before

    with (folder / "qrels" / "test.tsv").open("a") as file:
        file.write("water-kk\tarms\t0\n")

    assert digest(folder, "test") != before
