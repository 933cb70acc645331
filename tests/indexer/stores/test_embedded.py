"""Tests of the embedded store and of building it: real files, real processes, real kills."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from indexer.building import LONGEST, build, build_folder, changed, embed, put, stamp
from indexer.documents.corpus import Source, read_corpus, read_source, source_digest, sources_of
from indexer.documents.outline import Section
from indexer.documents.passages import Passage
from indexer.embedding.encoders import Embeddings
from indexer.errors import ConflictError, CorruptIndexError, DocumentError, StoreError
from indexer.stores.base import Indexed
from indexer.stores.catalogue import Catalogue, Writer
from indexer.stores.embedded import FILE, EmbeddedSnapshot, EmbeddedStore

CONCEPT = "foreign-policy-2020-2030"
SEARCH_FILES = ["files.json", "vectors.faiss", "statistics.json", "row_words.npy", "items.npy"]


@dataclass
class CountingEncoder:
    """An encoder of two dimensions that remembers what it embedded."""

    name: str = "counting"
    revision: str = "1"
    dimension: int = 2
    embedded: list[str] = field(default_factory=list)

    def encode_queries(self, texts: Sequence[str]) -> Embeddings:
        """Embeds by length."""
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embeds by length."""
        self.embedded.extend(texts)
        return self.encode_queries(texts)


def sources(*texts: str, name: str = "d") -> tuple[Source, ...]:
    """Returns one document of texts."""
    return sources_of(
        Passage(name, f"al_{i}", "kk", None, (), text) for i, text in enumerate(texts, 1)
    )


def built(folder: Path, *texts: str, encoder: CountingEncoder | None = None) -> EmbeddedSnapshot:
    """Makes a document of texts the only one of the store in a folder, and opens it."""
    store = EmbeddedStore(folder)
    build(sources(*texts), store, encoder or CountingEncoder())
    return store.snapshot()


def texts_of(snapshot: EmbeddedSnapshot) -> list[str]:
    """Returns the texts of a generation."""
    return [passage.text for passage in snapshot.passages(range(len(snapshot)))]


def lengths(snapshot: EmbeddedSnapshot) -> list[float]:
    """Returns what the encoder measured of each passage."""
    query = np.array([1, 0], dtype=np.float32)
    return snapshot.similarities(query, np.arange(len(snapshot))).tolist()


def search_folders(folder: Path) -> list[Path]:
    """Returns the folders of search files, the oldest generation first."""
    return sorted(folder.glob("search-*"), key=lambda path: int(path.name.split("-")[1]))


def damage(path: Path, how: str) -> None:
    """Truncates, alters or removes a file."""
    content = bytearray(path.read_bytes())
    if how == "remove":
        path.unlink()
    elif how == "truncate":
        path.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


def bytes_of(folder: Path) -> bytes:
    """Returns the store's file as it is when nothing stands beside it that is not in it yet."""
    copy = folder / "copy.sqlite"
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    content = copy.read_bytes()
    copy.unlink()
    return content


def test_store_holds_the_concept(concept_folder: Path, root: Path) -> None:
    """Passages, outline, model and the hashes of sources are those of the files."""
    store = EmbeddedStore(concept_folder)
    snapshot = store.snapshot()
    (source,) = read_corpus(root / "seeds")
    expression = source.expressions[0]
    assert len(snapshot) == 3 * 128
    assert snapshot.passages(range(128)) == expression.passages
    assert snapshot.documents == {CONCEPT: source.document}
    assert snapshot.outline(snapshot.editions[0]) == expression.outline
    assert snapshot.model.name == "tarmaq-e5-small"
    ((document, ((digest, reading), *others)),) = store.sources().values()
    assert len(others) == 2
    assert document == source.document
    assert digest == source_digest(root / "seeds" / CONCEPT / "kk.txt")
    assert reading == expression.reading
    assert store.check() == ()


def test_building_twice_derives_the_same_bytes(tmp_path: Path) -> None:
    """Search files depend on nothing but the documents."""
    derived = []
    for name in ("1", "2"):
        built(tmp_path / name, "бір", "екі")
        (folder,) = search_folders(tmp_path / name)
        derived.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert derived[0] == derived[1]


