"""Takes files in: from what somebody hands over to a document's folder, and where it is kept.

A handed-over file is read by what it holds, not by its name. One that has to be read again with
care (a PDF, a Word file) is kept as it came; a plain text that is wrapped, or in another encoding
than UTF-8, is kept as the reader put it right.
"""

import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from indexer.documents.corpus import PLAIN, QUESTIONS
from indexer.documents.describing import describe, name_of
from indexer.documents.description import (
    Document,
    Edition,
    not_toml,
    read_description,
    read_document,
    write_description,
)
from indexer.documents.keys import Work
from indexer.errors import DocumentError, InvalidKeyError
from indexer.faults import Fault
from indexer.languages.codes import Language
from indexer.progress import Progress, silent
from indexer.readers.base import Text

DESCRIPTION: Final = "document.toml"
"""Name of the file that describes a document."""

_NAME = re.compile(r"[^\W_][\w.-]{0,99}")
_REMOVED = ".removed"
_ENDS = {"text": ".txt", "markdown": ".md", "html": ".html", "docx": ".docx", "odt": ".odt",
         "pdf": ".pdf", "akn": ".xml"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file as somebody hands it over."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document's folder made of files.

    Attributes:
        folder: The folder.
        texts: What stands in the files, by their names, as far as it has been read.
    """

    folder: Path
    texts: dict[str, tuple[Text, ...]]


def lay_out(
    files: Sequence[File],
    into: Path,
    *,
    description: str = "",
    name: str = "",
    base: Path | None = None,
    progress: Progress = silent,
) -> LaidOut:
    """Makes a document's folder of files, drafting the description where none is given.

    Args:
        files: The texts; a ``document.toml`` and a ``questions.toml`` among them are taken as such.
        into: Where to make the folder.
        description: The ``document.toml``; empty for that of ``base``, else a draft.
        name: Id of the document; where it is empty, one that the act's kind, year and number make,
            else the first file's name.
        base: Folder of the document that this one replaces: what is not handed over is its.
        progress: Told how far it has come.

    Raises:
        DocumentError: A file cannot be read, or the description is wrong; says what.
    """
    given = _named(files)
    description = description or _decoded(given.pop(DESCRIPTION, b""), DESCRIPTION)
    questions = given.pop(QUESTIONS, None)
    stored = _read(given, progress)
    found = [(text.language, text.text, one.name) for one in stored for text in one.texts]
    if not description and base is not None:
        description = write_description(_revised(read_document(base), found))
    elif not description:
        if not found:
            raise DocumentError(Fault.of("no-file"))
        drafted = describe(found)
        description, name = drafted.text, name or drafted.name
    name = name or named_in(description) or _slug(PurePath(next(iter(given), "document")).stem)
    if not is_name(name):
        raise DocumentError(Fault.of("bad-id", name=name[:120]))
    document = _described(description, name)
    folder = into / name
    folder.mkdir(parents=True)
    (folder / DESCRIPTION).write_text(description, encoding="utf-8")
    for one in stored:
        (folder / one.name).write_bytes(one.data)
    if questions is not None:
        (folder / QUESTIONS).write_bytes(questions)
    _complete(folder, base, document)
    return LaidOut(folder, {one.name: one.texts for one in stored if one.is_read})


def keep(folder: Path, documents: Path) -> Path:
    """Moves a document's folder to where documents are kept; the one before is set aside.

    Raises:
        DocumentError: It cannot be moved.
    """
    try:
        documents.mkdir(parents=True, exist_ok=True)
        set_aside(folder.name, documents)
        return folder.rename(documents / folder.name)
    except OSError as error:
        raise DocumentError(f"{documents}: cannot be written ({error.strerror}).") from error


def set_aside(name: str, documents: Path) -> None:
    """Moves a document out of those that are kept; only the last one of an id is held on to."""
    if (documents / name).is_dir():
        aside = documents / _REMOVED / name
        shutil.rmtree(aside, ignore_errors=True)
        aside.parent.mkdir(exist_ok=True)
        (documents / name).rename(aside)


def is_name(name: str) -> bool:
    """Whether a document that is handed over may have this id."""
    return _NAME.fullmatch(name) is not None


def named_in(description: str) -> str:
    """Returns the id that the address in a ``document.toml`` makes; empty where it makes none."""
    try:
        return name_of(Work.parse(str(tomllib.loads(description).get("uri"))))
    except (tomllib.TOMLDecodeError, InvalidKeyError):
        return ""


def is_makeshift(document: Document) -> bool:
    """Whether the id of a document is but the name of its file, for its address makes none."""
    stem = document.editions[0].file.partition(".")[0]
    return document.id == _slug(stem) and not (document.uri and name_of(document.work))


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file as it is kept, and what stands in it."""

    name: str
    data: bytes
    texts: tuple[Text, ...]

    @property
    def is_read(self) -> bool:
        """Whether a reader's text counts, not the file as it stands."""
        return PurePath(self.name).suffix.lower() not in PLAIN


def _read(given: Mapping[str, bytes], progress: Progress) -> list[_Stored]:
    stored = [one for file, data in given.items() for one in _stored(file, data, progress)]
    if len({one.name for one in stored}) < len(stored):
        raise DocumentError(Fault.of("one-name"))
    return stored


def _stored(name: str, data: bytes, progress: Progress) -> Iterator[_Stored]:
    """Yields the files that a handed-over file becomes."""
    from indexer.readers import read

    texts = read(data, name, lambda done, total: progress("pages", done, total))
    report, path = texts[0].report, PurePath(name)
    if report.format not in ("text", "markdown"):
        end = path.suffix.lower()
        wrong = not end or end in (*PLAIN, ".toml")
        yield _Stored(
            f"{path.stem}{_ENDS.get(report.format, '.scan')}" if wrong else name, data, texts
        )
    elif len(texts) == 1 and report.wrap_width is None and not report.repairs and _is_utf8(data):
        # Whatever looks lost to the reader is there: the text is taken as it stands.
        yield _Stored(f"{path.stem}{_ENDS[report.format]}", data, texts)
    else:
        for text in texts:
            yield _Stored(f"{path.stem}.{text.language}.txt", text.text.encode(), (text,))


def _named(files: Sequence[File]) -> dict[str, bytes]:
    given = {_safe(PurePath(file.name.replace("\\", "/")).name): file.data for file in files}
    if len(given) < len(files):
        raise DocumentError(Fault.of("same-name"))
    return given


def _revised(document: Document, found: Sequence[tuple[Language, str, str]]) -> Document:
    """Returns a description whose editions in force are replaced by new files."""
    editions = list(document.editions)
    for language, _, file in found:
        current = document.edition(language)
        if current is None:
            editions.append(Edition(language, file))
        else:
            editions[editions.index(current)] = replace(current, file=file)
    return replace(document, editions=tuple(editions))


def _complete(folder: Path, base: Path | None, document: Document) -> None:
    """Copies what the description names and nobody handed over from the document before."""
    named = [edition.file for edition in document.editions]
    for name in (*named, QUESTIONS):
        if base is not None and not (folder / name).exists() and (base / name).is_file():
            shutil.copyfile(base / name, folder / name)
    if absent := [name for name in named if not (folder / name).is_file()]:
        raise DocumentError(Fault.of("absent", names=", ".join(absent)))


def _described(description: str, name: str) -> Document:
    try:
        return read_description(tomllib.loads(description), name)
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(not_toml(description, error), DESCRIPTION) from error
    except DocumentError as error:
        raise error.within(DESCRIPTION) from error


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(Fault.of("not-utf8"), name) from error


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False


def _safe(name: str) -> str:
    """Returns a file's name as it can be kept: no path, nothing hidden."""
    clean = re.sub(r"[^\w.() @№-]", "_", name).strip(" .")
    return clean[-100:] or "document"


def _slug(stem: str) -> str:
    return re.sub(r"[^\w.-]+", "-", stem).strip("-._")[:80] or "document"
