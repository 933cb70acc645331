"""Reads all source documents into one corpus of passages."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from indexer.documents import Document, find_documents, read_document, read_text
from indexer.outline import Section, outline
from indexer.parsing import parse, passages
from indexer.passages import Language, Passage


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of the corpus with the outline of each edition."""

    document: Document
    outlines: dict[Language, tuple[Section, ...]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents and their passages, both in reading order.

    Attributes:
        documents: The documents, with outlines.
        passages: Every edition's passages.
        sources: SHA-256 of every file read, by path under the folder of documents.
    """

    documents: tuple[DocumentEntry, ...]
    passages: tuple[Passage, ...]
    sources: dict[str, str]


def read_corpus(seeds: Path) -> Corpus:
    """Reads every document under ``seeds``.

    Raises:
        DocumentError: A document cannot be read; names the file.
    """
    entries: list[DocumentEntry] = []
    found: list[Passage] = []
    sources: dict[str, str] = {}
    for folder in find_documents(seeds):
        document = read_document(folder)
        outlines: dict[Language, tuple[Section, ...]] = {}
        for edition in document.editions:
            root = parse(read_text(folder / edition.file))
            outlines[edition.language] = outline(root)
            found.extend(passages(root, document_id=document.id, language=edition.language))
        entries.append(DocumentEntry(document, outlines))
        for name in ("document.toml", *(edition.file for edition in document.editions)):
            path = folder / name
            sources[f"{folder.name}/{name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return Corpus(tuple(entries), tuple(found), sources)