def test_unchanged_passages_are_not_embedded_again(tmp_path: Path) -> None:
    """Only the new text reaches the model; removed ones are gone."""
    built(tmp_path, "бір", "екі", "үш")
    encoder = CountingEncoder()
    snapshot = built(tmp_path, "нөл", "екі", "үш", "екі", encoder=encoder)
    assert encoder.embedded == ["нөл"]
    assert texts_of(snapshot) == ["нөл", "екі", "үш", "екі"]
    assert lengths(snapshot) == [3, 3, 2, 3]


def test_other_model_embeds_everything_again(tmp_path: Path) -> None:
    """Vectors of another revision are of no use."""
    built(tmp_path, "бір", "екі")
    encoder = CountingEncoder(revision="2")
    snapshot = built(tmp_path, "бір", "екі", encoder=encoder)
    assert encoder.embedded == ["бір", "екі"]
    assert snapshot.model.revision == "2"


def test_vectors_of_another_model_are_not_mixed_in(tmp_path: Path, root: Path) -> None:
    """A document that is added must come from the model of the rest; nothing is changed."""
    before = built(tmp_path, "бір", "екі")
    store = EmbeddedStore(tmp_path)
    with pytest.raises(StoreError, match=r"of counting \(1\), these are of counting \(2\)"):
        put([read_source(root / "seeds" / CONCEPT)], store, CountingEncoder(revision="2"))
    assert store.snapshot().generation == before.generation
    assert texts_of(store.snapshot()) == ["бір", "екі"]


def test_a_document_is_added_and_removed(tmp_path: Path, root: Path) -> None:
    """The others stay as they are, and are not embedded again."""
    built(tmp_path, "бір", "екі")
    store, encoder = EmbeddedStore(tmp_path), CountingEncoder()
    done = put([read_source(root / "seeds" / CONCEPT)], store, encoder)
    assert (done.documents, done.passages) == (2, 3 * 128 + 2)
    assert "бір" not in encoder.embedded
    assert list(store.snapshot().documents) == ["d", CONCEPT]
    store.remove([CONCEPT])
    assert texts_of(store.snapshot()) == ["бір", "екі"]
    with pytest.raises(StoreError, match="no document 'x'; known: d"):
        store.remove(["d", "x"])
    assert texts_of(store.snapshot()) == ["бір", "екі"]


def test_a_build_makes_its_documents_the_only_ones(tmp_path: Path) -> None:
    """A document that is no longer given goes, whatever was built before."""
    store, encoder = EmbeddedStore(tmp_path), CountingEncoder()
    build((*sources("бір", name="a"), *sources("екі", name="b")), store, encoder)
    assert list(store.snapshot().documents) == ["a", "b"]
    build(sources("екі", name="b"), store, encoder)
    assert list(store.snapshot().documents) == ["b"]
    assert encoder.embedded == ["бір", "екі"]


def test_what_is_there_already_changes_nothing(tmp_path: Path, root: Path) -> None:
    """Building and adding the same files again makes no new generation."""
    store, encoder = EmbeddedStore(tmp_path), CountingEncoder()
    first = build_folder(root / "seeds", store, encoder)
    again = build_folder(root / "seeds", store, encoder)
    assert (again.generation, again.embedded) == (first.generation, 0)
    assert changed([root / "seeds" / CONCEPT], store, encoder) == []


def test_a_change_that_expects_an_older_generation_is_refused(tmp_path: Path) -> None:
    """Whoever looked before another changed the store is told so, and nothing is changed."""
    built(tmp_path, "бір")
    store = EmbeddedStore(tmp_path)
    old = store.generation()
    put(sources("екі", name="b"), store, CountingEncoder(), expected=old)
    for change in (
        lambda: put(sources("үш", name="c"), store, CountingEncoder(), expected=old),
        lambda: store.remove(["b"], old),
    ):
        with pytest.raises(ConflictError, match="Look at what has changed"):
            change()
    assert texts_of(store.snapshot()) == ["екі", "бір"]


