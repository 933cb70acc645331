"""Reads source documents: a folder with a ``document.toml`` and one text file an edition."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from indexer.errors import DocumentError
from indexer.passages import Language

EditionStatus = Literal["authoritative", "unofficial"]


@dataclass(frozen=True, slots=True)
class Trilingual:
    """One short text in the three languages of the interface."""

    kk: str
    ru: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """Returns the text in ``language``."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of a document.

    Attributes:
        language: Its language.
        file: Name of the text file in the document's folder.
        status: ``authoritative``, or an ``unofficial`` translation.
        source: Where the text came from.
    """

    language: Language
    file: Annotated[str, Field(pattern=r"^[^/\\]+$")]
    status: EditionStatus
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """What ``document.toml`` says of a document.

    Attributes:
        id: Short id, the name of its folder.
        uri: Akoma Ntoso work URI (AKN Naming Convention 1.0, section 4).
        kind: Kind of act, for example ``decree``, ``law``, ``code``.
        number: Number of the act as registered.
        date: Date of adoption.
        title: Title of the document.
        adoption: The act that adopts it, as one cites it.
        editions: Its languages, in the file's order.
    """

    id: Annotated[str, Field(pattern=r"^[^\s#/?%]+$")]
    uri: Annotated[str, Field(pattern=r"^/akn/")]
    kind: str
    number: str
    date: date
    title: Trilingual
    adoption: Trilingual
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]


_DOCUMENT = TypeAdapter(Document)


def find_documents(seeds: Path) -> tuple[Path, ...]:
    """Returns the folders under ``seeds`` that hold a ``document.toml``, sorted by name.

    Raises:
        DocumentError: There is no such folder, or no document in it.
    """
    if not seeds.is_dir():
        raise DocumentError(f"{seeds}: no such folder; name the folder of documents with --seeds.")
    folders = tuple(sorted(path.parent for path in seeds.glob("*/document.toml")))
    if not folders:
        raise DocumentError(f"{seeds}: no document here; each needs a folder with document.toml.")
    return folders


def read_document(folder: Path) -> Document:
    """Returns the description of the document in ``folder``.

    Raises:
        DocumentError: ``document.toml`` is missing, is no TOML, or a field of it is wrong; says
            which.
    """
    path = folder / "document.toml"
    try:
        document = _DOCUMENT.validate_python(tomllib.loads(read_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise DocumentError(f"{path}: not TOML: {error}.") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()
        )
        raise DocumentError(f"{path}: {problems}.") from error
    if document.id != folder.resolve().name:
        raise DocumentError(f"{path}: id {document.id!r} is not the folder's name {folder.name!r}.")
    languages = [edition.language for edition in document.editions]
    if len(set(languages)) < len(languages):
        raise DocumentError(f"{path}: two editions have the same language.")
    return document


def read_text(path: Path) -> str:
    """Returns the text of a UTF-8 file, a byte order mark removed.

    Raises:
        DocumentError: The file is missing, not UTF-8 or empty; names file and line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(f"{path}:{line}: not UTF-8; save the file as UTF-8.") from error
    if not text.strip():
        raise DocumentError(f"{path}: the file is empty.")
    return text
