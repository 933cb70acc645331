"""Publishing: documents in and out of a store that is served, for the command and over HTTP."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.building import Built, build_folders, put
from indexer.documents.description import find_documents
from indexer.documents.examination import Examined, examine
from indexer.documents.intake import File, keep, lay_out, set_aside
from indexer.embedding.encoders import Encoder
from indexer.errors import DocumentError
from indexer.progress import Progress, silent
from indexer.readers.base import Text
from indexer.stores.base import Store

_ARRIVING = ".arriving"


def documents_folder(index: Path) -> Path:
    """Returns where the documents are kept that were handed over: beside the index."""
    return index.parent / "documents"


@contextmanager
def arriving(store: Store) -> Iterator[Path]:
    """Gives a folder in which a document is made ready, on the disk where documents are kept.

    Raises:
        DocumentError: It cannot be made.
    """
    beside = documents_folder(store.folder) / _ARRIVING
    try:
        beside.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DocumentError(f"{beside}: cannot be written ({error.strerror}).") from error
    with tempfile.TemporaryDirectory(dir=beside, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was made ready, which nobody sees yet.

    Attributes:
        folder: Its folder.
        texts: What stands in its files, as far as it has been read.
        examined: What was recognised.
    """

    folder: Path
    texts: Mapping[str, Sequence[Text]]
    examined: Examined


def take_in(
    files: Sequence[File],
    store: Store,
    into: Path,
    *,
    description: str = "",
    name: str = "",
    base: Path | None = None,
    texts: Mapping[str, Sequence[Text]] | None = None,
    progress: Progress = silent,
) -> Taken:
    """Makes a document of files and examines it.

    Args:
        files: What was handed over.
        store: The store that it is meant for.
        into: Where its folder is made; see :func:`arriving`.
        description: The ``document.toml``; see :func:`indexer.documents.intake.lay_out`.
        name: Id of the document; empty to make one.
        base: Folder of the document that it replaces.
        texts: What stands in the files of ``base``, as far as it has been read.
        progress: Told how far it has come.

    Raises:
        DocumentError: A file cannot be read, or the description is wrong; says what.
    """
    laid = lay_out(files, into, description=description, name=name, base=base, progress=progress)
    others = tuple(store.snapshot().documents.values()) if store.generation() else ()
    known = {**(texts or {}), **laid.texts}
    examined = examine(laid.folder, known, others=others, progress=progress)
    return Taken(laid.folder, known, examined)


def publish(
    examined: Sequence[Examined],
    store: Store,
    encoder: Encoder,
    *,
    kept: Sequence[Path] = (),
    progress: Progress = silent,
    expected: int | None = None,
) -> Built:
    """Publishes documents, each in place of the one of its id, in one step.

    Args:
        examined: The documents.
        store: Where they go.
        encoder: The embedding model.
        kept: Their folders, where they are to be kept for later builds.
        progress: Told how far it has come.
        expected: The generation that must still be the newest one; None for any.

    Raises:
        ConflictError: There is a newer generation than the one expected.
        StoreError: The store cannot be written.
    """
    sources = [one.source for one in examined]
    built = put(sources, store, encoder, progress=progress, expected=expected)
    for folder in kept:
        keep(folder, documents_folder(store.folder))
    return built


def withdraw(ids: Sequence[str], store: Store, expected: int | None = None) -> int:
    """Removes documents in one step, and from those kept for later builds.

    Returns:
        The generation without them.

    Raises:
        ConflictError: There is a newer generation than the one expected.
        StoreError: There is no such document, or it cannot be written.
    """
    generation = store.remove(ids, expected)
    for name in ids:
        set_aside(name, documents_folder(store.folder))
    return generation


def rebuild(
    seeds: Path, store: Store, encoder: Encoder, *, progress: Progress = silent
) -> tuple[Built, tuple[str, ...]]:
    """Makes the documents of a folder, and those that were handed over, those of a store.

    Returns:
        What was built, and the ids that were handed over in place of one of the folder.

    Raises:
        DocumentError: A document cannot be read; names the file.
        StoreError: The store cannot be written.
    """
    own = documents_folder(store.folder)
    folders = {path.name: path for path in find_documents(seeds)}
    added = {path.parent.name: path.parent for path in own.glob("[!.]*/document.toml")}
    both = tuple(sorted(name for name in folders if name in added and folders[name] != added[name]))
    everything = [path for _, path in sorted((folders | added).items())]
    return build_folders(everything, store, encoder, progress=progress), both
