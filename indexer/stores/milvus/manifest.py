"""What a generation holds: a list of documents, and what is kept of each, as contents.

The list lies in portions by a hash of the ids, so a change writes the few portions that it changes
and not the whole list.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from pydantic import TypeAdapter

from indexer.acts.citations import Citation
from indexer.analysis.texts import Analysis, analyse, pack, unpack
from indexer.documents.description import Document
from indexer.documents.outline import Outline, Section
from indexer.documents.passages import Passage
from indexer.errors import CorruptIndexError
from indexer.stores.base import EditionRows, Embedded, Indexed
from indexer.stores.milvus.contents import (
    PASSAGES,
    QUESTIONS,
    Contents,
    VectorRows,
    number_of,
)
from indexer.stores.tables import EditionContent

BLOCK: Final = 64
"""Passages that lie together."""

_DOCUMENT = TypeAdapter(Document)
_SECTIONS = TypeAdapter(tuple[Section, ...])


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """What is kept of an edition: names of contents, where nothing else is said.

    Attributes:
        source: Hash of the file it was read from.
        reading: Version of the code that read it.
        passages: Number of its passages.
        outline: Sections, addresses and printed numbers.
        analysis: What its words are.
        windows: The passage and the text's hash of each vector.
        notes: The editor's notes by address.
        citations: What its passages cite, each with the place of its passage.
        blocks: The passages, :data:`BLOCK` in each.
    """

    source: str
    reading: str
    passages: int
    outline: str
    analysis: str
    windows: str
    notes: str
    citations: str
    blocks: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its contents."""
        parts = (self.outline, self.analysis, self.windows, self.notes, self.citations)
        return (*parts, *self.blocks)


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """What is kept of a document.

    Attributes:
        document: Its description.
        editions: Its editions, in the description's order.
        asked: Address and text's hash of each written question.
    """

    document: Document
    editions: tuple[KeptEdition, ...]
    asked: tuple[tuple[str, str], ...]


def write_document(indexed: Indexed, contents: Contents, vectors: VectorRows) -> str:
    """Puts a document; returns the name of the content that says what is kept of it."""
    editions = [_write_edition(one, contents, vectors) for one in indexed.editions]
    if indexed.asked:
        vectors.put(
            QUESTIONS,
            [one.text for one in indexed.asked],
            np.stack([one.vector for one in indexed.asked]),
        )
    told = {
        "document": _DOCUMENT.dump_python(indexed.document, mode="json"),
        "editions": [asdict(edition) for edition in editions],
        "asked": [(one.eid, one.text.hex()) for one in indexed.asked],
    }
    return contents.put(_json(told))


def read_document(content: bytes) -> KeptDocument:
    """Returns what is kept of a document."""
    try:
        told = json.loads(content)
        editions = (
            KeptEdition(**{**edition, "blocks": tuple(edition["blocks"])})
            for edition in told["editions"]
        )
        return KeptDocument(
            _DOCUMENT.validate_python(told["document"], strict=False),
            tuple(editions),
            tuple((eid, text) for eid, text in told["asked"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptIndexError(f"What is kept of a document cannot be read ({error}).") from error


def edition_content(
    rows: EditionRows, kept: KeptEdition, found: Mapping[str, bytes]
) -> EditionContent:
    """Returns what tables are made of.

    Args:
        rows: The edition.
        kept: What is kept of it.
        found: Its contents by name; the passages where the analysis is of another version.
    """
    owners, texts = read_windows(found[kept.windows])
    numbers = np.array([number_of(text) for text in texts], dtype=np.int64)
    analysis: Analysis | None = unpack(found[kept.analysis])
    if analysis is None:
        held = [one for block in kept.blocks for one in read_block(found[block], rows)]
        analysis = analyse(held)
    return EditionContent(
        rows, read_outline(found[kept.outline]).eids, analysis, np.array(owners, np.int64), numbers
    )


def read_outline(content: bytes) -> Outline:
    """Returns an outline."""
    told = json.loads(content)
    return Outline(
        _SECTIONS.validate_python(told["sections"]), tuple(told["eids"]), tuple(told["nums"])
    )


def read_windows(content: bytes) -> tuple[list[int], list[bytes]]:
    """Returns the passage of each vector, by its place, and what the vector is known by."""
    told = json.loads(content)
    return told["owners"], [bytes.fromhex(text) for text in told["texts"]]


def read_notes(content: bytes) -> dict[str, tuple[str, ...]]:
    """Returns the editor's notes by address."""
    return {eid: tuple(notes) for eid, notes in json.loads(content).items()}


def read_citations(content: bytes) -> tuple[tuple[int, Citation], ...]:
    """Returns citations, each with the place of its passage."""
    return tuple((place, Citation(*rest)) for place, *rest in json.loads(content))


def read_block(content: bytes, rows: EditionRows) -> list[Passage]:
    """Returns the passages of a block of an edition."""
    return [
        Passage(
            rows.document.id, eid, rows.edition.language, num, tuple(headings), text, status,
            rows.edition.date,
        )
        for eid, num, headings, text, status in json.loads(content)
    ]  # fmt: skip


def write_list(documents: Mapping[str, str], contents: Contents) -> str:
    """Puts the list of a generation; returns the name of its root.

    Args:
        documents: The name of what is kept of each document, by id.
        contents: Where it goes.
    """
    portions: dict[int, list[tuple[str, str]]] = {}
    for name, kept in sorted(documents.items()):
        portion = hashlib.blake2b(name.encode(), digest_size=1).digest()[0]
        portions.setdefault(portion, []).append((name, kept))
    named = [contents.put(_json(portions[number])) for number in sorted(portions)]
    return contents.put(_json(named))


def read_list(root: str, contents: Contents, since: int) -> tuple[dict[str, str], tuple[str, ...]]:
    """Returns the list of a generation, and the names of the contents that it lies in."""
    portions = json.loads(contents.get([root], since)[root])
    found = contents.get(portions, since)
    documents = {name: kept for one in portions for name, kept in json.loads(found[one])}
    return dict(sorted(documents.items())), (root, *portions)


def _write_edition(embedded: Embedded, contents: Contents, vectors: VectorRows) -> KeptEdition:
    expression = embedded.expression
    vectors.put(PASSAGES, embedded.texts, embedded.vectors)
    outline, passages = expression.outline, expression.passages
    blocks = (passages[at : at + BLOCK] for at in range(0, len(passages), BLOCK))
    return KeptEdition(
        expression.source,
        expression.reading,
        len(passages),
        contents.put(
            _json(
                {
                    "sections": _SECTIONS.dump_python(outline.sections, mode="json"),
                    "eids": outline.eids,
                    "nums": outline.nums,
                }
            )
        ),
        contents.put(pack(analyse(passages))),
        contents.put(
            _json(
                {
                    "owners": embedded.owners.tolist(),
                    "texts": [text.hex() for text in embedded.texts],
                }
            )
        ),
        contents.put(_json(dict(expression.notes))),
        contents.put(
            _json(
                [
                    (place, one.start, one.end, one.act, one.target)
                    for place, one in expression.citations
                ]
            )
        ),
        tuple(contents.put(_json(_told(block))) for block in blocks),
    )


def _told(passages: Iterable[Passage]) -> Sequence[Any]:
    return [(p.eid, p.num, p.heading_path, p.text, p.status) for p in passages]


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
