"""The desk of a running service: hands documents to the index, and takes them out of it."""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import TypeAdapter

from indexer.documents.description import write_description
from indexer.documents.examination import Examined
from indexer.documents.intake import DESCRIPTION, File, is_name
from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.progress import Progress
from indexer.publishing import Taken, arriving, documents_folder, publish, take_in, withdraw
from indexer.readers.base import Text
from indexer.stores.opening import open_store
from service.administration import jobs
from service.administration.ledger import Ledger
from service.engine.engine import Engine
from service.errors import RequestError
from service.settings import Settings

_MOST_DRAFTS: Final = 8
_TAKEN_UP_SECONDS: Final = 60.0
_SOON_SECONDS: Final = 3.0
_LOOK_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody hands over.

    Attributes:
        files: Texts, and perhaps a ``document.toml`` and a ``questions.toml``.
        description: The ``document.toml``; empty to draft it, or to keep that of the document.
        name: Id of the document; empty to make one.
        draft: Id of a job whose document this one goes on from; empty for none.
        replaces: Whether there may be a document of that id already.
        is_confirmed: Whether a person has looked at what is doubtful.
        is_dry: Whether nothing is to be published.
        expected: The generation that must still be the newest one; None for any.
    """

    files: Sequence[File] = ()
    description: str = ""
    name: str = ""
    draft: str = ""
    replaces: bool = False
    is_confirmed: bool = False
    is_dry: bool = False
    expected: int | None = None


@dataclass(slots=True)
class Outcome:
    """What came of a job.

    Attributes:
        document: Id of the document.
        examined: What was recognised; None for a removal.
        description: The ``document.toml``.
        replaces: Whether there was a document of that id.
        generation: The generation that was published; None where nothing was.
        draft: The document's folder, where it is kept to go on from; None where it is not.
    """

    document: str
    examined: Examined | None = None
    description: str = ""
    replaces: bool = False
    generation: int | None = None
    draft: Path | None = None


Job: TypeAlias = jobs.Job[Outcome]


_RESULTS: Final = TypeAdapter(Outcome)
_READ: Final = TypeAdapter(dict[str, tuple[Text, ...]])
_TEXTS: Final = "texts.json"
"""What stands in a draft's files, beside its folder: a scan is not read twice."""