def test_a_changed_text_is_read_again(tmp_path: Path, root: Path) -> None:
    """A file with other content under the same name is noticed; the rest is not embedded."""
    seeds = Path(shutil.copytree(root / "seeds", tmp_path / "seeds"))
    store = EmbeddedStore(tmp_path / "index")
    build_folder(seeds, store, CountingEncoder())
    file = seeds / CONCEPT / "kk.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("трансшекаралық", "ТРАНСШЕКАРАЛЫҚ", 1), encoding="utf-8")
    encoder = CountingEncoder()
    assert build_folder(seeds, store, encoder).passages == 3 * 128
    assert encoder.embedded
    assert all("ТРАНСШЕКАРАЛЫҚ" in text for text in encoder.embedded)


def test_a_long_passage_is_found_by_any_part_of_it(tmp_path: Path) -> None:
    """A text longer than a model reads has several vectors and one row."""
    text = " ".join(f"сөз{number}" for number in range(600))
    assert len(text) > LONGEST
    encoder = CountingEncoder()
    snapshot = built(tmp_path, text, "бір", encoder=encoder)
    assert len(encoder.embedded) > 2
    assert max(map(len, encoder.embedded)) <= LONGEST
    rows, scores = snapshot.nearest(np.array([1, 0], dtype=np.float32), 5)
    assert rows.tolist() == [0, 1]
    assert scores[1] == 3
    assert scores[0] == max(map(len, encoder.embedded))


def test_documents_are_taken_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change needs no more memory than its largest document."""
    store, encoder, done = EmbeddedStore(tmp_path), CountingEncoder(), list[str]()
    indexed, _ = embed([one for name in "ab" for one in sources("бір", name=name)], store, encoder)
    add = Writer._add

    def adding(writer: Writer, one: Indexed) -> None:
        add(writer, one)
        done.append(f"{one.document.id} is added")

    def given() -> Iterator[Indexed]:
        for one in indexed:
            done.append(f"{one.document.id} is made")
            yield one

    monkeypatch.setattr(Writer, "_add", adding)
    store.put(given(), stamp(encoder))
    assert done == ["a is made", "a is added", "b is made", "b is added"]


def test_old_generations_go_and_foreign_files_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder does not grow, and what a build did not write stays."""
    for module in ("embedded.store", "catalogue.writing"):
        monkeypatch.setattr(f"indexer.stores.{module}.KEPT_SECONDS", -1.0)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for text in ("бір", "екі", "үш", "төрт"):
        built(tmp_path, text)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name.split("-")[1] for path in search_folders(tmp_path)] == ["3", "4"]
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("documents", "editions", "passages", "windows", "vectors")
        ]
    assert max(counts) <= 2


def test_documents_without_passages_are_refused(tmp_path: Path) -> None:
    """There is nothing to search in an empty index."""
    with pytest.raises(DocumentError, match="no passage"):
        built(tmp_path)


def test_missing_index_says_how_to_build(tmp_path: Path) -> None:
    """The error holds the command."""
    with pytest.raises(CorruptIndexError, match="python -m indexer build"):
        EmbeddedStore(tmp_path / "nowhere").snapshot()
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", SEARCH_FILES)
@pytest.mark.parametrize("how", ["truncate", "flip", "remove"])
def test_a_damaged_search_file_is_derived_again(tmp_path: Path, name: str, how: str) -> None:
    """What search files hold stands in the store: they are told to be damaged, and made anew."""
    before = built(tmp_path, "бір", "екі", "үш")
    spellings, statistics = list(before.words.spellings), before.statistics
    (folder,) = search_folders(tmp_path)
    damage(folder / name, how)
    store = EmbeddedStore(tmp_path)
    (problem,) = store.check()
    assert name in problem
    after = store.snapshot()
    assert lengths(after) == [3, 3, 2]
    assert list(after.words.spellings) == spellings
    assert after.statistics == statistics
    assert store.check() == ()


