"""Tests of indexer.index and indexer.building: real files, real kills."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from indexer.building import build_index
from indexer.corpus import Corpus, read_corpus
from indexer.embedding import Embeddings
from indexer.errors import CorruptIndexError, DocumentError
from indexer.index import MANIFEST, Index, load_index
from indexer.passages import Passage


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


def corpus(*texts: str) -> Corpus:
    """A corpus of one document."""
    passages = (Passage("d", f"al_{i}", "kk", None, (), text) for i, text in enumerate(texts, 1))
    return Corpus((), tuple(passages), {"d/kk.txt": "0"})


def copy_of(folder: Path, target: Path) -> Path:
    """A copy that a test may damage."""
    return Path(shutil.copytree(folder, target / "copy"))


def test_index_holds_the_concept(concept: Index, root: Path) -> None:
    """The manifest tells model, counts and the hashes of sources and files."""
    manifest = concept.manifest
    assert manifest.passages == len(concept.corpus.passages) == len(concept.vectors) == 128
    assert manifest.model.name == "tarmaq-e5-small"
    assert set(manifest.sources) == {
        "foreign-policy-2020-2030/document.toml",
        "foreign-policy-2020-2030/kk.txt",
    }
    assert set(manifest.files) == {"vectors", "passages", "documents"}
    assert concept.corpus == read_corpus(root / "seeds")


def test_building_twice_writes_the_same_bytes(concept_folder: Path, tmp_path: Path) -> None:
    """A build depends on nothing but its input."""
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        build_index(corpus("бір", "екі"), folder, CountingEncoder())
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {
        p.name: p.read_bytes() for p in second.iterdir()
    }


def test_unchanged_passages_are_not_embedded_again(tmp_path: Path) -> None:
    """Only the new text reaches the model; removed ones are gone."""
    build_index(corpus("бір", "екі", "үш"), tmp_path, CountingEncoder())
    encoder = CountingEncoder()
    build_index(corpus("нөл", "екі", "үш", "екі"), tmp_path, encoder)
    assert encoder.embedded == ["нөл"]
    index = load_index(tmp_path)
    assert [passage.text for passage in index.corpus.passages] == ["нөл", "екі", "үш", "екі"]
    np.testing.assert_array_equal(index.vectors.vectors()[:, 0], [3, 3, 2, 3])


def test_other_model_embeds_everything_again(tmp_path: Path) -> None:
    """Vectors of another revision are of no use."""
    build_index(corpus("бір", "екі"), tmp_path, CountingEncoder())
    encoder = CountingEncoder(revision="2")
    build_index(corpus("бір", "екі"), tmp_path, encoder)
    assert encoder.embedded == ["бір", "екі"]


def test_old_files_are_removed_and_foreign_ones_kept(tmp_path: Path) -> None:
    """The folder does not grow, and what a build did not write stays."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for text in ("бір", "екі", "үш"):
        build_index(corpus(text), tmp_path, CountingEncoder())
    assert (tmp_path / "notes.txt").exists()
    assert len(list(tmp_path.iterdir())) == 6  # three files, manifest, lock, notes


def test_corpus_without_passages_is_refused(tmp_path: Path) -> None:
    """There is nothing to search in an empty index."""
    with pytest.raises(DocumentError, match="no passage"):
        build_index(corpus(), tmp_path, CountingEncoder())


def test_missing_index_says_how_to_build(tmp_path: Path) -> None:
    """The error holds the command."""
    with pytest.raises(CorruptIndexError, match="python -m indexer build"):
        load_index(tmp_path / "nowhere")


@pytest.mark.parametrize("role", ["vectors", "passages", "documents"])
@pytest.mark.parametrize("damage", ["truncate", "flip", "remove"])
def test_damaged_file_is_named(
    concept_folder: Path, tmp_path: Path, role: str, damage: str
) -> None:
    """A truncated, altered or missing file is named, with the way to mend it."""
    folder = copy_of(concept_folder, tmp_path)
    (path,) = folder.glob(f"{role}-*")
    content = bytearray(path.read_bytes())
    if damage == "remove":
        path.unlink()
    elif damage == "truncate":
        path.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    with pytest.raises(CorruptIndexError, match=f"{path.name}.*rebuild it"):
        load_index(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 99}, "format 99"),
        ({"passages": 3}, "the manifest says 3"),
        ({"files": {}}, "names no vectors file"),
        ({"model": None}, "malformed"),
    ],
)
def test_wrong_manifest_is_explained(
    concept_folder: Path, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    """A manifest that does not fit is refused with the reason."""
    folder = copy_of(concept_folder, tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | change), encoding="utf-8")
    with pytest.raises(CorruptIndexError, match=message):
        load_index(folder)


def test_manifest_cannot_name_a_file_elsewhere(concept_folder: Path, tmp_path: Path) -> None:
    """A file name with a path in it is refused."""
    folder = copy_of(concept_folder, tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["passages"]["name"] = "../elsewhere"
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CorruptIndexError, match="names no passages file"):
        load_index(folder)


_BUILDER = """
import sys
from pathlib import Path
import numpy as np
from indexer.building import build_index
from indexer.corpus import Corpus
from indexer.passages import Passage

class Encoder:
    name, revision, dimension = "counting", "1", 2
    def encode_passages(self, texts):
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

folder, round_ = Path(sys.argv[1]), 0
while True:
    round_ += 1
    texts = [f"{round_}" * 50] * 2000
    passages = tuple(Passage("d", f"al_{i}", "kk", None, (), t) for i, t in enumerate(texts, 1))
    build_index(Corpus((), passages, {}), folder, Encoder())
    print(round_, flush=True)
"""


def test_kill_at_any_moment_leaves_a_whole_index(tmp_path: Path) -> None:
    """After kill -9 in the middle of a build the folder opens and holds one build, whole."""
    folder = tmp_path / "index"
    delays = np.random.default_rng(0).uniform(0.02, 0.3, size=12)
    for delay in delays:
        with subprocess.Popen(
            [sys.executable, "-c", _BUILDER, str(folder)], stdout=subprocess.PIPE
        ) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()  # one build is done: from here on there is an index
            time.sleep(delay)
            os.kill(builder.pid, signal.SIGKILL)
        index = load_index(folder)
        assert len({passage.text for passage in index.corpus.passages}) == 1
    build_index(corpus("соңғы"), folder, CountingEncoder())
    assert not list(folder.glob(".*.tmp"))


def test_reader_survives_builds_beside_it(tmp_path: Path) -> None:
    """Opening the folder works at every moment while another process rebuilds it."""
    folder = tmp_path / "index"
    with subprocess.Popen(
        [sys.executable, "-c", _BUILDER, str(folder)], stdout=subprocess.PIPE
    ) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        try:
            for _ in range(40):
                texts = {passage.text for passage in load_index(folder).corpus.passages}
                assert len(texts) == 1
        finally:
            builder.kill()


def test_passage_id_is_document_and_eid() -> None:
    """An id is the document's id, #, the eId; a document without eIds is one passage."""
    passage = Passage("act", "art_3", "kk", None, (), "мәтін")
    assert passage.id == "act#art_3"
    assert replace(passage, eid="").id == "act"
