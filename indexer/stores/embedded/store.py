"""The embedded store: one SQLite file, and search files derived from it, in one folder."""

import logging
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from indexer.documents.description import Document
from indexer.documents.keys import Key
from indexer.embedding.encoders import Embeddings
from indexer.errors import ConflictError, CorruptIndexError, StoreError
from indexer.stores.base import Indexed, ModelStamp
from indexer.stores.catalogue import (
    KEPT_SECONDS,
    Catalogue,
    Published,
    Writer,
    contents,
    transaction,
)
from indexer.stores.embedded.snapshot import EmbeddedSnapshot
from indexer.stores.search import (
    SearchFiles,
    derive,
    mark_published,
    open_files,
    published_folder,
    remove_other,
)
from indexer.stores.sums import EditionSums, composition, edition_sums

FILE: Final = "store.sqlite"

_LOG = logging.getLogger(__name__)


class EmbeddedStore:
    """A store in a folder of this machine; any number of processes may read it, one writes."""

    def __init__(self, folder: Path) -> None:
        """Names the folder, which need not exist yet."""
        self.folder = folder
        self.name = str(folder)
        self._catalogue = Catalogue(folder / FILE)

    def exists(self) -> bool:
        """See :meth:`indexer.stores.base.Store.exists`."""
        return self._catalogue.path.exists()

    def put(
        self, documents: Iterable[Indexed], model: ModelStamp, expected: int | None = None
    ) -> int:
        """See :meth:`indexer.stores.base.Store.put`."""
        with self._changing(model, expected) as writer:
            writer.put(documents)
        return int(writer.generation)

    def replace_all(self, documents: Iterable[Indexed], model: ModelStamp, kept: set[str]) -> int:
        """See :meth:`indexer.stores.base.Store.replace_all`."""
        with self._changing(model) as writer:
            for name in self._names(writer.connection):
                if name not in kept:
                    writer.end(name)
            writer.put(documents)
        return int(writer.generation)

    def remove(self, ids: Iterable[str], expected: int | None = None) -> int:
        """See :meth:`indexer.stores.base.Store.remove`."""
        with self._changing(None, expected) as writer:
            known = ", ".join(self._names(writer.connection)) or "none"
            for name in dict.fromkeys(ids):
                if not writer.end(name):
                    raise StoreError(f"{self.folder}: no document {name!r}; known: {known}.")
        return int(writer.generation)

    def generation(self) -> int:
        """See :meth:`indexer.stores.base.Store.generation`."""
        return next(iter(self.generations()), 0)

    def generations(self) -> tuple[int, ...]:
        """See :meth:`indexer.stores.base.Store.generations`.

        One that was acknowledged and is no longer there is among them: opening it says so.
        """
        found = self._catalogue.generations()
        acknowledged, _ = published_folder(self.folder)
        return (acknowledged, *found) if acknowledged > max(found, default=0) else found

    def model(self) -> ModelStamp:
        """See :meth:`indexer.stores.base.Store.model`."""
        return self._catalogue.model()

    def known_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, Embeddings]:
        """See :meth:`indexer.stores.base.Store.known_vectors`.

        None where anything of it is damaged: a vector is not known by its own sum.
        """
        try:
            return {} if self._damaged() else self._catalogue.known_vectors(hashes)
        except CorruptIndexError:
            return {}

    def sources(self) -> dict[str, tuple[Document, tuple[tuple[str, str], ...]]]:
        """See :meth:`indexer.stores.base.Store.sources`."""
        published = self._catalogue.published()
        if published is None:
            return {}
        read = {
            number: (source, reading)
            for number, source, reading in self._catalogue.read(
                "SELECT number, source, reading FROM editions"
            )
        }
        found: dict[str, tuple[Document, tuple[tuple[str, str], ...]]] = {}
        for rows, number, _ in self._catalogue.editions(published.number):
            _, sources = found.get(rows.document.id, (rows.document, ()))
            found[rows.document.id] = (rows.document, (*sources, read[number]))
        for key in self._damaged():
            found.pop(key.document, None)
        return found

    def contents(self) -> Iterator[Indexed]:
        """See :meth:`indexer.stores.base.Store.contents`."""
        published = self._catalogue.published()
        if published is None:
            raise self._lost() if self.generation() else self._none()
        for problem in self._catalogue.check(published.number):
            raise CorruptIndexError(f"{problem}.")
        yield from contents(self._catalogue, published.number)

    def set_aside_unreadable(self) -> Path | None:
        """See :meth:`indexer.stores.base.Store.set_aside_unreadable`."""
        try:
            if self._catalogue.published() is not None:
                self._catalogue.model()
            return None
        except CorruptIndexError:
            name = f"{self.folder.name}.{time.strftime('%Y%m%dT%H%M%S')}"
            aside = self.folder.with_name(name)
            while aside.exists():
                aside = aside.with_name(f"{aside.name}-")
            self.folder.rename(aside)
            self._catalogue = Catalogue(self.folder / FILE)
            return aside

    def check(self) -> tuple[str, ...]:
        """See :meth:`indexer.stores.base.Store.check`."""
        try:
            published = self._catalogue.published()
            if published is None:
                return (f"{self._catalogue.path}: no index here",)
            problems = list(self._catalogue.check(published.number))
            if self.generation() != published.number:
                problems.append(str(self._lost()))
        except CorruptIndexError as error:
            return (str(error),)
        try:
            files = open_files(self.folder, published.search, published.digest)
        except CorruptIndexError as error:
            problems.append(f"{error} It is derived again when the index is opened.")
            return tuple(problems)
        if not problems:
            try:
                self._compare(published.number, files)
            except CorruptIndexError as error:
                problems.append(str(error))
        return tuple(problems)

    def check_writable(self, size: int) -> None:
        """See :meth:`indexer.stores.base.Store.check_writable`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            why = error.strerror or str(error)
            raise StoreError(
                f"{self.folder}: cannot be written ({why}); own the folder, or name another: "
                "--out or TARMAQ_INDEX."
            ) from error
        if free < size:
            raise StoreError(
                f"{self.folder}: about {size / 1e6:.0f} MB are needed, {free / 1e6:.0f} MB are "
                "free; make room, or name another folder: --out or TARMAQ_INDEX."
            )

    def snapshot(self, generation: int | None = None) -> EmbeddedSnapshot:
        """See :meth:`indexer.stores.base.Store.snapshot`."""
        published = self._catalogue.published(generation or self.generation())
        if published is None and self.generation():
            raise self._lost()
        if published is None:
            raise self._none()
        if self._catalogue.is_short():
            for problem in self._catalogue.check(published.number):
                raise CorruptIndexError(f"{problem}.")
        model = self._catalogue.model()
        editions = self._catalogue.editions(published.number)
        files = self._open(published)
        self._compare(published.number, files)
        return EmbeddedSnapshot(self._catalogue, published.number, model, editions, files)

    def _none(self) -> CorruptIndexError:
        return CorruptIndexError(
            f"{self._catalogue.path}: no index here; build it: python -m indexer build."
        )

    def _lost(self) -> CorruptIndexError:
        number, folder = published_folder(self.folder)
        return CorruptIndexError(
            f"{self._catalogue.path}: generation {number} was published and is no longer there: "
            "the file or its log is damaged, or an older one was put in its place; add again what "
            "was added since, restore a backup, or build the index anew: python -m indexer build "
            f"(if the older one is meant, remove {folder})."
        )

    def _compare(self, generation: int, files: SearchFiles) -> None:
        """Compares what the catalogue holds with the sums that were made when it was written.

        Raises:
            CorruptIndexError: Something is not what was stored; names it.
        """
        if composition(self._catalogue, generation) != files.composition:
            raise self._catalogue.other(f"generation {generation}")
        for rows, number, first in self._catalogue.editions(generation):
            found = edition_sums(self._catalogue, number, first, rows.stop - rows.start)
            if found.content != files.sums[number].content:
                raise self._catalogue.other(str(rows.key))

    def _damaged(self) -> set[Key]:
        """Returns the editions of the newest generation that are not what was stored."""
        published = self._catalogue.published()
        if published is None:
            return set()
        editions = self._catalogue.editions(published.number)
        known = self._sound(self._catalogue, published)
        return {rows.key for rows, number, _ in editions if number not in known}

    def _sound(self, catalogue: Catalogue, published: Published) -> dict[int, EditionSums]:
        """Returns the sums of the editions that are what was stored, by their numbers."""
        try:
            stored = open_files(self.folder, published.search, published.digest).sums
        except CorruptIndexError:
            stored = None
        sound = {}
        for rows, number, first in catalogue.editions(published.number):
            try:
                found = edition_sums(catalogue, number, first, rows.stop - rows.start)
                if (
                    catalogue.is_as_stored(number)
                    if stored is None
                    else found.content == stored[number].content
                ):
                    sound[number] = found
            except (CorruptIndexError, ValueError):
                continue
        return sound

    def _open(self, published: Published) -> SearchFiles:
        try:
            return open_files(self.folder, published.search, published.digest)
        except CorruptIndexError as error:
            _LOG.warning("%s Derived again.", error)
        # Whatever is derived from must be whole: nothing else tells afterwards what it was.
        for problem in self._catalogue.check(published.number):
            raise CorruptIndexError(f"{problem}.")
        try:
            again = self._derive_again(published)
            return open_files(self.folder, again.search, again.digest)
        except CorruptIndexError:
            raise
        except (OSError, StoreError) as error:
            _LOG.warning("%s: search files are derived elsewhere (%s)", self.folder, error)
            folder = Path(tempfile.mkdtemp(prefix="tarmaq-"))
            name, digest = derive(self._catalogue, published.number, folder)
            return open_files(folder, name, digest)

    def _derive_again(self, damaged: Published) -> Published:
        """Derives and publishes search files, unless another process has done so meanwhile."""
        with transaction(self._catalogue.path, None) as writer:
            now = writer.published(damaged.number)
            if now is None:
                raise StoreError(f"{self.folder}: generation {damaged.number} has ended.")
            if now != damaged:
                return now
            reader = self._catalogue.reading(writer.connection)
            name, digest = derive(reader, damaged.number, self.folder)
            writer.publish_again(damaged.number, name, digest)
        mark_published(self.folder, name)
        shutil.rmtree(self.folder / damaged.search, ignore_errors=True)
        return Published(damaged.number, name, digest)

    @contextmanager
    def _changing(self, model: ModelStamp | None, expected: int | None = None) -> Iterator[Writer]:
        """Opens a transaction; search files are derived in it, so both are published at once."""
        derived: list[str] = []
        try:
            with transaction(self._catalogue.path, model) as writer:
                if expected is not None and writer.generation - 1 != expected:
                    raise ConflictError(
                        f"{self.folder}: not changed; it is at generation {writer.generation - 1} "
                        f"now, not at {expected}. Look at what has changed and try again."
                    )
                published = writer.published(writer.generation - 1)
                known = self._compared(writer, published)
                yield writer
                self._refuse_damaged(writer, known)
                try:
                    name, digest = derive(
                        self._catalogue.reading(writer.connection),
                        writer.generation,
                        self.folder,
                        (published.search, published.digest) if published else None,
                        known,
                    )
                except OSError as error:
                    raise StoreError(f"{self.folder}: not changed ({error}).") from error
                derived.append(name)
                writer.publish(name, digest)
                writer.forget()
        except BaseException:
            for name in derived:
                shutil.rmtree(self.folder / name, ignore_errors=True)
            raise
        mark_published(self.folder, name)
        keep = {name, published.search if published else name}
        remove_other(self.folder, keep, time.time() - KEPT_SECONDS)

    def _compared(self, writer: Writer, published: Published | None) -> dict[int, EditionSums]:
        """Returns the sums of what is whole; the vectors of what is not are not used again."""
        if published is None:
            return {}
        reader = self._catalogue.reading(writer.connection)
        known = self._sound(reader, published)
        for rows, number, first in reader.editions(published.number):
            if number not in known:
                writer.forget_vectors(first, rows.stop - rows.start)
        return known

    def _refuse_damaged(self, writer: Writer, known: Mapping[int, EditionSums]) -> None:
        """Makes sure that the new generation keeps nothing damaged; replaced or removed it may be.

        Raises:
            CorruptIndexError: It keeps something; names it.
        """
        reader = self._catalogue.reading(writer.connection)
        old = {number for _, number, _ in reader.editions(writer.generation - 1)}
        for rows, number, _ in reader.editions(writer.generation):
            if number in old and number not in known:
                raise self._catalogue.other(str(rows.key))

    def _names(self, connection: sqlite3.Connection) -> list[str]:
        rows = connection.execute("SELECT id FROM documents WHERE ended IS NULL ORDER BY id")
        return [name for (name,) in rows]
