"""Examines a document before it is published: what was recognised, and what a person should see."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.documents.corpus import (
    PLAIN,
    Source,
    read_expression,
    read_file,
    read_questions,
    source_of,
)
from indexer.documents.describing import draft, missing_facts, presumes_title
from indexer.documents.description import Document, Edition, read_document, read_text
from indexer.documents.gaps import find_gaps
from indexer.documents.outline import Outline
from indexer.errors import DocumentError
from indexer.faults import Fault
from indexer.progress import Progress, silent
from indexer.readers.base import Format, Report, Text
from indexer.readers.doubts import Doubt

_MOST_GAPS: Final = 20


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised in one edition.

    Attributes:
        edition: What the description says of it.
        report: What its file is, and what was mended in it.
        outline: Its chapters, articles and items.
        doubts: What a person should look at.
    """

    edition: Edition
    report: Report
    outline: Outline
    doubts: tuple[Doubt, ...]

    @property
    def items(self) -> Mapping[str, int]:
        """How many passages are of each kind: the last step of their addresses."""
        steps = (eid.rpartition("__")[2] for eid in self.outline.eids)
        return Counter(step.partition("_")[0] or "whole" for step in steps)


@dataclass(frozen=True, slots=True)
class Examined:
    """A document as it would be published.

    Attributes:
        source: The document with its passages.
        editions: What was recognised in each edition.
        doubts: What a person should look at in the document as a whole.
    """

    source: Source
    editions: tuple[Recognised, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def document(self) -> Document:
        """Its description."""
        return self.source.document

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look at anything."""
        return bool(self.doubts) or any(edition.doubts for edition in self.editions)


def examine(
    folder: Path,
    texts: Mapping[str, Sequence[Text]] | None = None,
    *,
    others: Sequence[Document] = (),
    progress: Progress = silent,
) -> Examined:
    """Reads the document in a folder.

    Args:
        folder: The document's folder.
        texts: What stands in its files, by their names, as far as they have been read already.
        others: The documents that are there already.
        progress: Told how far it has come.

    Raises:
        DocumentError: It cannot be read; names the file.
    """
    document = read_document(folder)
    known = dict(texts or {})
    expressions, editions = [], []
    for edition in document.editions:
        path = folder / edition.file
        text, report = _read(path, edition, known, progress)
        expression = read_expression(document, edition, path, text)
        if not expression.passages:
            raise DocumentError(Fault.of("no-act"), path)
        expressions.append(expression)
        found = tuple(_doubts(edition, text, expression.outline, report))
        editions.append(Recognised(edition, report, expression.outline, found))
    description = read_text(folder / "document.toml")
    doubts = [Doubt.of("missing", fact=fact) for fact in missing_facts(description)]
    if presumes_title(description):
        doubts.append(Doubt("presumed-title"))
    doubts += [
        Doubt.of("same-work", name=other.id)
        for other in others
        if other.uri == document.uri and other.id != document.id
    ]
    source = source_of(document, expressions, read_questions(folder))
    return Examined(source, tuple(editions), tuple(doubts))


def recognised(edition: Recognised) -> Iterator[str]:
    """Yields what was recognised in an edition, a line each, doubts last."""
    report = edition.report
    yield f"{edition.edition.language}: {report.format}" + f", {report.encoding}" * bool(
        report.encoding
    )
    if report.pages:
        yield f"{report.pages} pages, {report.columns} columns"
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(edition.items.items()))
    yield f"{len(edition.outline.eids)} passages: {counted}"
    for name, count in report.repairs:
        yield f"mended: {name}: {count}"
    for line in report.other_script:
        yield f"in another script: {line}"
    for line in report.unplaced:
        yield f"in no edition: {line}"
    for doubt in edition.doubts:
        yield f"look at: {doubt}"


def _read(
    path: Path, edition: Edition, known: dict[str, Sequence[Text]], progress: Progress
) -> tuple[str, Report]:
    """Returns the text of an edition and what was recognised in its file."""
    if path.suffix.lower() in PLAIN and path.name not in known:
        kind: Format = "markdown" if path.suffix.lower() == ".md" else "text"
        text = read_text(path)
        return text, Report(kind, edition.language, (edition.language,), "utf-8")
    if path.name not in known:
        known[path.name] = read_file(path, lambda done, total: progress("pages", done, total))
    for found in known[path.name]:
        if found.language == edition.language:
            return found.text, found.report
    held = ", ".join(found.language for found in known[path.name])
    raise DocumentError(Fault.of("no-language", language=edition.language, held=held), path.name)


def _doubts(edition: Edition, text: str, outline: Outline, report: Report) -> Iterator[Doubt]:
    yield from report.doubts
    if (looks := draft(text).language) != edition.language:
        yield Doubt.of("other-language", said=edition.language, found=looks)
    kinds = {eid.rpartition("__")[2].partition("_")[0] for eid in outline.eids}
    if kinds <= {"al", ""} and not any(section.eid for section in outline.walk()):
        yield Doubt("no-items")
    for gap in find_gaps(outline)[:_MOST_GAPS]:
        if gap.after:
            yield Doubt.of("gap", after=gap.after, before=gap.before)
        else:
            yield Doubt.of("beginning", before=gap.before)
