"""Puts documents into a store, embedding only what it does not hold yet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.documents.corpus import (
    Expression,
    Source,
    read_expression,
    read_questions,
    reading_version,
    source_digest,
    source_of,
)
from indexer.documents.description import Document, find_documents, read_document
from indexer.documents.leads import leads
from indexer.documents.passages import Passage
from indexer.embedding.caching import FILE, EmbeddingCache, embed_texts
from indexer.embedding.encoders import Embeddings, Encoder
from indexer.errors import DocumentError
from indexer.progress import Progress, silent
from indexer.stores.base import Asked, Embedded, Indexed, ModelStamp, Store, text_hash

LONGEST = 2_000
"""Longest text, in characters, that is embedded whole: models read little more."""

_WINDOW = 1_400
_OVERLAP = 200
_QUESTIONS = 32


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        generation: The generation that holds it.
        documents: Number of documents in the store.
        passages: Number of passages in the store.
        embedded: How many texts were embedded.
    """

    generation: int
    documents: int
    passages: int
    embedded: int


def stamp(encoder: Encoder) -> ModelStamp:
    """Returns what a store keeps of the model of its vectors."""
    return ModelStamp(encoder.name, encoder.revision, encoder.dimension)


def build(
    sources: Iterable[Source],
    store: Store,
    encoder: Encoder,
    *,
    progress: Progress = silent,
) -> Built:
    """Makes ``sources`` the documents of a store, all of them and no others.

    Args:
        sources: The documents; at least one passage.
        store: Where they go.
        encoder: The embedding model.
        progress: Told how far it has come.

    Raises:
        DocumentError: There is no passage.
        StoreError: The store cannot be written.
    """
    given = list(sources)
    if not any(expression.passages for source in given for expression in source.expressions):
        raise DocumentError("The documents hold no passage: nothing to index.")
    store.check_writable(_size(given, encoder))
    indexed, count = embed(given, store, encoder, progress=progress)
    store.replace_all(indexed, stamp(encoder), set())
    return _built(store, count)


def build_folders(
    folders: Sequence[Path], store: Store, encoder: Encoder, *, progress: Progress = silent
) -> Built:
    """Makes documents those of a store; what has not changed is not read again.

    Args:
        folders: The folders of the documents.
        store: Where they go.
        encoder: The embedding model.
        progress: Told how far it has come.

    Raises:
        DocumentError: A document cannot be read; names the file.
        StoreError: The store cannot be written.
    """
    kept, changed = _unchanged(folders, store, encoder)
    if not changed and kept == set(store.sources()):
        return _built(store, 0)
    sources = _read(changed, progress=progress)
    store.check_writable(_size(sources, encoder))
    indexed, count = embed(sources, store, encoder, progress=progress)
    store.replace_all(indexed, stamp(encoder), kept)
    return _built(store, count)


def build_folder(
    seeds: Path, store: Store, encoder: Encoder, *, progress: Progress = silent
) -> Built:
    """Makes the documents under a folder those of a store, as :func:`build_folders` does."""
    return build_folders(find_documents(seeds), store, encoder, progress=progress)


def changed(folders: Sequence[Path], store: Store, encoder: Encoder) -> list[Path]:
    """Returns the folders whose documents a store does not hold as they stand there."""
    return [folder for folder, _ in _unchanged(folders, store, encoder)[1]]


def put(
    sources: Sequence[Source],
    store: Store,
    encoder: Encoder,
    *,
    progress: Progress = silent,
    expected: int | None = None,
) -> Built:
    """Adds documents to a store, or replaces those of the same id, in one step.

    Args:
        sources: The documents.
        store: Where they go.
        encoder: The embedding model.
        progress: Told how far it has come.
        expected: The generation that must still be the newest one; None for any.

    Raises:
        ConflictError: There is a newer generation than the one expected.
        StoreError: The store cannot be written.
    """
    if not sources:
        return _built(store, 0)
    store.check_writable(_size(sources, encoder))
    indexed, count = embed(sources, store, encoder, progress=progress)
    store.put(indexed, stamp(encoder), expected)
    return _built(store, count)