def test_what_was_derived_again_is_published(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The next one who opens the store derives nothing, and the damaged files are gone."""
    generation = built(tmp_path, "бір", "екі").generation
    (damaged,) = search_folders(tmp_path)
    damage(damaged / "items.npy", "remove")
    assert EmbeddedStore(tmp_path).snapshot().generation == generation
    (derived,) = search_folders(tmp_path)
    assert derived != damaged
    assert "Derived again" in caplog.text
    caplog.clear()
    assert lengths(EmbeddedStore(tmp_path).snapshot()) == [3, 3]
    assert search_folders(tmp_path) == [derived]
    assert not caplog.text


def test_two_who_find_files_damaged_derive_them_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second opens what the first one published."""
    built(tmp_path, "бір", "екі")
    (damaged,) = search_folders(tmp_path)
    damage(damaged / "items.npy", "remove")
    published = Catalogue(tmp_path / FILE).published()
    EmbeddedStore(tmp_path).snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "published", lambda *_: published)
        assert lengths(EmbeddedStore(tmp_path).snapshot()) == [3, 3]
    assert len(search_folders(tmp_path)) == 1


def test_search_files_are_derived_elsewhere_where_the_store_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer at work keeps nobody from reading."""
    monkeypatch.setattr("indexer.stores.catalogue.connections._BUSY_SECONDS", 0.1)
    built(tmp_path, "бір", "екі")
    (damaged,) = search_folders(tmp_path)
    damage(damaged / "items.npy", "remove")
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert lengths(EmbeddedStore(tmp_path).snapshot()) == [3, 3]
    assert search_folders(tmp_path) == [damaged]


def test_search_files_of_nowhere_are_derived_again(tmp_path: Path) -> None:
    """All of them may go."""
    built(tmp_path, "бір", "екі")
    for folder in search_folders(tmp_path):
        shutil.rmtree(folder)
    assert lengths(EmbeddedStore(tmp_path).snapshot()) == [3, 3]


def test_a_folder_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    """Search files are then derived elsewhere."""
    built(tmp_path, "бір", "екі")
    (tmp_path / FILE).write_bytes(bytes_of(tmp_path))
    (folder,) = search_folders(tmp_path)
    damage(folder / "items.npy", "remove")
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write everywhere")
    try:
        assert lengths(EmbeddedStore(tmp_path).snapshot()) == [3, 3]
        with pytest.raises(StoreError):
            built(tmp_path, "үш")
    finally:
        tmp_path.chmod(0o700)


def test_a_truncated_store_is_named(concept_folder: Path, tmp_path: Path) -> None:
    """Wherever the file ends, the error names it and says what to do."""
    whole = bytes_of(Path(shutil.copytree(concept_folder, tmp_path / "copy")))
    for share in (0.01, 0.3, 0.7, 0.99):
        folder = tmp_path / f"{share}"
        folder.mkdir()
        (folder / FILE).write_bytes(whole[: int(share * len(whole))])
        store = EmbeddedStore(folder)
        problems = store.check()
        assert problems
        assert all(FILE in problem for problem in problems)
        with pytest.raises(CorruptIndexError, match=f"{FILE}.*python -m indexer build"):
            texts_of(store.snapshot())


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.6, 0.9, 0.99, 0.999])
@pytest.mark.parametrize("logged", [0, 0.01, 0.5, 0.99])
def test_a_store_and_a_log_that_end_early_are_named(
    tmp_path: Path, share: float, logged: float
) -> None:
    """SQLite takes what a short file lacks for zeros: no passage of such a file is shown."""
    whole, short = tmp_path / "whole", tmp_path / "short"
    built(whole, *(f"бір {n} " * 30 for n in range(60)))
    with closing(sqlite3.connect(whole / FILE, isolation_level=None)) as reader:
        # A reader keeps the log from being written back.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM meta").fetchone()
        built(whole, *(f"екі {n} " * 30 for n in range(60)))
        shutil.copytree(whole, short)
    for name, kept in ((FILE, share), (f"{FILE}-wal", logged)):
        content = (short / name).read_bytes()
        (short / name).write_bytes(content[: int(kept * len(content))])
    store = EmbeddedStore(short)
    assert store.check()
    with pytest.raises(CorruptIndexError, match=f"{FILE}.*python -m indexer build"):
        store.snapshot()


def test_a_short_file_is_read_where_its_log_holds_the_rest(tmp_path: Path) -> None:
    """So a process that was killed while it wrote the log back leaves it."""
    whole, short = tmp_path / "whole", tmp_path / "short"
    built(whole, "бір")
    with closing(sqlite3.connect(whole / FILE, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM meta").fetchone()
        built(whole, *(f"екі {n} " * 30 for n in range(60)))
        shutil.copytree(whole, short)
        expected = texts_of(EmbeddedStore(whole).snapshot())
    # What the log says of the number of pages reaches the file first.
    header = bytearray((short / FILE).read_bytes())
    header[28:32] = (10**4).to_bytes(4)
    (short / FILE).write_bytes(header)
    assert texts_of(EmbeddedStore(short).snapshot()) == expected


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    """A file that is no store is told, for reading and for writing, and is left alone."""
    (tmp_path / FILE).write_bytes(b"nonsense" * 1000)
    with pytest.raises(CorruptIndexError, match=FILE):
        EmbeddedStore(tmp_path).snapshot()
    with pytest.raises(CorruptIndexError, match=FILE):
        built(tmp_path, "бір")
    assert (tmp_path / FILE).read_bytes() == b"nonsense" * 1000


def test_a_flipped_bit_changes_no_passage_unseen(tmp_path: Path) -> None:
    """Wherever a bit of the file is wrong, checking says so or texts and vectors are whole."""
    wanted = built(tmp_path / "whole", "бір сөз", "екі сөз", "үш сөз")
    expected = texts_of(wanted), lengths(wanted)
    whole = bytes_of(tmp_path / "whole")
    (search,) = search_folders(tmp_path / "whole")
    seen = 0
    for number, place in enumerate(np.random.default_rng(0).integers(0, len(whole), 60)):
        folder = tmp_path / f"{number}"
        shutil.copytree(search, folder / search.name)
        content = bytearray(whole)
        content[place] ^= 1 << number % 8
        (folder / FILE).write_bytes(content)
        if problems := EmbeddedStore(folder).check():
            seen += 1
            assert FILE in problems[0]
            continue
        shutil.rmtree(folder / search.name)
        found = EmbeddedStore(folder).snapshot()
        assert (texts_of(found), lengths(found)) == expected, place
    assert seen


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET text = 'басқа' WHERE number = 2",
        "UPDATE vectors SET value = zeroblob(4) WHERE number = 2",
        "UPDATE documents SET description = replace(description, 'null', '\"2020-01-01\"')",
        "UPDATE editions SET outline = '[]'",
        "UPDATE editions SET analysis = zeroblob(9)",
        "UPDATE editions SET source = 'x'",
        "INSERT INTO asked VALUES (1, 'al_1', 1)",
    ],
)
def test_an_altered_row_is_found_by_checking(tmp_path: Path, statement: str) -> None:
    """Whatever is not what was stored is told with its edition."""
    passages = [Passage("d", f"part_1__al_{n}", "kk", None, ("Бөлім",), "бір") for n in (1, 2)]
    (source,) = sources_of([passages[0], replace(passages[1], text="екі")])
    section = Section("part_1", "1", "Бөлім", 2)
    expression = source.expressions[0]
    outline = replace(expression.outline, sections=(section,))
    document = replace(source.document, date=None)
    told = replace(source, document=document, expressions=(replace(expression, outline=outline),))
    build([told], EmbeddedStore(tmp_path), CountingEncoder())
    assert EmbeddedStore(tmp_path).check() == ()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        assert connection.execute(statement).rowcount
    (problem,) = EmbeddedStore(tmp_path).check()
    assert "d@kk:0001-01-01: it is not what was stored; remove" in problem


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET description = '{'",
        "UPDATE editions SET outline = 'x'",
        "UPDATE editions SET place = 7",
    ],
)
def test_unreadable_rows_are_damage(tmp_path: Path, statement: str) -> None:
    """What cannot be understood is an error of the store, not of the code that reads it."""
    built(tmp_path, "бір", "екі")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute(statement)

    def read() -> None:
        snapshot = EmbeddedStore(tmp_path).snapshot()
        snapshot.outline(snapshot.editions[0])

    with pytest.raises(CorruptIndexError, match=FILE):
        read()


def test_wrong_format_is_explained(tmp_path: Path) -> None:
    """A store of another version is refused with both versions, for reading and for writing."""
    built(tmp_path, "бір")
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'format'")
    with pytest.raises(CorruptIndexError, match=r"format 99, this version reads \d+; remove"):
        EmbeddedStore(tmp_path).snapshot()
    with pytest.raises(CorruptIndexError, match=r"format 99, this version (reads|writes) \d+"):
        built(tmp_path, "екі")


_BUILDER = """
import sys
from pathlib import Path
import numpy as np
from indexer.building import build
from indexer.documents.corpus import sources_of
from indexer.documents.passages import Passage
from indexer.stores.embedded import EmbeddedStore