class Desk:
    """Documents in and out of the index that a service runs on."""

    def __init__(self, settings: Settings, engine: Callable[[], Engine], ledger: Ledger) -> None:
        """Takes the settings, what returns the engine that answers now, and the ledger."""
        self._settings = settings
        self._engine = engine
        self._store = open_store(settings.store, settings.index)
        self._jobs = jobs.Jobs(ledger, _RESULTS)
        self._drafts: list[ExitStack] = []
        self._lock = threading.Lock()

    def receive(self, upload: Upload) -> Job:
        """Examines what was handed over, and publishes it unless it is dry or doubtful.

        Raises:
            RequestError: Too much is waiting.
        """
        return self._jobs.submit(lambda job, progress: self._receive(upload, job, progress))

    def remove(self, name: str, expected: int | None = None) -> Job:
        """Takes a document out.

        Raises:
            RequestError: Too much is waiting.
        """

        def work(job: Job, progress: Progress) -> None:
            generation = withdraw([name], self._store, expected)
            self._open(generation, progress)
            job.result = Outcome(name, replaces=True, generation=generation)

        return self._jobs.submit(work)

    def job(self, name: str, wait: float = 0.0) -> Job:
        """Returns how a job stands, once it has ended or after ``wait`` seconds.

        What it has published is served then, in this process too.

        Raises:
            RequestError: There is none of that id, or no longer.
        """
        job = self._jobs.find(name, wait)
        if job.result and job.result.generation:
            self.serving(job.result.generation)
        return job

    def newest(self) -> Engine:
        """Returns an engine that answers from what any process has published, once there is one."""
        return self.serving(self._store.generation())

    def serving(self, generation: int, wait: float = _SOON_SECONDS) -> Engine:
        """Returns an engine that answers from a generation, after so many seconds any."""
        deadline = time.monotonic() + wait
        while (engine := self._engine()).snapshot.generation < generation:
            if time.monotonic() > deadline:
                break
            time.sleep(_LOOK_SECONDS)
        return engine

    def description(self, name: str) -> str:
        """Returns the ``document.toml`` of a document.

        Raises:
            RequestError: There is no such document.
        """
        folder = self._folder(name)
        if folder is not None:
            return (folder / DESCRIPTION).read_text(encoding="utf-8")
        return write_description(self.newest().library.document(name))

    def close(self) -> None:
        """Ends the work and throws drafts away."""
        self._jobs.close()
        with self._lock:
            for draft in self._drafts:
                draft.close()
            self._drafts.clear()

    def _receive(self, upload: Upload, job: Job, progress: Progress) -> None:
        with ExitStack() as stack:
            into = stack.enter_context(arriving(self._store))
            try:
                taken = self._take(upload, into, progress)
            except DocumentError:
                job.result = self._before(upload)
                raise
            examined = taken.examined
            name = examined.document.id
            known = name in self.newest().snapshot.documents
            text = (taken.folder / DESCRIPTION).read_text(encoding="utf-8")
            job.result = Outcome(name, examined, text, replaces=known)
            if known and not upload.replaces:
                raise RequestError("document-exists", status=409, name=name)
            doubtful = examined.is_doubtful and not upload.is_confirmed
            if upload.is_dry or doubtful:
                self._hold(taken, stack.pop_all())
                job.result.draft = taken.folder
            if doubtful and not upload.is_dry:
                raise RequestError("needs-confirmation", status=422)
            if not upload.is_dry:
                encoder = self._engine().retriever.encoder
                built = publish(
                    [examined],
                    self._store,
                    encoder,
                    kept=[taken.folder],
                    progress=progress,
                    expected=upload.expected,
                )
                self._open(built.generation, progress)
                job.result.generation = built.generation

    def _before(self, upload: Upload) -> Outcome | None:
        """Returns what a draft was, with the description as somebody has written it since."""
        found = self._jobs.find(upload.draft).result if upload.draft else None
        return found and replace(found, description=upload.description or found.description)

    def _open(self, generation: int, progress: Progress) -> None:
        """Waits until questions are answered from a generation, so that the caller can look."""
        progress("opening", 0, 1)
        self.serving(generation, _TAKEN_UP_SECONDS)
        progress("opening", 1, 1)

    def _take(self, upload: Upload, into: Path, progress: Progress) -> Taken:
        base, texts = self._folder(upload.name) if upload.replaces else None, None
        if upload.draft:
            found = self._jobs.find(upload.draft).result
            base = found.draft if found else None
            if base is None or not base.is_dir():
                raise RequestError("unknown-job", status=404, name=upload.draft)
            texts = _READ.validate_json((base.parent / _TEXTS).read_bytes())
        try:
            return take_in(
                upload.files,
                self._store,
                into,
                description=upload.description,
                name=upload.name or (base.name if upload.draft and base else ""),
                base=base,
                texts=texts,
                progress=progress,
            )
        except DocumentError as error:
            # Where files lie on this machine is nobody's business.
            folders = [*sorted(into.iterdir(), reverse=True), into]

            def cut(told: str) -> str:
                for folder in folders:
                    told = told.replace(f"{folder}/", "")
                return told

            said = error.said if isinstance(error.said, Fault) else cut(str(error.said))
            raise DocumentError(said, cut(error.where)) from error

    def _folder(self, name: str) -> Path | None:
        """Returns the folder of a document: where handed-over ones are kept, or among the seeds."""
        if not is_name(name):
            return None
        for home in (documents_folder(self._settings.index), self._settings.seeds):
            if (home / name / DESCRIPTION).is_file():
                return home / name
        return None

    def _hold(self, taken: Taken, folder: ExitStack) -> None:
        read = {name: tuple(texts) for name, texts in taken.texts.items()}
        (taken.folder.parent / _TEXTS).write_bytes(_READ.dump_json(read))
        with self._lock:
            self._drafts.append(folder)
            while len(self._drafts) > _MOST_DRAFTS:
                self._drafts.pop(0).close()