def windows(passages: Sequence[Passage]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yields the texts of an edition that are embedded: each passage alone, and in its place.

    The inner product of a question with the mean of their embeddings is the mean of its two
    cosines: the headings, and what introduces a list, tell what an item is about without drowning
    what it says. A long text is cut into windows at white space; it is found by its best one.

    Yields:
        The number of the passage, and the pair of texts.
    """
    for place, (passage, lead) in enumerate(zip(passages, leads(passages), strict=True)):
        above = (*passage.heading_path, lead) if lead else passage.heading_path
        for part in _parts(passage.text):
            yield place, (part, ". ".join((*above, part)))


def embed(
    sources: Sequence[Source],
    store: Store,
    encoder: Encoder,
    *,
    progress: Progress = silent,
    cache: Path | None = None,
) -> tuple[list[Indexed], int]:
    """Returns documents with their vectors, and how many passages the store did not hold.

    Args:
        sources: The documents.
        store: Vectors that it holds are taken from it.
        encoder: The embedding model.
        progress: Told how far it has come.
        cache: Keeps embeddings for every store, so that an interrupted build goes on; beside the
            store by default.
    """
    texts = {
        text_hash(*pair): pair
        for source in sources
        for expression in source.expressions
        for _, pair in windows(expression.passages)
    }
    same = store.generation() and store.model() == stamp(encoder)
    vectors = store.known_vectors(texts) if same else {}
    new = {key: pair for key, pair in texts.items() if key not in vectors}
    parts = list(dict.fromkeys(text for pair in new.values() for text in pair))
    embeddings = np.empty((len(parts), encoder.dimension), dtype=np.float32)
    done, total = 0, sum(map(len, parts))
    with EmbeddingCache(cache or store.folder.parent / "weights" / FILE) as kept:
        for numbers, found in embed_texts(encoder, parts, kept):
            embeddings[numbers] = found
            # Time goes with length, and texts come shortest first.
            done += sum(len(parts[number]) for number in numbers.tolist())
            progress("embedding", done, total)
    places = {text: place for place, text in enumerate(parts)}
    for key, (plain, context) in new.items():
        vectors[key] = (embeddings[places[plain]] + embeddings[places[context]]) / 2
    width = encoder.dimension
    known = vectors | _embed_questions(sources, store if same else None, encoder, progress=progress)
    indexed = [
        Indexed(
            source.document,
            tuple(_embedded(expression, vectors, width) for expression in source.expressions),
            tuple(
                Asked(eid, question_hash(text), known[question_hash(text)])
                for eid, texts in source.questions.items()
                for text in texts
            ),
        )
        for source in sources
    ]
    return indexed, len(new)


def question_hash(text: str) -> bytes:
    """Returns what the vector of a written question is known by."""
    return text_hash("question", text)


def _embed_questions(
    sources: Sequence[Source], store: Store | None, encoder: Encoder, *, progress: Progress
) -> dict[bytes, Embeddings]:
    """Returns the vectors of the questions that were written for documents, by their hashes."""
    texts = {
        question_hash(text): text
        for source in sources
        for texts in source.questions.values()
        for text in texts
    }
    vectors = store.known_vectors(texts) if store else {}
    new = sorted((key for key in texts if key not in vectors), key=lambda key: len(texts[key]))
    for start in range(0, len(new), _QUESTIONS):
        batch = new[start : start + _QUESTIONS]
        found = encoder.encode_queries([texts[key] for key in batch])
        vectors |= dict(zip(batch, found, strict=True))
        progress("questions", start + len(batch), len(new))
    return vectors


def _embedded(expression: Expression, vectors: dict[bytes, Embeddings], width: int) -> Embedded:
    pairs = [(place, text_hash(*pair)) for place, pair in windows(expression.passages)]
    found = [vectors[key] for _, key in pairs]
    return Embedded(
        expression,
        np.stack(found) if found else np.empty((0, width), dtype=np.float32),
        np.array([place for place, _ in pairs], dtype=np.int64),
        tuple(key for _, key in pairs),
    )


def _parts(text: str) -> Iterator[str]:
    if len(text) <= LONGEST:
        yield text
        return
    start = 0
    while start < len(text):
        end = start + _WINDOW
        if end < len(text):
            end = max(text.rfind(" ", start + _WINDOW // 2, end), start + _WINDOW // 2)
        yield text[start:end].strip()
        if end >= len(text):
            return
        back = text.find(" ", end - _OVERLAP, end)
        start = back if back > start else end


def _unchanged(
    folders: Sequence[Path], store: Store, encoder: Encoder
) -> tuple[set[str], list[tuple[Path, Document]]]:
    """Returns the ids that the store holds as they stand in ``folders``, and the other folders."""
    known = store.sources() if store.generation() else {}
    if known and store.model() != stamp(encoder):
        known = {}
    kept: set[str] = set()
    changed = []
    for folder in folders:
        document = read_document(folder)
        held, read = known.get(document.id, (None, ()))
        if held == document and read == tuple(_source(folder, document)):
            kept.add(document.id)
        else:
            changed.append((folder, document))
    return kept, changed


def _source(folder: Path, document: Document) -> Iterator[tuple[str, str]]:
    for edition in document.editions:
        yield source_digest(folder / edition.file), reading_version()


def _read(changed: Sequence[tuple[Path, Document]], *, progress: Progress) -> list[Source]:
    found = []
    for count, (folder, document) in enumerate(changed, start=1):
        expressions = (
            read_expression(document, edition, folder / edition.file)
            for edition in document.editions
        )
        found.append(source_of(document, expressions, read_questions(folder)))
        progress("reading", count, len(changed))
    return found


def _size(sources: Sequence[Source], encoder: Encoder) -> int:
    """Returns about how many bytes sources take in a store, with its search files and its log."""
    texts = [
        len(passage.text)
        for source in sources
        for expression in source.expressions
        for passage in expression.passages
    ]
    return 2**20 + 12 * sum(texts) + 8 * encoder.dimension * len(texts)


def _built(store: Store, embedded: int) -> Built:
    snapshot = store.snapshot()
    return Built(snapshot.generation, len(snapshot.documents), len(snapshot), embedded)