class Encoder:
    name, revision, dimension = "counting", "1", 2
    def encode_passages(self, texts):
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

store, name = EmbeddedStore(Path(sys.argv[1])), sys.argv[2]
rounds, count = map(int, sys.argv[3:])
for round_ in range(1, rounds + 1):
    text = f"{name} {round_} " * 20
    build(
        sources_of(Passage("d", f"al_{i}", "kk", None, (), text) for i in range(count)),
        store,
        Encoder(),
    )
    print(round_, flush=True)
"""


def builder(
    folder: Path, name: str = "a", rounds: int = 10**6, count: int = 300
) -> "subprocess.Popen[str]":
    """Starts a process that builds the store again and again, each time of one repeated text."""
    command = [sys.executable, "-c", _BUILDER, str(folder), name, str(rounds), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_kill_at_any_moment_leaves_a_whole_store(tmp_path: Path) -> None:
    """After kill -9 in the middle of a build the store opens and holds one build, whole."""
    folder = tmp_path / "index"
    for delay in np.random.default_rng(0).uniform(0.02, 0.6, size=5):
        with builder(folder) as process:
            assert process.stdout is not None
            process.stdout.readline()  # one build is done: from here on there is a store
            time.sleep(delay)
            os.kill(process.pid, signal.SIGKILL)
        store = EmbeddedStore(folder)
        snapshot = store.snapshot()
        assert len(snapshot) == 300
        assert len(set(texts_of(snapshot))) == 1
        assert store.check() == ()
    assert texts_of(built(folder, "соңғы")) == ["соңғы"]


def test_readers_survive_builds_beside_them(tmp_path: Path) -> None:
    """Opening works at every moment while another process rebuilds the store, and stays whole."""
    folder = tmp_path / "index"
    with builder(folder) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            generations = []
            deadline = time.monotonic() + 60
            while len(set(generations)) < 5:
                assert time.monotonic() < deadline
                snapshot = EmbeddedStore(folder).snapshot()
                generations.append(snapshot.generation)
                assert len(set(texts_of(snapshot))) == 1
                assert len(snapshot) == 300
            assert generations == sorted(generations)
        finally:
            process.kill()


def test_two_builders_at_once_take_turns(tmp_path: Path) -> None:
    """Both start on an empty folder; each change is whole and none is lost."""
    folder = tmp_path / "index"
    processes = [builder(folder, name, rounds=4, count=20) for name in ("a", "b")]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    store = EmbeddedStore(folder)
    snapshot = store.snapshot()
    assert snapshot.generation == 8
    assert len(set(texts_of(snapshot))) == 1
    assert store.check() == ()


def test_an_open_generation_stays_as_it_was(tmp_path: Path) -> None:
    """Changes after it was opened do not show in a snapshot."""
    before = built(tmp_path, "бір", "екі")
    after = built(tmp_path, "үш", "төрт", "бес")
    assert after.generation > before.generation
    assert texts_of(before) == ["бір", "екі"]
    assert lengths(before) == [3, 3]
    assert texts_of(after) == ["үш", "төрт", "бес"]


def test_passage_id_is_document_and_eid() -> None:
    """An id is the document's id, #, the eId; a document without eIds is one passage."""
    passage = Passage("act", "art_3", "kk", None, (), "мәтін")
    assert passage.id == "act#art_3"
    assert replace(passage, eid="").id == "act"
