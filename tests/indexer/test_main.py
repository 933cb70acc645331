"""Tests of the command ``python -m indexer``."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from indexer.documents.description import read_document
from indexer.stores.embedded import EmbeddedStore

CONCEPT = "foreign-policy-2020-2030"
DESCRIPTION = """
uri = "/akn/kz/act/law/2021-02-03/5"
[title]
kk = "Ауыл кітапханалары туралы"
ru = "О сельских библиотеках"
[[editions]]
language = "kk"
[[editions]]
language = "ru"
status = "unofficial"
"""


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs ``python -m indexer``."""
    return subprocess.run(
        [sys.executable, "-m", "indexer", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_parse_prints_the_golden_passages(root: Path) -> None:
    """The concept's 128 passages come out exactly, a JSON object a line."""
    done = run(root, "parse", "seeds/foreign-policy-2020-2030/kk.txt", "--language", "kk")
    assert done.returncode == 0, done.stderr
    golden = (root / "tests/data/concept.passages.jsonl").read_text(encoding="utf-8").splitlines()
    fields = ("eid", "num", "heading_path", "text")
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    assert [{key: line[key] for key in fields} for line in printed] == [*map(json.loads, golden)]


def test_parse_reads_a_file_as_adding_it_does(root: Path, tmp_path: Path) -> None:
    """Words broken at a line's end, sums at a line's start and wide digits are mended first."""
    file = tmp_path / "act.txt"
    lines = ("1-тарау. Сынақ", "1. Халықаралық ынты-", "мақтастықты дамыту.", "2. Сауда-",
             "экономикалық байланыс.", "3. Сома", "3.5 пайыздан аспайды және",
             "10 жылға дейін созылады.", "４．Төртінші мәтін.")  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    done = run(root, "parse", str(file))
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [
        "Халықаралық ынтымақтастықты дамыту.",
        "Сауда-экономикалық байланыс.",
        "Сома 3.5 пайыздан аспайды және 10 жылға дейін созылады.",
        "Төртінші мәтін.",
    ]


def test_missing_file_is_one_line(root: Path) -> None:
    """An error that a user can mend is no traceback."""
    done = run(root, "parse", "nowhere.txt")
    assert done.returncode == 1
    assert done.stderr.startswith("error: nowhere.txt: cannot be read")
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def law(root: Path, tmp_path: Path) -> Path:
    """The folder of a law in two languages."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    for language in ("kk", "ru"):
        source = root / "tests" / "data" / "acts" / f"libraries-law.{language}.txt"
        shutil.copy(source, folder / f"{language}.txt")
    (folder / "document.toml").write_text(DESCRIPTION, encoding="utf-8")
    return folder


def test_build_shows_progress_and_its_result(root: Path, law: Path) -> None:
    """Building draws a bar and ends with what was built."""
    first = run(root, "build", "--seeds", str(law.parent), "--out", str(law.parent / "index"))
    assert first.returncode == 0, first.stderr
    assert re.search(r"embedding: 100%.* ([\d.]+k?)/\1 ", first.stderr)
    assert "52 passages of 1 documents" in first.stdout


@pytest.fixture
def index(concept_folder: Path, tmp_path: Path) -> Path:
    """A copy of the concept's index."""
    return Path(shutil.copytree(concept_folder, tmp_path / "index"))


def test_a_document_is_added_listed_and_removed(root: Path, index: Path, law: Path) -> None:
    """Each command says what it did; the concept is not embedded again."""
    added = run(root, "add", str(law), "--index", str(index))
    assert added.returncode == 0, added.stderr
    assert "of 2 documents" in added.stdout

    listed = run(root, "list", "--index", str(index))
    concept = read_document(root / "seeds" / CONCEPT)
    assert [line.split("\t") for line in listed.stdout.splitlines()] == [
        [f"{CONCEPT}@kk:2020-03-06", "authoritative", "128 passages",
         concept.title["kk"]],
        [f"{CONCEPT}@ru:2020-03-06", "unofficial", "128 passages", concept.title["ru"]],
        [f"{CONCEPT}@en:2020-03-06", "unofficial", "128 passages", concept.title["en"]],
        ["libraries@kk:2021-02-03", "authoritative", "26 passages", "Ауыл кітапханалары туралы"],
        ["libraries@ru:2021-02-03", "unofficial", "26 passages", "О сельских библиотеках"],
    ]  # fmt: skip
    assert "2 documents, 436 passages, tarmaq-e5-small" in listed.stderr

    removed = run(root, "remove", "libraries", "--index", str(index))
    assert removed.returncode == 0, removed.stderr
    assert removed.stdout.endswith("without libraries\n")
    assert list(EmbeddedStore(index).snapshot().documents) == [CONCEPT]


def test_a_file_is_added_kept_and_built_again(root: Path, index: Path, tmp_path: Path) -> None:
    """A file becomes a document, its recognised structure is printed, a later build has it."""
    source = root / "tests" / "data" / "acts" / "libraries-law.ru.txt"
    heading = "Закон Республики Казахстан от 3 февраля 2021 года № 5\n"
    file = tmp_path / "law.txt"
    file.write_text(heading + source.read_text(encoding="utf-8"), encoding="utf-8")
    added = run(root, "add", str(file), "--id", "libraries", "--yes", "--index", str(index))
    assert added.returncode == 0, added.stderr
    assert "ru: text, utf-8" in added.stderr
    assert "of 2 documents" in added.stdout
    built = run(root, "build", "--out", str(index))
    assert built.returncode == 0, built.stderr
    assert "of 2 documents, 0 embedded" in built.stdout
    assert run(root, "remove", "libraries", "--index", str(index)).returncode == 0
    assert "of 1 documents" in run(root, "build", "--out", str(index)).stdout


def test_what_is_doubtful_is_not_added_in_silence(root: Path, index: Path, tmp_path: Path) -> None:
    """Without --yes a text with a gap is refused, its gap and what else to look at named."""
    file = tmp_path / "law.txt"
    file.write_text("1-бап. Мақсат\n1. Бірінші.\n\n3-бап. Қор\n1. Үшінші.\n", encoding="utf-8")
    before = EmbeddedStore(index).generation()
    done = run(root, "add", str(file), "--index", str(index))
    assert done.returncode == 1
    assert "A gap in the numbers: art_1 is followed by art_3" in done.stderr
    assert "say --yes" in done.stderr
    assert EmbeddedStore(index).generation() == before


def test_what_cannot_be_added_or_removed_is_said(root: Path, index: Path) -> None:
    """An unknown id or folder is one line that names it, and nothing is changed."""
    before = EmbeddedStore(index).generation()
    for command, name in (("remove", "nothing"), ("add", "nowhere")):
        done = run(root, command, name, "--index", str(index))
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert name in done.stderr
    assert EmbeddedStore(index).generation() == before


def test_checking_an_index_tells_damage(root: Path, index: Path) -> None:
    """A whole index is said to be whole; an altered text is named, with a status for scripts."""
    whole = run(root, "check", "--index", str(index))
    assert (whole.returncode, whole.stdout) == (0, "")
    assert "whole" in whole.stderr
    with closing(sqlite3.connect(index / "store.sqlite")) as connection, connection:
        connection.execute(
            "UPDATE passages SET text = 'x' WHERE number = (SELECT max(number) FROM passages)"
        )
    damaged = run(root, "check", "--index", str(index))
    assert damaged.returncode == 1
    assert f"{CONCEPT}@en:2020-03-06" in damaged.stdout


def test_checking_documents_tells_how_editions_differ(root: Path, law: Path) -> None:
    """Addresses that only one language has are listed."""
    assert run(root, "check", str(law)).stdout.endswith("26 of 26 addresses in both (1.000)\n")
    text = (law / "ru.txt").read_text(encoding="utf-8")
    (law / "ru.txt").write_text(text.replace("2-1. Настоящий", "2-7. Настоящий"), encoding="utf-8")
    done = run(root, "check", str(law))
    assert done.returncode == 0, done.stderr
    assert "25 of 27 addresses in both" in done.stdout
    assert "only in kk of 2021-02-03: art_2__para_2-1 " in done.stdout
    assert "only in ru of 2021-02-03: art_2__para_2-7 " in done.stdout


def test_a_description_is_drafted_that_can_be_read(root: Path, tmp_path: Path) -> None:
    """What the text says of itself is filled in; the draft is a document.toml."""
    folder = tmp_path / "code"
    folder.mkdir()
    text = (
        "Қазақстан Республикасының 2015 жылғы 23 қарашадағы № 414-V Кодексі\n"
        "Еңбек кодексі туралы жалпы ережелер\n\n1-бап. Мақсаты\nОсы Кодекс қолданылады.\n"
    )
    (folder / "kk.txt").write_text(text, encoding="utf-8")
    done = run(root, "describe", str(folder / "kk.txt"))
    assert done.returncode == 0, done.stderr
    (folder / "document.toml").write_text(done.stdout, encoding="utf-8")
    document = read_document(folder)
    assert document.uri == "/akn/kz/act/code/2015-11-23/414-V"
    assert (document.kind, document.number, str(document.date)) == ("code", "414-V", "2015-11-23")
    assert [edition.file for edition in document.editions] == ["kk.txt"]


def test_unknown_model_lists_the_known_ones(root: Path, tmp_path: Path) -> None:
    """A wrong model name is answered with the right ones."""
    done = run(root, "build", "--out", str(tmp_path), "--model", "nobody/nothing")
    assert done.returncode == 1
    assert "intfloat/multilingual-e5-small" in done.stderr


def test_too_little_memory_is_one_line() -> None:
    """What to do stands in it."""
    code = "from indexer.terminal import reported\nwith reported(): bytearray(2**62)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: the memory of this machine does not suffice")
    assert len(done.stderr.splitlines()) == 1


def test_nothing_is_lost_where_memory_does_not_suffice(
    root: Path, concept_folder: Path, tmp_path: Path
) -> None:
    """A build that comes to its end for want of memory leaves the documents as they were."""
    index = Path(shutil.copytree(concept_folder, tmp_path / "index"))
    before = EmbeddedStore(index).generation()
    act = root / "tests/data/acts/libraries-law.ru.txt"
    limited = f"ulimit -v {500 * 1024}; exec {sys.executable} -m indexer add {act} --index {index}"
    done = subprocess.run(
        ["sh", "-c", limited],
        cwd=root,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode
    store = EmbeddedStore(index)
    assert store.generation() == before
    assert store.check() == ()
