"""The built index: a folder with vectors, passages, documents and ``manifest.json``.

The manifest names every other file and its hash, and those names hold the hash of their content.
A new index is written beside the old one in the same folder, then the manifest is replaced in one
atomic rename: whoever opens the folder, at any moment, finds the old index or the new one.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexer.corpus import Corpus, DocumentEntry
from indexer.errors import CorruptIndexError
from indexer.passages import Passage
from indexer.vectors import VectorIndex

FORMAT_VERSION = 2
MANIFEST = "manifest.json"

_LOCK = ".lock"
_REBUILD = "rebuild it: python -m indexer build"


@dataclass(frozen=True, slots=True)
class ModelStamp:
    """The model that made an index's embeddings."""

    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the index: its name in the folder, and the SHA-256 of its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index consists of and what it was made from.

    Attributes:
        format: Version of this layout.
        model: The embedding model.
        metric: Similarity of two embeddings.
        passages: Number of passages, and of vectors.
        documents: Number of documents.
        sources: SHA-256 of every source file, by path under the folder of documents.
        files: The stored files by role: ``vectors``, ``passages``, ``documents``.
    """

    format: int
    model: ModelStamp
    metric: str
    passages: int
    documents: int
    sources: dict[str, str]
    files: dict[str, StoredFile]


@dataclass(frozen=True, slots=True)
class Index:
    """An index in memory. Row ``i`` of ``vectors`` belongs to ``corpus.passages[i]``."""

    manifest: Manifest
    corpus: Corpus
    vectors: VectorIndex


_MANIFEST = TypeAdapter(Manifest)
_PASSAGE = TypeAdapter(Passage)
_DOCUMENTS = TypeAdapter(tuple[DocumentEntry, ...])


def save_index(folder: Path, corpus: Corpus, vectors: VectorIndex, model: ModelStamp) -> Manifest:
    """Writes an index into ``folder``, replacing the one that is there in one atomic step.

    Args:
        folder: Where the index lives; made where missing.
        corpus: The documents and passages.
        vectors: One vector a passage, in the passages' order.
        model: The model that made the vectors.

    Returns:
        The manifest that was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder):
        files = {
            "vectors": _store(folder, "vectors", ".faiss", vectors.save),
            "passages": _store(
                folder,
                "passages",
                ".jsonl",
                lambda path: path.write_bytes(
                    b"".join(_PASSAGE.dump_json(passage) + b"\n" for passage in corpus.passages)
                ),
            ),
            "documents": _store(
                folder,
                "documents",
                ".json",
                lambda path: path.write_bytes(_DOCUMENTS.dump_json(corpus.documents, indent=1)),
            ),
        }
        manifest = Manifest(
            format=FORMAT_VERSION,
            model=model,
            metric="inner_product",
            passages=len(corpus.passages),
            documents=len(corpus.documents),
            sources=dict(corpus.sources),
            files=files,
        )
        _write_durably(folder / MANIFEST, _MANIFEST.dump_json(manifest, indent=1) + b"\n")
        _remove_all_but(folder, {MANIFEST, _LOCK, *(file.name for file in files.values())})
    return manifest


def load_index(folder: Path) -> Index:
    """Opens the index in ``folder`` and verifies every file of it.

    Raises:
        CorruptIndexError: There is no index, or a file of it is missing, damaged or of another
            format; says which file, and how to rebuild.
    """
    manifest = _read_manifest(folder)
    try:
        return _load(folder, manifest)
    except CorruptIndexError:
        # A build that ended meanwhile took the old files away: open the new index instead.
        newer = _read_manifest(folder)
        if newer == manifest:
            raise
        return _load(folder, newer)


def _load(folder: Path, manifest: Manifest) -> Index:
    vectors_path = _stored(folder, manifest, "vectors")
    _verify(vectors_path, _sha256(vectors_path), manifest, "vectors")
    vectors = VectorIndex.load(vectors_path)
    passages = tuple(_passages(*_content(folder, manifest, "passages")))
    path, content = _content(folder, manifest, "documents")
    try:
        documents = _DOCUMENTS.validate_json(content)
    except ValidationError as error:
        raise CorruptIndexError(f"{path}: malformed; {_REBUILD}.") from error
    if not len(vectors) == len(passages) == manifest.passages:
        raise CorruptIndexError(
            f"{folder}: {len(vectors)} vectors, {len(passages)} passages, the manifest says "
            f"{manifest.passages}; {_REBUILD}."
        )
    if vectors.dimension != manifest.model.dimension:
        raise CorruptIndexError(
            f"{vectors_path}: vectors of {vectors.dimension} dimensions, the manifest says "
            f"{manifest.model.dimension}; {_REBUILD}."
        )
    return Index(manifest, Corpus(documents, passages, manifest.sources), vectors)


def _read_manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        manifest = _MANIFEST.validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise CorruptIndexError(
            f"{path}: no index here; build it: python -m indexer build."
        ) from error
    except (OSError, ValidationError) as error:
        raise CorruptIndexError(f"{path}: malformed; {_REBUILD}.") from error
    if manifest.format != FORMAT_VERSION:
        raise CorruptIndexError(
            f"{path}: format {manifest.format}, this version reads {FORMAT_VERSION}; {_REBUILD}."
        )
    return manifest


def _stored(folder: Path, manifest: Manifest, role: str) -> Path:
    stored = manifest.files.get(role)
    if stored is None or Path(stored.name).name != stored.name:
        raise CorruptIndexError(f"{folder / MANIFEST}: names no {role} file; {_REBUILD}.")
    return folder / stored.name


def _content(folder: Path, manifest: Manifest, role: str) -> tuple[Path, bytes]:
    path = _stored(folder, manifest, role)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _missing(path) from error
    _verify(path, hashlib.sha256(content).hexdigest(), manifest, role)
    return path, content


def _verify(path: Path, digest: str, manifest: Manifest, role: str) -> None:
    if digest != manifest.files[role].sha256:
        raise CorruptIndexError(f"{path}: damaged (its SHA-256 differs); {_REBUILD}.")


def _missing(path: Path) -> CorruptIndexError:
    return CorruptIndexError(f"{path}: missing or unreadable; {_REBUILD}.")


def _passages(path: Path, content: bytes) -> Iterator[Passage]:
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            yield _PASSAGE.validate_json(line)
        except ValidationError as error:
            raise CorruptIndexError(f"{path}:{number}: malformed; {_REBUILD}.") from error


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Lets one writer at a time into the folder; the kernel frees it when a process dies."""
    with (folder / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _store(folder: Path, role: str, suffix: str, write: Callable[[Path], object]) -> StoredFile:
    temporary = folder / f".{role}{suffix}.tmp"
    write(temporary)
    _sync(temporary)
    digest = _sha256(temporary)
    path = folder / f"{role}-{digest[:12]}{suffix}"
    temporary.replace(path)
    return StoredFile(path.name, digest)


def _write_durably(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    _sync(temporary)
    # The files that the manifest names must be on disk under their names before it is.
    _sync(path.parent)
    temporary.replace(path)
    _sync(path.parent)


def _remove_all_but(folder: Path, keep: set[str]) -> None:
    """Removes what earlier or interrupted builds left, and nothing that a build did not write."""
    for pattern in (
        "vectors-*.faiss",
        "passages-*.jsonl",
        "documents-*.json",
        ".*.tmp",
    ):
        for path in folder.glob(pattern):
            if path.name not in keep:
                path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _missing(path) from error
