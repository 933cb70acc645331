"""Reads source documents: descriptions and texts become passages and outlines."""

import datetime
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from indexer.acts.citations import Citation, citations
from indexer.acts.defined import own_names
from indexer.acts.history import notes_of
from indexer.acts.naming import ActNames
from indexer.documents.description import (
    Document,
    Edition,
    Trilingual,
    find_documents,
    read_document,
    read_text,
)
from indexer.documents.outline import Outline, outline, outline_of
from indexer.documents.passages import Passage
from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.languages.codes import Language

QUESTIONS: Final = "questions.toml"
"""Name of the file of questions in a document's folder."""

PLAIN: Final = (".txt", ".md")
"""Ends of the names of files that are taken as they stand."""

_QUESTIONS = TypeAdapter(dict[str, dict[Language, tuple[str, ...]]])

if TYPE_CHECKING:
    from indexer.readers import Text


@dataclass(frozen=True, slots=True)
class Expression:
    """One edition of a document as it is indexed.

    Attributes:
        edition: What the description says of it.
        outline: What lies where in it.
        passages: Its passages, in reading order: one for each of ``outline.eids``.
        source: Hash of the file it was read from; empty where there was none.
        reading: Version of the code that read it.
        notes: The editor's notes about its elements, by address; those of the empty one are about
            the act.
        citations: What its passages cite, each with the place of its passage.
        names: What it calls its act for short.
    """

    edition: Edition
    outline: Outline
    passages: tuple[Passage, ...]
    source: str = ""
    reading: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    citations: tuple[tuple[int, Citation], ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document with its editions.

    Attributes:
        document: Its description.
        expressions: Its editions.
        questions: Questions that each of its items answers, by address, in any language; empty
            where nobody wrote any.
    """

    document: Document
    expressions: tuple[Expression, ...]
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_corpus(seeds: Path) -> Iterator[Source]:
    """Yields every document under ``seeds``, sorted by name.

    Raises:
        DocumentError: A document cannot be read; names the file.
    """
    return map(read_source, find_documents(seeds))


def read_source(folder: Path) -> Source:
    """Returns the document in ``folder``.

    Raises:
        DocumentError: It cannot be read; names the file.
    """
    document = read_document(folder)
    expressions = (
        read_expression(document, edition, (folder / edition.file)) for edition in document.editions
    )
    return source_of(document, expressions, read_questions(folder))


def source_of(
    document: Document,
    expressions: Iterable[Expression],
    questions: dict[str, tuple[str, ...]] | None = None,
) -> Source:
    """Returns a document with its editions, and with the names that they give it.

    Args:
        document: Its description.
        expressions: Its editions.
        questions: Questions that its items answer, by address.
    """
    held = tuple(expressions)
    names: dict[Language, dict[str, None]] = {}
    for one in held:
        if one.names:
            names.setdefault(one.edition.language, {}).update(dict.fromkeys(one.names))
    defined = {language: tuple(own) for language, own in names.items()}
    return Source(replace(document, defined=defined), held, questions or {})


def read_questions(folder: Path) -> dict[str, tuple[str, ...]]:
    """Returns the questions that stand in ``questions.toml``, by address; none without the file.

    Raises:
        DocumentError: The file is malformed; says where.
    """
    path = folder / QUESTIONS
    if not path.exists():
        return {}
    try:
        return {
            eid: tuple(text for texts in by_language.values() for text in texts)
            for eid, by_language in _QUESTIONS.validate_python(
                tomllib.loads(read_text(path))
            ).items()
        }
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise DocumentError(error, path) from error


def read_expression(
    document: Document, edition: Edition, file: Path, text: str | None = None
) -> Expression:
    """Returns one edition of a document.

    Args:
        document: The document.
        edition: What it says of the edition.
        file: The edition's file.
        text: What stands in it, where that has been read already.

    Raises:
        DocumentError: The file cannot be read.
    """
    # A service reads no texts until it is given some.
    from indexer.parsing import parse, passages

    text = read_edition(file, edition.language) if text is None else text
    root = parse(text)
    found = passages(root, document_id=document.id, language=edition.language)
    dated = tuple(replace(passage, date=edition.date) for passage in found)
    own = outline(root)
    return Expression(
        edition,
        own,
        dated,
        source_digest(file),
        reading_version(),
        notes_of(root),
        tuple(citations(dated, own, ActNames((document,)))),
        own_names(text, edition.language, getattr(document.title, edition.language)),
    )


def read_edition(file: Path, language: Language) -> str:
    """Returns the text of one language of a file, of any format that :mod:`indexer.readers` knows.

    A text file is taken as it stands.

    Raises:
        DocumentError: The file cannot be read, or holds no text in that language.
    """
    if file.suffix.lower() in PLAIN:
        return read_text(file)
    found = read_file(file)
    for text in found:
        if text.language == language:
            return text.text
    held = ", ".join(text.language for text in found)
    raise DocumentError(Fault.of("no-language", language=language, held=held), file)


def read_file(file: Path, progress: Callable[[int, int], None] | None = None) -> "tuple[Text, ...]":
    """Returns the text of each language in a file, with what was recognised.

    Args:
        file: The file.
        progress: Called with the pages done and the pages in all.

    Raises:
        DocumentError: The file cannot be read; says why.
    """
    # Formats bring libraries of their own.
    from indexer.readers import read

    try:
        return read(file.read_bytes(), file.name, progress)
    except OSError as error:
        raise DocumentError(f"{file}: cannot be read ({error.strerror}).") from error


def source_digest(file: Path) -> str:
    """Returns a hash of a source file and of the questions beside it; empty where it is missing."""
    content = hashlib.sha256()
    try:
        content.update(file.read_bytes())
        questions = file.with_name(QUESTIONS)
        if questions.exists():
            content.update(questions.read_bytes())
    except OSError:
        return ""
    return content.hexdigest()


@cache
def reading_version() -> str:
    """Returns a hash of the code that reads texts: where it differs, they are read again."""
    content = hashlib.sha256()
    for package in ("acts", "documents", "parsing", "readers", "reference"):
        folder = files("indexer") / package
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda file: file.name):
                if file.name.endswith((".py", ".toml")):
                    content.update(file.read_bytes())
    return content.hexdigest()[:16]


def sources_of(found: Iterable[Passage]) -> tuple[Source, ...]:
    """Returns documents for passages that have none, such as those of a data set."""
    held: dict[str, list[Passage]] = {}
    for passage in found:
        held.setdefault(passage.document_id, []).append(passage)
    return tuple(_source_of(name, own) for name, own in held.items())


def _source_of(name: str, found: list[Passage]) -> Source:
    by_language: dict[str, list[Passage]] = {}
    for passage in found:
        by_language.setdefault(passage.language, []).append(passage)
    day = datetime.date(1, 1, 1)
    expressions = []
    for own in by_language.values():
        edition = Edition(own[0].language, date=day)
        dated = tuple(replace(passage, date=day) for passage in own)
        expressions.append(Expression(edition, outline_of(p.eid for p in own), dated))
    document = Document(
        id=name,
        uri="",
        title=Trilingual(kk=name),
        editions=tuple(expression.edition for expression in expressions),
        date=day,
    )
    return Source(document, tuple(expressions))
